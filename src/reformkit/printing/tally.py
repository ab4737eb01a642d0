"""What many cases come to together, on the terminal."""

from __future__ import annotations

from reformkit.assessing.prepared import Prepared
from reformkit.assessing.tally import Tally
from reformkit.printing.paper import Paper
from reformkit.reporting.tally import SUMMARY, tally_lines


def print_tally(tally: Tally, book: Prepared, console: Paper) -> None:
    """The tally in words."""
    console.say(SUMMARY, "bold cyan")
    for line in tally_lines(tally, book):
        console.say(line)
