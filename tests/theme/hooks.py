"""What the digest plugin tells the theme: the addresses of all pages."""

from urllib.parse import unquote


def on_files(files, config):
    config.extra["digest_pages"] = {unquote(file.url): file.url for file in files.documentation_pages()}
    return files
