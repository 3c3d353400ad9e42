"""Rendering only what changed: the site is always what a clean build makes of the same state, and little is rendered."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from mkdocs.exceptions import Abort

from build_digest.files import write_if_different
from build_digest.mkdocs_plugin import render_site
from build_digest.rendering.rendering import Rendering

from .corpora import PARAGRAPHS, Workshop

BASE = """\
<title>{{ config.site_name }}</title>
{% macro t(key) %}{{ key }}{% endmacro %}{% set lang = {"t": t} %}
<nav>{% for item in nav.items %}<a href="{{ item.url | url }}">{{ item.title }}</a>{% endfor %}</nav>
{% block container %}{% endblock %}
"""
CONFIG = """\
site_name: {name}
theme: {{name: null, custom_dir: theme}}
plugins: [digest]
nav: [index.md, {nav}, notes/a.md]
markdown_extensions: [attr_list, toc: {{toc_depth: 2-3}}]
validation: {{nav: {{omitted_files: {omitted}}}, links: {{anchors: warn}}}}
"""


class Project:
    """A small project with a plain theme, rendered in place and, for comparison, anew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shop = folder, Workshop(folder)
        self.site = folder / "site"
        (folder / "theme").mkdir()
        self.configure()
        self.write_theme(BASE)
        self.write_page("notes/a.md", "# 甲\n\n[乙](b.md#zhang) [丙](c.md)")
        self.write_page("notes/b.md", "# 乙\n\n## 章 {#zhang}\n\n[文](../articles/shui-ku-xu-shui-bao-guan-gai.md)")
        self.shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报", "时间:2024-06-30")
        self.shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")

    def configure(self, name: str = "站", nav: str = "sources/index.md", omitted: str = "ignore") -> None:
        (self.folder / "mkdocs.yml").write_text(CONFIG.format(name=name, nav=nav, omitted=omitted), "utf-8")

    def write_theme(self, text: str) -> None:
        (self.folder / "theme" / "base.html").write_text(text, "utf-8")

    def write_page(self, path: str, text: str) -> None:
        file = self.shop.settings.docs / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")

    def render(self, site: Path | None = None) -> dict[str, bytes]:
        config, site = self.folder / "mkdocs.yml", site or self.site
        self.problems = render_site(config, self.shop.settings, site, lambda problems: None)
        return read_folder(site)

    def render_anew(self) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            return self.render(Path(folder) / "site")


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs puts the day of the build into the compressed site map."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that are rendered from here on."""
    found: list[str] = []
    add = Rendering.add

    def note(rendering: Rendering, path: str, *rest: object) -> None:
        found.append(path)
        add(rendering, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Rendering, "add", note)
    return found


names = st.sampled_from(["a", "b", "c"])
titles = st.sampled_from(["水库蓄水保灌溉", "老城区装上报警器", "林场间伐三分之一"])
heads = st.sampled_from(["来源:河谷日报", "来源:街坊报", "时间:2024-06-30", "时间:2023-02-01", "作者:王小河"])
links = st.sampled_from(
    ["[乙](b.md#zhang)", "[丙](c.md)", "[文](../articles/shui-ku-xu-shui-bao-guan-gai.md)", "![图](p.svg)"]
)


class Editing(RuleBasedStateMachine):
    """What people do to a project, in any order; after each step the site is what a clean build makes."""

    @initialize()
    def begin(self) -> None:
        self.place = tempfile.TemporaryDirectory()
        self.project = Project(Path(self.place.name))
        self.docs, self.corpus = self.project.shop.settings.docs, self.project.shop.settings.corpus

    def teardown(self) -> None:
        self.place.cleanup()

    @rule(name=names, title=titles, key=st.sampled_from(sorted(PARAGRAPHS)), head=heads)
    def write_source(self, name: str, title: str, key: str, head: str) -> None:
        self.project.shop.write_article(f"{name}.txt", title, key, head)

    @rule(name=names, other=names)
    def rename_source(self, name: str, other: str) -> None:
        if (self.corpus / f"{name}.txt").exists():
            (self.corpus / f"{name}.txt").replace(self.corpus / f"{other}.txt")

    @rule(name=names)
    def delete_source(self, name: str) -> None:
        (self.corpus / f"{name}.txt").unlink(missing_ok=True)

    @rule(
        name=names,
        title=titles,
        link=links,
        tag=st.sampled_from(["", "tags: [水利]\n", "aliases: [old/]\n", "publish: false\n"]),
    )
    def write_page(self, name: str, title: str, link: str, tag: str) -> None:
        self.project.write_page(f"notes/{name}.md", f"---\ntitle: {title}\n{tag}---\n\n## 章 {{#zhang}}\n\n{link}\n")

    @rule(name=names)
    def delete_page(self, name: str) -> None:
        (self.docs / "notes" / f"{name}.md").unlink(missing_ok=True)

    @rule(there=st.booleans())
    def put_picture(self, there: bool) -> None:
        if there:
            self.project.write_page("notes/p.svg", "<svg/>")
        else:
            (self.docs / "notes" / "p.svg").unlink(missing_ok=True)

    @rule(name=st.sampled_from(["站", "新站"]), nav=st.sampled_from(["sources/index.md", "源: sources/index.md"]))
    def configure(self, name: str, nav: str) -> None:
        self.project.configure(name, nav)

    @rule(more=st.sampled_from(["", "<footer>{{ pages | length }}</footer>"]))
    def change_theme(self, more: str) -> None:
        self.project.write_theme(BASE + more)

    @rule(fate=st.sampled_from(["body", "boilerplate"]))
    def change_rules(self, fate: str) -> None:
        line = f"lines:\n- {{file: water.txt, line: '{PARAGRAPHS['水'][2]}', fate: {fate}}}\n"
        write_if_different(self.corpus / "rules" / "lines.yml", line.encode())

    @rule(data=st.data())
    def tamper(self, data: st.DataObject) -> None:
        files = sorted(path for path in self.project.site.rglob("*") if path.is_file())
        if files:
            file = data.draw(st.sampled_from(files))
            file.unlink()
            if data.draw(st.booleans()):
                file.write_bytes(b"x")

    @invariant()
    def is_as_a_clean_build(self) -> None:
        assert self.project.render() == self.project.render_anew()


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=5, stateful_step_count=8, deadline=None, derandomize=True)
TestEditing.pytestmark = [pytest.mark.usefixtures("day")]


def test_nothing_is_rendered_where_nothing_changed(project: Project, rendered: list[str]) -> None:
    before = project.render()
    rendered.clear()
    states = {path: path.stat().st_mtime_ns for path in project.site.rglob("*.html") if path.name != "404.html"}
    assert project.render() == before
    assert rendered == ["notes/a.md"]  # it links to what is not there
    assert all(path.stat().st_mtime_ns == state for path, state in states.items())


def test_an_edited_page_alone_is_rendered(project: Project, rendered: list[str]) -> None:
    project.write_page("notes/a.md", "# 甲")
    project.render()
    rendered.clear()
    project.write_page("notes/b.md", "# 乙\n\n改过了")
    assert project.render() == project.render_anew()
    assert rendered[0] == "notes/b.md"
    assert "notes/a.md" not in rendered[: len(rendered) // 2]


def test_times_do_not_matter(project: Project, rendered: list[str]) -> None:
    project.write_page("notes/a.md", "# 甲")
    project.render()
    rendered.clear()
    for path in (*project.shop.settings.docs.rglob("*"), *(project.folder / "theme").rglob("*")):
        path.touch()
    project.render()
    assert rendered == []


def test_a_copied_site_is_told_by_its_content(project: Project, rendered: list[str]) -> None:
    project.write_page("notes/a.md", "# 甲")
    before = project.render()
    rendered.clear()
    shutil.copytree(project.site, project.folder / "copy")
    shutil.rmtree(project.site)
    (project.folder / "copy").rename(project.site)
    assert project.render() == before
    assert rendered == []


@pytest.mark.parametrize("damage", ["delete", "change", "same length", "link", "folder", "file"])
def test_what_was_tampered_with_is_made_again(project: Project, damage: str) -> None:
    before = project.render()
    page = project.site / "notes" / "b" / "index.html"
    content = page.read_bytes()
    page.unlink()
    if damage == "change":
        page.write_bytes(b"")
    elif damage == "same length":
        page.write_bytes(b"x" * len(content))
    elif damage == "link":
        page.symlink_to(project.site / "index.html")
    elif damage == "folder":
        (page / "below").mkdir(parents=True)
    elif damage == "file":
        page.parent.rmdir()
        page.parent.write_bytes(b"")
    assert project.render() == before
    assert page.is_file() and not page.is_symlink()


def test_a_damaged_index_is_made_again(project: Project) -> None:
    before = project.render()
    text = next((project.site / "search").glob("*/texts/0.txt"))
    text.write_bytes(text.read_bytes()[::-1])
    assert project.render() == before
    shutil.rmtree(text.parent.parent)
    assert project.render() == before


def test_what_somebody_put_into_the_site_is_removed(project: Project) -> None:
    before = project.render()
    (project.site / "dropped" / "deep").mkdir(parents=True)
    (project.site / "dropped" / "page.html").write_text("x")
    (project.site / ".nojekyll").touch()
    assert project.render() == {**before, ".nojekyll": b""}
    assert not (project.site / "dropped").exists()


@pytest.mark.parametrize("damage", ["", "{}", "cut", "changed"])
def test_a_damaged_record_means_a_clean_build(project: Project, rendered: list[str], damage: str) -> None:
    before = project.render()
    everything = rendered.copy()
    rendered.clear()
    (record,) = (project.folder / ".digest-cache" / "site").glob("*.record")
    data = record.read_bytes()
    changed = {"cut": data[: len(data) // 2], "changed": data.replace("水".encode(), "火".encode())}
    record.write_bytes(changed.get(damage, damage.encode()))
    assert project.render() == before
    assert rendered == everything


def test_warnings_are_repeated(project: Project, warnings: list[str]) -> None:
    project.render()
    first = warnings.copy()
    warnings.clear()
    project.render()
    assert warnings == first
    assert [("notes/a.md" in warning and "c.md" in warning) for warning in first] == [True]


def test_an_anchor_that_went_is_told_though_the_page_is_kept(
    project: Project, warnings: list[str], rendered: list[str]
) -> None:
    project.write_page("notes/a.md", "# 甲\n\n[乙](b.md#zhang)")
    project.render()
    assert warnings == []
    rendered.clear()
    project.write_page("notes/b.md", "# 乙\n\n## 另一章")
    for _ in range(2):
        warnings.clear()
        project.render()
        assert len(warnings) == 1 and "'#zhang'" in warnings[0]
    assert rendered == ["notes/b.md"]


def test_strict_fails_each_time_and_dirt_is_no_warning(project: Project) -> None:
    with (project.folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("strict: true\n")
    for _ in range(2):
        with pytest.raises(Abort):
            project.render()
    project.write_page("notes/c.md", "# 丙")
    assert project.render() == project.render_anew()


def test_a_section_that_is_renamed_is_renamed_everywhere(project: Project, rendered: list[str]) -> None:
    project.render()
    rendered.clear()
    project.write_page("notes/a.md", "# 另一个名字")
    site = project.render()
    assert len(rendered) > 5
    assert "另一个名字" in site["index.html"].decode()
    assert site == project.render_anew()


def test_an_error_leaves_the_site_as_it_was(project: Project) -> None:
    before = project.render()
    project.write_theme(BASE + "{{ nothing.at.all }}")
    with pytest.raises(Exception, match="undefined"):
        project.render()
    assert read_folder(project.site) == before
    assert list((project.folder / ".digest-cache" / "site").glob("made-*")) == []
    project.write_theme(BASE)
    assert project.render() == before


@pytest.mark.parametrize("line", ["hooks: [hook.py]", "markdown_extensions: [pymdownx.snippets]"])
def test_what_may_bring_in_anything_keeps_no_page(project: Project, rendered: list[str], line: str) -> None:
    (project.folder / "hook.py").write_text("")
    config = (project.folder / "mkdocs.yml").read_text("utf-8").split("markdown_extensions")[0]
    (project.folder / "mkdocs.yml").write_text(f"{config}{line}\n", "utf-8")
    project.render()
    everything = rendered.copy()
    rendered.clear()
    project.render()
    assert rendered == everything


def test_feeds_stay_where_their_articles_did(project: Project) -> None:
    project.render()
    before = (project.site / "feed.xml").stat()
    project.write_page("notes/b.md", "# 乙")
    project.render()
    assert (project.site / "feed.xml").stat() == before


def test_a_feed_that_was_changed_is_written_again(project: Project) -> None:
    before = project.render()
    (project.site / "feed.xml").write_text("<feed/>", "utf-8")
    (project.site / "feed.json").unlink()
    assert project.render() == before


def test_a_file_that_stands_where_a_feed_goes_gives_way(project: Project) -> None:
    before = project.render()["feed.xml"]
    (project.shop.settings.docs / "feed.xml").write_text("<feed/>", "utf-8")
    assert project.render()["feed.xml"] == before == project.render()["feed.xml"]


def test_a_feed_takes_in_what_moved_up(project: Project, monkeypatch: pytest.MonkeyPatch, rendered: list[str]) -> None:
    monkeypatch.setattr("build_digest.site.newest.MOST", 1)
    before = project.render()
    assert "水库" in before["feed.xml"].decode()
    project.shop.set_key("articles/shui-ku-xu-shui-bao-guan-gai.md", "publish", False)
    after = project.render()
    assert "报警器" in after["feed.xml"].decode()
    assert after == project.render_anew()


@pytest.mark.parametrize("other", ["notes/x/index.md", "notes/x/index.html"])
def test_two_files_with_one_address_do_not_take_turns(project: Project, other: str) -> None:
    project.write_page("notes/x.md", "# 壹\n\n一文")
    (project.shop.settings.docs / "notes/x").mkdir()
    project.write_page(other, "# 贰\n\n二文")
    sites = [project.render() for _ in range(3)]
    assert sites == [project.render_anew()] * 3


@pytest.mark.parametrize(
    "alias",
    ["feed.xml", "sitemap.xml/", "search/index.json", "notes/x.txt/", "hand/", "hand/index.html/below/"],
)
def test_an_alias_never_replaces_what_stands_there(project: Project, warnings: list[str], alias: str) -> None:
    project.write_page("notes/x.txt", "静")
    project.write_page("hand/index.html", "手写")
    project.write_page("notes/a.md", f"---\ntitle: 甲\naliases: [moved/, {alias}]\n---\n文")
    for _ in range(2):
        warnings.clear()
        site = project.render()
        assert site == project.render_anew()
        assert site["hand/index.html"].decode() == "手写"
        assert b'url=../notes/a/"' in site["moved/index.html"]
        assert [(alias in each and "notes/a.md" in each) for each in warnings] == [True, True]


def test_of_two_pages_with_one_alias_the_first_has_it(project: Project, warnings: list[str]) -> None:
    for name in "ab":
        project.write_page(f"notes/{name}.md", f"---\ntitle: {name}\naliases: [moved/]\n---\n文")
    assert b'url=../notes/a/"' in project.render()["moved/index.html"]
    assert [("notes/b.md" in each) for each in warnings] == [True]


def test_a_change_behind_a_link_in_the_theme_is_seen(project: Project) -> None:
    other = project.folder / "other"
    other.mkdir()
    (other / "back").symlink_to(project.folder / "theme")
    (project.folder / "theme" / "partials").symlink_to(other)
    (other / "note.html").write_text("旧", "utf-8")
    project.write_theme(BASE + '{% include "partials/note.html" %}')
    project.render()
    (other / "note.html").write_text("新", "utf-8")
    site = project.render()
    assert site["notes/b/index.html"].decode().endswith("新")
    assert site == project.render_anew()


@pytest.mark.parametrize("asked", ["{{ build_date_utc.year }}", "{% include 'day.html' %}", "{{ page.update_date }}"])
def test_a_page_that_asks_for_the_day_is_rendered_each_time(project: Project, rendered: list[str], asked: str) -> None:
    (project.folder / "theme" / "day.html").write_text("{{ build_date_utc }}", "utf-8")
    project.write_theme(BASE + f"{{% if page.url == 'notes/b/' %}}{asked}{{% endif %}}")
    project.write_page("notes/a.md", "# 甲")
    project.render()
    rendered.clear()
    project.render()
    assert "notes/b.md" in rendered


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_page_whose_name_is_not_utf8_is_told_and_left_out(project: Project) -> None:
    project.write_page("notes/a.md", "# 甲")
    before = project.render()
    project.write_page(os.fsdecode(b"notes/\xff.md"), "# 丙")
    assert project.render() == before
    assert (r"notes/\udcff.md", "unusable-name") in [(problem.file, problem.code) for problem in project.problems]
