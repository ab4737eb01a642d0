"""A font with Chinese characters, found on this machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reformkit.problem import WrongUse
from reformkit.text import Text

_NO_FONT = Text(
    "这台机器上没有中文字体，画不出汉字。Debian、Ubuntu 用 sudo apt-get install fonts-noto-cjk 安装（或较小的 fonts-wqy-microhei）；也可改用 --format svg 或 mermaid",
    "there is no font with Chinese characters on this machine. On Debian: apt-get install fonts-noto-cjk (or the smaller fonts-wqy-microhei); or use --format svg or mermaid",
)

_PREFERRED = {
    "Noto Sans CJK SC": "notosanscjk",
    "Source Han Sans SC": "sourcehansanssc",
    "WenQuanYi Micro Hei": "wqy-microhei",
    "WenQuanYi Zen Hei": "wqy-zenhei",
    "Microsoft YaHei": "msyh",
    "PingFang SC": "pingfang",
    "SimHei": "simhei",
    "Droid Sans Fallback": "droidsansfallback",
}
"""Families with the beginning of their files' names, the best first."""

FAMILIES = tuple(_PREFERRED)
CSS = ", ".join(f"'{family}'" if " " in family else family for family in (*FAMILIES, "sans-serif"))
"""The families as a viewer of an .svg is told of them: the first that it has."""
_FOLDERS: tuple[str, ...] = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
_FOLDERS += ("/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts")


@dataclass(frozen=True, slots=True)
class Font:
    """A font's family, and the folder of its file."""

    family: str
    folder: Path


def chinese_font() -> Font | None:
    """The best font with Chinese characters: by `fc-list`, else by the names of files where fonts are kept."""
    listed = dict(_listed())
    for family in (*FAMILIES, *listed):
        if family in listed:
            return Font(family, listed[family])
    return _by_file()


def required_font() -> Font:
    """The best font with Chinese characters. Raises `WrongUse` where there is none."""
    font = chinese_font()
    if font is None:
        raise WrongUse(_NO_FONT)
    return font


def _listed() -> Iterable[tuple[str, Path]]:
    command = ["fc-list", ":lang=zh-cn", "--format", "%{family[0]}\t%{file}\n"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return
    for line in sorted(done.stdout.decode("utf-8", "replace").splitlines()):
        family, _, file = line.partition("\t")
        if file:
            yield family, Path(file).parent


def _by_file() -> Font | None:
    folders: dict[str, Path] = {}
    for place in _FOLDERS:
        for folder, _, files in os.walk(Path(place).expanduser()):
            folders |= {name.lower(): Path(folder) for name in files if name.lower().endswith((".ttf", ".ttc", ".otf"))}
    for family, begin in _PREFERRED.items():
        for name, where in folders.items():
            if name.replace("_", "").startswith(begin):
                return Font(family, where)
    return None
