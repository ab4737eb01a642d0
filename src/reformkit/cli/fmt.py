"""`reformkit fmt`: YAML files in the format of the house, in either language, comments kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reformkit.beside import save
from reformkit.book import Book
from reformkit.editing.formatting import Unsafe, formatted
from reformkit.editing.kinds import kind_of, named_by
from reformkit.editing.tables import Tables
from reformkit.loading import BUNDLED, bundled, read
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.printing.paper import brief, paper
from reformkit.printing.problems import show_problems
from reformkit.problem import Problem, WrongUse
from reformkit.reading.office import read_calendar, read_office
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import NOT_THERE, Language, RulesFolder, folder
from reformkit.text import LABELLED, Lang, Text

_WOULD_CHANGE, _REWRITTEN = Text("须改写", "would change"), Text("已改写", "rewritten")
_ONE_FILE = Text("{done} {number} 个文件。", "{number} file {done}.")
_FILES = Text("{done} {number} 个文件。", "{number} files {done}.")
_BOM = b"\xef\xbb\xbf"


def fmt(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="YAML files, or folders of them. YAML 文件或文件夹。", show_default=False),
    ],
    *,
    to: Annotated[
        Lang | None,
        typer.Option(
            help="Write keys, facts and values in this language. 键、事实、取值改写为此语言。", show_default=False
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change. 只检查，不改写。")
    ] = False,
    rules: RulesFolder = None,
    lang: Language = "zh",
) -> int:
    """Format YAML files, in Chinese or English; comments stay. 整理 YAML 文件的格式，可在中英文之间改写，注释保留。"""
    desk = _Desk(None if rules is None else folder(rules))
    changed, refused = 0, False
    for path, named in _files(paths):
        outcome = desk.format(path, to, named)
        if outcome is None:
            continue
        if isinstance(outcome, Text):
            refused = True
            paper(sys.stderr, lang).say(LABELLED.fill(label=brief(str(path)), words=outcome))
        elif outcome != path.read_bytes():
            changed += 1
            if not check:
                save(path, outcome)
            paper(sys.stdout, lang).say(brief(str(path)))
    show_problems(desk.problems, paper(sys.stderr, lang))
    words = _ONE_FILE if changed == 1 else _FILES
    paper(sys.stdout, lang).say(words.fill(done=_WOULD_CHANGE if check else _REWRITTEN, number=changed))
    faulty = refused or any(problem.severity == "error" for problem in desk.problems)
    return FAULTS if faulty or (check and changed) else 0


def _files(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Each file once, and whether it was named itself; a folder gives the YAML files below it."""
    seen: set[Path] = set()
    for path in paths:
        if not path.exists():
            raise WrongUse(NOT_THERE.fill(path=path))
        files = [path] if not path.is_dir() else sorted(_below(path))
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file == path


def _below(path: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(path):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(name, file) for file in files if file.endswith(".yaml") and not file.startswith("."))


def _problems_of(path: Path, kind: str, book: Book) -> list[Problem]:
    """What is wrong with a file that is written over a rulebook and is no part of it."""
    match kind:
        case "cases":
            return list(book.read_case_file(path).problems)
        case "fixtures":
            return book.read_fixtures(path)[1]
        case "office":
            return read_office(path, book.rulebook.role_labels, book.rulebook.vocabulary.case_fields)[1]
        case _:
            report = Report()
            read_calendar(path, report)
            return report.problems()


@dataclass
class _Desk:
    """Formats one file after another; each rulebook is read once, and its problems are kept."""

    rules: Path | None
    problems: list[Problem] = field(default_factory=list)
    _books: dict[Path, Book | None] = field(default_factory=dict)

    def format(self, path: Path, to: Lang | None, named: bool) -> bytes | Text | None:
        """The bytes that a file should have; why not; or None where it is not reformkit's or has problems."""
        report = Report()
        source = Source.read(path, report)
        tree = read_yaml(source, report) if source else None
        if source is None or tree is None:
            self._note(report.problems())
            return None
        kind = kind_of(path, tree)
        if kind is None:
            return (
                Text("不是规则册、措施库或案件的文件", "this is no file of a rulebook, library or case")
                if named
                else None
            )
        book = self._book_of(path, kind)
        if book is None:
            return None
        tables = Tables(book.rulebook, book.library)
        if kind in ("cases", "fixtures", "office", "calendar"):
            problems = _problems_of(path, kind, book)
            self._note(problems)
            if any(problem.severity == "error" for problem in problems):
                return None
        elif path.resolve() not in tables.files:
            return Text("没有规则册用到它，无从核对", "no rulebook uses it, so that it cannot be checked")
        try:
            new = formatted(source.text.replace("\r\n", "\n").replace("\r", "\n"), kind, tables, to)
        except Unsafe:
            return Text(
                "改写后意思会变，没有改动；请告知维护者",
                "its meaning would change, so it was left as it is; please report it",
            )
        data = path.read_bytes()
        newline = "\r\n" if b"\r\n" in data else "\n" if b"\n" in data or b"\r" not in data else "\r"
        return _BOM * data.startswith(_BOM) + new.replace("\n", newline).encode()

    def _note(self, problems: list[Problem]) -> None:
        self.problems += [problem for problem in problems if problem not in self.problems]

    def _book_of(self, path: Path, kind: str) -> Book | None:
        """The rulebook over which a file is written; None if it has errors, which are noted."""
        if kind in ("cases", "fixtures"):
            return self._read(self.rules or bundled("rules") / BUNDLED)
        here = path.resolve().parent
        for up in (here, *here.parents) if kind == "rules" else (here,):  # a file of rules stands in a folder below
            if (up / "rulebook.yaml").exists():
                return self._read(up)
        near = [self.rules] if self.rules else []
        for up in (here, *here.parents[:2]):
            near += sorted(
                found.parent
                for pattern in ("rulebook.yaml", "*/rulebook.yaml", "rules/*/rulebook.yaml")
                for found in up.glob(pattern)
            )
        for rules in near:
            named = named_by(rules)
            if path.resolve() in named or here in named:
                return self._read(rules)
        return self._read(bundled("rules") / BUNDLED)

    def _read(self, rules: Path) -> Book | None:
        rules = rules.resolve()
        if rules not in self._books:
            book, problems = read(rules)
            self._note(problems)
            self._books[rules] = book
        return self._books[rules]
