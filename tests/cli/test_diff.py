"""`reformkit diff` as an analyst uses it."""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def edited(rulebook: Path) -> Path:
    """The bundled rulebook with one number changed: four like cases make a line, not two."""
    file = rulebook / "parameters.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("{value: 2, since: 2022-01-01", "{value: 4, since: 2022-01-01", 1), encoding="utf-8")
    return rulebook


def test_one_number_changed_is_understood_without_the_docs(run: Run, edited: Path, examples: Path) -> None:
    done = run("diff", "bundled", edited, "--cases", examples / "year" / "cases.csv")
    assert done.exit_code == 0
    assert (
        "line_cases“线的案件数阈值” 取值：2（自2022年1月1日起） → 4（自2022年1月1日起）（用于 LAY-LINE、\n"
        "  LAY-LINE-PREFECTURE）\n"
    ) in done.output
    assert "促改层次：线 → 点 48件" in done.output
    assert "线（行业性专项促改） → 点（新办理个案促改）" in done.output
    assert "前后各12个月内同地区同系统症结相同案件数：2或3" in done.output
    assert "促改率：原 106/146＝72.6%，现 106/146＝72.6%" in done.output


def test_the_same_in_english(run: Run, edited: Path) -> None:
    done = run("diff", "bundled", edited, "--lang", "en", "--boxes")
    assert done.exit_code == 0
    assert "Line (reform across a sector) → Point (reform of the single case)" in done.output
    assert "disjoint boxes" in done.output


def test_nothing_differs(run: Run) -> None:
    done = run("diff", "bundled", "bundled")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "两个规则册没有差别。")


def test_words_alone_change_no_outcome(run: Run, rulebook: Path) -> None:
    file = rulebook / "layer.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("不建议层次。", "不提层次建议。"), encoding="utf-8")
    done = run("diff", "bundled", rulebook)
    assert "LAY-NOT-STARTED" in done.output and "以上改动不改变任何案件的结论。" in done.output


def test_json_is_data(run: Run, edited: Path, tmp_path: Path) -> None:
    out = tmp_path / "diff.json"
    done = run("diff", "bundled", edited, "--format", "json", "-o", out)
    assert (done.exit_code, done.output) == (0, "")
    data = json.loads(out.read_text(encoding="utf-8"))
    assert {region["decision"] for region in data["regions"]} == {"layer"}
    assert data["changes"][0]["before"] == [["2", {"since": "2022-01-01", "until": None}]]


def test_the_page_stands_alone_and_takes_words_as_words(run: Run, edited: Path, examples: Path, tmp_path: Path) -> None:
    file, out = edited / "layer.yaml", tmp_path / "diff.html"
    file.write_text(file.read_text(encoding="utf-8").replace("同地区同系统多案症结相同", "<script>x</script>"), "utf-8")
    done = run("diff", "bundled", edited, "--cases", examples / "year", "--format", "html", "-o", out)
    page = out.read_text(encoding="utf-8")
    assert done.exit_code == 0
    assert "<script" not in page and "http:" not in page and "https:" not in page and "src=" not in page
    assert "线 </td>" not in page and "<td>线</td><td>点</td>" in page
    assert _open_tags(page) == []


def _open_tags(page: str) -> list[str]:
    """The tags that a page opens and does not close."""
    stack: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                stack.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert stack.pop() == tag

    Reader().feed(page)
    return stack


def test_errors_of_a_rulebook_are_shown_as_problems(run: Run, rulebook: Path) -> None:
    file = rulebook / "layer.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("hit: first", "hit: frist"), encoding="utf-8")
    done = run("diff", "bundled", rulebook)
    assert done.exit_code == 1
    assert "RK141" in done.output and "layer.yaml:4" in done.output


@pytest.mark.parametrize(
    ("source", "said"), [("nowhere", "找不到 nowhere；可写：文件夹"), ("git:HEAD", "另一方不是文件夹")]
)
def test_what_is_not_there_is_wrong_use(run: Run, source: str, said: str) -> None:
    done = run("diff", source, "bundled")
    assert done.exit_code == 2
    assert said in done.output


def test_cases_with_errors_are_shown_and_the_others_compared(run: Run, edited: Path, bad_cases: Path) -> None:
    done = run("diff", "bundled", edited, "--cases", bad_cases)
    assert done.exit_code == 1
    assert "RK130" in done.output and "1件案件中，0件" in done.output


def test_a_fact_that_is_newly_asked_is_named_and_unknown_facts_are_not_claimed(
    run: Run, rulebook: Path, tmp_path: Path
) -> None:
    path = rulebook / "startup.yaml"
    text = path.read_text(encoding="utf-8")
    rule = "  - {id: STA-C0, when: {people_involved: {at_least: 90}}, then: start}\n"
    path.write_text(text.replace("rules:\n", f"rules:\n{rule}", 1), encoding="utf-8")
    for lang, scope, named in (
        ("zh", "事实未知时结论是否不同，没有比较", "现在还取决于“"),
        ("en", "Whether one with an unknown fact comes out", "now hangs on “"),
    ):
        done = run("diff", "bundled", rulebook, "--lang", lang)
        assert scope in " ".join(done.stdout.split())
        assert named in done.stdout
        page = tmp_path / f"{lang}.html"
        run("diff", "bundled", rulebook, "--lang", lang, "-o", page)
        assert scope in page.read_text(encoding="utf-8")
    said = json.loads(run("diff", "bundled", rulebook, "--format", "json").stdout)
    assert said["newly_asked"] == {"startup": ["people_involved"]}
    assert "没有比较" not in run("diff", "bundled", "bundled").stdout


def test_an_older_notation_of_a_revision_is_taken_and_said(
    run: Run, edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = edited.parents[1]
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(top), *arguments], check=True)
    monkeypatch.chdir(top)
    inside = edited.relative_to(top)
    done = run("diff", f"HEAD:{inside}", inside)
    assert done.exit_code == 0
    assert f"请写 git:HEAD:{inside}" in done.output
    assert "请写" not in run("diff", f"git:HEAD:{inside}", inside).output
