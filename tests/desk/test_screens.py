"""The other screens: fixtures, measures, the year; each with what is staged."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from reformkit.desk.asking import Ask, whole_number
from reformkit.desk.desk import Desk
from reformkit.desk.fixture_screen import fixtures_view
from reformkit.desk.measure_screen import measures_view
from reformkit.desk.rule_screen import rule_at
from reformkit.desk.rule_use_screen import rule_use
from reformkit.desk.table_screen import table_view
from reformkit.desk.workspace import MemoryWorkspace
from reformkit.desk.year_screen import year_view
from reformkit.testing.mutation import mutate
from tests.desk.asking import Browser
from tests.desk.conftest import FILES
from tests.desk.test_editing import edit

OCTETS = {"content-type": "application/octet-stream"}


def test_a_fixture_that_fails_says_why_and_what_would_mend_it(desk: Desk) -> None:
    assert [row.name for row in fixtures_view(desk, Ask()).passing] == ["县级三人快办"]
    edit(desk, "W-2", "$many", "5")
    (row,) = fixtures_view(desk, Ask()).failing
    assert "预期“快办”，实际“慢办”" in row.told[0].zh
    assert "“人数”由“3”改为“5”" in "".join(line.zh for line in row.told)
    assert row.told[0].zh in Browser(desk).get("/fixtures").text.replace("&#34;", '"')


def test_measures_of_a_tried_case_say_why_and_why_not(bundled: Desk) -> None:
    given = bundled.case_file(bundled.book).cases
    assessed = {a.case.id: a for a in bundled.book.assess_many(given, given)}
    case = next(case for case in given if assessed[case.id].recommendations)
    view = measures_view(bundled, Ask(query={"_case": [case.id]}))
    recommended = {row.id for row in view.rows if row.is_recommended}
    assert recommended == {each.measure.id for each in assessed[case.id].recommendations}
    assert all(row.why is not None and row.why.zh for row in view.rows)
    assert not any("{" in row.text.zh for row in measures_view(bundled, Ask()).rows)
    library = bundled.book.library
    assert library is not None and len(view.rows) == len(library.measures)


def test_the_year_is_that_of_the_command(bundled: Desk) -> None:
    view, year = year_view(bundled, Ask()), bundled.book.year(bundled.case_file(bundled.book))
    assert view.title.zh == year.title.zh
    assert [part.head.zh.split("、")[-1] for part in view.parts] == [part.title.zh for part in year.parts]
    layers = year.table("layers")
    shown = next(table for part in view.parts for table in part.tables if table.title.zh == layers.title.zh)
    assert [row.cells[0] for row in shown.rows] == [row.label.zh for row in layers.rows]
    assert Browser(bundled).get("/year?_lang=en").status_code == 200


def test_without_cases_or_a_library_there_are_no_such_pages(desk: Desk) -> None:
    page = Browser(desk).get("/d/way").text
    assert 'href="/measures"' not in page and 'href="/fixtures"' in page and 'href="/year"' in page
    assert Browser(desk).get("/measures").status_code == 404
    for lang, said in (("zh", "案件都没有日期"), ("en", "no case has a day")):  # three cases without a date
        assert said in Browser(desk).get(f"/year?_lang={lang}").text


def test_numbers_that_are_none_find_nothing(desk: Desk) -> None:
    browser = Browser(desk)
    for number in ("²", "9" * 5000):
        assert browser.get(f"/effect/{number}/cases").status_code == 404
        assert browser.get(f"/workbook/effect/{number}").status_code == 404
        assert browser.post("/parameters", {"name": "many", "number": number, "value": "3"}).status_code == 404
        assert browser.post("/cell", {"decision": "way", "rule": "W-2", "row": number}).status_code == 404
        assert browser.get(f"/d/way?people={number}").status_code == 200
    assert whole_number("٣") is None


def test_an_address_that_is_none_is_said_in_the_language_of_the_page(desk: Desk) -> None:
    for lang, said in (("zh", "没有这一页"), ("en", "There is no such page")):
        answer = Browser(desk).get(f"/no/such/page?_lang={lang}")
        assert answer.status_code == 404 and said in answer.text


def test_a_long_list_is_grouped_by_what_most_rules_test_and_a_tried_case_comes_first(bundled: Desk) -> None:
    view = table_view(bundled, Ask({"decision": "diagnosis"}))
    heads = [row.group for row in view.rows if row.group is not None]
    assert len(heads) == len(set(heads)) and 10 < len(heads) < len(view.rows)
    assert {row.rule for row in view.rows} == {
        row.rule for row in table_view(bundled, Ask({"decision": "diagnosis"}, {"_case": ["2022-006"]})).rows
    }
    at = None
    for row in view.rows:
        at = at if row.group is None else row.group
        words = next((cell.words for cell in row.cells if cell.fact == "behaviours"), None)
        assert row.row or words in (at, None) or not row.rule
    tried = table_view(bundled, Ask({"decision": "diagnosis"}, {"_case": ["2022-006"]}))
    assert all(row.group is None for row in tried.rows) and tried.rows[0].state == "lit"


def test_the_year_is_chosen_by_its_file_and_number(desk: Desk) -> None:
    with_days = FILES["words.yaml"].replace("urgent:", "held_on: {type: date, label: 日期, ask: 何日？}\n  urgent:")
    files = {path: text.encode() for path, text in FILES.items()} | {
        "words.yaml": f"{with_days}dates: {{case: [held_on]}}\n".encode()
    }
    head = "id,level,people,urgent,held_on\n"
    given = {
        "a.csv": f"{head}A-1,county,3,false,2021-02-03\nA-2,county,3,false,2022-02-03\n".encode(),
        "b.csv": f"{head}B-1,county,3,false,2022-05-03\n".encode(),
    }
    browser = Browser(Desk(MemoryWorkspace("small", files, given)))
    page = browser.get("/year").text
    assert "2021年（1件）" in page and "2022年（2件）" in page and "<meter" not in page
    assert "2022年" in browser.get("/year?_year=2022").text.partition("</form>")[2]
    one = browser.get("/year?_file=b.csv").text
    assert "selected>b.csv" in one and 'class="problem"' not in one
    assert browser.get("/year?_file=../a.csv&_year=2021").status_code == 200


def test_a_rule_shows_the_saves_of_its_own(desk: Desk) -> None:
    browser = Browser(desk)
    block = desk.block("W-2", rule_at("way", "W-2"))
    desk.stage(block, "W-2", block.text.replace("$many", "4"), block.sha)
    browser.post("/save", {"number": str(desk.staging.number), "note": "<b>提高</b>人数线"})
    page = browser.get("/d/way?_rule=W-2").text
    assert "&lt;b&gt;提高&lt;/b&gt;人数线" in page and "影响 1 件（共 3 件）" in page
    assert "提高" not in browser.get("/d/way?_rule=W-1").text
    browser.post("/unsave")
    assert "保存后撤销" in browser.get("/d/way?_rule=W-2").text


@pytest.mark.parametrize("given", [{}, {"a.csv": b"id,level,people\nA-1,county,3\n"}])
def test_a_file_is_handed_in_to_see_its_year_and_nothing_of_it_is_kept(given: dict[str, bytes]) -> None:
    with_days = FILES["words.yaml"].replace("urgent:", "held_on: {type: date, label: 日期, ask: 何日？}\n  urgent:")
    files = {path: text.encode() for path, text in FILES.items()} | {
        "words.yaml": f"{with_days}dates: {{case: [held_on]}}\n".encode()
    }
    workspace = MemoryWorkspace("small", files, given)
    browser = Browser(Desk(workspace))

    def hand_in(name: str, data: bytes) -> str:
        answer = browser.post(
            f"/year?{urlencode({'name': name})}", headers={**OCTETS, "hx-request": "true"}, content=data
        )
        assert answer.status_code == 204, answer.text
        return browser.get(answer.headers["hx-redirect"]).text

    assert 'id="given"' in browser.get("/year").text
    head = "编号,层级,人数,日期\n"
    page = hand_in("一月.csv", f"{head}B-1,county,3,2021-02-03\nB-2,moon,3,2021-02-03\n".encode())
    plain = re.sub("<[^>]*>", "", page)
    assert "2021年" in plain and "RK130 一月.csv:3" in plain and "未能读入" in plain
    assert ("selected>一月.csv" in page) is bool(given)
    for name, data in (
        ("x.xlsx", b"PK\x03\x04 no workbook"),
        ("x.pdf", b"%PDF"),
        ("x", b""),
        ("x.csv", b"\xff\xfe\x00"),
    ):
        assert 'class="problem error"><code>RK' in hand_in(name, data), name
    assert hand_in("../../<b>.csv", head.encode()).count("<b>") == 0
    assert dict(workspace.cases()) == given
    too_much = browser.post("/year?name=a.csv", headers=OCTETS, content=b"x" * ((64 << 20) + 1))
    assert too_much.status_code == 413


def test_a_rule_shows_the_cases_and_fixtures_that_it_decides_and_the_mistakes_that_nobody_notices(
    bundled: Desk,
) -> None:
    browser = Browser(bundled)
    given = bundled.case_file(bundled.book).cases
    assessed = bundled.book.assess_many(given, given)
    wanted = [a.case.id for a in assessed if a.startup.rule == "STA-G2"]
    view = rule_use(bundled, Ask({"decision": "startup"}, {"_rule": ["STA-G2"]}))
    assert [case.name for case in view.cases] == wanted[: len(view.cases)] and view.decided == len(wanted) > 0
    page = browser.get("/d/startup?_rule=STA-G2").text
    assert 'hx-get="/d/startup/use?_rule=STA-G2"' in page
    assert wanted[0] in browser.get("/d/startup/use?_rule=STA-G2").text
    suspected = bundled.book.rulebook.decisions["diagnosis"].rules[0].id
    assert browser.get(f"/d/diagnosis/use?_rule={suspected}").status_code == 200
    for nowhere in ("/d/startup/use?_rule=x", "/d/moon/use?_rule=STA-G2", "/d/startup/use"):
        assert browser.get(nowhere).status_code == 404


def test_a_mistake_in_a_rule_that_no_fixture_notices_is_told(desk: Desk) -> None:
    use = {of: rule_use(desk, Ask({"decision": "way"}, {"_rule": [of]})) for of in ("W-1", "W-2")}
    assert [use[of].fixtures_decided for of in use] == [0, 1]
    assert all(one.mutants >= len(one.unnoticed) for one in use.values()) and use["W-1"].unnoticed
    whole = mutate(desk.book, [(r.fixture, r.assessment) for r in desk.ran.results], "way")
    of_rules = [one for one in whole.unnoticed if one.mutant.parameter is None and one.mutant.given is None]
    assert sum(len(one.unnoticed) for one in use.values()) == len(of_rules)
