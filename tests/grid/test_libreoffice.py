"""Workbooks that LibreOffice saved, and that were changed in its own format as an analyst would; skipped, with a word, without it.

LibreOffice has no commands for editing, so a workbook is saved as its flat XML, changed there, and saved as .xlsx again.
"""

from __future__ import annotations

import copy
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from typer.testing import CliRunner

import reformkit as rk
from reformkit.cli import app
from tests.grid.folder import Sheets, small, texts

TABLE, TEXT, OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "text", "office"))
REPEATED = f"{TABLE}number-columns-repeated"


def words_of(cell: Element) -> str:
    """What a cell says, without its note."""
    return "\n".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))


class FlatSheet:
    """A sheet of LibreOffice's flat XML, whose cells can be changed."""

    def __init__(self, root: Element, title: str) -> None:
        self._table = next(table for table in root.iter(f"{TABLE}table") if table.get(f"{TABLE}name") == title)

    def _rows(self) -> list[Element]:
        return list(self._table.iter(f"{TABLE}table-row"))

    @staticmethod
    def _cells(row: Element) -> list[Element]:
        """The cells of a row, each by itself."""
        for cell in list(row):
            for _ in range(int(cell.attrib.pop(REPEATED, "1")) - 1 if int(cell.get(REPEATED, "1")) < 100 else 0):
                row.insert(list(row).index(cell), copy.deepcopy(cell))
        return list(row)

    def row(self, id: str) -> Element:
        """The row with an id."""
        return next(row for row in self._rows() if len(row) and words_of(row[0]) == id)

    def set(self, row: Element, heading: str, words: str) -> None:
        """Say something else in a cell."""
        at = [words_of(cell) for cell in self._cells(self.row("编号"))].index(heading)
        cell = self._cells(row)[at]
        for part in list(cell):
            cell.remove(part)
        for name in [name for name in cell.attrib if name.startswith(OFFICE) or "calcext" in name]:
            del cell.attrib[name]
        cell.set(f"{OFFICE}value-type", "string")
        ElementTree.SubElement(cell, f"{TEXT}p").text = words

    def insert_below(self, row: Element) -> Element:
        """A copy of a row below it, with nothing in it."""
        new = copy.deepcopy(row)
        parent = next(element for element in self._table.iter() if row in list(element))
        parent.insert(list(parent).index(row) + 1, new)
        for cell in self._cells(new):
            for part in list(cell):
                cell.remove(part)
            for name in [name for name in cell.attrib if name.startswith(OFFICE) or "calcext" in name]:
                del cell.attrib[name]
        return new

    def delete(self, row: Element) -> None:
        """Take a row out."""
        next(element for element in self._table.iter() if row in list(element)).remove(row)


@pytest.fixture(scope="module")
def soffice() -> str:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return program


def saved(program: str, ending: str, *paths: Path) -> list[Path]:
    """Files as LibreOffice saves them in another format, or in the same."""
    out = paths[0].parent / f"saved-{ending}"
    home = f"-env:UserInstallation=file://{paths[0].parent}/office"
    done = subprocess.run(
        [program, home, "--headless", "--convert-to", ending, "--outdir", str(out), *map(str, paths)],
        check=False,
        capture_output=True,
        timeout=240,
    )
    made = [out / f"{path.stem}.{ending}" for path in paths]
    if not all(path.exists() for path in made):
        pytest.skip(f"LibreOffice has no Calc here: {done.stderr.decode()[:200]}")
    return made


def test_what_an_analyst_changes_in_libreoffice_comes_back_and_nothing_else(tmp_path: Path, soffice: str) -> None:
    rules = small(tmp_path)
    before = texts(rules)
    path = Sheets(rules).path
    (resaved,) = saved(soffice, "xlsx", path)
    untouched = rk.import_workbook(resaved, rules)
    assert (untouched.changes, untouched.problems) == ((), ())

    (flat,) = saved(soffice, "fods", path)
    for _, (prefix, address) in ElementTree.iterparse(flat, events=["start-ns"]):
        ElementTree.register_namespace(prefix, address)  # LibreOffice knows its format by these
    for name, tree in ((name, ElementTree.parse(flat)) for name in ("good", "slip")):
        root = tree.getroot()
        rules_sheet, numbers = FlatSheet(root, "是否启动"), FlatSheet(root, "参数")
        numbers.set(numbers.row("many"), "值", "4")  # a threshold
        new = rules_sheet.insert_below(rules_sheet.row("S-3"))
        for heading, words in (
            ("层级", "市级"),
            ("形态", "第一种"),
            ("结论", "启动"),
            ("性质", "假设"),
            ("出处", "会议"),
        ):
            rules_sheet.set(new, heading, words)
        rules_sheet.delete(rules_sheet.row("S-5"))
        if name == "slip":
            rules_sheet.set(rules_sheet.row("S-1"), "层级", "乡真级")
        tree.write(tmp_path / f"{name}.fods", encoding="utf-8", xml_declaration=True)
    good, slip = saved(soffice, "xlsx", tmp_path / "good.fods", tmp_path / "slip.fods")

    wrong = rk.import_workbook(slip, rules, delete=True)
    assert [(p.code, p.place.sheet) for p in wrong.problems] == [("RK130", "是否启动")]
    assert "乡镇级" in wrong.problems[0].message("zh") and texts(rules) == before

    asked = rk.import_workbook(good, rules)
    assert [problem.code for problem in asked.problems if problem.severity == "error"] == ["RK863"]
    done = rk.import_workbook(good, rules, delete=True)
    assert done.sound and sorted(change.kind for change in done.changes) == ["added", "changed", "deleted"]
    assert done.diff is not None and {region.decision for region in done.diff.regions} == {"start"}  # the effect
    after = texts(rules)
    assert [name for name in before if after[name] != before[name]] == ["parameters.yaml", "start.yaml"]
    assert after["parameters.yaml"] == before["parameters.yaml"].replace("{value: 3,", "{value: 4,")
    ids = [rule.id for rule in rk.load(rules).rulebook.decisions["start"].rules]
    assert ids == ["S-1", "S-2", "S-6", "S-4"]


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_a_dozen_assessed_cases_print_on_ten_pages_at_most(tmp_path: Path, soffice: str) -> None:
    """They took 31 when a sheet was as wide as its texts."""
    year = (Path(__file__).parents[2] / "examples" / "year" / "cases.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "dozen.csv").write_text("\n".join(year[:13]), encoding="utf-8")
    line = ["assess", str(tmp_path / "dozen.csv"), "--history", "self", "-o", str(tmp_path / "dozen.xlsx")]
    assert CliRunner().invoke(app, line).exit_code == 0
    (pdf,) = saved(soffice, "pdf", tmp_path / "dozen.xlsx")
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    (pages,) = (int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))
    assert 5 <= pages <= 10  # five sheets
