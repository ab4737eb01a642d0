"""Cases of files of any size one by one, without holding them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl

from reformkit.files.opening import carried_in, cases_in
from reformkit.files.seen_ids import SeenIds, repeated_id
from reformkit.model.case import Case, Unread
from reformkit.model.rulebook import Rulebook
from reformkit.parsing.report import Report, stop_if_damaged
from reformkit.problem import CaseError, Problem

_AT_A_TIME = 1 << 10


@dataclass
class Some:
    """Some cases, one after another; `bad` is what is wrong with those that are `unread`."""

    cases: list[Case]
    bad: list[Problem]
    unread: list[Unread]
    share_read: float


class CaseStream:
    """The good cases of files, as `read_cases` gives them; a repeated id is left out across files too.

    Raises `CaseError` for a file that cannot be opened, or not read to its end.
    """

    def __init__(self, paths: Sequence[Path], rulebook: Rulebook) -> None:
        self._paths = paths
        self._rulebook = rulebook
        self._seen = SeenIds()

    @property
    def ids_looked_for(self) -> int | None:
        """Among how many ids repeated ones were looked for; None: among all."""
        return self._seen.held if self._seen.is_full else None

    def carried(self) -> list[str]:
        """The columns that are no facts and go through to the output, each once."""
        return list(dict.fromkeys(name for path in self._paths for name in carried_in(str(path), self._rulebook)))

    def __iter__(self) -> Iterator[Some]:
        sizes = [path.stat().st_size for path in self._paths]
        for number, path in enumerate(self._paths):
            report = Report(most=None)
            coming = cases_in(str(path), self._rulebook, report)
            any_met = False
            while True:
                met = list(islice(coming, _AT_A_TIME))
                bad = report.take()
                stop_if_damaged(bad)
                if not met and not bad:
                    break
                any_met |= bool(met)
                if not any_met and any(problem.severity == "error" for problem in bad):
                    raise CaseError(bad)
                cases = [case for case in met if isinstance(case, Case)]
                again = self._repeated(number, cases)
                bad += again.values()
                good = [case for row, case in enumerate(cases) if row not in again]
                read = sum(sizes[:number]) + sizes[number] * report.share_read(str(path))
                unread = [case for case in met if isinstance(case, Unread)]
                unread += [Unread(cases[row].place, cases[row].id) for row in again]
                yield Some(good, bad, unread, read / max(1, sum(sizes)))

    def _repeated(self, number: int, cases: Sequence[Case]) -> dict[int, Problem]:
        ids = pl.Series([case.id for case in cases], dtype=pl.String)
        lines = np.fromiter((case.place.line for case in cases), dtype=np.int64)
        return {
            met.row: repeated_id(
                cases[met.row].id, cases[met.row].place, met, None if met.file == number else self._paths[met.file]
            )
            for met in self._seen.repeated(ids, lines, number)
        }
