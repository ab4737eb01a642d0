"""The other screens: fixtures, measures, the year; each with what is staged."""

from __future__ import annotations

from reformkit.desk.asking import Ask, whole_number
from reformkit.desk.desk import Desk
from reformkit.desk.fixture_screen import fixtures_view
from reformkit.desk.measure_screen import measures_view
from reformkit.desk.year_screen import year_view
from tests.desk.asking import Browser
from tests.desk.test_editing import edit


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
