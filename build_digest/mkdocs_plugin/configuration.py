"""What of MkDocs' configuration matters to a rendering: what its pages depend on, and where its record stands."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_theme_dir

from build_digest.checksum import checksum
from build_digest.rendering.dependencies import is_known_extension, take_fingerprint

_CACHE = Path(".digest-cache") / "site"
_NO_MATTER = ("site_dir", "strict", "watch", "dev_addr", "plugins", "theme")


def fingerprint_of(config: MkDocsConfig) -> str | None:
    """What all pages depend on; None where there are plugins, hooks or extensions that may bring in anything at all."""
    if list(config.plugins) != ["digest"] or not all(map(is_known_extension, config.markdown_extensions)):
        return None
    told = {key: value for key, value in config.items() if key not in _NO_MATTER}
    theme = [{key: config.theme[key] for key in config.theme}, config.theme.dirs]
    return take_fingerprint([told, theme], map(Path, config.theme.dirs), Path(get_theme_dir("material")))


def cache_of(config: MkDocsConfig) -> Path:
    """The folder where what is made waits, and the records stand."""
    return Path(config.config_file_path).parent / _CACHE


def record_file_of(config: MkDocsConfig) -> Path:
    """Where a site's record stands; each site has its own."""
    name = checksum(str(Path(config.site_dir).resolve()).encode("utf-8", "surrogatepass"))
    return cache_of(config) / f"{name}.record"
