"""Where output goes: the terminal, a pipe or a file, with its width, encoding and line breaks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text as Styled

from reformkit.beside import beside
from reformkit.loading import bundled
from reformkit.printing.setting import wrapped
from reformkit.text import Lang, Text, visible

WIDTH, WIDEST_PROSE = 100, 100
"""Columns where the output says none itself, and beyond which running text is not set."""
_IN_A_FILE = 10_000
"""Columns of a file: a table is as wide as its cells, and no line is broken by hand."""

_SAMPLE = "以案促改√×？━│“”·—"


class Paper(Console):
    """A rich console that speaks one language, takes text as it stands, and leaves a broken pipe to the guard.

    A terminal and a pipe get lines that are wrapped; a file that is written gets them whole.
    """

    def __init__(self, stream: IO[str], lang: Lang, *, in_a_file: bool = False) -> None:
        self._whole = in_a_file and not stream.isatty()
        width = _IN_A_FILE if self._whole else max(20, shutil.get_terminal_size((WIDTH, 24)).columns)
        super().__init__(file=stream, width=width, highlight=False, markup=False, emoji=False)
        self.lang: Lang = lang

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """What is printed, piece by piece; what came from a file makes a terminal do nothing."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(visible(segment.text, keep="\n\t"), segment.style)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError

    def say(self, text: Text | str = "", style: str = "") -> None:
        """A line of running text, wrapped as Chinese is set, with details indented under it."""
        words = self.words(text)
        for part in [words] if self._whole else wrapped(words, min(self.width, WIDEST_PROSE)):
            self.print(Styled(part, style), soft_wrap=True)

    def across(self) -> None:
        """A line across, between one page and the next."""
        self.print("─" * min(self.width, WIDTH), style="dim")

    def words(self, text: Text | str) -> str:
        """A text in the language of this paper."""
        return text.say(self.lang) if isinstance(text, Text) else text


def paper(stream: IO[str], lang: Lang = "zh", *, in_a_file: bool = False) -> Paper:
    """A console on a stream; 100 columns where the stream is no terminal and COLUMNS is not set.

    `in_a_file`: on one that a command was told to write, where lines are not broken.
    """
    return Paper(stream, lang, in_a_file=in_a_file)


def speak(stream: TextIO, *, data: bool = False) -> None:
    """Make a stream able to say Chinese: text in the terminal's encoding if it can, data always in UTF-8."""
    try:
        _SAMPLE.encode(stream.encoding or "ascii")
        capable = True
    except (UnicodeError, LookupError):
        capable = False
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8" if data or not capable else stream.encoding, errors="replace")


@contextmanager
def sheet(out: Path | None, stdout: TextIO, *, data: bool = False, bom: bool = False) -> Iterator[TextIO]:
    """The stream to write on: stdout, or a file that is written beside `out` and moved there when it is whole."""
    if out is None:
        speak(stdout, data=data)
        yield stdout
        return
    encoding = "utf-8-sig" if bom else "utf-8"
    target = out.resolve()
    if target.exists() and not target.is_file():  # a device or pipe cannot be replaced
        try:
            with target.open("w", encoding=encoding, errors="replace", newline="") as stream:
                yield stream
        except OSError as error:
            error.filename = error.filename or str(out)
            raise
        return
    with beside(out) as file:
        stream = TextIOWrapper(file, encoding, errors="replace", newline="")
        try:
            yield stream
            stream.flush()
        finally:
            with suppress(OSError):  # on a full disk it was said before
                stream.detach()


def brief(text: str) -> str:
    """A text with its paths shortened: from here, or from the folder of what comes with the package."""
    for root in (Path.cwd(), bundled()):
        text = text.replace(f"{root}{os.sep}", "")
    return text


def typed(path: Path) -> str:
    """A path as it is typed in a command: shortened, and in quotes where it has a blank."""
    text = brief(str(path))
    return f'"{text}"' if " " in text else text
