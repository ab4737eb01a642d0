"""Cases read the same from YAML, JSON, JSON Lines and CSV; a faulty one is reported and the others are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reformkit.files.opening import CaseFile, read_cases
from reformkit.model.case import Finding
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Value
from reformkit.reading.rulebook import read_rulebook
from tests.bad.reading import HERE

RULEBOOK: Rulebook = read_rulebook(HERE / "base" / "book")[0]  # type: ignore[assignment]

FACTS = {
    "level": "county",
    "people": 3,
    "decided_on": date(2022, 3, 1),
    "this_year": True,
    "unit": "某区供销社",
    "causes": frozenset({"absent", "top_leader"}),
    "startup": "start",
    "like_cases": 2,
}
YAML = "- {编号: A-1, 机关层级: 县级, 涉案人数: 3, 处分决定日期: 2022-03-01, 当年处分: 是, 案发单位: 某区供销社, 已查明症结: [无制度, top_leader], 是否启动: 启动, 同类案件数: 2, 阶段: }\n"
JSON = """{"id": "A-1", "level": "county", "people": 3, "decided_on": "2022-03-01", "this_year": true, "unit": "某区供销社",
 "causes": ["absent", "一把手监督难"], "startup": "start", "like_cases": 2, "stage": null}"""
CSV = """编号,机关层级,涉案人数,处分决定日期,当年处分,案发单位,已查明症结,是否启动,同类案件数,阶段,备注
A-1,县级,3,2022-03-01,是,某区供销社,无制度；top_leader,启动,2,,
"""


def read(path: Path, content: str | bytes) -> CaseFile:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_cases(path, RULEBOOK)


def said(found: CaseFile) -> list[tuple[str, dict[str, Value], tuple[Finding, ...] | None]]:
    return [(case.id, dict(case.facts), case.findings) for case in found.cases]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cases.yaml", YAML),
        ("cases.yml", YAML.removeprefix("- ")),
        ("cases.YAML", "\ufeff" + YAML),
        ("cases.json", JSON),
        ("cases.json", f"[{JSON}]"),
        ("cases.jsonl", JSON.replace("\n", "") + "\n\n"),
        ("cases.csv", CSV.replace(",备注", "").replace(",,\n", ",\n")),
        ("cases.csv", "\ufeff" + CSV.replace(",备注", ",")),
        ("cases.csv", CSV.replace(",备注", ",").encode("gb18030")),
        ("cases.csv", CSV.replace(",备注", ",").replace("\n", "\r\n")),
        ("cases.csv", CSV.replace(",备注", ",").replace("\n", "\r")),
    ],
)
def test_every_format_says_the_same(name: str, content: str | bytes, tmp_path: Path) -> None:
    found = read(tmp_path / name, content)
    assert found.problems == []
    assert said(found) == [("A-1", FACTS, None)]
    assert {k: type(v) for k, v in found.cases[0].facts.items()} == {k: type(v) for k, v in FACTS.items()}


def test_findings_read_in_either_language(tmp_path: Path) -> None:
    found = read(
        tmp_path / "cases.yaml",
        "- {id: A-1, 剖析发现: [{症结: 无制度, 事项: 合同管理, 证据: 合同缺页}, {cause: top_leader}]}\n",
    )
    assert found.cases[0].findings == (
        Finding(cause="absent", matter="contract", evidence="合同缺页"),
        Finding(cause="top_leader"),
    )


def test_no_findings_and_unknown_findings_differ(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.yaml", "- {id: A-1, findings: []}\n- {id: A-2, findings: }\n- {id: A-3}\n")
    assert [case.findings for case in found.cases] == [(), None, None]


def test_empty_set_differs_from_unknown(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", "id,causes\nA-1,无\nA-2,\n")
    assert [dict(case.facts) for case in found.cases] == [{"causes": frozenset()}, {}]


def test_case_knows_its_place(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", "id,unit\nA-1,甲\nA-2,乙\n")
    assert [case.place.line for case in found.cases] == [2, 3]


def test_keys_of_a_fixture_are_left_to_the_fixture(tmp_path: Path) -> None:
    found = read(
        tmp_path / "cases.yaml", "- {id: A-1, name: 一例, as_of: 2022-01-01, history: [x], expect: {startup: no}}\n"
    )
    assert said(found) == [("A-1", {}, None)]


def test_one_bad_row_in_146_is_reported_and_145_are_read(tmp_path: Path) -> None:
    rows = [f"A-{i},county,{1 + i % 9}" for i in range(146)]
    rows[70] = "A-70,contry,3"
    found = read(tmp_path / "cases.csv", "id,level,people\n" + "\n".join(rows) + "\n")
    assert len(found.cases) == 145
    assert [(p.code, p.line, p.column) for p in found.problems] == [("RK130", 72, 6)]


def test_quote_never_closed_loses_one_row_only(tmp_path: Path) -> None:
    rows = [f"A-{i},甲" for i in range(1000)]
    rows[10] = 'A-10,"甲'
    rows[600] = 'A-600,"甲\n乙"'
    found = read(tmp_path / "cases.csv", "id,unit\n" + "\n".join(rows))
    problems = [(p.code, p.line, p.column) for p in found.problems]
    assert problems == [("RK126", 12, 6), ("RK801", 602, 7)]  # the line break within a unit is said
    assert len(found.cases) == 999
    assert found.cases[599].facts["unit"] == "甲\n乙"


def test_quote_closed_by_the_next_row_loses_one_row_only(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", 'id,unit\nA-1,"甲\nA-2,乙\nA-3,"丙"\nA-4,丁\n')
    assert [p.line for p in found.problems] == [2]
    assert [case.id for case in found.cases] == ["A-2", "A-3", "A-4"]


def test_bad_bytes_lose_one_row_only(tmp_path: Path) -> None:
    found = read(
        tmp_path / "cases.csv", "id,unit\nA-1,甲\nA-2,乙\nA-3,丙\n".encode().replace("乙".encode(), b"\xff\xfe")
    )
    assert [(p.code, p.line) for p in found.problems] == [("RK106", 3)]
    assert [case.id for case in found.cases] == ["A-1", "A-3"]


def test_place_of_a_cell_counts_quotes_and_line_breaks(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", 'id,unit,people\nA-1,"甲,乙\n丙",x\n')
    errors = [p for p in found.problems if p.severity == "error"]
    assert [(p.line, p.column, p.excerpt) for p in errors] == [(3, 4, '丙",x')]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["cases.csv", "cases.yaml", "cases.json", "cases.jsonl"])
def test_wide_encoding_is_named(name: str, encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path / name, "id,unit\nA-1,x\n".encode(encoding))
    assert found.cases == []
    assert [p.code for p in found.problems] == ["RK105"]
    assert f"UTF-{'32' if '32' in encoding else '16'}" in found.problems[0].message("en")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
def test_wide_chinese_without_a_mark_is_named(name: str, encoding: str, tmp_path: Path) -> None:
    found = read(tmp_path / name, "编号,案发单位\nA-1,第一小学\n".encode(encoding))
    assert [p.code for p in found.problems] == ["RK105"] and not found.whole


def test_a_zero_byte_in_narrow_text_is_reported_at_its_place(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", "编号,案发单位\nA-1,某\0局\n")
    assert [(p.code, p.line, p.column) for p in found.problems] == [("RK107", 2, 6)]


def test_what_a_flag_cannot_say_is_a_problem_in_a_csv_too(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", "编号,当年处分\nA,是\nB,false\nC,有\n")
    assert said(found) == [("A", {"this_year": True}, None), ("B", {"this_year": False}, None)]
    assert [(p.code, p.line) for p in found.problems] == [("RK131", 4)]


def test_numbers_of_5000_digits_are_reported(tmp_path: Path) -> None:
    digits = "9" * 5000
    for name, content in [
        ("cases.yaml", f"- {{id: A-1, people: {digits}}}\n"),
        ("cases.json", f'[{{"id": "A-1", "people": {digits}}}]'),
        ("cases.csv", f"id,people\nA-1,{digits}\n"),
    ]:
        problems = read(tmp_path / name, content).problems
        assert [p.code for p in problems] == ["RK132"]
        assert len(str(problems[0])) < 1000


def test_identity_number_is_not_repeated(tmp_path: Path) -> None:
    number = "110101199001010009"
    found = read(tmp_path / "cases.csv", f"id,unit,people\n{number},甲,{number}\nA-2,1101 0119900101 0009,\n")
    assert {p.code for p in found.problems} == {"RK139", "RK133"}
    assert number not in "".join(f"{p} {p.excerpt}" for p in found.problems)


def test_line_breaks_of_other_systems_count(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.yaml", "- id: A-1\r\n- id: A-2\r  people: x\n")
    assert [(p.code, p.line, p.column) for p in found.problems] == [("RK132", 3, 11)]


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029", "\x00", "\x1b", "\x7f", "\ufffe"])
def test_characters_that_no_text_may_hold_are_placed(char: str, tmp_path: Path) -> None:
    for name, content in [
        ("cases.yaml", "- {id: A-1}\n- {id: A-2, unit: '甲%s'}\n"),
        ("cases.csv", "id,unit\nA-2,甲%s\n"),
    ]:
        problems = read(tmp_path / name, content % char).problems
        assert [(p.code, p.line) for p in problems] == [("RK107", 2)]


def test_no_more_than_200_problems_a_file(tmp_path: Path) -> None:
    found = read(tmp_path / "cases.csv", "id,level,people\n" + "".join(f"A-{i},x{i},y\n" for i in range(5_000)))
    assert len(found.problems) == 201
    assert found.problems[-1].message("en") == "this file has 9800 more problems that are not listed"


@pytest.mark.parametrize("bracket", ["[", "[ ", "{a: ", "- "])
def test_brackets_without_end_are_too_deep(bracket: str, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(bracket * 100_000, encoding="utf-8")
    (problem,) = read_cases(tmp_path / "cases.yaml", RULEBOOK).problems
    assert problem.code == "RK117"
