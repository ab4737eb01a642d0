"""How running text is set in lines, and where the caret stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reformkit.loading import bundled
from reformkit.printing.problems import underlined
from reformkit.printing.setting import wrapped
from reformkit.problem import Place
from tests.cli.conftest import Run

TEXTS = st.text(alphabet="以案促改某社，。、（）《》“” ab1.-", max_size=120)


@given(TEXTS, st.integers(12, 60))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(cell_len, lines)) <= width


@given(
    st.text(alphabet="以案促改某社，。、）》", max_size=200).filter(
        lambda t: not any(a + b in t for a in "，。、）》" for b in "，。、）》")
    )
)
def test_no_line_begins_with_a_closing_mark(text: str) -> None:
    assert not any(line.lstrip().startswith(tuple("，。、）》")) for line in wrapped(text, 20)[1:])


@given(st.text(alphabet="机关层级: ab\t\u200b", min_size=1, max_size=200), st.data())
def test_the_caret_stands_under_its_character(line: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(line)))
    shown, caret = underlined(line, Place("a.yaml", 1, column), 80)
    assert cell_len(shown) <= 80
    at = cell_len(caret) - 1
    rest = next(shown[i:] for i in range(len(shown) + 1) if cell_len(shown[:i]) >= at)
    wanted = line[column - 1]
    assert rest.startswith({"\t": "    ", "\u200b": "‹200B›"}.get(wanted, wanted))


def test_a_caret_may_stand_past_the_end() -> None:
    assert underlined("条件", Place("a.yaml", 1, 3), 40) == ("条件", "    ^")


WRITTEN = {
    "assess": ("assess", "{year}", "--history", "self"),
    "assess_why": ("assess", "{cases}", "--why"),
    "register": ("register",),
    "diff": ("diff", "{rules}", "{other}", "--boxes"),
    "year": ("year", "{year}"),
}


@pytest.mark.parametrize("command", WRITTEN)
def test_text_in_a_file_is_never_broken_whatever_the_terminal(
    run: Run, examples: Path, rulebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    screening = rulebook / "screening.yaml"
    screening.write_text(
        screening.read_text(encoding="utf-8").replace("then: advise_sift", "then: advise_consider", 1), "utf-8"
    )
    words = {
        "year": examples / "year" / "cases.csv",
        "cases": examples / "history" / "cases.yaml",
        "rules": bundled("rules") / "jiuyuan",
        "other": rulebook,
    }
    monkeypatch.setenv("COLUMNS", "60")
    done = run(*(word.format(**words) for word in WRITTEN[command]), "-o", tmp_path / "out.txt")
    assert done.exit_code in (0, 1), done.output
    lines = (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) > 100
