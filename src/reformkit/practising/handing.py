"""Evidence handed in: weighed before an act is looked at, kept once nothing stands in its way."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reformkit.keeping.files import Files
from reformkit.model.act import Exhibit
from reformkit.model.evidence import Evidence

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Handed:
    """Evidence with the exhibits that acts name it by; `keep` puts the files where they stay."""

    evidence: tuple[Evidence, ...]
    exhibits: tuple[Exhibit, ...]

    @classmethod
    def of(cls, evidence: Iterable[Evidence], today: date, files: Files) -> Handed:
        """Evidence weighed. Raises `RefusedError` for a file that cannot be taken."""
        given = tuple(evidence)
        return cls(given, tuple(_exhibit(one, today, files) for one in given))

    def keep(self, files: Files) -> None:
        """Keep the files."""
        for one in self.evidence:
            files.keep(one.path if one.content is None else one.content, one.name)


def as_evidence(papers: object, day: date) -> tuple[Evidence, ...]:
    """Papers as a caller gives them: one or several, each `Evidence` or the path of a file of that day."""
    if papers is None:
        return ()
    many: Sequence[object] = papers if isinstance(papers, list | tuple) else (papers,)
    return tuple(one if isinstance(one, Evidence) else Evidence(_path(one), day) for one in many)


def _path(paper: object) -> str | os.PathLike[str]:
    if isinstance(paper, str | os.PathLike):
        return paper
    raise TypeError(f"evidence is an Evidence or the path of a file, not {type(paper).__name__}")


def _exhibit(one: Evidence, today: date, files: Files) -> Exhibit:
    digest, size = hashlib.sha256(), 0
    if one.content is not None:
        digest.update(one.content)
        size = len(one.content)
    else:
        try:
            with open(one.path, "rb") as file:  # noqa: PTH123 (a path of any kind)
                while piece := file.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
        except OSError:
            files.keep(one.path)  # says in words why it cannot be taken
            raise
    return Exhibit(
        sha256=digest.hexdigest(),
        name=one.name,
        bytes=size,
        dated=one.dated,
        got=one.got or max(today, one.dated),
        criteria=one.criteria,
    )
