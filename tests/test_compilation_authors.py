"""Who wrote the articles of a compilation: names in the list of contents, beside the titles and below them."""

from __future__ import annotations

import pytest

from build_digest.assemble import assemble
from build_digest.model import Article
from build_digest.rulebook import Rulebook
from build_digest.split import split

TEXTS = {
    "井台": (
        "井台上的青石磨出了两道沟。夏天的夜里，人们坐在上面说话，一直说到露水下来。",
        "井后来填了，青石还在。",
    ),
    "灶屋的墙": ("灶屋的墙是黑的，母亲说那是几十年的烟。她不让刷，说刷白了饭就不香。", "后来拆了灶，墙也没有刷。"),
    "阁楼与猫": ("阁楼上放着祖父的书，没有人上去看。只有猫去，猫在书上睡觉。", "下雨的时候，我替猫上去看过一回漏。"),
    "天井": (
        "天井里的桂花是曾祖种的，年年开两次。第二次开的时候，天就凉了。",
        "凉了以后，大家都搬到屋里去坐。",
    ),
    "门槛": ("门槛高，小时候跨不过去，就坐在上面等人抱。", "后来跨得过去了，人也不在了。"),
}
NAMES = ("方晓", "林一禾", "陈望川", "青禾", "许　墨")
PLAIN = ["方晓", "林一禾", "陈望川", "青禾", "许墨"]
KNOWN = ("鲁迅", "朱自清", "老舍", "郁达夫", "徐志摩")
KINDS = ("散文", "小说", "诗歌", "童话", "随笔")
WEATHER = ("多云", "小雨", "大雪", "雷阵雨", "晴天")


def _read(rulebook: Rulebook, heads: tuple[str, ...], listed: str, names: tuple[str, ...]) -> tuple[Article, ...]:
    lines = ["灯下五记", ""]
    if listed:
        lines += [
            "目录",
            *(listed.format(title=title, name=name) for title, name in zip(TEXTS, names, strict=True)),
            "",
        ]
    for (title, text), name in zip(TEXTS.items(), names, strict=True):
        lines += [*(head.format(title=title, name=name) for head in heads), *text, ""]
    return assemble("a.txt", lines, split(lines), rulebook).articles


@pytest.mark.parametrize(
    ("heads", "listed"),
    [
        (("{title}",), "{title}（{name}）"),
        (("{title}",), "{title} / {name}"),
        (("{title}",), "{title}　　　{name}"),
        (("{title}",), "{name}：{title}"),
        (("{title}",), "{title}——{name}"),
        (("{title}", "{name}"), ""),
        (("{title}", "{name}"), "{title}"),
        (("{title}", "{name}"), "{title}（{name}）"),
        (("{title}", "（{name}）"), ""),
        (("{title}", "□ {name}"), ""),
        (("{title}", "——{name}"), ""),
        (("{title}", "文／{name}"), ""),
    ],
)
@pytest.mark.parametrize(("names", "plain"), [(NAMES, PLAIN), (KNOWN, list(KNOWN))])
def test_names_of_authors(
    rulebook: Rulebook, heads: tuple[str, ...], listed: str, names: tuple[str, ...], plain: list[str]
) -> None:
    articles = _read(rulebook, heads, listed, names)
    assert [article.title.value for article in articles] == list(TEXTS)
    assert [[author.value for author in article.description.authors] for article in articles] == [[n] for n in plain]


def test_a_name_and_the_outlet_below_a_title(rulebook: Rulebook) -> None:
    articles = _read(rulebook, ("{title}", "{name} | 河谷日报"), "", ("方晓", "林一禾", "陈望川", "江采薇", "许　墨"))
    assert [article.description.authors[0].value for article in articles][2:] == ["陈望川", "江采薇", "许墨"]
    assert {article.description.source.value for article in articles if article.description.source} == {"河谷日报"}


@pytest.mark.parametrize("words", [KINDS, WEATHER])
@pytest.mark.parametrize(
    ("heads", "listed"),
    [(("{title}",), "{title}（{name}）"), (("{title}", "{name}"), ""), (("{title}（{name}）",), "")],
)
def test_other_words_in_their_place_are_no_names(
    rulebook: Rulebook, heads: tuple[str, ...], listed: str, words: tuple[str, ...]
) -> None:
    assert not any(article.description.authors for article in _read(rulebook, heads, listed, words))


def test_an_author_is_stated_where_his_name_stands(rulebook: Rulebook) -> None:
    beside, below = (
        _read(rulebook, heads, listed, NAMES)[1]
        for heads, listed in ((("{title}",), "{title}（{name}）"), (("{title}", "{name}"), ""))
    )
    assert [author.line for article in (beside, below) for author in article.description.authors] == [5, 9]


def test_a_day_before_a_title_dates_its_article(rulebook: Rulebook) -> None:
    days = ("2021-03-02", "2021-04-06", "2021-05-10", "2021年6月14日", "2021.7.18")
    lines = ["旧屋博客存档", ""]
    for day, (title, text) in zip(days, TEXTS.items(), strict=True):
        lines += ["", f"{day} {title}的那些旧事情", "", *text, ""]
    articles = assemble("a.txt", lines, split(lines), rulebook).articles
    assert [article.title.value for article in articles] == [f"{title}的那些旧事情" for title in TEXTS]
    dates = [article.description.date.value for article in articles if article.description.date]
    assert dates == ["2021-03-02", "2021-04-06", "2021-05-10", "2021-06-14", "2021-07-18"]
