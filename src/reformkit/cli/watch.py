"""`reformkit watch`: facts as they come, and what each changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Annotated, Literal

import typer

from reformkit.book import Book
from reformkit.durable.engine import EngineMissing, engine
from reformkit.intake.tellings import TellingReader
from reformkit.printing.changes import ChangePrinter, write_change
from reformkit.printing.paper import paper, speak
from reformkit.printing.problems import show_problems
from reformkit.problem import CaseError, Problem, WrongUse
from reformkit.session.session import Session
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import NOT_THERE, Language, MeasuresFolder, RulesFolder, a_day, open_book
from reformkit.text import Lang, Text

_NO_JOURNAL_FOLDER = Text("流水所在的文件夹不存在：{folder}", "there is no folder {folder} for the journal")
_JOURNAL_IS_INPUT = Text("流水不能就是所读的文件", "the journal cannot be the file that is read")
_NO_NAME = Text("未写明{what}的名称", "no name is given for the {what}")
_IS_FOLDER = Text("{path} 是文件夹，{what}须是文件", "{path} is a folder; the {what} must be a file")
_NO_DURABLE = Text(
    "本机没有 durable-rules（Python 3.12 及以下可安装）；请用 --by compiled，结论相同",
    "durable-rules is not installed here (it exists for Python up to 3.12); --by compiled gives the same answers",
)
_NOT_LINES = Text(
    "{path} 不是逐行告知的文件：每行须是一个 JSON 对象（.jsonl）；一次研判整个案件文件用 reformkit assess",
    "{path} is no file of lines, each a JSON object (.jsonl); `reformkit assess` assesses a file of cases at once",
)
_OTHER_KINDS = {".yaml", ".yml", ".csv", ".xlsx", ".xls", ".parquet", ".docx"}
_CLOSED = Text("标准输入已关闭", "standard input is closed")

PAUSE = 0.2
"""Seconds between two looks at a file that grows."""

_CASES = Text("共告知{heard}条，现有{cases}案{rest}", "{heard} told; {cases} cases now{rest}")
_ONE_CASE = Text("共告知{heard}条，现有{cases}案{rest}", "{heard} told; {cases} case now{rest}")
_NO_FAULTS = Text("。", ".")
_ONE_FAULT = Text("；另有{number}行有误，未取用。", "; {number} line with errors not taken.")
_FAULTS = Text("；另有{number}行有误，未取用。", "; {number} lines with errors not taken.")
_AGAIN = Text(
    "{path} 已变短或被换成新文件，从头读起；已告知的仍然有效",
    "{path} has become shorter or is another file now; it is read from its start, and what was told still holds",
)

By = Literal["durable", "compiled"]


def watch(
    path: Annotated[
        str,
        typer.Argument(
            metavar="FACTS.jsonl|-",
            help="Facts, a JSON object a line: id and what is told. 逐行告知的事实；- 为标准输入。",
            show_default=False,
        ),
    ],
    *,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help="Go on as the file grows, until interrupted. 随文件增长继续。")
    ] = False,
    journal: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Keep every fact told here, and go on from it. 流水文件：逐条留存，可续。",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(
            help="durable-rules or the compiled tables; the same answers. 推理方式，结论相同；默认有 durable-rules 则用。",
            show_default=False,
        ),
    ] = None,
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    as_of: Annotated[
        datetime | None,
        a_day("The day whose rules apply; else each case's own. 按哪一天施行的规则；默认按各案日期。"),
    ] = None,
    lang: Language = "zh",
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="Format of the output. 输出格式。")] = "text",
) -> int:
    """Hear facts one at a time and say what each changes. 逐条听取事实，随时说明研判结论的变化。"""
    _check_paths(path, journal)
    book = open_book(rules, measures)
    with _session(book, by, as_of, journal) as session:
        show_problems(session.problems, paper(sys.stderr, lang))
        faults = _hear(session, path, follow, lang, format)
    return FAULTS if faults else 0


def _check_paths(path: str, journal: str | None) -> None:
    if path != "-":
        _check_file(path, Text("事实文件", "file of facts"))
        if not Path(path).exists():
            raise WrongUse(NOT_THERE.fill(path=path))
        if Path(path).suffix.lower() in _OTHER_KINDS:
            raise WrongUse(_NOT_LINES.fill(path=path))
    if journal is not None:
        _check_file(journal, Text("流水", "journal"))
        folder = Path(journal).parent
        if not folder.is_dir():
            raise WrongUse(_NO_JOURNAL_FOLDER.fill(folder=folder))
        if path != "-" and Path(journal).exists() and Path(journal).samefile(path):
            raise WrongUse(_JOURNAL_IS_INPUT)


def _check_file(path: str, what: Text) -> None:
    if not path:
        raise WrongUse(_NO_NAME.fill(what=what))
    if Path(path).is_dir():
        raise WrongUse(_IS_FOLDER.fill(path=path, what=what))


def _session(book: Book, by: By | None, as_of: datetime | None, journal: str | None) -> Session:
    day = as_of.date() if as_of else None
    try:
        if by != "compiled":
            engine()
        return book.session(by or "durable", day, journal)
    except EngineMissing:
        if by is None:
            return book.session("compiled", day, journal)
        raise WrongUse(_NO_DURABLE) from None


def _hear(session: Session, path: str, follow: bool, lang: Lang, format: str) -> int:
    """Tell the session line by line; the number of lines that could not be taken."""
    speak(sys.stdout, data=format == "jsonl")
    printer = ChangePrinter(session, paper(sys.stdout, lang))
    reader = TellingReader("-" if path == "-" else path, session.book.rulebook)
    heard = faults = 0
    for number, line in _lines(path, follow, lang):
        telling, problems = reader.read(number, line)
        if telling is not None:
            try:
                session.hear(telling)
            except CaseError as error:
                problems = [replace(problem, excerpt=reader.line(number)) for problem in error.problems]
        if problems:
            _show_bad(problems, lang)
        if any(problem.severity == "error" for problem in problems):
            faults += 1
        elif telling is not None:
            heard += 1
            changes = session.changes()
            if format == "text":
                printer.show(telling, changes)
            for change in changes if format == "jsonl" else ():
                write_change(change, sys.stdout)
            sys.stdout.flush()
    if format == "text":
        paper(sys.stdout, lang).say(_in_all(heard, faults, len(session)), "dim")
    return faults


def _in_all(heard: int, faults: int, cases: int) -> Text:
    """The last line: `共告知5条，现有2案；另有1行有误，未取用。`"""
    rest = _NO_FAULTS if not faults else (_ONE_FAULT if faults == 1 else _FAULTS).fill(number=faults)
    return (_ONE_CASE if cases == 1 else _CASES).fill(heard=heard, cases=cases, rest=rest)


def _show_bad(problems: list[Problem], lang: Lang) -> None:
    sys.stdout.flush()
    show_problems(problems, paper(sys.stderr, lang), in_all=False)
    sys.stderr.flush()


def _lines(path: str, follow: bool, lang: Lang) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; of a file that grows, each once it is whole."""
    if path == "-":
        if sys.stdin is None:  # closed by whoever started us
            raise WrongUse(_CLOSED)
        yield from enumerate(sys.stdin.buffer, 1)
        return
    while True:
        with Path(path).open("rb") as file:
            yield from enumerate(_growing(file, path) if follow else file, 1)
        if not follow:
            return
        sys.stdout.flush()
        paper(sys.stderr, lang).say(_AGAIN.fill(path=path), "yellow")


def _growing(file: IO[bytes], path: str) -> Iterator[bytes]:
    """Each line once its break is there, a half-written one waits; until another file is there, or a shorter one."""
    waiting = b""
    while True:
        waiting += file.readline()
        if waiting.endswith(b"\n"):
            yield waiting
            waiting = b""
        elif _is_replaced(file, path):
            return
        else:
            time.sleep(PAUSE)


def _is_replaced(file: IO[bytes], path: str) -> bool:
    """Whether a file that is followed was cut, or another one put in its place (none yet: the old one is all there is)."""
    own = os.fstat(file.fileno())
    if own.st_size < file.tell():
        return True
    try:
        now = Path(path).stat()
    except FileNotFoundError:
        return False
    return not os.path.samestat(own, now)
