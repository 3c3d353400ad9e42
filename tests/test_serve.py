"""The preview: a change of a source is one rebuild, and what that rebuild writes below docs/ is none."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from build_digest.mkdocs_plugin import DigestPlugin

from .corpora import Workshop


def test_a_preview_rebuilds_once_for_a_change_and_comes_to_rest(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水")
    config_file = tmp_path / "mkdocs.yml"
    config_file.write_text("site_name: 甲\n", "utf-8")
    config = cast("MkDocsConfig", SimpleNamespace(docs_dir=str(shop.settings.docs), config_file_path=str(config_file)))
    plugin = DigestPlugin()
    plugin.settings = shop.settings
    plugin.on_pre_build(config)
    rebuilt: list[int] = []

    def rebuild() -> None:
        rebuilt.append(len(rebuilt))
        plugin.on_pre_build(config)

    watched: list[str] = []
    server = SimpleNamespace(builder=rebuild, watch=watched.append)
    plugin.on_serve(cast("LiveReloadServer", server), config, rebuild)
    assert watched == [str(shop.settings.corpus)]
    server.builder()
    assert rebuilt == []
    shop.write_article("fire.txt", "老城区装上报警器", "火")
    server.builder()
    server.builder()
    assert rebuilt == [0]
    (shop.settings.docs / "note.md").write_text("一页\n", "utf-8")
    server.builder()
    assert rebuilt == [0, 1]
