"""Diagrams show every link once, no box over another, and their Mermaid text cannot be broken by a label."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reformkit.drawing.decisions import decisions_diagram
from reformkit.drawing.diagram import Box, Diagram, Link, broken, laid, untangled
from reformkit.drawing.knowledge import knowledge_diagram
from reformkit.drawing.mermaid import mermaid
from tests.agreement.rulebooks import a_rulebook
from tests.books import bundled_book

BOOK = bundled_book()
LIBRARY = BOOK.library
assert LIBRARY is not None


def test_the_whole_library_is_drawn() -> None:
    assert LIBRARY is not None
    diagram = knowledge_diagram(LIBRARY)
    ids = {box.id for box in diagram.boxes}
    assert ids >= {f"cause:{c}" for c in LIBRARY.causes} | {f"weak_point:{w}" for w in LIBRARY.weak_points}
    roles = {(f"cause:{e.cause}", f"measure:{m.id}") for m in LIBRARY.measures.values() for e in m.addresses}
    drawn = [(link.start, link.end) for link in diagram.links if link.style != "plain"]
    assert set(drawn) == roles and len(drawn) == len(roles)
    for link in diagram.links:
        if link.style != "plain":
            cause, measure = link.start.removeprefix("cause:"), link.end.removeprefix("measure:")
            edges = [e for e in LIBRARY.measures[measure].addresses if e.cause == cause]
            assert (link.style == "main") == any(e.role == "main" for e in edges)


def test_a_part_has_only_what_goes_with_it() -> None:
    assert LIBRARY is not None
    for measure in LIBRARY.measures.values():
        diagram = knowledge_diagram(LIBRARY, measure=measure.id)
        causes = {box.id for box in diagram.boxes if box.kind == "cause"}
        assert causes == {f"cause:{edge.cause}" for edge in measure.addresses}
        assert [box.id for box in diagram.boxes if box.kind == "measure"] == [f"measure:{measure.id}"]
    power = knowledge_diagram(LIBRARY, "en", weak_point="power")
    assert [box.label for box in power.boxes if box.kind == "weak_point"] == ["Risk points in the use of power"]


def test_decisions_stand_right_of_what_they_test() -> None:
    diagram = decisions_diagram(BOOK.rulebook)
    column = {box.id: box.column for box in diagram.boxes}
    links = {(link.start, link.end) for link in diagram.links}
    for name, table in BOOK.rulebook.decisions.items():
        assert {(fact, name) for fact in table.facts} <= links
    assert ("decided_on", "sanctioned_this_year") in links
    assert all(column[start] < column[end] for start, end in links)
    layer = decisions_diagram(BOOK.rulebook, decision="layer")
    assert {box.id for box in layer.boxes if box.kind == "decision"} == {"source", "startup", "layer"}


@settings(max_examples=30)
@given(a_rulebook(decisions=3))
def test_any_rulebook_can_be_drawn(rulebook: object) -> None:
    diagram = decisions_diagram(rulebook)  # type: ignore[arg-type]
    column = {box.id: box.column for box in diagram.boxes}
    assert all(column[link.start] < column[link.end] for link in diagram.links)
    _nothing_overlaps(diagram)


@st.composite
def a_diagram(draw: st.DrawFn) -> Diagram:
    labels = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    boxes = [Box(f"b{i}", draw(labels), draw(st.integers(0, 4)), "cause") for i in range(draw(st.integers(1, 12)))]
    pairs = [(one, other) for one in boxes for other in boxes if one.column < other.column]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20)) if pairs else []
    links = [Link(one.id, other.id, draw(st.sampled_from(["plain", "main", "also"]))) for one, other in chosen]
    return Diagram(draw(labels), untangled(boxes, links), tuple(links), {"cause": "症结"}, {})


@given(a_diagram())
def test_no_two_boxes_overlap_and_no_link_passes_under_one(diagram: Diagram) -> None:
    _nothing_overlaps(diagram)


def _nothing_overlaps(diagram: Diagram) -> None:
    page = laid(diagram, 30)
    boxes = list(page.boxes.values())
    assert len(boxes) == len(diagram.boxes)
    for i, one in enumerate(boxes):
        assert one.x >= 0 and one.y >= 0 and one.x + one.width <= page.width and one.y + one.height <= page.height
        for other in boxes[i + 1 :]:
            apart = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart or one.x + one.width < other.x or other.x + other.width < one.x
    for path in page.paths:
        for (x0, y0), (x1, y1) in pairwise(path):
            if y0 == y1:  # a stretch through a column
                assert not any(x0 < b.x + b.width and b.x < x1 and b.y < y0 < b.y + b.height for b in boxes)


@given(a_diagram())
def test_mermaid_keeps_to_its_syntax(diagram: Diagram) -> None:
    label = r'"(?:[^"#&<>`\\\n]|#(?:quot|amp|lt|gt|35|96|92);)*"'
    line = re.compile(rf"  n\d+\[{label}\]:::\w+|  n\d+ (?:---|-->|==>|-\.->) n\d+|  classDef \w+ [\w:#,]+")
    head, *rest = mermaid(diagram).split("\nflowchart LR\n")
    opening, title, closing = head.split("\n")
    assert (opening, closing, len(rest)) == ("---", "---", 1)
    assert yaml.safe_load(title) == {"title": diagram.title}
    assert all(line.fullmatch(said) for said in rest[0].split("\n")[:-1])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("短", ("短",)),
        (
            "内部监督机构虚设（村务监督委员会、监事会、内设纪检）",
            ("内部监督机构虚设（村务监督委员", "会、监事会、内设纪检）"),
        ),
        ("Rules of collective decision redrafted", ("Rules of collective decision", "redrafted")),
    ],
)
def test_labels_are_broken_where_they_may_be(text: str, lines: tuple[str, ...]) -> None:
    assert broken(text, 30) == lines
