"""Cases from YAML, JSON and JSON Lines: a faulty case is left out and reported, the others are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reformkit.intake.case_trees import CaseReader
from reformkit.intake.json_lines import cases_of_lines
from reformkit.intake.spellings import Spellings
from reformkit.model.case import Case, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Field
from reformkit.parsing.located_json import read_json
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Sequence, Tree
from reformkit.reading.keywords import OF_CASES, with_chinese
from reformkit.reading.values import Lexicon


def cases_of_text(path: str, rulebook: Rulebook, report: Report) -> Iterator[Case | Unread]:
    """Case after case of a `.yaml`, `.yml`, `.json` or `.jsonl` file, or where one is that cannot be taken."""
    reader = CaseReader(rulebook, case_lexicon(rulebook, report), report, Spellings())
    if Path(path).suffix.lower() == ".jsonl":
        tried = Report()
        quick = CaseReader(rulebook, case_lexicon(rulebook, tried), tried)
        yield from cases_of_lines(path, reader, quick, report)
    else:
        yield from map(reader.case_or_unread, _trees(path, report))


def case_lexicon(
    rulebook: Rulebook, report: Report, more: Mapping[str, Field] | None = None, ids: tuple[str, ...] = ()
) -> Lexicon:
    """The facts that a case may state; `more`: what else its table may have, `ids`: how ids may be headed in it."""
    of_findings = {name: (field, "RK158") for name, field in rulebook.vocabulary.finding_fields.items()}
    vocabulary = rulebook.vocabulary
    words, carried = vocabulary.unknown_words, vocabulary.carried
    own = with_chinese(OF_CASES)
    beside = (*own, *own.values())
    fields = {**(more or {}), **rulebook.fields}
    return Lexicon(fields, report, of_findings, unknown=words, carried=carried, beside=beside, ids=ids)


def _trees(path: str, report: Report) -> Iterator[Tree]:
    """Each case of a file as it stands there."""
    source = Source.read(path, report)
    if source is None:
        return
    is_json = Path(path).suffix.lower() == ".json"
    tree = read_json(path, source.text, report) if is_json else read_yaml(source, report)
    yield from tree.items if isinstance(tree, Sequence) else [] if tree is None else [tree]
