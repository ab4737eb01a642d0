"""`reformkit doctor`: whether everything that reformkit stands on is there and well."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import Literal

import reformkit
from reformkit.loading import bundled, read
from reformkit.printing.paper import paper
from reformkit.printing.problems import counted
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language
from reformkit.text import COMMA, NONE, Text

NEEDED = ("pydantic", "PyYAML", "networkx", "typer", "rich")
OPTIONAL = (
    "polars",
    "pyarrow",
    "XlsxWriter",
    "altair",
    "vl-convert-python",
    "dask",
    "pyspark",
)
MARKS = {"ok": ("√", ""), "warning": ("！", "yellow"), "error": ("×", "bold red")}


_SIGN = Text("{mark} {what}：{seen}", "{mark} {what}: {seen}")
_ALL_WELL = Text("一切正常。", "All is well.")
_NOT_WELL = Text("{bad} 项有误，{odd} 项须留意。", "{bad} wrong, {odd} to be noted.")
_FAULTY = Text("{where}，{problems}，详见 reformkit check", "{where}, {problems}; see reformkit check")
_RULEBOOK = Text(
    "{where}，决策 {decisions} 项、规则 {rules} 条、症结 {causes} 项、措施 {measures} 项",
    "{where}, {decisions} decisions, {rules} rules, {causes} causes, {measures} measures",
)
_NO_PARSER = Text("{version}，无 C 解析器，读取较慢", "{version}, without its C parser: slow")
_NO_IMPORT = Text("{version}，不能导入：{error}", "{version}, cannot be imported: {error}")
_FONTS = Text("{font}等 {number} 种", "{font} and others, {number} in all")
_LOCALE = Text("{name}，{encoding}", "{name}, {encoding}")
_NO_CHINESE = Text(
    "{name}，{encoding}，不能显示中文；改按 UTF-8 输出",
    "{name}, {encoding}, cannot say Chinese; output is in UTF-8 instead",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at, how it is, and what was seen."""

    state: Literal["ok", "warning", "error"]
    what: Text
    seen: Text


def doctor(lang: Language = "zh") -> int:
    """Whether everything that reformkit needs is there. 检查运行环境。"""
    console, signs = paper(sys.stdout, lang), []
    for look in (_python, _packages, _durable, _rulebook, _terminal, _font):
        for sign in look():
            signs.append(sign)
            mark, style = MARKS[sign.state]
            console.say(_SIGN.fill(mark=mark, what=sign.what, seen=sign.seen), style)
    bad, odd = (sum(s.state == state for s in signs) for state in ("error", "warning"))
    console.say(_NOT_WELL.fill(bad=bad, odd=odd) if bad or odd else _ALL_WELL, "bold")
    return FAULTS if bad else 0


def _python() -> Iterator[Sign]:
    version = f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    yield Sign("ok" if sys.version_info >= (3, 11) else "error", Text.same("Python"), Text.same(version))
    yield Sign("ok", Text.same("reformkit"), Text.same(reformkit.__version__))


def _packages() -> Iterator[Sign]:
    for name in NEEDED:
        version = _version(name)
        if version is None:
            yield Sign("error", Text.same(name), Text("未安装", "not installed"))
        elif name == "PyYAML" and not import_module("yaml").__with_libyaml__:
            yield Sign("warning", Text.same(name), _NO_PARSER.fill(version=version))
        else:
            yield Sign("ok", Text.same(name), Text.same(f"{version}{' + libyaml' if name == 'PyYAML' else ''}"))
    there = [f"{name} {version}" for name in OPTIONAL if (version := _version(name))]
    yield Sign("ok", Text("可选的包", "optional packages"), COMMA.join(there) if there else NONE)


def _durable() -> Iterator[Sign]:
    """durable-rules is a C extension that some versions of Python cannot import: it is tried, not trusted."""
    name, version = Text.same("durable-rules"), _version("durable_rules")
    if version is None:
        yield Sign(
            "warning", name, Text('未安装；只有 by="durable" 用到它', 'not installed; only by="durable" needs it')
        )
        return
    try:
        import_module("durable.lang")
        yield Sign("ok", name, Text.same(version))
    except Exception as error:  # whatever a foreign extension raises
        yield Sign("warning", name, _NO_IMPORT.fill(version=version, error=str(error)))


def _rulebook() -> Iterator[Sign]:
    where, name = str(bundled("rules")), Text("自带规则册", "bundled rulebook")
    book, problems = read(None)
    if book is None:
        yield Sign("error", name, _FAULTY.fill(where=where, problems=counted(problems)))
        return
    decisions, rules = book.rulebook.decisions, sum(len(t.rules) for t in book.rulebook.decisions.values())
    causes, measures = (len(book.library.causes), len(book.library.measures)) if book.library else (0, 0)
    yield Sign(
        "warning" if problems else "ok",
        name,
        _RULEBOOK.fill(where=where, decisions=len(decisions), rules=rules, causes=causes, measures=measures),
    )


def _terminal() -> Iterator[Sign]:
    encoding = locale.getpreferredencoding(False)
    name = Text("语言环境", "locale")
    named = next((os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), "C")
    try:
        "研判".encode(encoding)
        yield Sign("ok", name, _LOCALE.fill(name=named, encoding=encoding))
    except (UnicodeError, LookupError):
        yield Sign("warning", name, _NO_CHINESE.fill(name=named, encoding=encoding))


def _font() -> Iterator[Sign]:
    name = Text("中文字体", "Chinese font")
    lister = shutil.which("fc-list")
    if lister is None:
        yield Sign(
            "ok",
            name,
            Text("本系统没有 fc-list，未查；只有作图用到", "no fc-list here, so not looked for; only pictures need it"),
        )
        return
    try:
        listed = subprocess.run([lister, ":lang=zh", "family"], capture_output=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        listed = b""
    fonts = sorted({line.split(",")[0] for line in listed.decode("utf-8", "replace").splitlines() if line.strip()})
    if fonts:
        yield Sign("ok", name, _FONTS.fill(font=fonts[0], number=len(fonts)))
    else:
        yield Sign("warning", name, Text("未找到；只有作图用到", "none found; only pictures need one"))


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
