"""Every kind of reading problem is shown by a bad file, with exactly the place and message that stand beside it."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from reformkit import problem_codes
from reformkit.book import Book
from reformkit.cli.test import passed_over
from reformkit.files.opening import read_cases
from reformkit.loading import check
from reformkit.model.rulebook import Rulebook
from reformkit.parsing import source, tree
from reformkit.problem import CaseError
from reformkit.problem_codes import CODES
from reformkit.problem_codes.taking_over import TAKING_OVER
from reformkit.reading.rulebook import read_rulebook
from tests.bad.indicators import INDICATORS
from tests.bad.reading import FILES, HERE, problems_with, said
from tests.bad.rule_workbooks import EXPECTED, SPOILT_RULES, problems_of
from tests.bad.workbooks import SPOILT, workbook
from tests.books import bundled_book

BASE: Rulebook = read_rulebook(HERE / "base" / "book")[0]  # type: ignore[assignment]


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.name)
def test_bad_file_gives_its_expected_problems(bad: Path, tmp_path: Path) -> None:
    expected = bad.with_name(bad.name + ".expected").read_text(encoding="utf-8")
    found = problems_with(bad, tmp_path)
    assert "\n".join(said(problem, tmp_path) for problem in found) + "\n" == expected
    assert bad.name[:5] in {problem.code for problem in found}


def _base_cases(folder: Path, name: str, content: bytes) -> list[str]:
    path = folder / name
    path.write_bytes(content)
    return [said(problem, folder) for problem in read_cases(path, BASE).problems]


def _no_permission(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (folder / "rulebook.yaml").touch()
    patch.setattr(Path, "read_bytes", refuse)
    return [said(problem, folder) for problem in read_rulebook(folder)[2]][:1]


def _too_large(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    with (folder / "cases.json").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    return [said(problem, folder) for problem in read_cases(folder / "cases.json", BASE).problems]


def _too_many(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    return _base_cases(folder, "cases.csv", b"id,people\n" + b"A,x\n" * 300)[-1:]


def _too_many_warnings(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    rows = "".join(f"A-{number},不详\n" for number in range(300))
    return _base_cases(folder, "cases.csv", f"id,unit\n{rows}".encode())[-1:]


def _too_deep(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    return _base_cases(folder, "cases.yaml", b"[ " * 100_000)


def _too_much(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    patch.setattr("reformkit.parsing.located_yaml.MAX_NODES", 3)
    return _base_cases(folder, "cases.yaml", b"- {id: A-1}\n")


def _long_cell(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    return _base_cases(folder, "cases.csv", b"id,unit\nA-1," + b"x" * 10_000_000 + b"\nA-2,y\n")


def _no_decision(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    (folder / "rulebook.yaml").write_text("name: small\nvocabulary: vocabulary.yaml\n")
    (folder / "vocabulary.yaml").write_text("fields: {a: {type: flag}}\n")
    return [said(problem, folder) for problem in read_rulebook(folder)[2]]


def _too_many_boxes(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    _no_decision(folder, patch)
    pairs = [(f"a{i}", f"b{i}") for i in range(9)]
    flags = "".join(f"  {name}: {{type: flag}}\n" for pair in pairs for name in pair)
    (folder / "vocabulary.yaml").write_text(f"fields:\n{flags}")
    anys = "".join(f"        - any: [{{{a}: true}}, {{{b}: true}}]\n" for a, b in pairs)
    (folder / "d.yaml").write_text(
        f"decision: d\ntitle: d\nhit: first\noutcomes: [x]\nrules:\n  - id: R-1\n    when:\n      all:\n{anys}    then: x\n"
    )
    return [said(problem, folder) for problem in check(folder)]


def _other_columns(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    import polars as pl

    from reformkit.files.assessed import FrameFiles

    paths = [folder / "a.parquet", folder / "b.parquet"]
    pl.DataFrame({"id": ["A-1"], "people": [1], "note": ["x"]}).write_parquet(paths[0])
    pl.DataFrame({"id": ["A-2"], "people": pl.Series([1], dtype=pl.Int8), "unit": ["x"]}).write_parquet(paths[1])
    with pytest.raises(CaseError) as raised:
        FrameFiles(Book(BASE), paths).check_columns()
    return [said(problem, folder) for problem in raised.value.problems]


def _list_beside(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    import polars as pl

    pl.DataFrame({"id": ["A-1"], "备注": [["x"]]}).write_parquet(folder / "cases.parquet")
    return [said(problem, folder) for problem in read_cases(folder / "cases.parquet", BASE).problems]


def _two_rulebooks(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    with zipfile.ZipFile(folder / "rules.zip", "w") as archive:
        archive.writestr("a/rulebook.yaml", "")
        archive.writestr("b/rulebook.yaml", "")
    return [said(problem, folder) for problem in check(folder / "rules.zip")]


def _reader_fails(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    point = EntryPoint("odd", "json:loads", "reformkit.case_tables")
    patch.setattr("reformkit.files.other_kinds.entry_points", lambda group: [point])
    return _base_cases(folder, "cases.odd", b"")


def _no_case(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    marked = bundled_book().assess_many([None], on_problem="mark")  # type: ignore[list-item]
    return [said(problem, folder) for error in marked if isinstance(error, CaseError) for problem in error.problems]


def _path_out_of_it(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    found = check({"rulebook.yaml": "{name: a, vocabulary: ../b.yaml}"})
    return [said(problem, folder) for problem in found if problem.code == "RK851"]


def _contradicts(*facts: str) -> Callable[[Path, pytest.MonkeyPatch], list[str]]:
    """A case that says what the bundled vocabulary says cannot be."""

    def made(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
        (folder / "case.yaml").write_text("\n".join(["id: A-1", *facts]) + "\n", encoding="utf-8")
        return [said(problem, folder) for problem in bundled_book().read_case_file(folder / "case.yaml").problems]

    return made


def _before_the_rules(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    case = {"id": "A-1", "filed_on": "1990-03-01"}
    return [said(problem, folder) for problem in bundled_book().assess(case).problems]


def _nearly_fixtures(folder: Path, patch: pytest.MonkeyPatch) -> list[str]:
    (folder / "startup.case.yaml").touch()
    return [said(problem, folder) for problem in passed_over([folder])]


MADE: dict[str, tuple[Callable[[Path, pytest.MonkeyPatch], list[str]], str]] = {
    "RK103": (_no_permission, ("rulebook.yaml:1:1 RK103\n  打不开“rulebook.yaml”：没有读取权限\n"
                              "  `rulebook.yaml` cannot be opened: there is no permission to read it")),
    "RK104": (_too_large, ("cases.json:1:1 RK104\n  文件有 200 MB，超过 32 MB 的上限\n"
                          "  the file is 200 MB; the limit is 32 MB")),
    "RK109": (_too_many, ("cases.csv:1:1 RK109\n  本文件还有 100 处问题没有列出\n"
                         "  this file has 100 more problems that are not listed")),
    "RK820": (_too_many_warnings, ("cases.csv:1:1 RK820\n  本文件还有 100 处提示没有列出\n"
                                  "  this file has 100 more warnings that are not listed")),
    "RK117": (_too_deep, "cases.yaml:1:129 RK117\n  嵌套超过 64 层\n  this is nested more than 64 deep"),
    "RK118": (_too_much, "cases.yaml:1:8 RK118\n  内容超过 3 项\n  there are more than 3 entries"),
    "RK125": (_long_cell, (f"cases.csv:2:1 RK125\n  这一行有一格超过 {csv.field_size_limit()} 个字符的上限\n"
                          f"  a cell on this row has more than the limit of {csv.field_size_limit()} characters")),
    "RK193": (_other_columns, ("b.parquet:1:1 RK193\n"
                              "  这个文件的列与“a.parquet”不同：缺 note；多 unit；people 是 Int8，那里是 Int64\n"
                              "  the columns of this file are not those of `a.parquet`: it lacks note; it has unit more; "
                              "people is Int8 and there Int64")),
    "RK824": (_list_beside, ("cases.parquet:1:2 RK824\n  “备注”不是事实，类型 large_list<element: large_string> 写不进表格，只带出到 Parquet\n"
                             "  `备注` is no fact, and its type large_list<element: large_string> fits into no table; it is passed on to "
                             "Parquet only")),
    "RK212": (_too_many_boxes, ("d.yaml:6:5 RK212\n  规则“R-1”的条件展开后超过 256 种情形\n"
                               "  the condition of rule `R-1` comes to more than 256 alternatives")),
    "RK161": (_no_decision, "rulebook.yaml:1:1 RK161\n  “.”中没有决策文件\n  there is no decision file in `.`"),
    "RK850": (_two_rulebooks, ("rules.zip:1:1 RK850\n  不能从这里读取规则册：rules.zip中有几个规则册：a、b\n"
                               "  no rulebook can be read from here: there are several rulebooks in rules.zip: a, b")),
    "RK851": (_path_out_of_it, ("rulebook.yaml:1:23 RK851\n  “../b.yaml”在所给的内容之外\n"
                                "  `../b.yaml` lies outside of what was given")),
    "RK817": (_before_the_rules,
              (":0:0 RK817\n  按 1990-03-01 研判，早于“促改层次”、“筛查建议”的规则施行日（2022-01-01）：没有规则可依，得出的是“其余”的结论\n"
               "  judged as of 1990-03-01, before the rules of `Layer of the reform`, `Advice for the gates` are in force "
               "(2022-01-01): no rule was asked, and what comes out is what holds otherwise")),
    "RK854": (_reader_fails, ("cases.odd:1:1 RK854\n  读取这种文件的插件 json:loads 读不了它：JSONDecodeError：Expecting value: line 1 column 1 (char 0)\n"
                             "  the reader that a package brings for such files, json:loads, cannot read it: JSONDecodeError: Expecting value: line 1 column 1 (char 0)")),
    "RK855": (_no_case, ("<cases>:1:1 RK855\n  这里应是一件案件（Case 或者由事实组成的 dict），给的却是 None\n"
                         "  here a case is wanted, a Case or a dict of facts, and None was given")),
    "RK818": (_nearly_fixtures,
              ("startup.case.yaml:1:1 RK818\n  “startup.case.yaml”像是测试案件，但没有运行\n"
               "  `startup.case.yaml` looks like fixtures and is not run")),
    "RK811": (_contradicts("filed_on: 2022-09-01", "decided_on: 2022-03-01"),
              ("case.yaml:1:1 RK811\n  “立案日期”（2022-09-01）晚于“处分决定日期”（2022-03-01）\n"
               "  `Date of filing` (2022-09-01) is later than `Date of the sanction decision` (2022-03-01)")),
    "RK812": (_contradicts("filed_on: 2222-03-01"),
              ("case.yaml:1:1 RK812\n  “立案日期”（2222-03-01）不在 1949 年至 2100 年之间\n"
               "  `Date of filing` (2222-03-01) does not lie in the years 1949 to 2100")),
    "RK813": (_contradicts("stage: under_investigation", "decided_on: 2022-03-01"),
              ("case.yaml:1:1 RK813\n  “阶段”、“处分决定日期”所填的内容不应同时出现\n"
               "  what is stated of `Stage`, `Date of the sanction decision` cannot be so together")),
    "RK814": (_contradicts("decided_on: 2022-09-01", "assessed_on: 2022-03-01"),
              ("case.yaml:1:1 RK814\n  “处分决定距研判天数”算不出来：“处分决定日期”（2022-09-01）晚于研判日期（2022-03-01）\n"
               "  `Days from the sanction decision to the judging` cannot be worked out: `Date of the sanction decision` "
               "(2022-09-01) is later than the day of judging (2022-03-01)")),
}  # fmt: skip
"""What cannot be kept as a file, or only as a huge one."""


@pytest.mark.parametrize("code", [*MADE, *INDICATORS])
def test_bad_file_that_is_made_gives_its_expected_problem(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, expected = (MADE | INDICATORS)[code]
    assert make(tmp_path, monkeypatch) == [expected]


@pytest.mark.parametrize("code", SPOILT)
def test_bad_workbook_gives_its_expected_problem(code: str, tmp_path: Path) -> None:
    spoil, expected = SPOILT[code]
    spoil(workbook(), tmp_path / "cases.xlsx")
    assert [said(problem, tmp_path) for problem in read_cases(tmp_path / "cases.xlsx", BASE).problems] == [expected]


@pytest.mark.parametrize("code", SPOILT_RULES)
def test_bad_workbook_of_rules_gives_its_expected_problem(code: str, tmp_path: Path) -> None:
    assert [said(problem, tmp_path) for problem in problems_of(code, tmp_path)] == [EXPECTED[code]]


OF_MODELS = {"RK890", "RK891", "RK892", "RK893", "RK894", "RK895", "RK896", "RK897", "RK898"}  # each in tests/dmn
OF_TAKING_OVER = TAKING_OVER.keys()  # each in tests/practising/test_taking_over.py


def test_every_reading_problem_has_a_bad_file() -> None:
    of_reading = {code for code in CODES if code < "RK300" or code >= "RK800"}
    assert (
        of_reading
        == {bad.name[:5] for bad in FILES}
        | MADE.keys()
        | INDICATORS.keys()
        | OF_TAKING_OVER
        | SPOILT.keys()
        | SPOILT_RULES.keys()
        | OF_MODELS
    )


def test_limits_are_those_of_the_design() -> None:
    assert (source.MAX_BYTES, tree.MAX_DEPTH, tree.MAX_NODES) == (32 * 1024 * 1024, 64, 2_000_000)


def test_no_code_stands_for_two_problems() -> None:
    named = [value for name, value in vars(problem_codes).items() if name.isupper() and isinstance(value, dict)]
    families = [family for family in named if family is not CODES]
    assert sum(map(len, families)) == len(CODES)
