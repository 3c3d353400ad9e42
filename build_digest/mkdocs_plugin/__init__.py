"""All that knows MkDocs: the build step before each rendering, and a rendering of no more than what changed."""

from build_digest.mkdocs_plugin.commands import render_site, serve_site
from build_digest.mkdocs_plugin.plugin import DigestPlugin

__all__ = ["DigestPlugin", "render_site", "serve_site"]
