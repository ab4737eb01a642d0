"""A workbook of rules there and back: what was not changed stays byte for byte, a changed cell changes one span."""

from __future__ import annotations

import difflib
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import reformkit as rk
from reformkit.importing.staging import stage_workbook
from reformkit.loading import bundled
from reformkit.staging.workbench import Workbench
from tests.grid.folder import Sheets, cell, small, texts


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return small(tmp_path)


def changed_lines(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The lines that differ, each with its sign."""
    lines = []
    for name, text in before.items():
        diff = difflib.unified_diff(text.splitlines(), after[name].splitlines(), n=0, lineterm="")
        lines += [line for line in diff if line[0] in "+-" and line[:3] not in ("---", "+++")]
    return lines


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_workbook_changes_nothing(rules: Path, lang: Any) -> None:
    before = texts(rules)
    result = rk.import_workbook(Sheets(rules, lang).path, rules)
    assert (result.changes, result.problems, result.written) == ((), (), ())
    assert texts(rules) == before


def test_the_bundled_rulebook_comes_back_byte_for_byte(tmp_path: Path) -> None:
    shutil.copytree(bundled("rules"), tmp_path / "rules")
    shutil.copytree(bundled("measures"), tmp_path / "measures")
    folder = tmp_path / "rules" / "jiuyuan"
    before = texts(tmp_path)
    result = rk.import_workbook(Sheets(folder).path, folder)
    assert (result.changes, result.problems, result.written) == ((), (), ())
    assert texts(tmp_path) == before


CHANGES = [
    (("是否启动", "S-1", "形态", "第三种"), ["-      form: [one, two]", "+      form: three"]),
    (("是否启动", "S-1", "层级", "非 县级；市级"), ["-      level: town          # the level", "+      level: {not: [county, city]}          # the level"]),
    (("是否启动", "S-1", "人数", "≥ 人数阈值，< 50"), ["+      people: {at_least: $many, less_than: 50}"]),
    (("是否启动", "S-1", "形态", None), ["-      form: [one, two]"]),
    (("是否启动", "S-1", "标题", "乡镇"), ["-    title: {zh: 乡镇案件, en: Towns}  # title", "+    title: {zh: 乡镇, en: Towns}  # title"]),
    (("是否启动", "S-1", "理由", "从严: 一律"), ["-      zh: 乡镇从严。", '+      zh: "从严: 一律"']),
    (("是否启动", "S-1", "结论", "研究决定"), ["-    then: yes_", "+    then: maybe"]),
    (("是否启动", "S-1", "性质", "假设"), ["-    basis: {kind: report, at: {zh: 第一部分, en: Part one}}", "+    basis: {kind: assumption, at: {zh: 第一部分, en: Part one}}"]),
    (("是否启动", "S-1", "失效", "2030-01-01"), ["+    until: 2030-01-01"]),
    (("是否启动", "S-1", "施行", None), ["-    since: 2022-01-01"]),
    (("是否启动", "S-1", "启用", "否"), ["+    enabled: false"]),
    (("是否启动", "S-3", "启用", "是"), ["-    enabled: false"]),
    (("是否启动", "S-3", "金额（万元）", "> 20"), ["-    when: {amount: {more_than: 17.5, at_most: 300}, filed_on: {at_least: 2022-06-30}}", "+    when: {amount: {more_than: 20}, filed_on: {at_least: 2022-06-30}}"]),
    (("是否启动", "S-2+1", "表现", "含 虚报"), ["-        - signs: {includes_any: [fraud, gift]}", "+        - signs: {includes_all: [fraud]}"]),
    (("是否启动", "S-2", "人数", "4"), ["-        - {level: county, people: {at_least: $many}}", "+        - {level: county, people: 4}"]),
    (("是否启动", "S-5", "地区", "某区"), ['-  - {id: S-5, when: {region: [某区, "某县(东)"], people: {not: [1, 2], known: true}}, then: maybe}', "+  - {id: S-5, when: {region: 某区, people: {not: [1, 2], known: true}}, then: maybe}"]),
    (("是否启动", "（其余）", "结论", "研究决定"), ["-otherwise: no_", "+otherwise: maybe"]),
    (("提示", "H-1", "人数", "≥ 12"), ["-  - {编号: H-1, 条件: {人数: {至少: 10}}, 结论: 再看}", "+  - {编号: H-1, 条件: {人数: {至少: 12}}, 结论: 再看}"]),
    (("提示", "H-1", "结论", "询问"), ["-  - {编号: H-1, 条件: {人数: {至少: 10}}, 结论: 再看}", "+  - {编号: H-1, 条件: {人数: {至少: 10}}, 结论: 询问}"]),
    (("提示", "H-2", "层级", "县级 或 不详 或 市级"), ["-    条件: {任一: [{层级: 县级}, {层级: {已知: 否}}]}", "+    条件:", "+      全部: [{任一: [{层级: 县级}, {层级: {已知: 否}}, {层级: 市级}]}]"]),
    (("参数", "many", "值", 4), ["-      - {value: 3, until: 2024-01-01, basis: {kind: assumption, at: 自定}}  # the first", "+      - {value: 4, until: 2024-01-01, basis: {kind: assumption, at: 自定}}  # the first"]),
    (("参数", "many+1", "值", "6"), ["-      - value: 5", "+      - value: 6"]),
]  # fmt: skip
"""A cell that is changed, and the lines of YAML that differ then: no others do."""


@pytest.mark.parametrize(("change", "lines"), CHANGES, ids=[f"{c[1]}-{c[2]}-{c[3]}" for c, _ in CHANGES])
def test_a_changed_cell_changes_one_span(rules: Path, change: Any, lines: list[str]) -> None:
    before = texts(rules)
    result = rk.import_workbook(Sheets(rules).set(change), rules)
    assert [str(problem) for problem in result.problems if problem.code != "RK874"] == []
    assert sorted(changed_lines(before, texts(rules))) == sorted(lines)
    assert [change.kind for change in result.changes] == ["changed"]


def test_comments_stay_wherever_they_stand(rules: Path) -> None:
    start = rules / "start.yaml"
    lines = [line for line in start.read_text(encoding="utf-8").split("\n")[:-1] if not line.lstrip().startswith("#")]
    said = "".join(f"{line[: len(line) - len(line.lstrip())]}# above {n}\n{line}  # at {n}\n" for n, line in enumerate(lines) if line)  # fmt: skip
    start.write_text(said, encoding="utf-8")
    cells = [change for change, _ in CHANGES if change[0] == "是否启动" and change[1:3] != ("S-3", "启用")]
    result = rk.import_workbook(Sheets(rules).set(*cells, ("是否启动", "S-2", "共性", "否")), rules)
    assert result.sound, [str(problem) for problem in result.problems]
    after = start.read_text(encoding="utf-8")
    gone = [n for n, line in enumerate(lines) if line and (f"# at {n}\n" not in after)]
    assert [lines[n].strip() for n in gone] == ["since: 2022-01-01"]  # goes with its line
    assert not [n for n, line in enumerate(lines) if line and f"# above {n}\n" not in after]


def test_what_a_list_offers_is_read_as_one_value(rules: Path) -> None:
    path = Sheets(rules).path
    offered = {cell.value for row in openpyxl.load_workbook(path)["词表"].iter_rows() for cell in row if cell.value}
    assert '"第二种；含诫勉"' in offered
    result = rk.import_workbook(Sheets(rules).set(("是否启动", "S-1", "形态", '"第二种；含诫勉"')), rules)
    assert (result.sound, "      form: two\n" in (rules / "start.yaml").read_text(encoding="utf-8")) == (True, True)


def test_all_cells_changed_at_once_come_together(rules: Path) -> None:
    cells = [change for change, _ in CHANGES if change[:3] != ("是否启动", "S-1", "形态")]
    result = rk.import_workbook(Sheets(rules).set(*cells), rules)
    assert result.sound, [str(problem) for problem in result.problems]
    after = rk.import_workbook(rules.parent / "规则.xlsx", rules)
    assert (after.changes, after.written, after.sound) == ((), (), True)  # both sides say the same now


def test_a_trial_writes_nothing_and_tells_the_effect(rules: Path) -> None:
    before = texts(rules)
    result = rk.import_workbook(Sheets(rules).set(("参数", "many+1", "值", 4)), rules, dry_run=True)
    assert texts(rules) == before
    assert (result.written, [Path(path).name for path in result.texts]) == ((), ["parameters.yaml"])
    assert result.diff is not None
    assert {region.decision for region in result.diff.regions} == {"start"}


def test_a_file_that_git_does_not_have_is_copied_beside(rules: Path) -> None:
    old = (rules / "parameters.yaml").read_bytes()
    for number, value in enumerate((8, 9), 1):
        result = rk.import_workbook(Sheets(rules).set(("参数", "many", "值", value)), rules)
        assert Path(result.backups[0]).name == "parameters.yaml.before-import" + ("-2" if number == 2 else "")
    assert (rules / "parameters.yaml.before-import").read_bytes() == old
    assert rk.load(rules)


def test_a_file_that_git_has_needs_no_copy(rules: Path) -> None:
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(rules), *command], check=True)
    assert rk.import_workbook(Sheets(rules).set(("参数", "many", "值", 8)), rules).backups == ()


def test_a_deleted_row_is_asked_for_and_then_deleted(rules: Path) -> None:
    sheets, before = Sheets(rules), texts(rules)
    path = sheets.changed(lambda book: book["是否启动"].delete_rows(cell(book, "是否启动", "S-1", "编号").row))
    asked = rk.import_workbook(path, rules)
    assert [(p.code, p.severity) for p in asked.problems] == [("RK863", "error")]
    assert texts(rules) == before
    done = rk.import_workbook(path, rules, delete=True)
    assert done.sound
    assert [change.kind for change in done.changes] == ["deleted"]
    assert not [line for line in changed_lines(before, texts(rules)) if line.startswith("+")]
    assert "S-1" not in [rule.id for rule in rk.load(rules).rulebook.decisions["start"].rules]


def test_new_rows_are_drafted_where_they_stand(rules: Path) -> None:
    def insert(book: Any) -> None:
        sheet = book["是否启动"]
        at = cell(book, "是否启动", "S-2", "编号").row + 2
        sheet.insert_rows(at, 3)
        for heading, below, value in (
            ("标题", 0, "新一"), ("层级", 0, "市级"), ("结论", 0, "启动"), ("性质", 0, "假设"), ("出处", 0, "会议"),
            ("编号", 1, "S-9"), ("形态", 1, "第一种"), ("结论", 1, "不启动"), ("施行", 1, "2025-01-01"),
            ("编号", 2, "或"), ("人数", 2, "> 3"),
        ):  # fmt: skip
            sheet.cell(at + below, cell(book, "是否启动", "S-1", heading).column).value = value

    before = texts(rules)
    result = rk.import_workbook(Sheets(rules).changed(insert), rules)
    assert result.sound, [str(problem) for problem in result.problems]
    assert not [line for line in changed_lines(before, texts(rules)) if line.startswith("-")]
    made = {rule.id: rule for rule in rk.load(rules).rulebook.decisions["start"].rules}
    assert list(made) == ["S-1", "S-2", "S-10" if "S-10" in made else "S-6", "S-9", "S-4", "S-5"]
    d = rk.load(rules).decide("start", {"level": "county", "form": "three", "people": 5, "common": False, "signs": []})
    assert (d.rule, d.outcome) == ("S-9", "no_")
    after = texts(rules)
    again = rk.import_workbook(rules.parent / "规则.xlsx", rules)  # nothing is added twice, though a row has no id
    assert (again.sound, again.changes, texts(rules)) == (True, (), after), again.changes


def test_rows_in_another_order_move_with_their_comments(rules: Path) -> None:
    def swap(book: Any) -> None:
        sheet = book["是否启动"]
        first, last = (cell(book, "是否启动", id, "编号").row for id in ("S-4", "S-5"))
        for column in range(1, sheet.max_column + 1):
            one, other = sheet.cell(first, column), sheet.cell(last, column)
            one.value, other.value = other.value, one.value

    result = rk.import_workbook(Sheets(rules).changed(swap), rules)
    assert [change.kind for change in result.changes] == ["moved"]
    assert [rule.id for rule in rk.load(rules).rulebook.decisions["start"].rules] == ["S-1", "S-2", "S-5", "S-4"]
    assert "# the end" in texts(rules)["start.yaml"]


def test_what_only_the_folder_changed_stays(rules: Path) -> None:
    path = Sheets(rules).set(("是否启动", "S-1", "形态", "第三种"))
    start = rules / "start.yaml"
    start.write_bytes(start.read_bytes().replace(b"level: town", b"level: [town, county]"))
    assert rk.import_workbook(path, rules).sound
    assert "      level: [town, county]          # the level\n      form: three\n" in start.read_text(encoding="utf-8")


def test_what_both_changed_is_shown_with_both_texts(rules: Path) -> None:
    path = Sheets(rules).set(("是否启动", "S-1", "层级", "市级"))
    start = rules / "start.yaml"
    start.write_bytes(start.read_bytes().replace(b"level: town", b"level: county"))
    before = texts(rules)
    (problem,) = rk.import_workbook(path, rules).problems
    assert (problem.code, problem.place.sheet) == ("RK862", "是否启动")
    for words in ("乡镇级", "市级", "县级"):
        assert words in problem.message("zh")
    assert texts(rules) == before


def test_windows_line_ends_and_a_byte_order_mark_stay(rules: Path) -> None:
    start = rules / "start.yaml"
    start.write_bytes(b"\xef\xbb\xbf" + start.read_bytes().replace(b"\n", b"\r\n"))
    before = start.read_bytes()
    assert rk.import_workbook(Sheets(rules).set(("是否启动", "S-1", "形态", "第三种")), rules).sound
    assert start.read_bytes() == before.replace(b"form: [one, two]", b"form: three")


def test_every_fault_is_said_at_once_at_its_cell(rules: Path) -> None:
    path = Sheets(rules).set(
        ("是否启动", "S-1", "层级", "乡镇及"),
        ("是否启动", "S-1", "形态", "≥ 2"),
        ("是否启动", "S-2", "结论", "起动"),
        ("提示", "H-1", "人数", "≥"),
        ("参数", "many", "失效", "明年"),
    )
    result = rk.import_workbook(path, rules)
    assert sorted((p.code, p.place.sheet) for p in result.problems) == [
        ("RK130", "是否启动"),
        ("RK165", "是否启动"),
        ("RK860", "提示"),
        ("RK861", "是否启动"),
        ("RK873", "参数"),
    ]
    assert all(problem.place.line > 3 for problem in result.problems)


def test_a_change_that_makes_a_rulebook_with_errors_is_not_written(rules: Path) -> None:
    before = texts(rules)
    result = rk.import_workbook(Sheets(rules).set(("参数", "many", "值", "多")), rules)
    assert {problem.code for problem in result.problems} == {"RK876"}
    assert texts(rules) == before


def test_what_check_would_say_of_the_new_texts_is_said(rules: Path) -> None:
    result = rk.import_workbook(Sheets(rules).set(("是否启动", "S-2", "层级", "乡镇级"), ("是否启动", "S-2", "共性", None)), rules)  # fmt: skip
    assert result.sound and result.written and result.checked is not None
    found = [(problem.code, problem.place) for problem in rk.check(rules)]
    assert found and [(problem.code, problem.place) for problem in result.checked] == found


@pytest.mark.parametrize("left", range(4))
def test_a_change_that_is_left_is_not_taken_and_the_others_are(rules: Path, left: int) -> None:
    def change(book: Any) -> None:
        sheet = book["是否启动"]
        sheet.delete_rows(cell(book, "是否启动", "S-4", "编号").row)
        at = cell(book, "是否启动", "S-5", "编号").row
        sheet.insert_rows(at)
        for heading, value in (("层级", "市级"), ("结论", "启动")):
            sheet.cell(at, cell(book, "是否启动", "S-1", heading).column).value = value

    sheets = Sheets(rules)
    sheets.changed(change)
    path = sheets.set(("是否启动", "S-1", "形态", "第三种"), ("参数", "many", "值", 4))
    with Workbench(rules) as bench:
        whole = stage_workbook(path.read_bytes(), bench, name="规则.xlsx", delete=True)
        assert [change.kind for change in whole.changes] == ["changed", "added", "deleted", "changed"]
        assert whole.changes[0].place.path == "规则.xlsx"
        less = stage_workbook(path.read_bytes(), bench, name="规则.xlsx", delete=True, leave={whole.changes[left]})
        assert less.changes == tuple(c for n, c in enumerate(whole.changes) if n != left)
        again = stage_workbook(path.read_bytes(), bench, less.texts, name="规则.xlsx", delete=True)
        assert [change.place for change in again.changes] == [whole.changes[left].place]
        assert {**less.texts, **again.texts} == whole.texts  # over what is staged already


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("规则.ods", b"PK:mimetype:application/vnd.oasis.opendocument.spreadsheet", "RK194", ".ods"),
        ("规则.docx", b"PK:word/document.xml:<a/>", "RK194", "Word"),
        ("规则.xlsb", b"PK:xl/workbook.bin:x", "RK194", ".xlsb"),
        ("规则.pdf", b"%PDF-1.7\n\x00", "RK194", "PDF"),
        ("规则.xlsx", b"<html><table/></html>", "RK194", "网页"),
        ("规则.csv", "编号,层级\nS-1,市级\n".encode("gbk"), "RK872", "底稿"),
        ("规则.csv", "编号\t层级".encode("utf-16"), "RK872", "底稿"),
        ("规则.xlsx", bytes(range(256)), "RK194", "损坏"),
        ("规则.xlsx", b"", "RK194", "损坏"),
    ],
)
def test_what_is_no_workbook_is_said_by_what_it_is(rules: Path, name: str, data: bytes, code: str, words: str) -> None:
    path = rules.parent / name
    if data.startswith(b"PK:"):
        part, _, content = data[3:].decode().partition(":")
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, content)
    else:
        path.write_bytes(data)
    (problem,) = rk.import_workbook(path, rules).problems
    assert problem.code == code and words in problem.message("zh")
