"""The library as a diagram: weak point → cause → measure."""

from __future__ import annotations

from reformkit.advising.graph import library_graph
from reformkit.drawing.diagram import Box, Diagram, Link, Style, untangled
from reformkit.model.library import Library
from reformkit.text import Lang, Text

KINDS = {
    "weak_point": Text("症结方向", "Weak point"),
    "cause": Text("症结", "Cause"),
    "measure": Text("措施", "Measure"),
}
STYLES: dict[Style, Text] = {"main": Text("主答", "main"), "also": Text("兼及", "also")}
_COLUMNS = list(KINDS)


def knowledge_diagram(
    library: Library,
    lang: Lang = "zh",
    *,
    weak_point: str | None = None,
    cause: str | None = None,
    measure: str | None = None,
) -> Diagram:
    """The causes with their weak points and measures; with a weak point, cause or measure, what goes with it.

    Raises KeyError for one that the library does not have.
    """
    graph = library_graph(library)
    title = Text("症结与措施", "Causes and measures")
    causes = list(library.causes)
    if weak_point is not None:
        title = library.weak_points[weak_point].label
        causes = [c for c in causes if library.causes[c].weak_point == weak_point]
    if cause is not None:
        title = library.causes[cause].label
        causes = [c for c in causes if c == cause]
    if measure is not None:
        title = library.measures[measure].title
        causes = [c for c in causes if graph.has_edge(("cause", c), ("measure", measure))]
    tones = {point: f"tone{i % 3}" for i, point in enumerate(library.weak_points)}
    links, labels = [], {}
    for c in causes:
        point = library.causes[c].weak_point
        labels["weak_point", point] = library.weak_points[point].label.say(lang)
        labels["cause", c] = library.causes[c].label.say(lang)
        links.append(Link(f"weak_point:{point}", f"cause:{c}", tone=tones[point]))
        for _, m, data in graph.out_edges(("cause", c), data=True):
            if measure in (None, m[1]):
                labels["measure", m[1]] = f"{m[1]} {library.measures[m[1]].title.say(lang)}"
                style: Style = "main" if data["role"] == "main" else "also"
                links.append(Link(f"cause:{c}", f"measure:{m[1]}", style, tones[point]))
    boxes = [Box(f"{kind}:{id}", label, _COLUMNS.index(kind), kind) for (kind, id), label in labels.items()]
    order = {f"weak_point:{p}": i for i, p in enumerate(library.weak_points)}
    boxes.sort(key=lambda box: (box.column, order.get(box.id, 0)))
    used = {link.style for link in links}
    return Diagram(
        title.say(lang),
        untangled(boxes, [link for link in links if link.style != "also"] or links),
        tuple(links),
        {kind: said.say(lang) for kind, said in KINDS.items()},
        {style: said.say(lang) for style, said in STYLES.items() if style in used},
    )
