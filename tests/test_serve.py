"""The preview: a change of a source is one rebuild, and what that rebuild writes below docs/ is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer

from build_digest.build import Built, build
from build_digest.errors import RuleError
from build_digest.mkdocs_plugin import DigestPlugin
from build_digest.mkdocs_plugin.snapshot import renew

from .corpora import Workshop


class Preview:
    """A preview of a workshop that counts its rebuilds."""

    def __init__(self, shop: Workshop, folder: Path) -> None:
        config_file = folder / "mkdocs.yml"
        config_file.write_text("site_name: 甲\n", "utf-8")
        docs = str(shop.settings.docs)
        self.config = cast("MkDocsConfig", SimpleNamespace(docs_dir=docs, config_file_path=str(config_file)))
        self.plugin = DigestPlugin()
        self.plugin.settings = shop.settings
        self.rebuilt, self.watched = 0, list[str]()
        self.server = SimpleNamespace(builder=self.rebuild, watch=self.watched.append)
        self.plugin.on_startup(command="serve", dirty=True)
        self.plugin.on_pre_build(self.config)
        self.plugin.on_serve(cast("LiveReloadServer", self.server), self.config, self.rebuild)

    def rebuild(self) -> None:
        self.rebuilt += 1
        self.plugin.on_pre_build(self.config)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水")
    return shop


def test_a_preview_rebuilds_once_for_a_change_and_comes_to_rest(shop: Workshop, tmp_path: Path) -> None:
    preview = Preview(shop, tmp_path)
    assert preview.watched == [str(shop.settings.corpus)]
    preview.server.builder()
    assert preview.rebuilt == 0
    shop.write_article("fire.txt", "老城区装上报警器", "火")
    preview.server.builder()
    preview.server.builder()
    assert preview.rebuilt == 1
    (shop.settings.docs / "note.md").write_text("一页\n", "utf-8")
    preview.server.builder()
    assert preview.rebuilt == 2
    pages = set(shop.settings.docs.rglob("*.md"))
    (shop.settings.corpus / "fire.txt").unlink()
    preview.server.builder()
    preview.server.builder()
    assert preview.rebuilt == 3
    assert pages - set(shop.settings.docs.rglob("*.md"))


def test_the_report_below_docs_is_no_change(shop: Workshop, tmp_path: Path) -> None:
    shop.settings = replace(shop.settings, report=shop.settings.docs / "report.json")
    preview = Preview(shop, tmp_path)
    preview.server.builder()
    assert preview.rebuilt == 0


def save_source(shop: Workshop) -> None:
    shop.write_article("late.txt", "林场间伐三分之一", "木")


def save_page(shop: Workshop) -> None:
    (shop.settings.docs / "note.md").write_text("一页\n", "utf-8")


def edit_article(shop: Workshop) -> None:
    shop.edit("articles/shui-ku-xu-shui-bao-guan-gai.md", "全年最高", "全年次高")


def delete_list(shop: Workshop) -> None:
    (shop.settings.docs / "periods" / "index.md").unlink()


@pytest.mark.parametrize("save", [save_source, save_page, edit_article, delete_list])
def test_what_is_saved_while_a_preview_builds_is_built_next(
    shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Workshop], None]
) -> None:
    def build_slowly(*args: Any) -> Built:
        built = build(*args)
        save(shop)
        return built

    with monkeypatch.context() as patch:
        patch.setattr("build_digest.mkdocs_plugin.plugin.build", build_slowly)
        preview = Preview(shop, tmp_path)
    preview.server.builder()
    preview.server.builder()
    assert preview.rebuilt == 1


def test_a_rule_that_is_wrong_stops_the_build_and_is_remembered(shop: Workshop, tmp_path: Path) -> None:
    preview = Preview(shop, tmp_path)
    (shop.settings.corpus / "rules").mkdir()
    (shop.settings.corpus / "rules" / "lines.yml").write_text("lines: 3\n", "utf-8")
    with pytest.raises(PluginError):
        preview.server.builder()
    assert isinstance(preview.plugin.failure, RuleError)


def test_the_entry_of_the_plugin_gives_the_settings(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: 甲\nplugins: [digest: {jobs: 2}]\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    plugin = config.plugins["digest"]
    assert isinstance(plugin, DigestPlugin)
    for _ in range(2):
        plugin.on_config(config)
    assert plugin.settings is not None
    assert (plugin.settings.jobs, plugin.settings.docs) == (2, tmp_path / "docs")
    assert sum(folder.endswith("build_digest/theme") for folder in config.theme.dirs) == 1


def test_a_page_that_is_deleted_while_it_is_looked_at_is_no_error(shop: Workshop) -> None:
    digest = shop.build().digest
    page = (shop.settings.docs / digest.pages[0].path).as_posix()
    (shop.settings.docs / digest.pages[0].path).unlink()
    assert page not in renew({}, {page: (1, 1)}, shop.settings, digest)
