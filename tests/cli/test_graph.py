"""What `graph` draws, and what it says where something is missing."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from reformkit.drawing import fonts
from reformkit.drawing.fonts import chinese_font
from tests.cli.conftest import Run


def test_mermaid_is_printed(run: Run) -> None:
    result = run("graph", "--measure", "IN-06")
    assert result.exit_code == 0
    assert '["资产处置缺规"]:::cause' in result.stdout and "==>" in result.stdout
    assert "Authority level" in run("graph", "decisions", "--lang", "en").stdout


def test_svg_holds_the_words(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "图.svg"
    assert run("graph", "decisions", "--decision", "促改层次", "-o", out).exit_code == 0
    text = out.read_text("utf-8")
    assert text.startswith("<svg") and "是否启动以案促改" in text and "办理提示" not in text


def test_png_is_drawn_with_a_chinese_font_or_its_lack_is_said(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "图.png"
    result = run("graph", "--weak-point", "权力运行风险点", "-o", out)
    if chinese_font() is None:
        assert result.exit_code == 2 and "fonts-noto-cjk" in result.stderr and not out.exists()
        return
    assert result.exit_code == 0
    data = out.read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert data.startswith(b"\x89PNG") and width > 1000 and height > 1000


def test_no_font_is_wrong_use(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: None)
    result = run("graph", "-o", tmp_path / "a.png", "--cause", "合同失管")
    assert result.exit_code == 2 and "fonts-noto-cjk" in result.stderr
    assert "fonts-noto-cjk" in run("graph", "-o", tmp_path / "a.png", "--lang", "en").stderr


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_the_extra_is_named_where_it_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = run("graph", "-o", tmp_path / "a.svg")
    assert result.exit_code == 2 and "pip install 'reformkit[pictures]'" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--cause", "没有的症结"),
        ("--cause", "合同失管", "--measure", "IN-06"),
        ("decisions", "--cause", "合同失管"),
        ("knowledge", "--decision", "layer"),
        ("--format", "png"),
        ("--measures", "none"),
    ],
)
def test_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("graph", *arguments).exit_code == 2


def test_an_option_of_another_picture_says_which_picture(run: Run) -> None:
    refused = run("graph", "--decision", "layer", "--lang", "en")
    assert "write: reformkit graph decisions --decision" in refused.stderr
    refused = run("graph", "decisions", "--cause", "合同失管", "--lang", "zh")
    assert "reformkit graph knowledge --cause" in refused.stderr
