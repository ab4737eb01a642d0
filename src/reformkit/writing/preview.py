"""A letter as it will be printed, by LibreOffice where that is installed; what stands in for which font is said.

LibreOffice puts another font for one that is missing and keeps silent about it. Here the stand-in is chosen: a serif
for 仿宋 and 小标宋, never whatever comes first.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reformkit.beside import beside
from reformkit.problem import LetterError, Place, Problem
from reformkit.text import Text
from reformkit.writing.package import read_package

_TOO_SLOW = Text("LibreOffice 用时超过 {seconds:.0f} 秒", "LibreOffice took more than {seconds:.0f} seconds")
_HAS_FAILED = Text("LibreOffice 没有成功（{last}）", "LibreOffice has failed ({last})")

PROGRAMS = ("soffice", "libreoffice")
LONGEST = 120.0
"""Seconds that LibreOffice may take."""
DOTS = 110

_SONG = (
    "SimSun",
    "宋体",
    "STSong",
    "FandolSong",
    "AR PL SungtiL GB",
    "AR PL UMing CN",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
)
_HEI = ("SimHei", "黑体", "STHeiti", "FandolHei", "WenQuanYi Zen Hei", "Noto Sans CJK SC")
STAND_INS: dict[str, tuple[str, ...]] = {
    "仿宋_GB2312": ("仿宋", "FangSong", "FangSong_GB2312", "STFangsong", "FZFangSong-Z02S", "FandolFang", *_SONG),
    "楷体_GB2312": (
        "楷体",
        "KaiTi",
        "KaiTi_GB2312",
        "STKaiti",
        "FandolKai",
        "AR PL KaitiM GB",
        "AR PL UKai CN",
        *_SONG,
    ),
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "STZhongsong", "华文中宋", *_SONG),
    "黑体": _HEI,
    "宋体": _SONG,
}
"""For each font that official documents ask for, what may stand in for it, the best first."""

_FONT = re.compile(rb'w:eastAsia="([^"]+)"')
_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{aliases}</fontconfig>
"""
_ALIAS = '<alias binding="same"><family>{font}</family><prefer><family>{other}</family></prefer></alias>'


@dataclass(frozen=True, slots=True)
class Preview:
    """The files of a preview, a PDF or a picture a page, and the fonts that others stand in for (None: any)."""

    paths: tuple[Path, ...]
    stand_ins: Mapping[str, str | None]


def preview(data: bytes, path: str | os.PathLike[str]) -> Preview:
    """Print a .docx to a .pdf, or to a .png with the further pages beside it (`letter-2.png`).

    Raises ValueError for another ending, `LetterError` where there is no LibreOffice or it fails.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise ValueError(f"a preview is a .pdf or a .png, not {target.suffix or 'a file without an ending'}")
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise _no_preview(target, Text("没有安装 LibreOffice", "LibreOffice is not installed"))
    pages = shutil.which("pdftoppm")
    if kind == ".png" and pages is None:
        said = Text(
            "没有安装 poppler（pdftoppm），只能预览为 .pdf", "poppler (pdftoppm) is not installed; ask for a .pdf"
        )
        raise _no_preview(target, said)
    stand_ins = stand_ins_for(data)
    with tempfile.TemporaryDirectory(prefix="reformkit-") as folder:
        made = [_printed(program, data, Path(folder), stand_ins, target)]
        if kind == ".png" and pages is not None:
            made = _pictures(pages, made[0], target)
        paths = [target, *(target.with_stem(f"{target.stem}-{n}") for n in range(2, len(made) + 1))]
        for one, place in zip(made, paths, strict=True):
            with beside(place) as file:
                file.write(one.read_bytes())
    return Preview(tuple(paths), stand_ins)


def stand_ins_for(data: bytes) -> dict[str, str | None]:
    """The fonts of a .docx that are not installed, each with the one that stands in; None where none is known."""
    installed = _installed()
    package, _ = read_package("letter.docx", data)
    parts = package.parts.items() if package else ()
    named = {
        m.decode()
        for part, said in parts
        if part.startswith("word/") and part.endswith(".xml")
        for m in _FONT.findall(said)
    }
    missing = sorted(font for font in named if font not in installed and font in STAND_INS)
    return {font: next((other for other in STAND_INS[font] if other in installed), None) for font in missing}


def _installed() -> set[str]:
    """The names of the fonts that there are; none where fontconfig is not at hand."""
    program = shutil.which("fc-list")
    if program is None:
        return set()
    said = subprocess.run([program, ":", "family"], capture_output=True, timeout=LONGEST, check=False)
    lines = said.stdout.decode("utf-8", "replace").splitlines()
    return {name.strip().replace("\\-", "-") for line in lines for name in line.split(",")}


def _printed(program: str, data: bytes, folder: Path, stand_ins: Mapping[str, str | None], target: Path) -> Path:
    """The PDF of a .docx, made in a folder of its own with a profile of its own."""
    letter, conf = folder / "letter.docx", folder / "fonts.conf"
    letter.write_bytes(data)
    aliases = "".join(_ALIAS.format(font=font, other=other) for font, other in stand_ins.items() if other)
    conf.write_text(_CONF.format(aliases=aliases), encoding="utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(letter)]
    environment = {**os.environ} if os.name == "nt" else {**os.environ, "FONTCONFIG_FILE": str(conf)}
    try:
        ran = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False, env=environment)
    except subprocess.TimeoutExpired:
        said = _TOO_SLOW.fill(seconds=LONGEST)
        raise _no_preview(target, said) from None
    except OSError as error:
        raise _no_preview(target, Text.same(str(error))) from error
    if not letter.with_suffix(".pdf").exists():
        last = (ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1][:200]
        raise _no_preview(target, _HAS_FAILED.fill(last=last))
    return letter.with_suffix(".pdf")


def _pictures(program: str, pdf: Path, target: Path) -> list[Path]:
    stem = pdf.with_name("page")
    ran = subprocess.run(
        [program, "-r", str(DOTS), "-png", str(pdf), str(stem)], capture_output=True, timeout=LONGEST, check=False
    )
    made = sorted(pdf.parent.glob("page-*.png"))
    if ran.returncode != 0 or not made:
        raise _no_preview(target, Text("PDF 未能转为图片", "the PDF could not be made pictures"))
    return made


def _no_preview(target: Path, what: Text) -> LetterError:
    return LetterError([Problem("RK748", Place(str(target)), {"what": what})])
