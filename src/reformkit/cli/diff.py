"""`reformkit diff`: what an edit of a rulebook changes, and which stored cases."""

from __future__ import annotations

import json
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer

from reformkit.editions import OldNotation, compare, compare_cases, editions
from reformkit.files.opening import CaseFile
from reformkit.printing.diff_page import write_page
from reformkit.printing.diff_text import print_diff
from reformkit.printing.endings import format_of
from reformkit.printing.paper import paper, sheet
from reformkit.printing.problem_kinds import show_summed_up
from reformkit.problem import WrongUse
from reformkit.sources.fault import SourceError
from reformkit.terminal.case_files import CaseFiles
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.opening import OfficeFile, ledger_of
from reformkit.terminal.options import FORMAT, Language, MeasuresFolder, OutFile, library_choice
from reformkit.terminal.targets import check_target
from reformkit.text import Text

Format = Literal["text", "json", "html"]
_ENDINGS: dict[str, Format] = {".json": "json", ".html": "html", ".htm": "html"}
_WITH_FIX = Text("{what}；{fix}", "{what}; {fix}")
_SOURCE = "a folder, git:REV:FOLDER, a .zip or .whl file, package:NAME/path, or bundled. "


def diff(
    old: Annotated[
        str,
        typer.Argument(
            help=f"The rulebook as it was: {_SOURCE}原规则册：文件夹、git:版本:文件夹、.zip 或 .whl 文件、package:包名/路径或 bundled（自带的）。",
            show_default=False,
        ),
    ],
    new: Annotated[
        str, typer.Argument(help="The rulebook as it is, likewise. 新规则册，写法相同。", show_default=False)
    ],
    *,
    cases: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="Stored cases: which of them change, and the start rate. 已有案件：哪些结论会变，促改率如何变。",
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="LEDGER",
            help="A ledger: which of its open items the changed procedures would affect. 台账：流程的改动影响哪些未办结的事项。",
            show_default=False,
        ),
    ] = None,
    office: OfficeFile = None,
    measures: MeasuresFolder = None,
    lang: Language = "zh",
    format: Annotated[Format | None, FORMAT] = None,
    boxes: Annotated[
        bool,
        typer.Option("--boxes", help="Add each region as disjoint boxes. 另列互不重叠的情形。"),
    ] = False,
    out: OutFile = None,
) -> int:
    """What differs between two rulebooks, and for which cases. 比较两个规则册：哪些情形的结论会变。"""
    format = format_of(out, format, _ENDINGS, "text")
    if out is not None:
        check_target(out, [*(cases or []), *([] if ledger is None or "://" in ledger else [Path(ledger)])])
    errors = paper(sys.stderr, lang)
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", OldNotation)
            before, after = editions(old, new, **library_choice(measures))
    except SourceError as error:
        raise WrongUse(_WITH_FIX.fill(what=error.text, fix=error.fix)) from None
    for warning in told:
        if isinstance(warning.message, OldNotation):
            errors.say(warning.message.text)
    difference = compare(before, after)
    if cases:
        files = [CaseFiles(side.book) for side in (before, after)]
        read = [CaseFile(own.cases(cases), own.problems) for own in files]
        stored = compare_cases(before.book, after.book, *read)
        difference = replace(difference, cases=stored)
        show_summed_up(stored.problems, errors)
    if ledger is not None:
        with ledger_of(before.book, ledger, office, read_only=True) as opened:
            difference = replace(difference, items=tuple(opened.effects(after.book)))
    with sheet(out, sys.stdout, data=format != "text") as stream:
        match format:
            case "json":
                json.dump(difference.to_dict(boxes), stream, ensure_ascii=False, indent=2)
                stream.write("\n")
            case "html":
                write_page(difference, stream, lang, boxes)
            case "text":
                print_diff(difference, paper(stream, lang, in_a_file=out is not None), boxes)
    faulty = difference.cases is not None and any(p.severity == "error" for p in difference.cases.problems)
    return FAULTS if faulty else 0
