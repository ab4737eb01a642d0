"""A diagram as Mermaid text, which many editors and web pages draw by themselves."""

from __future__ import annotations

import json

from reformkit.drawing.colours import COLOURS
from reformkit.drawing.diagram import Diagram, Style

_ARROWS: dict[Style, str] = {"plain": "---", "main": "==>", "also": "-.->"}
_ESCAPED = {"#": "#35;", '"': "#quot;", "&": "#amp;", "<": "#lt;", ">": "#gt;", "`": "#96;", "\\": "#92;", "\n": " "}


def mermaid(diagram: Diagram) -> str:
    """A flowchart from left to right; ids are plain numbers, so that no label can break the syntax."""
    names = {box.id: f"n{i}" for i, box in enumerate(diagram.boxes)}
    lines = ["---", f"title: {json.dumps(diagram.title, ensure_ascii=False)}", "---", "flowchart LR"]
    lines += [f"  {names[box.id]}[{_quoted(box.label)}]:::{box.kind}" for box in diagram.boxes]
    arrows = _ARROWS if diagram.styles else _ARROWS | {"plain": "-->"}
    lines += [f"  {names[link.start]} {arrows[link.style]} {names[link.end]}" for link in diagram.links]
    lines += [
        f"  classDef {kind} fill:{COLOURS[kind].fill},stroke:{COLOURS[kind].line},color:#1f2328"
        for kind in diagram.kinds
    ]
    return "\n".join(lines) + "\n"


def _quoted(label: str) -> str:
    return '"' + "".join(_ESCAPED.get(c, c) for c in label) + '"'
