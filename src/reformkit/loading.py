"""Reading rulebooks with their libraries from wherever they are, and checking them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from reformkit.book import Book, PathLike
from reformkit.dmn.opening import is_model, texts_of_model
from reformkit.extras import extra
from reformkit.model.office import OfficeRecord
from reformkit.parsing.memory import Memory
from reformkit.parsing.overlay import NO_OVERLAY, Overlay
from reformkit.parsing.source import with_excerpts
from reformkit.problem import Problem, RulebookError
from reformkit.reading.duties import check_duties
from reformkit.reading.library import check_causes, check_references, read_library
from reformkit.reading.office import read_office
from reformkit.reading.rulebook import read_rulebook
from reformkit.sources.fault import SourceError
from reformkit.sources.opening import LIBRARY, OpenSource, Source, opened, unopened
from reformkit.text import Text

_LOG = logging.getLogger(__name__)
BUNDLED = "jiuyuan"
_NO_MODEL = Text("找不到 {name}", "there is no {name}")
FROM_RULEBOOK: Any = object()
"""In place of a measure library: the one that the rulebook names."""


def bundled(folder: str = "") -> Path:
    """Where the rulebooks and measures that come with the package stand (in a wheel, or in a checkout)."""
    package = Path(__file__).resolve().parent
    root = package if (package / "rules").is_dir() else package.parents[1]
    return root / folder


def load(rules: Source | None = None, measures: Source | None = FROM_RULEBOOK) -> Book:
    """Read a rulebook and its measure library; with nothing given, the bundled ones.

    `rules` is a folder; a `.zip` or `.whl` file, or a folder in one (`"rules.zip/mine"`); `"git:REV:FOLDER"`;
    `"package:NAME/path"` or another resource of a package; `"bundled"`; or the texts of the files by their paths, in
    which `../` leads as it would on disk; or a `.dmn` model of decision tables. `measures` is another library, from any of
    these places but a model; None leaves it out (rules alone). `Book.reloaded` reads the same again. Raises
    `RulebookError` with every problem found.

    >>> load().rulebook.name
    'jiuyuan'
    >>> load({"rulebook.yaml": "{name: small, vocabulary: words.yaml}",
    ...       "words.yaml": "fields: {urgent: {type: flag, label: 紧急}}",
    ...       "way.yaml": "{decision: way, title: 办法, hit: first, outcomes: [fast, slow],"
    ...                   " rules: [{id: W-1, when: {urgent: true}, then: fast}], otherwise: slow}",
    ...      }).decide("way", {"urgent": True}).outcome
    'fast'
    """
    book, problems = read(rules, measures)
    if book is None:
        raise RulebookError(problems)
    return book


def check(
    rules: Source | None = None,
    measures: Source | None = FROM_RULEBOOK,
    budget: int | None = None,
    office: PathLike | OfficeRecord | None = None,
) -> list[Problem]:
    """Everything wrong with a rulebook and its library: reading, structure, logic and knowledge.

    Logic (3xx) and knowledge (4xx) are looked at when the rest is sound, and hold for every case; they never
    stop a rulebook from being used. A 3xx comes with a case that shows it (`witness`, `as_of`, `expect`; this
    last not where the case takes an outcome to be unknown that its facts decide, for no fixture can say so).
    `budget` is the number of states that one proof may take (20,000), and with it what all of them may take
    together, so that any rulebook ends; what it leaves open is named by a note.
    At most 200 problems of a file are given, and then their number. `office`, a file or an `Office`, is held to the
    duties that the rulebook's procedures give.

    >>> check()
    []
    """
    return examine(rules, measures, budget, office)[1]


def examine(
    rules: Source | None,
    measures: Source | None = FROM_RULEBOOK,
    budget: int | None = None,
    office: PathLike | OfficeRecord | None = None,
) -> tuple[Book | None, list[Problem]]:
    """What `check` finds, with the rulebook; None where a problem is one of reading or structure."""
    try:
        with reading(rules, measures) as (book, problems, source):
            if book is None:
                return None, problems
            from reformkit.checking import at_most, prove  # noqa: PLC0415 (loading does not wait for the proofs)

            proven = with_excerpts(prove(book.rulebook, book.chain, book.library, budget))
            held = [] if office is None else with_excerpts(_of_office(book, office))
            return book, at_most([*problems, *map(source.said, proven), *held])
    except SourceError as error:
        return None, [unopened(error, rules)]


def _of_office(book: Book, office: PathLike | OfficeRecord) -> list[Problem]:
    """What is wrong with an office, and what it cannot do of what the rulebook's procedures ask."""
    rulebook, problems = book.rulebook, list[Problem]()
    record: OfficeRecord | None
    if isinstance(office, OfficeRecord):
        record = office
    else:
        record, problems = read_office(office, rulebook.role_labels, rulebook.vocabulary.case_fields)
    if record is None or rulebook.procedures is None:
        return problems
    return problems + check_duties(record, rulebook.procedures, rulebook.role_labels)


def read(rules: Source | None, measures: Source | None = FROM_RULEBOOK) -> tuple[Book | None, list[Problem]]:
    """A rulebook with its library, and every problem; None where a problem is an error."""
    try:
        with reading(rules, measures) as (book, problems, _):
            return book, problems
    except SourceError as error:
        return None, [unopened(error, rules)]


@contextmanager
def reading(rules: Source | None, measures: Source | None) -> Iterator[tuple[Book | None, list[Problem], OpenSource]]:
    """A rulebook with every problem, while its source is open. Raises `SourceError` where that cannot be opened."""
    if rules is None or (rules == "bundled" and not Path("bundled").is_dir()):
        rules = bundled("rules") / BUNDLED
    if is_model(rules):
        with _model(rules) as found:
            yield found
        return
    with opened(rules) as found_at, opened_library(measures) as library:
        source = replace(found_at, retold=library.said) if isinstance(library, OpenSource) else found_at
        book, problems = read_open(source, library)
        of = source.folder if source.shelf is None else "what was given"
        if book is None:
            _LOG.info("no rulebook read from %s: %d problems", of, len(problems))
        else:
            _LOG.info("rulebook %s read from %s, %d warnings", book.rulebook.name, of, len(problems))
            book.read_again = partial(load, rules, measures)
            if book.rulebook.letters is not None:
                source.keep_for(book.rulebook)  # templates are read when a letter is filled
        yield book, problems, source


@contextmanager
def opened_library(measures: Source | None) -> Iterator[OpenSource | None]:
    """Another library than the one that a rulebook names, wherever it comes from; None where there is to be none."""
    if measures is None or measures is FROM_RULEBOOK:
        yield measures
        return
    if measures == "bundled" and not Path("bundled").is_dir():
        measures = bundled("measures")
    with ExitStack() as stack:
        try:
            library = stack.enter_context(opened(measures, LIBRARY))
        except SourceError as error:
            error.wanted, error.source = LIBRARY.one, measures
            raise
        yield library


@contextmanager
def _model(path: Any) -> Iterator[tuple[Book | None, list[Problem], OpenSource]]:
    """A model of another tool as a rulebook without a library; its problems are said at the lines of the model."""
    try:
        texts, problems = texts_of_model(path)
    except FileNotFoundError:
        raise SourceError(_NO_MODEL.fill(name=os.fspath(path))) from None
    if texts is None:
        yield None, problems, OpenSource(Path(path))
        return
    with opened(texts.texts) as laid_out:
        source = replace(laid_out, retold=texts.said)
        book, more = read_open(source, None)
        problems += more
        if book is not None:
            book = Book(book.rulebook, None, problems)
            book.read_again = partial(load, path)
        yield book, problems, source


def read_open(
    source: OpenSource,
    chosen: OpenSource | None = FROM_RULEBOOK,
    overlay: Overlay = NO_OVERLAY,
    memory: Memory | None = None,
    before: Book | None = None,
) -> tuple[Book | None, list[Problem]]:
    """A rulebook from a source that is open, with every problem; `chosen` is what `opened_library` gave.

    `overlay` are texts that are read in the place of files, `memory` what was made of what has not changed since, and
    `before` the book that was read last.
    """
    rulebook, named, problems = read_rulebook(source.folder, source.within, overlay, memory)
    library = None
    if chosen is FROM_RULEBOOK:
        where, within = named, source.within
    else:
        where, within = (None, None) if chosen is None else (chosen.folder, chosen.within)
    if where is not None and rulebook is not None:
        library, more = read_library(where, rulebook.vocabulary, within, overlay, memory)
        problems = problems + [problem for problem in more if problem not in problems]  # causes are read for both
    if rulebook is None or any(p.severity == "error" for p in problems):
        return None, [source.said(problem) for problem in problems]
    problems = problems + check_references(rulebook, library, overlay) + check_causes(rulebook, library, overlay)
    problems = [source.said(problem) for problem in problems]
    book = Book(rulebook, library, problems)
    if before is not None:
        book.take_over(before)
    problems += map(source.said, book.uncompiled())
    return (None if any(p.severity == "error" for p in problems) else book), problems


def check_template(path: PathLike, book: Book) -> list[Problem]:
    """Everything wrong with a letter's template, each fault at its paragraph; nothing of it is run or fetched.

    Raises `MissingExtra` without the extra `practice`, ValueError for a book without letters.

    >>> book = load()
    >>> check_template(book.rulebook.letters.template_of(book.rulebook.letters.kinds["supervision_advice"]), book)
    []
    """
    if book.rulebook.letters is None:
        raise ValueError(f"the rulebook {book.rulebook.name!r} has no letters")
    with extra("practice"):
        from reformkit.writing import template  # noqa: PLC0415

    return template.check_template(path, book.rulebook.letters)
