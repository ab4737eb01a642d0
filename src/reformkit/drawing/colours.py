"""The colours of boxes and links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """The fill of a box and its outline, which its links share."""

    fill: str
    line: str


COLOURS = {
    "weak_point": Colour("#fbe3d6", "#c4622d"),
    "cause": Colour("#fff5d6", "#b58a1b"),
    "measure": Colour("#dcecf9", "#3674a8"),
    "stated": Colour("#f2f4f6", "#7d8794"),
    "derived": Colour("#e8f3e6", "#5a8f53"),
    "signal": Colour("#efe6f6", "#7e5ba6"),
    "tone0": Colour("#fbe3d6", "#c4622d"),
    "tone1": Colour("#dff0ea", "#2f8f6f"),
    "tone2": Colour("#e9e4f5", "#6f5aa8"),
    "decision": Colour("#dcecf9", "#3674a8"),
}
