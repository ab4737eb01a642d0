"""The pytest plugin: fixtures as tests, of the bundled rulebook and of one's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from reformkit.loading import bundled

pytest_plugins = ["pytester"]

CASES = """
- {编号: 甲, 名称: 第四种形态, 问题来源: 立案案件, 机关层级: 市级, 处置形态: 第四种形态, 预期: {startup: 启动}}
- {编号: 乙, 问题来源: 立案案件, 机关层级: 市级, 预期: {startup: 启动}}
"""


def _write(pytester: pytest.Pytester, text: str) -> None:
    pytester.makeini("[pytest]\nreformkit_rules = bundled\n")
    (pytester.path / "some.cases.yaml").write_text(text, encoding="utf-8")


def test_each_fixture_is_an_item_with_its_line(pytester: pytest.Pytester) -> None:
    _write(pytester, CASES)
    items, _ = pytester.inline_genitems(".")
    assert [(item.name, item.location[:2]) for item in items] == [
        ("甲 第四种形态", ("some.cases.yaml", 1)),
        ("乙", ("some.cases.yaml", 2)),
    ]


def test_a_failure_tells_what_would_mend_it_without_a_traceback(pytester: pytest.Pytester) -> None:
    _write(pytester, CASES)
    result = pytester.runpytest()
    result.assert_outcomes(passed=1, failed=1)
    said = result.stdout.str()
    assert "“是否启动以案促改”的结论：预期“启动”，实际无" in said
    assert "若“处置形态”由“不详”改为“第四种形态”，则：启动。" in said
    assert "Traceback" not in said and "runtest" not in said


def test_a_bad_fixture_fails_at_its_line_and_the_others_run(pytester: pytest.Pytester) -> None:
    _write(pytester, CASES.replace("处置形态: 第四种形态", "处置形态: 第五种形态"))
    result = pytester.runpytest()
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*some.cases.yaml:2  RK130 line 2"])
    assert "“处置形态”没有“第五种形态”这个取值" in result.stdout.str()


def test_ones_own_rulebook_is_named_in_the_ini_file(pytester: pytest.Pytester) -> None:
    for name in ("rules", "measures"):
        shutil.copytree(bundled(name), pytester.path / name)
    path = pytester.path / "rules" / "jiuyuan" / "startup.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(id: STA-C1.*?then: )start", r"\1discretion", text, flags=re.DOTALL), encoding="utf-8")
    _write(
        pytester,
        "- {编号: 甲, 问题来源: 立案案件, 机关层级: 市级, 处置形态: 第四种形态, 预期: {startup: discretion}}\n",
    )
    pytester.makeini("[pytest]\nreformkit_rules = rules/jiuyuan\nreformkit_measures = none\n")
    pytester.runpytest().assert_outcomes(passed=1)
    pytester.makeini("[pytest]\nreformkit_rules = bundled\n")
    pytester.runpytest().assert_outcomes(failed=1)


def test_a_rulebook_that_cannot_be_read_is_said_once(pytester: pytest.Pytester) -> None:
    _write(pytester, CASES)
    pytester.makeini("[pytest]\nreformkit_rules = nothing\n")
    result = pytester.runpytest()
    assert result.ret in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR)
    assert "RK1" in result.stdout.str() + result.stderr.str()
    assert "Traceback" not in result.stdout.str()


def test_without_fixture_files_nothing_of_reformkit_is_loaded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\ndef test_it():\n"
        "    assert {m for m in sys.modules if m.startswith('reformkit')} <= {'reformkit', 'reformkit.pytest_plugin', "
        "'reformkit.parsing', 'reformkit.parsing.endings', 'reformkit.version'}\n"
        "    assert 'pydantic' not in sys.modules and 'yaml' not in sys.modules\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", str(pytester.path)]
    done = subprocess.run(command, cwd=pytester.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


LOGIN = "- {name: login, user: somebody, expect: {status: 200}}\n"
RULE = """
decision: lending
title: 借阅
hit: first
outcomes: [lend, refuse]
rules:
  - {id: L-1, when: {member: true}, then: lend}
otherwise: refuse
"""
BOOK = {
    "rulebook.yaml": "{name: library, title: 图书馆, vocabulary: vocabulary.yaml}",
    "vocabulary.yaml": "fields: {member: {type: flag}}",
    "lending.yaml": RULE,
    "lending.cases.yaml": "- {id: B-1, member: true, expect: {lending: lend}}\n",
    "more/refused.CASES.YML": "- {id: B-2, member: false, expect: {lending: lend}}\n",
}


def test_files_of_others_that_are_called_so_are_left_alone(pytester: pytest.Pytester) -> None:
    (pytester.path / "login.cases.yaml").write_text(LOGIN, encoding="utf-8")
    pytester.makepyfile("def test_it():\n    pass\n")
    result = pytester.runpytest()
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["reformkit: 1 of ?.cases.yaml (such as login.cases.yaml) not run: *"])
    beside = pytester.runpytest("test_files_of_others_that_are_called_so_are_left_alone.py")
    beside.assert_outcomes(passed=1)
    assert "not run" not in beside.stdout.str()
    named = pytester.runpytest("login.cases.yaml")
    named.assert_outcomes(failed=2)  # named, it is taken
    assert "not run" not in named.stdout.str()


def test_fixtures_below_a_rulebook_are_its_own(pytester: pytest.Pytester) -> None:
    for name, text in BOOK.items():
        path = pytester.path / "rules" / "lending" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (pytester.path / "login.cases.yaml").write_text(LOGIN, encoding="utf-8")
    result = pytester.runpytest()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*refused.CASES.YML:1  B-2*"])


def test_a_file_without_fixtures_is_no_success(pytester: pytest.Pytester) -> None:
    _write(pytester, "[]\n")
    pytester.runpytest().assert_outcomes(failed=1)
