"""Assessments as data for other programs: JSON, JSON Lines and CSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO, cast

from reformkit.assessing.prepared import Prepared
from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.model.case import Case, Unread, plain
from reformkit.model.decision import Decision, Flip, Trace
from reformkit.model.rulebook import DecisionTable
from reformkit.printing.paper import brief
from reformkit.text import Lang, Text
from reformkit.wording.decisions import STATUSES, say_outcome

Record = dict[str, Any]
"""Plain data for JSON."""

NOT_READ = Text("未能读入", "left out")
"""The status of a case that could not be read, where the others have theirs."""

_ID, _UNIT = Text("编号", "id"), Text("案发单位", "unit")
_STATUS = Text("{title}·状态", "{title}·status")
_GIVES = Text("{title}·{name}", "{title}·{name}")
_LAST_HEADS = (
    Text("尚待明确", "needs"),
    Text("已查明症结", "causes"),
    Text("待核实症结", "causes to verify"),
    Text("措施", "measures"),
)


def write_json(assessments: Iterable[Assessment], stream: TextIO, why: bool) -> None:
    """A list, one assessment after another."""
    between = "["
    for assessment in assessments:
        stream.write(between + "\n" + json.dumps(record(assessment, why), ensure_ascii=False, indent=2))
        between = ","
    stream.write("\n]\n" if between == "," else "[]\n")


def write_jsonl(assessments: Iterable[Assessment], stream: TextIO, why: bool) -> None:
    """One assessment a line."""
    for assessment in assessments:
        stream.write(line_of(assessment, why).decode())


def line_of(assessment: Assessment, why: bool) -> bytes:
    """An assessment as a line of JSON Lines, with what its table `carried`."""
    if why:
        line = json.dumps(_of_assessment(assessment, why), ensure_ascii=False).encode("utf-8", "replace")
    else:
        line = assessment.to_json_bytes()
    carried = assessment.case.carried
    if carried:
        said = json.dumps(dict(carried), ensure_ascii=False).encode("utf-8", "replace")
        line = b'%b, "carried": %b}' % (line[:-1], said)
    return line + b"\n"


def record(assessment: Assessment, why: bool) -> Record:
    """An assessment as plain data, with what its table `carried`; with `why`, each decision has `trace` and `flips`."""
    data, carried = _of_assessment(assessment, why), assessment.case.carried
    return {**data, "carried": dict(carried)} if carried else data


def _of_assessment(assessment: Assessment, why: bool) -> Record:
    data = cast(Record, assessment.to_dict())
    if why:
        for name, decision in assessment.decisions.items():
            data["decisions"][name] |= _why(decision, collects=_collects(assessment.book, name))
    return data


def _why(decision: Decision, collects: bool) -> Record:
    flips = [] if collects else decision.flips()
    return {"trace": trace_record(decision.trace), "flips": [flip_record(flip) for flip in flips]}


def trace_record(trace: Trace) -> list[Record]:
    """How every rule fared, as plain data."""
    return [
        {
            "rule": entry.rule,
            "verdict": entry.verdict,
            "outcome": entry.outcome,
            "place": str(entry.place),
            "tests": [
                {
                    "fact": test.fact,
                    "observed": None if test.observed is None else plain(test.observed),
                    "wanted": test.wanted,
                    "verdict": test.verdict,
                }
                for test in entry.tests
            ],
        }
        for entry in trace
    ]


def flip_record(flip: Flip) -> Record:
    """Changes of facts and what they come to, as plain data."""
    return {
        "changes": {fact: plain(value) for fact, value in flip.changes.items()},
        "status": flip.status,
        "outcomes": list(flip.outcomes),
    }


def write_csv(
    assessments: Iterable[Assessment],
    stream: TextIO,
    book: Book,
    lang: Lang,
    carried: Sequence[str] = (),
    unread: Iterable[Unread] = (),
) -> None:
    """A table that Excel opens: a row a case, several values in one cell split by `；`; last what is `carried`.

    Cases that could not be read stand under the others.
    """
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(map(harmless, [*row_heads(book, lang), *carried]))
    for assessment in assessments:
        table.writerow(map(harmless, [*row_of(assessment, lang), *carried_cells(assessment.case, carried)]))
    for case in unread:
        table.writerow(map(harmless, [*row_of_unread(case, book, lang), *[""] * len(carried)]))


def carried_cells(case: Case, carried: Sequence[str]) -> list[str]:
    """What the table of a case has in columns that are no facts; blank where it has no such column."""
    return [case.carried.get(name, "") for name in carried]


def row_heads(book: Book, lang: Lang) -> list[str]:
    """The heads of a table of assessments."""
    heads = [_ID, _UNIT]
    for name in book.rulebook.order:
        title = book.rulebook.decisions[name].title
        heads += [title, _STATUS.fill(title=title)]
        heads += [_GIVES.fill(title=title, name=name) for name in given_names(book.rulebook.decisions[name])]
    return [head.say(lang) for head in (*heads, *_LAST_HEADS)]


def row_of(a: Assessment, lang: Lang) -> list[str]:
    """An assessment as a row of such a table."""
    cells = [a.case.id, str(a.case.facts.get("unit", ""))]
    for name in a.book.rulebook.order:
        table, decision = a.book.rulebook.decisions[name], a.decisions[name]
        cells.append("；".join(say_outcome(table, o).say(lang) for o in decision.outcomes))
        cells.append(STATUSES[decision.status].say(lang))
        given = [table.given.get(outcome, {}) for outcome in decision.outcomes]
        for key in given_names(table):
            cells.append("；".join(str(values[key]) for values in given if key in values))
    cells.append("；".join(a.book.fields[need.fact].label.say(lang) for need in a.needs))
    library = a.book.library
    for certainty in ("found", "suspected"):
        causes = [library.causes[c.cause].label.say(lang) for c in a.causes if library and c.certainty == certainty]
        cells.append("；".join(causes))
    cells.append("；".join(dict.fromkeys(f"{r.measure.id} {r.measure.title.say(lang)}" for r in a.recommendations)))
    return cells


def given_names(table: DecisionTable) -> list[str]:
    """The names of the values that come with outcomes of a decision."""
    return list(dict.fromkeys(name for gives in table.given.values() for name in gives))


def row_of_unread(case: Unread, book: Book, lang: Lang) -> list[str]:
    """A case that could not be read as a row of such a table: its id, or place, and that it was not read."""
    tables = (book.rulebook.decisions[name] for name in book.rulebook.order)
    statuses = [cell for table in tables for cell in ("", NOT_READ.say(lang), *[""] * len(given_names(table)))]
    return [name_of(case), "", *statuses, *[""] * len(_LAST_HEADS)]


def name_of(case: Unread) -> str:
    """The id of a case that could not be read; its place, where that is all that is known."""
    return case.id or brief(str(case.place))


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula; a number below zero is none.

    >>> harmless("=1+1"), harmless("-1+1"), harmless("-12.50")
    ("'=1+1", "'-1+1", '-12.50')
    """
    return f"'{cell}" if cell.startswith(_BEGIN_FORMULAS) and not _BELOW_ZERO.fullmatch(cell) else cell


_BEGIN_FORMULAS = (*"=+-@＝＋－＠", "\t", "\r", "\n")
"""Of a cell; the wide ones too, as Excel reads them in Chinese."""
_BELOW_ZERO = re.compile(r"-(0|[1-9][0-9]*)(\.[0-9]+)?")


def _collects(book: Prepared, decision: str) -> bool:
    return book.rulebook.decisions[decision].hit == "collect"
