"""What is wrong with a file of letters is said at its line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reformkit.problem_codes.letters import LETTERS
from reformkit.reading.library import check_references, read_library
from reformkit.reading.rulebook import read_rulebook
from tests.books import bundled_book
from tests.writing.test_broken import EXPECTED

RULES = Path(__file__).parents[2] / "rules"

BAD = [
    (
        "members: [reform_notice,",
        "members: [reform_notise,",
        "RK700",
        "没有文书“reform_notise”，最接近的是“reform_notice”",
    ),
    ("    name: supervision\n", "    name: supervison\n", "RK701", "没有名义“supervison”，最接近的是“supervision”"),
    ("sent_by: coordinator", "sent_by: cordinator", "RK702", "规则册没有角色“cordinator”，最接近的是“coordinator”"),
    ("主送: {of: recipient,", "主送: {of: recipent,", "RK703", "占位符不能取自“recipent”，最接近的是“recipient”"),
    ("{matter}的监察建议", "{mater}的监察建议", "RK704", "措辞里的空“{mater}”没有内容可填，最接近的是“matter”"),
    ("  主送: {of", "  for: {of", "RK705", "“for”不能作占位符的名称"),
    ("    series: 促函\n", "", "RK706", "“以案促改提醒函”以机关名义发文，却没有代字类别"),
    (
        "主送: {of: recipient,",
        "主送: {of: recipient, parts: {甲: id},",
        "RK707",
        "“recipient”不是各项清单，不能写 parts（各项）",
    ),
    ("letters/提醒函.docx", "../提醒函.docx", "RK708", "模板“../提醒函.docx”不在规则册文件夹之内"),
    ("letters/提醒函.docx", "letters/提示函.docx", "RK101", None),
    ("{ref: L01, clause: 11-3}", "{ref: L001, clause: 11-3}", "RK203", "没有引用文件“L001”，最接近的是“L01”"),
    ("{ref: L01, clause: 11-3}", "{ref: L01, clause: 11-4}", "RK204", "“L01”没有条文“11-4”，最接近的是“11-3”"),
    ("    sheet: letter\n", "    sheet: lettre\n", "RK141", None),
    ("    party: true\n", "    party: maybe\n", "RK131", None),
    ("placeholders:", "placeholder:", "RK120", None),
]


def problems(folder: Path, old: str, new: str) -> list[tuple[str, int, str]]:
    """The problems of the bundled rulebook with something in its letters replaced."""
    shutil.copytree(RULES, folder / "rules")
    shutil.copytree(RULES.parent / "measures", folder / "measures")
    path = folder / "rules" / "jiuyuan" / "letters.yaml"
    said = path.read_text(encoding="utf-8")
    assert old in said
    path.write_text(said.replace(old, new, 1), encoding="utf-8")
    rulebook, measures, found = read_rulebook(folder / "rules" / "jiuyuan")
    if rulebook is not None and measures is not None:
        found += check_references(rulebook, read_library(measures, rulebook.vocabulary)[0])
    return [(p.code, p.line, p.message("zh")) for p in found if p.path.endswith("letters.yaml")]


@pytest.mark.parametrize(("old", "new", "code", "message"), BAD, ids=lambda value: str(value)[:24])
def test_bad_file_of_letters_is_said_at_its_line(
    old: str, new: str, code: str, message: str | None, tmp_path: Path
) -> None:
    found = problems(tmp_path, old, new)
    assert code in {one for one, _, _ in found}
    text = (RULES / "jiuyuan" / "letters.yaml").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    at = [(where, said) for one, where, said in found if one == code]
    assert any(abs(where - line) <= 12 for where, _ in at)
    assert message is None or message in [said for _, said in at]


def test_file_of_letters_may_be_written_in_chinese(tmp_path: Path) -> None:
    """Keys in Chinese say the same."""
    words = {
        "sets:": "成套:", "members:": "成员:", "names:": "名义:", "origins:": "问题来源:", "wording:": "措辞:",
        "letters:": "文书:", "placeholders:": "占位符:", "sent_by:": "发文:", "sent_to:": "主送:", "sheet: head": "版式: 文件",
        "template:": "模板:", "legal_basis:": "文书依据:", "consequences:": "后果:", "objection:": "异议:", "reply: true": "须回复: 是",
    }  # fmt: skip
    shutil.copytree(RULES, tmp_path / "rules")
    shutil.copytree(RULES.parent / "measures", tmp_path / "measures")
    path = tmp_path / "rules" / "jiuyuan" / "letters.yaml"
    said = path.read_text(encoding="utf-8")
    for english, chinese in words.items():
        assert english in said
        said = said.replace(english, chinese)
    path.write_text(said.replace("主送: {of", "收文: {of"), encoding="utf-8")
    rulebook, _, found = read_rulebook(tmp_path / "rules" / "jiuyuan")
    assert rulebook is not None, found
    mine, theirs = rulebook.letters, bundled_book().rulebook.letters
    assert mine is not None and theirs is not None
    assert (mine.sets, mine.names, mine.kinds) == (theirs.sets, theirs.names, theirs.kinds)


def test_every_problem_of_letters_is_shown_by_a_test() -> None:
    shown = {code for _, _, code, _ in BAD} | set(re.findall(r"RK7\d\d", EXPECTED.read_text("utf-8")))
    tests = "".join((EXPECTED.parent / f"test_{name}.py").read_text("utf-8") for name in ("drafts", "sheets", "broken"))
    assert [code for code in LETTERS if code not in shown and code not in tests] == []


def test_tianjin_has_empty_sets_and_nothing_invented() -> None:
    letters = bundled_book().rulebook.letters
    assert letters is not None
    assert [one.members for id, one in letters.sets.items() if id.startswith("tianjin")] == [(), (), ()]
    assert letters.members("three_docs") == ("reform_notice", "discipline_advice", "supervision_advice")
    assert letters.members("reminder_letter") == ("reminder_letter",)
