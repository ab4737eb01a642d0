"""`reformkit page` and what a notebook shows: pages that need nothing else, in which no word of a case is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import reformkit as rk
from tests.books import bundled_book
from tests.cli.conftest import Run

SCRIPT = "<script>alert(1)</script>\u202e"
CASE = f"""id: "X<b>1"
origin: filed_case
authority_level: city
form: fourth
decided_on: 2022-03-01
unit: "{SCRIPT}"
findings:
  - {{cause: institution.asset_rules, matter: lease_disposal, evidence: "{SCRIPT}"}}
"""


class Seen(HTMLParser):
    """The tags of a page, and where it would fetch something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [
            str(value) for name, value in attrs if name in ("src", "href", "srcset", "data") or name[:2] == "on"
        ]


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_a_case_is_a_page_with_result_reason_change_and_measures(run: Run, examples: Path, tmp_path: Path) -> None:
    out = tmp_path / "研判.html"
    (file,) = (examples / "cases").glob("01-*.yaml")
    assert run("page", file, "--history", examples / "history" / "cases.yaml", "-o", out).exit_code == 0
    said = out.read_text(encoding="utf-8")
    heads = re.findall("<h2>[一二三四五六七八九十]+、(.+?)</h2>", said)
    assert heads[:4] == ["案情", "理由", "怎样会不同", "尚待明确"]
    assert {"症结", "促改建议", "责任分工"} <= set(heads)
    assert "<li>是否启动以案促改<b>启动</b></li>" in said
    assert '<span class="whole">STA-G0</span> · jiuyuan/startup.yaml:' in said
    assert "若“第一关意见”由“通过”改为“未通过”，则：不启动。" in said
    english = run("page", file, "--lang", "en").output
    assert '<html lang="en">' in english and "What would change it" in english


@pytest.mark.parametrize("made", ["page", "notebook", "year"])
def test_nothing_of_a_case_is_markup_and_nothing_is_fetched(run: Run, case: Path, book: rk.Book, made: str) -> None:
    assessment = book.assess(book.read_cases(case)[0])
    page = {
        "page": lambda: run("page", case).stdout,
        "notebook": lambda: str(assessment._repr_html_()),
        "year": lambda: run("page", case, "--kind", "year").stdout,
    }[made]()
    seen = Seen(page)
    assert not seen.tags & {"script", "b1", "img", "link", "iframe"}
    assert not seen.fetched
    assert "\u202e" not in page
    if made != "year":
        assert "&lt;script&gt;" in page and "X&lt;b&gt;1" in page


def test_more_than_five_cases_are_shown_as_their_year(run: Run, examples: Path) -> None:
    said = run("page", examples / "year" / "cases.csv").output
    assert "<h1>以案促改年度情况（2022年）</h1>" in said
    assert said.strip() == run("year", examples / "year" / "cases.csv", "--format", "html").output.strip()


REFUSED = {
    "nothing": ([], "请给出案件文件"),
    "another_ending": (["{case}", "-o", "研判.pdf"], "不会写 .pdf 文件"),
    "self_of_a_year": (["2022", "{case}", "--history", "self"], "不写 --history self"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_makes_no_page_is_refused_in_words(run: Run, case: Path, name: str) -> None:
    words, message = REFUSED[name]
    done = run("page", *(word.format(case=case) for word in words))
    assert done.exit_code == 2
    assert message in re.sub(r"\n *", "", done.output)


def test_a_notebook_shows_each_in_the_language_of_the_environment(
    book: rk.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    assessment = book.assess({"id": "X-1", "origin": "filed_case", "authority_level": "city", "form": "fourth"})
    shown = (assessment, assessment.startup, book, book.year([{"id": "X-1", "decided_on": "2022-03-01"}]))
    zh = [str(each._repr_html_()) for each in shown]
    monkeypatch.setenv("REFORMKIT_LANG", "en")
    en = [str(each._repr_html_()) for each in shown]
    for chinese, english in zip(zh, en, strict=True):
        assert 'lang="zh-CN"' in chinese and 'lang="en"' in english
        assert all(rule.lstrip().startswith((".reformkit", "@media", "}", "font:")) for rule in _rules(english))
    assert "是否启动以案促改：启动。" in zh[1]


def _rules(page: str) -> list[str]:
    """The lines of the style, of which each begins with a selector of ours, or goes on from the one before it."""
    return [line for line in page.partition("<style>")[2].partition("</style>")[0].split("\n") if line.strip()]


def test_what_comes_out_of_a_pickle_has_no_words_and_is_shown_as_plain_text(book: rk.Book) -> None:
    import pickle

    kept = pickle.loads(pickle.dumps(book.assess({"id": "X-1", "form": "fourth"})))
    assert kept._repr_html_() is None
    assert kept.startup._repr_html_() is None
