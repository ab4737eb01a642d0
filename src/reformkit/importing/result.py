"""What an import changes, what stands in its way, and what it does to cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from reformkit.comparing.diff import Diff
from reformkit.problem import Place, Problem
from reformkit.text import Text

_NO_HEADING = Text("", "")
ImportKind = Literal["changed", "added", "deleted", "moved"]


@dataclass(frozen=True, slots=True)
class ImportChange:
    """One change that a workbook makes: of a cell, or of a whole rule.

    `of` is what its sheet holds (`decision:startup`, `parameters`, `causes`, `measures`), `id` the rule, parameter,
    cause or measure, `heading` that of the column; `before` and `after` are the words of the cell.
    """

    kind: ImportKind
    place: Place
    of: str
    id: str
    heading: Text = _NO_HEADING
    before: str = ""
    after: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "kind": self.kind,
            "place": str(self.place),
            "of": self.of,
            "id": self.id,
            "heading": self.heading.to_dict(),
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True)
class ImportResult:
    """What came of a workbook. With an error among the `problems` nothing was written.

    `changes`: what the workbook says otherwise than the folder. `diff`: for which cases the decisions come out
    otherwise; None where the new rules cannot be read. `texts`: the new text of each file that changes, by its path.
    `checked`: what `check` says of the new texts; None where there are none. `written`: the files that were written,
    `backups` what stands beside them as it was before.
    """

    changes: tuple[ImportChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    diff: Diff | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[Problem, ...] | None = None
    written: tuple[str, ...] = ()
    backups: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing stands in the way."""
        return not any(problem.severity == "error" for problem in self.problems)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "changes": [change.to_dict() for change in self.changes],
            "problems": [problem.to_dict() for problem in self.problems],
            "diff": None if self.diff is None else self.diff.to_dict(),
            "files": list(self.texts),
            "checked": None if self.checked is None else [problem.to_dict() for problem in self.checked],
            "written": list(self.written),
            "backups": list(self.backups),
        }
