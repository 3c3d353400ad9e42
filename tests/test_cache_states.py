"""Whatever people do, a build with the cache of all earlier builds gives what a build without any cache gives."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from build_digest.build import Built
from build_digest.report import make_report
from build_digest.settings import CACHE

from .corpora import PARAGRAPHS, Workshop

NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "河谷/a.txt", "河谷/d.txt"])
KEYS = st.sampled_from(sorted(PARAGRAPHS))
TITLES = st.sampled_from(["水库蓄水保灌溉", "老城区装上报警器", "第1章: 开始", "2024"])
HEADS = st.sampled_from(["2024-01-15 来源:街坊报", "来源:河谷日报", "作者:王小河"])
RULES = {
    "lines.yml": f"lines:\n- {{file: a.txt, line: '{PARAGRAPHS['水'][2]}', fate: boilerplate}}\n",
    "topics.yml": "- name: 水利\n  terms: [水库, 灌溉, 闸门]\n",
}
PAGES = st.integers(0, 9)


class Editors(RuleBasedStateMachine):
    """Two workshops where the same is done; one of them keeps its cache."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shops = [Workshop(self.folder / name) for name in ("cached", "clean")]
        self.shops[0].settings = replace(self.shops[0].settings, cache=self.folder / CACHE)
        self.built: list[Built] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        for i, key in enumerate(PARAGRAPHS):
            for shop in self.shops:
                shop.write_article(f"{'abc'[i]}.txt", PARAGRAPHS[key][0][:8], key, "2024-06-30 来源:河谷日报")

    @rule(name=NAMES, title=TITLES, key=KEYS, head=HEADS)
    def write_source(self, name: str, title: str, key: str, head: str) -> None:
        for shop in self.shops:
            shop.write_article(name, title, key, head)

    @rule(name=NAMES, to=NAMES)
    def rename_source(self, name: str, to: str) -> None:
        for shop in self.shops:
            if (shop.settings.corpus / name).exists():
                (shop.settings.corpus / to).parent.mkdir(exist_ok=True)
                (shop.settings.corpus / name).rename(shop.settings.corpus / to)

    @rule(name=NAMES)
    def delete_source(self, name: str) -> None:
        for shop in self.shops:
            (shop.settings.corpus / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(sorted(RULES)))
    def turn_rule(self, name: str) -> None:
        """Write a file of rules, or remove it where it is there."""
        for shop in self.shops:
            file = shop.settings.corpus / "rules" / name
            file.parent.mkdir(exist_ok=True)
            file.unlink() if file.exists() else file.write_text(RULES[name], "utf-8")

    @rule(
        place=PAGES,
        old=st.sampled_from(["。", "title: ", "tags: ", "date: "]),
        new=st.sampled_from(["！", "note: x\n", ""]),
    )
    def edit_page(self, place: int, old: str, new: str) -> None:
        """A change of the text or the front matter, which it may break."""
        for shop in self.shops:
            for page in shop.articles()[place : place + 1]:
                file = shop.settings.docs / page
                file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    @rule(place=PAGES)
    def move_page(self, place: int) -> None:
        for shop in self.shops:
            for page in shop.articles()[place : place + 1]:
                shop.move(page, f"articles/moved/{place}.md")

    @rule(place=PAGES)
    def delete_page(self, place: int) -> None:
        for shop in self.shops:
            for page in shop.articles()[place : place + 1]:
                (shop.settings.docs / page).unlink()

    @rule(title=TITLES, note=st.sampled_from(["date: 2024-06-30", "when: {a: 2024-06-30}", "n: !!set {a}", "x: 1.0"]))
    def write_page(self, title: str, note: str) -> None:
        for shop in self.shops:
            (shop.settings.docs / "own.md").write_text(
                f"---\ntitle: '{title}'\ntags: [水利]\n{note}\n---\n\n文\n", "utf-8"
            )

    @precondition(lambda self: self.built)
    @rule(at=st.floats(0, 1), length=st.integers(1, 300))
    def damage_cache(self, at: float, length: int) -> None:
        file = self.folder / CACHE / "results.sqlite"
        data = file.read_bytes()
        start = int(at * len(data))
        file.write_bytes(data[:start] + b"\xff" * len(data[start : start + length]) + data[start + length :])

    @invariant()
    def the_cache_changes_nothing(self) -> None:
        self.built = [shop.build() for shop in self.shops]
        cached, clean = (json.dumps(make_report(built.digest), ensure_ascii=False) for built in self.built)
        assert cached == clean
        assert self.shops[0].snapshot() == self.shops[1].snapshot()
        assert (self.built[0].written, self.built[0].removed) == (self.built[1].written, self.built[1].removed)


TestEditors = Editors.TestCase
TestEditors.settings = settings(
    max_examples=6, stateful_step_count=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
