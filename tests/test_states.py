"""The state model: what an editor, a rule and a source change, and what of it is there after each build."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest

from build_digest.build import build
from build_digest.editors import editing
from build_digest.mkdocs_plugin import render_site
from build_digest.model import Article, Description, Found, KnownPage, Origin, Source
from build_digest.site.address import match_known, origin_lines
from build_digest.site.edits import fingerprint
from build_digest.site.markdown import DERIVED_END, DERIVED_START

from .corpora import PARAGRAPHS, Workshop, address_of

WATER, FIRE = "articles/shui-ku-xu-shui-bao-guan-gai.md", "articles/lao-cheng-qu-zhuang-shang-bao-jing-qi.md"


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报", "时间:2024-06-30")
    shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")
    shop.build()
    return shop


def test_the_second_build_writes_nothing(shop: Workshop) -> None:
    before = shop.snapshot()
    built = shop.build()
    assert (built.written, built.removed) == (0, 0)
    assert shop.snapshot() == before


def test_an_edited_key_stays_and_the_others_go_on_improving(shop: Workshop) -> None:
    shop.set_key(WATER, "date", datetime.date(2024, 7, 1))
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷晚报", "时间:2024-06-30")
    shop.build()
    meta = shop.page(WATER).meta
    assert (meta["date"], meta["source"]) == (datetime.date(2024, 7, 1), "河谷晚报")
    assert shop.build().written == 0


def test_a_key_that_an_editor_took_away_stays_away(shop: Workshop) -> None:
    shop.set_key(WATER, "source", None)
    shop.build()
    assert "source" not in shop.page(WATER).meta
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "时间:2024-06-30")
    shop.build()
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报", "时间:2024-06-30")
    shop.build()
    assert "source" not in shop.page(WATER).meta


def test_an_edit_that_agrees_with_the_source_is_no_edit_any_more(shop: Workshop) -> None:
    shop.set_key(WATER, "source", "河谷晚报")
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷晚报", "时间:2024-06-30")
    shop.build()
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷早报", "时间:2024-06-30")
    shop.build()
    assert shop.page(WATER).meta["source"] == "河谷早报"


def test_an_edited_title_keeps_its_address_and_is_shown_in_lists(shop: Workshop) -> None:
    shop.set_key(WATER, "title", "水库：今年水多")
    shop.build()
    assert shop.page(WATER).meta["title"] == "水库：今年水多"
    assert "水库：今年水多" in (shop.settings.docs / "sources/he-gu-ri-bao.md").read_text("utf-8")


def test_a_source_that_gets_another_title_keeps_its_address(shop: Workshop) -> None:
    shop.write_article("water.txt", "今年水库水多", "水", "来源:河谷日报", "时间:2024-06-30")
    shop.build()
    assert shop.articles() == sorted([WATER, FIRE])
    assert shop.page(WATER).meta["title"] == "今年水库水多"


def test_an_edited_body_is_kept_and_the_new_text_waits_beside_it(shop: Workshop) -> None:
    old = PARAGRAPHS["水"][1]
    shop.edit(WATER, old, "管理局说，今年的来水比去年多一成半。")
    edited, summary = shop.snapshot()[WATER], shop.page(WATER).meta["summary"]
    shop.build()
    assert shop.snapshot()[WATER] == edited
    shop.write_source(
        "water.txt", "水库蓄水保灌溉", "来源:河谷日报", "时间:2024-06-30", *PARAGRAPHS["水"], "后来又下了一场雨。"
    )
    built = shop.build()
    assert "多一成半" in shop.page(WATER).body
    assert "后来又下了一场雨" not in shop.page(WATER).body
    assert shop.page(WATER).meta["summary"] == summary
    proposal = (shop.settings.docs / f"{WATER}.new").read_text("utf-8")
    assert "后来又下了一场雨" in proposal
    assert old in proposal
    assert [p.code for p in built.digest.problems if p.file == WATER] == ["edited"]
    assert shop.build().written == 0
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报", "时间:2024-06-30")
    shop.build()
    assert not (shop.settings.docs / f"{WATER}.new").exists()
    assert "多一成半" in shop.page(WATER).body


def write_rain(shop: Workshop, rain: str) -> None:
    """The source says one thing more."""
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷日报", "时间:2024-06-30", *PARAGRAPHS["水"], rain)


def test_a_waiting_text_that_an_editor_changed_is_not_written_over(shop: Workshop) -> None:
    beside = shop.settings.docs / f"{WATER}.new"
    shop.edit(WATER, PARAGRAPHS["水"][1], "管理局说，今年的来水比去年多一成半。")
    write_rain(shop, "后来又下了一场雨。")
    shop.build()
    write_rain(shop, "后来又下了两场雨。")
    shop.build()
    assert "两场雨" in beside.read_text("utf-8")
    mine = beside.read_text("utf-8").replace("两场雨", "几场雨")
    beside.write_text(mine, "utf-8")
    built = shop.build()
    assert beside.read_text("utf-8") == mine
    assert [p.code for p in built.digest.problems if p.file == f"{WATER}.new"] == ["edited-proposal"]
    assert (built.written, built.removed) == (0, 0)
    write_rain(shop, "后来又下了三场雨。")
    shop.build()
    assert beside.read_text("utf-8") == mine
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷日报", "时间:2024-06-30")
    built = shop.build()
    assert beside.read_text("utf-8") == mine
    assert [p.code for p in built.digest.problems if p.file == f"{WATER}.new"] == ["left-proposal"]
    assert "proposed" not in shop.page(WATER).meta["digest"]


def test_a_waiting_text_beside_a_page_that_was_moved_goes_with_it(shop: Workshop) -> None:
    shop.edit(WATER, PARAGRAPHS["水"][1], "管理局说，今年的来水比去年多一成半。")
    write_rain(shop, "后来又下了一场雨。")
    shop.build()
    shop.move(WATER, "articles/moved.md")
    built = shop.build()
    assert sorted(shop.settings.docs.rglob("*.new")) == [shop.settings.docs / "articles/moved.md.new"]
    assert {p.code for p in built.digest.problems if p.file.endswith(".new")} == set()


def test_a_waiting_text_saved_during_a_build_is_not_written_over(shop: Workshop) -> None:
    beside = shop.settings.docs / f"{WATER}.new"
    shop.edit(WATER, PARAGRAPHS["水"][1], "管理局说，今年的来水比去年多一成半。")
    write_rain(shop, "后来又下了一场雨。")
    shop.build()
    write_rain(shop, "后来又下了两场雨。")

    def save(sources: Iterable[Source], count: int) -> Iterable[Source]:
        beside.write_text("编者的新稿。\n", "utf-8")
        return sources

    build(shop.settings, save)
    assert beside.read_text("utf-8") == "编者的新稿。\n"


@pytest.mark.parametrize("page", ["articles/nothing.md", "topics/index.md", "index.md"])
def test_a_text_beside_no_page_of_an_article_is_an_editors(shop: Workshop, page: str) -> None:
    beside = shop.settings.docs / f"{page}.new"
    beside.write_bytes(b"\xff")
    built = shop.build()
    assert beside.read_bytes() == b"\xff"
    assert [p.code for p in built.digest.problems if p.file == f"{page}.new"] == ["left-proposal"]
    assert editing.show_waiting(shop.settings) == []


def test_a_rule_changes_what_was_not_edited(shop: Workshop) -> None:
    shop.edit(FIRE, PARAGRAPHS["火"][0], "消防队在老城区装了五百个报警器。")
    (shop.settings.corpus / "rules").mkdir()
    rule = f"lines:\n- {{file: water.txt, line: '{PARAGRAPHS['水'][2]}', fate: boilerplate}}\n"
    (shop.settings.corpus / "rules" / "lines.yml").write_text(rule, "utf-8")
    shop.build()
    assert PARAGRAPHS["水"][2] not in shop.page(WATER).body
    assert "五百个报警器" in shop.page(FIRE).body


def test_a_duplicate_becomes_a_further_origin(shop: Workshop) -> None:
    shop.write_article("a/copy.txt", "水库蓄水保灌溉", "水", "作者:王小河")
    shop.build()
    assert shop.articles() == sorted([WATER, FIRE])
    meta = shop.page(WATER).meta
    assert [origin["file"] for origin in meta["origins"]] == ["a/copy.txt", "water.txt"]
    assert (meta["source"], meta["authors"], meta["date"]) == ("河谷日报", ["王小河"], datetime.date(2024, 6, 30))


def test_pages_that_turn_out_to_be_one_leave_a_redirect(shop: Workshop) -> None:
    shop.write_article("wood.txt", "林场间伐三分之一", "木")
    shop.build()
    wood = "articles/lin-chang-jian-fa-san-fen-zhi-yi.md"
    assert wood in shop.articles()
    shop.write_article("wood.txt", "林场间伐三分之一", "水")
    shop.build()
    merged = [path for path in shop.articles() if not shop.page(path).meta.get("retired")]
    assert len(merged) == 2
    aliases = [alias for path in merged for alias in shop.page(path).meta.get("aliases", [])]
    gone = {wood, WATER} - set(merged)
    assert aliases == [path.removesuffix(".md") + "/" for path in gone]


def test_a_removed_source_retires_its_page_and_brings_it_back(shop: Workshop) -> None:
    (shop.settings.corpus / "fire.txt").unlink()
    built = shop.build()
    assert shop.page(FIRE).meta["retired"] is True
    assert PARAGRAPHS["火"][0] not in shop.page(FIRE).body
    assert "老城区" not in (shop.settings.docs / "index.md").read_text("utf-8")
    assert [p.code for p in built.digest.problems if p.file == FIRE] == ["retired"]
    assert shop.build().written == 0
    shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")
    shop.build()
    assert PARAGRAPHS["火"][0] in shop.page(FIRE).body
    assert "retired" not in shop.page(FIRE).meta
    assert shop.articles() == sorted([WATER, FIRE])


def test_an_edited_page_outlives_its_source(shop: Workshop) -> None:
    shop.edit(FIRE, PARAGRAPHS["火"][0], "消防队在老城区装了五百个报警器。")
    (shop.settings.corpus / "fire.txt").unlink()
    before = shop.page(FIRE)
    built = shop.build()
    assert (shop.page(FIRE).meta, shop.page(FIRE).body) == (before.meta, before.body)
    assert [p.code for p in built.digest.problems if p.file == FIRE] == ["source-gone"]


def test_a_renamed_source_keeps_its_page(shop: Workshop) -> None:
    (shop.settings.corpus / "fire.txt").rename(shop.settings.corpus / "renamed.txt")
    shop.build()
    assert shop.articles() == sorted([WATER, FIRE])
    assert shop.page(FIRE).meta["origins"][0]["file"] == "renamed.txt"


def test_a_moved_page_stays_where_it_was_put_and_leaves_a_redirect(shop: Workshop) -> None:
    moved = "articles/2024/shui-ku.md"
    (shop.settings.docs / moved).parent.mkdir()
    (shop.settings.docs / WATER).rename(shop.settings.docs / moved)
    shop.build()
    assert shop.articles() == sorted([moved, FIRE])
    assert shop.page(moved).meta["aliases"] == ["articles/shui-ku-xu-shui-bao-guan-gai/"]
    assert shop.build().written == 0


def test_a_page_taken_out_is_in_no_list(shop: Workshop) -> None:
    shop.set_key(FIRE, "publish", False)
    built = shop.build()
    assert built.digest.unpublished == (FIRE,)
    lists = [path for path in shop.snapshot() if path.endswith(".md") and path != FIRE]
    assert not any("老城区装上报警器" in (shop.settings.docs / path).read_text("utf-8") for path in lists)
    assert PARAGRAPHS["火"][0] in shop.page(FIRE).body


def test_pages_made_by_hand_are_listed_and_never_touched(shop: Workshop) -> None:
    page = "---\r\ntitle: 手写的一页\ntags: [工业互联网]\ndate: 2024-03-01\n---\n\n正文\n"
    for path in ("notes/手写.md", "topics/index.md"):
        (shop.settings.docs / path).parent.mkdir(exist_ok=True)
        (shop.settings.docs / path).write_bytes(page.encode())
    shop.build()
    assert (shop.settings.docs / "notes/手写.md").read_bytes() == page.encode()
    assert (shop.settings.docs / "topics/index.md").read_bytes() == page.encode()
    assert "手写的一页" in (shop.settings.docs / "topics/gong-ye-hu-lian-wang.md").read_text("utf-8")


def test_a_list_that_nothing_stands_in_any_more_is_removed(shop: Workshop) -> None:
    assert (shop.settings.docs / "sources/jie-fang-bao.md").exists()
    (shop.settings.corpus / "fire.txt").unlink()
    shop.build()
    assert not (shop.settings.docs / "sources/jie-fang-bao.md").exists()


def test_a_page_whose_front_matter_broke_is_left_alone(shop: Workshop) -> None:
    shop.edit(WATER, "source: 河谷日报", "source: 河谷: 日报: x")
    before = shop.snapshot()[WATER]
    built = shop.build()
    assert shop.snapshot()[WATER] == before
    assert shop.articles() == sorted([WATER, FIRE])
    problem = next(p for p in built.digest.problems if p.file == WATER)
    assert (problem.code, problem.severity, problem.line) == ("front-matter", "error", 4)


@pytest.mark.parametrize("lost", ["---\n", "\n---\n"])
def test_a_page_that_lost_a_mark_of_its_front_matter_is_left_alone(shop: Workshop, lost: str) -> None:
    shop.edit(WATER, "date: ", "publish_note: 编者按\ndate: ")
    shop.build()
    whole = shop.snapshot()[WATER].decode()
    path = shop.settings.docs / WATER
    path.write_text(whole.replace(lost, "" if lost == "---\n" else "\n", 1), "utf-8")
    before = shop.snapshot()[WATER]
    built = shop.build()
    assert shop.snapshot()[WATER] == before
    assert shop.articles() == sorted([WATER, FIRE])
    assert [(p.code, p.line) for p in built.digest.problems if p.file == WATER] == [("front-matter-open", 1)]
    path.write_text(whole, "utf-8")
    shop.build()
    assert shop.snapshot()[WATER].decode() == whole
    assert shop.articles() == sorted([WATER, FIRE])


def test_line_ends_and_comments_of_an_editor_survive(shop: Workshop) -> None:
    file = shop.settings.docs / WATER
    text = file.read_text("utf-8").replace("source: 河谷日报", "source: 河谷日报   # 已核对")
    file.write_bytes(text.replace("\n", "\r\n").encode())
    before = file.read_bytes()
    shop.build()
    assert file.read_bytes() == before


def test_a_page_taken_out_stays_out_when_its_source_goes(shop: Workshop) -> None:
    fire = shop.path_of("老城区装上报警器")
    shop.set_key(fire, "publish", False)
    shop.build()
    (shop.settings.corpus / "fire.txt").unlink()
    assert shop.build().digest.unpublished == (fire,)
    assert shop.build().digest.unpublished == (fire,)


def test_an_edited_page_without_a_source_is_listed_and_links_to_nothing_that_is_gone(shop: Workshop) -> None:
    fire = shop.path_of("老城区装上报警器")
    shop.edit(fire, PARAGRAPHS["火"][0], "消防队在老城区装了五百个报警器。")
    shop.edit(fire, "source: 街坊报", "source: 街坊报   # 已核对")
    (shop.settings.corpus / "fire.txt").unlink()
    shop.build()
    docs = shop.settings.docs
    text = (docs / fire).read_text("utf-8")
    assert "街坊报   # 已核对" in text
    assert "fire.txt" in text.split(DERIVED_START)[1]
    targets = [(docs / fire).parent / unquote(target) for target in re.findall(r"\]\(([^)]+)\)", text)]
    assert [target for target in targets if not target.exists()] == []
    assert "老城区装上报警器" in (docs / "index.md").read_text("utf-8")
    assert shop.build().written == 0


def test_text_after_the_derived_block_is_the_editors(shop: Workshop) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    file = shop.settings.docs / water
    file.write_text(file.read_text("utf-8") + "\n编后：明年再看。\n", "utf-8")
    shop.build()
    assert shop.page(water).body.endswith(f"{PARAGRAPHS['水'][2]}\n\n编后：明年再看。\n")
    shop.write_article("fire.txt", "老城区装上报警器", "水", "来源:河谷晚报")
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷晚报", *PARAGRAPHS["水"], "后来又下了一场雨。")
    shop.build()
    text = file.read_text("utf-8")
    assert text.count("编后：明年再看。") == 1
    assert text.index("编后：明年再看。") < text.index(DERIVED_START)
    assert text.endswith("<!-- /digest:derived -->\n")
    assert shop.build().written == 0


@pytest.mark.parametrize("mark", [DERIVED_START, DERIVED_END])
def test_a_page_with_one_mark_of_its_derived_block_is_left_alone(shop: Workshop, mark: str) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    shop.edit(water, mark, "")
    file = shop.settings.docs / water
    file.write_text(file.read_text("utf-8") + "\n编后：明年再看。\n", "utf-8")
    before = file.read_bytes()
    built = shop.build()
    assert file.read_bytes() == before
    problem = next(p for p in built.digest.problems if p.file == water)
    assert problem.severity == "error"
    assert "derived block" in problem.message


def test_former_addresses_outlive_a_source_and_come_back_with_it(shop: Workshop) -> None:
    fire = shop.path_of("老城区装上报警器")
    shop.set_key(fire, "aliases", ["old/fire/"])
    moved = "articles/2024/fire.md"
    shop.move(fire, moved)
    (shop.settings.corpus / "fire.txt").unlink()
    shop.build()
    former = ["old/fire/", address_of(fire)]
    meta = shop.page(moved).meta
    assert (meta["retired"], meta["aliases"], meta["digest"]["page"]) == (True, former, moved)
    assert shop.build().written == 0
    shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")
    shop.build()
    assert shop.page(moved).meta["aliases"] == former
    assert "retired" not in shop.page(moved).meta


def test_a_page_that_became_part_of_another_leaves_all_its_addresses(shop: Workshop) -> None:
    shop.write_article("wood.txt", "林场间伐三分之一", "木")
    shop.build()
    for title in ("林场间伐三分之一", "水库蓄水保灌溉"):
        shop.set_key(shop.path_of(title), "aliases", [f"old/{title}/"])
    before = {title: shop.path_of(title) for title in ("林场间伐三分之一", "水库蓄水保灌溉")}
    shop.write_article("wood.txt", "林场间伐三分之一", "水")
    shop.build()
    (left,) = {*before.values()} & {*shop.articles()}
    (gone,) = {*before.values()} - {left}
    aliases = shop.page(left).meta["aliases"]
    assert sorted(aliases) == sorted(["old/林场间伐三分之一/", "old/水库蓄水保灌溉/", address_of(gone)])


def test_a_single_alias_needs_no_list(shop: Workshop) -> None:
    water, moved = shop.path_of("水库蓄水保灌溉"), "articles/2024/water.md"
    shop.set_key(water, "aliases", "old/water/")
    shop.build()
    assert shop.page(water).meta["aliases"] == "old/water/"
    shop.move(water, moved)
    shop.build()
    assert shop.page(moved).meta["aliases"] == ["old/water/", address_of(water)]


def test_every_alias_in_the_site_leads_to_its_page(shop: Workshop) -> None:
    water, fire = shop.path_of("水库蓄水保灌溉"), shop.path_of("老城区装上报警器")
    shop.set_key(water, "aliases", "old/water/")
    shop.set_key(fire, "aliases", ["old/fire/", 1, {"old": "x"}])
    (shop.settings.corpus / "fire.txt").unlink()
    folder = shop.settings.docs.parent
    (folder / "mkdocs.yml").write_text("site_name: 站\ntheme: {name: material}\nplugins: [digest]\n", "utf-8")
    render_site(folder / "mkdocs.yml", shop.settings, folder / "site")
    assert shop.page(fire).meta["retired"]
    for alias, path in (("old/water/", water), ("old/fire/", fire)):
        redirect = (folder / "site" / alias / "index.html").read_text("utf-8")
        target = re.search(r'url=([^"]+)', redirect)
        assert target
        assert (folder / "site" / alias / unquote(target[1])).resolve() == (
            folder / "site" / address_of(path)
        ).resolve()


@pytest.mark.parametrize(
    "odd",
    [
        "aliases:\n- old: x",
        "note: {1: a, b: c}",
        "note: {2025-01-01: a, 2: b}",
        "1: a\n2025-01-01: b",
        "note: !!set {a, 1}",
    ],
)
def test_odd_front_matter_is_an_editors_and_stays(shop: Workshop, odd: str) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    shop.edit(water, "source: 河谷日报", f"source: 河谷日报\n{odd}")
    before = shop.page(water).meta
    shop.move(water, "articles/moved.md")
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷晚报", "时间:2024-06-30")
    shop.build()
    after = shop.page("articles/moved.md").meta
    own = [key for key in before if key not in ("source", "digest", "aliases")]
    assert [after[key] for key in own] == [before[key] for key in own]
    assert (after["source"], after["aliases"]) == ("河谷晚报", [address_of(water)])
    assert shop.build().written == 0


@pytest.mark.parametrize(
    "endless",
    [
        "note: &a [*a]",
        "note: &a {x: [*a, *a]}",
        "\n".join(f"n{i + 1}: &n{i + 1} [{f'*n{i}, ' * 9}]" for i in range(1, 12)),
    ],
)
def test_endless_front_matter_is_refused(shop: Workshop, endless: str) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    start = "n1: &n1 [a]\n" if "n2" in endless else ""
    shop.edit(water, "source: 河谷日报", f"source: 河谷日报\n{start}{endless}")
    before = shop.snapshot()[water]
    built = shop.build()
    assert shop.snapshot()[water] == before
    assert [(p.code, p.severity) for p in built.digest.problems if p.file == water] == [("front-matter", "error")]


@pytest.mark.parametrize("copy", ["articles/0.md", "articles/龘.md", "notes/copy.md"])
def test_an_editors_copy_takes_nothing_from_the_page(shop: Workshop, copy: str) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    file = shop.settings.docs / copy
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((shop.settings.docs / water).read_bytes())
    before = file.read_bytes()
    built = shop.build()
    assert water in built.digest.paths
    assert "aliases" not in shop.page(water).meta
    assert file.read_bytes() == before
    problem = next(p for p in built.digest.problems if p.file == copy)
    assert (problem.code, problem.severity) == ("copied-page", "note")
    assert water in problem.message
    (shop.settings.corpus / "water.txt").unlink()
    shop.build()
    assert shop.page(water).meta["retired"]
    assert file.read_bytes() == before


def test_a_notice_that_an_editor_rewrote_is_kept_and_the_text_that_came_back_waits(shop: Workshop) -> None:
    fire = shop.path_of("老城区装上报警器")
    (shop.settings.corpus / "fire.txt").unlink()
    shop.build()
    shop.edit(fire, shop.page(fire).body, "这篇文章因版权原因撤下。\n")
    shop.edit(fire, "retired: true", "retired: true\npublish_note: 版权")
    shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")
    for _ in range(2):
        built = shop.build()
        page = shop.page(fire)
        assert page.body == "这篇文章因版权原因撤下。\n"
        assert "retired" not in page.meta
        assert (page.meta["publish_note"], page.meta["source"]) == ("版权", "街坊报")
        assert PARAGRAPHS["火"][0] in (shop.settings.docs / f"{fire}.new").read_text("utf-8")
        assert [p.code for p in built.digest.problems if p.file == fire] == ["edited"]
    assert built.written == 0


def test_a_page_retired_and_taken_out_stays_out_when_its_source_comes_back(shop: Workshop) -> None:
    fire = shop.path_of("老城区装上报警器")
    (shop.settings.corpus / "fire.txt").unlink()
    shop.build()
    shop.edit(fire, "retired: true", "retired: true\npublish: false")
    shop.write_article("fire.txt", "老城区装上报警器", "火", "2024-01-15 来源:街坊报")
    shop.build()
    assert shop.build().digest.unpublished == (fire,)
    assert PARAGRAPHS["火"][0] in shop.page(fire).body


def test_an_editors_key_may_be_called_body(shop: Workshop) -> None:
    water = shop.path_of("水库蓄水保灌溉")
    shop.edit(water, "source: 河谷日报", "source: 河谷日报\nbody: 编辑部")
    shop.write_article("water.txt", "水库蓄水保灌溉", "水", "来源:河谷晚报", "时间:2024-06-30")
    shop.build()
    assert (shop.page(water).meta["body"], shop.page(water).meta["source"]) == ("编辑部", "河谷晚报")
    shop.write_source("water.txt", "水库蓄水保灌溉", "来源:河谷晚报", *PARAGRAPHS["水"], "后来又下了一场雨。")
    shop.build()
    assert shop.page(water).meta["body"] == "编辑部"
    assert "后来又下了一场雨" in shop.page(water).body
    shop.set_key(water, "body", None)
    shop.build()
    assert "body" not in shop.page(water).meta
    assert PARAGRAPHS["水"][0] in shop.page(water).body


def test_a_renamed_page_whose_front_matter_broke_is_not_made_anew(shop: Workshop) -> None:
    moved = "articles/moved.md"
    (shop.settings.docs / WATER).rename(shop.settings.docs / moved)
    shop.edit(moved, "source: 河谷日报", "source: 河谷: 日报: x")
    shop.build()
    assert shop.articles() == sorted([moved, FIRE])
    shop.edit(moved, "source: 河谷: 日报: x", "source: 河谷日报")
    shop.build()
    assert shop.articles() == sorted([moved, FIRE])
    assert [origin["file"] for origin in shop.page(moved).meta["origins"]] == ["water.txt"]


def test_a_page_renamed_before_the_last_build_whose_front_matter_broke_is_not_made_anew(shop: Workshop) -> None:
    moved = "articles/moved.md"
    shop.move(WATER, moved)
    shop.build()
    shop.edit(moved, "source: 河谷日报", "source: 河谷: 日报: x")
    shop.build()
    assert shop.articles() == sorted([moved, FIRE])


def test_lines_that_no_source_has_are_not_counted_out() -> None:
    meta = {"origins": [{"file": "a.txt", "lines": "1-9999999"}, {"file": "b.txt", "lines": "1-9999999"}]}
    assert len(origin_lines(meta)) == 100_000


def test_equal_titles_in_one_source_are_matched_in_order() -> None:
    """So many that a search through all of them for each would not come to an end."""
    articles, pages = [], []
    for i in range(20_000):
        origin = Origin("a.txt", 2 * i + 1, 2 * i + 2)
        articles.append(Article(("a.txt", i), Found("公告", 1), Description(), b"", (origin,), "zh-Hans"))
        path, origins = f"articles/{i:05}.md", [{"file": "a.txt", "lines": f"{origin.first}-{origin.last}"}]
        record = {"page": path, "seen": {"title": fingerprint("公告"), "body": "old"}}
        pages.append(KnownPage(path, {"origins": origins, "digest": record}, "", ""))
    prints = [{"title": fingerprint("公告"), "body": str(i)} for i in range(len(articles))]
    matched = match_known(articles, prints, pages)
    assert [matched[i] for i in range(len(articles))] == pages
