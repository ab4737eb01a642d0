"""Staged edits: pieces of files with the text that they replace, so that edits elsewhere in a file do not collide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reformkit.desk.file_text import FileText

Files = Mapping[str, FileText]
"""The texts of a rulebook that can be edited, by their path in the workspace."""


@dataclass(frozen=True, slots=True)
class StagedPiece:
    """Whole lines of a file, as they were and as they are to be; `what` says whose they are (`STA-G2`, `line_cases`)."""

    path: str
    what: str
    before: str
    after: str


class Clash(Exception):
    """A piece no longer stands in its file as it was, or not once; `piece` is what was to be put there."""

    def __init__(self, piece: StagedPiece) -> None:
        super().__init__(piece.what)
        self.piece = piece


@dataclass(frozen=True, slots=True)
class Staging:
    """A state of the desk: its number, which grows with every edit, and what is staged."""

    number: int = 0
    pieces: tuple[StagedPiece, ...] = ()

    def stage(self, number: int, path: str, what: str, shown: str, new: str) -> Staging:
        """The staging with other lines in the place of those that were shown.

        >>> first = Staging().stage(1, "a.yaml", "A", "x: 1\\n", "x: 2\\n")
        >>> first.stage(2, "a.yaml", "A", "x: 2\\n", "x: 3\\n").pieces
        (StagedPiece(path='a.yaml', what='A', before='x: 1\\n', after='x: 3\\n'),)
        >>> first.stage(2, "a.yaml", "A", "x: 2\\n", "x: 1\\n").pieces
        ()
        """
        new = new if not new or new.endswith("\n") or not shown.endswith("\n") else f"{new}\n"
        for at, piece in enumerate(self.pieces):
            if piece.path == path and stands_once(shown, piece.after):
                changed = replace(piece, after=f"\n{piece.after}".replace(f"\n{shown}", f"\n{new}")[1:])
                kept = [changed] if changed.after != changed.before else []
                return Staging(number, (*self.pieces[:at], *kept, *self.pieces[at + 1 :]))
        if new == shown:
            return replace(self, number=number)
        return Staging(number, (*self.pieces, StagedPiece(path, what, shown, new)))

    def with_text(self, number: int, path: str, ground: str, new: str) -> Staging:
        """The staging in which a file has a new text, whatever was staged of it; `ground` is its text without that.

        >>> Staging().with_text(1, "a.yaml", "x: 1\\ny: 1\\nz: 1\\n", "x: 1\\ny: 2\\nz: 1\\n").pieces
        (StagedPiece(path='a.yaml', what='a.yaml', before='y: 1\\n', after='y: 2\\n'),)
        """
        others = tuple(piece for piece in self.pieces if piece.path != path)
        if new == ground:
            return Staging(number, others)
        old_lines, new_lines = ground.splitlines(keepends=True), new.splitlines(keepends=True)
        least = min(len(old_lines), len(new_lines))
        first = next((n for n in range(least) if old_lines[n] != new_lines[n]), least)
        last = next((n for n in range(least - first) if old_lines[-1 - n] != new_lines[-1 - n]), least - first)
        while True:
            before = "".join(old_lines[first : len(old_lines) - last])
            if (first, last) == (0, 0) or (before and stands_once(before, ground)):
                after = "".join(new_lines[first : len(new_lines) - last])
                return Staging(number, (*others, StagedPiece(path, path.rpartition("/")[2], before, after)))
            first, last = max(0, first - 1), max(0, last - 1)

    def numbered(self, number: int) -> Staging:
        """The same under another number."""
        return replace(self, number=number)

    def over(self, files: Files) -> dict[str, FileText]:
        """The files that it changes, with its pieces in them. Raises `Clash`.

        >>> Staging(1, (StagedPiece("a.yaml", "A", "x: 1\\n", "x: 2\\n"),)).over({"a.yaml": FileText("x: 1\\ny: 1\\n")})["a.yaml"].text
        'x: 2\\ny: 1\\n'
        """
        changed: dict[str, FileText] = {}
        for piece in self.pieces:
            file = changed.get(piece.path, files.get(piece.path))
            if file is None or not stands_once(piece.before, file.text):
                raise Clash(piece)
            changed[piece.path] = file.with_text(replaced(piece, file.text))
        return changed


def stands_once(lines: str, text: str) -> bool:
    """Whether whole lines stand in a text, and in one place only.

    >>> stands_once("a: 1\\n", "aa: 1\\n"), stands_once("a: 1\\n", "b: 2\\na: 1\\n")
    (False, True)
    """
    return f"\n{text}".count(f"\n{lines}") == 1


def replaced(piece: StagedPiece, text: str) -> str:
    """A text with a piece in it that stands there once."""
    return f"\n{text}".replace(f"\n{piece.before}", f"\n{piece.after}")[1:]
