"""Small corpora that tests build, change and build again."""

from __future__ import annotations

from pathlib import Path

from build_digest.build import Built, build
from build_digest.model import KnownPage
from build_digest.settings import Settings
from build_digest.site.markdown import read_page, write_page

PARAGRAPHS = {
    "水": [
        "水库蓄水量在六月底达到全年最高，下游三个县的灌溉用水有了保证。",
        "管理局说，今年的来水比去年多一成，主要是因为上游的雪化得晚。",
        "村民在渠边修了新的闸门，夜里也能按需放水，不再争抢。",
    ],
    "火": [
        "消防队在老城区装了四百个烟雾报警器，费用由街道和住户各出一半。",
        "去年冬天的两起火灾都发生在凌晨，报警器响过之后没有人受伤。",
        "队员每个月上门检查一次电池，顺便看看楼道里有没有堆放杂物。",
    ],
    "木": [
        "林场把二十年前种下的杉木间伐了三分之一，留下的树长得更快。",
        "伐下的木材卖给本地的家具厂，运费比从外省进货便宜得多。",
        "护林员用望远镜和无人机轮流巡山，今年还没有发现一处病虫害。",
    ],
}


class Workshop:
    """A corpus and a docs folder in a temporary place, with what an editor does to them."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(corpus=folder / "corpus", docs=folder / "docs", jobs=1)
        self.settings.corpus.mkdir(parents=True)
        self.settings.docs.mkdir()

    def write_source(self, name: str, *lines: str) -> None:
        path = self.settings.corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def write_article(self, name: str, title: str, key: str, *head: str) -> None:
        """A source with a title, lines of metadata and the paragraphs of `PARAGRAPHS[key]`."""
        self.write_source(name, title, *head, *PARAGRAPHS[key])

    def build(self) -> Built:
        return build(self.settings)

    def page(self, path: str) -> KnownPage:
        return read_page(path, (self.settings.docs / path).read_text("utf-8"))

    def edit(self, path: str, old: str, new: str) -> None:
        """Change the last place where something stands: in the text, where it stands in the summary too."""
        file = self.settings.docs / path
        before, found, after = file.read_text("utf-8").rpartition(old)
        assert found
        file.write_text(before + new + after, "utf-8")

    def set_key(self, path: str, key: str, value: object) -> None:
        page = self.page(path)
        derived = page.text.split("<!-- digest:derived -->\n\n")[1].split("\n<!-- /digest")[0]
        meta = {**page.meta, key: value}
        if value is None:
            del meta[key]
        (self.settings.docs / path).write_text(write_page(meta, page.body, derived), "utf-8")

    def move(self, path: str, to: str) -> None:
        target = self.settings.docs / to
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.settings.docs / path).rename(target)

    def articles(self) -> list[str]:
        docs = self.settings.docs
        return sorted(path.relative_to(docs).as_posix() for path in (docs / "articles").rglob("*.md"))

    def snapshot(self) -> dict[str, bytes]:
        docs = self.settings.docs
        return {p.relative_to(docs).as_posix(): p.read_bytes() for p in sorted(docs.rglob("*")) if p.is_file()}

    def path_of(self, title: str) -> str:
        """The path of the one page with that title."""
        (path,) = (path for path in self.articles() if self.page(path).meta["title"] == title)
        return path


def address_of(path: str) -> str:
    """Where a page stands in the site."""
    return path.removesuffix(".md") + "/"
