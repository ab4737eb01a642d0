"""The library as a graph: weak point → cause → measure → lead and references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reformkit.model.library import Library

if TYPE_CHECKING:
    import networkx as nx


def library_graph(library: Library) -> nx.DiGraph[tuple[str, str]]:
    """A networkx graph whose nodes are pairs of kind and id.

    Kinds: `weak_point`, `cause`, `measure`, `lead`, `reference`. An edge cause → measure has `role` (`main`
    or `also`).
    """
    import networkx as nx  # 0.2 s: paid only when a graph is asked for

    graph: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    for cause in library.causes.values():
        graph.add_edge(("weak_point", cause.weak_point), ("cause", cause.id))
    for measure in library.measures.values():
        for edge in measure.addresses:
            role = "main" if edge.role == "main" or _role(graph, edge.cause, measure.id) == "main" else "also"
            graph.add_edge(("cause", edge.cause), ("measure", measure.id), role=role)
        graph.add_edge(("measure", measure.id), ("lead", measure.lead.zh))
        for citation in measure.basis:
            if citation.ref is not None:
                graph.add_edge(("measure", measure.id), ("reference", citation.ref))
    return graph


def _role(graph: nx.DiGraph[tuple[str, str]], cause: str, measure: str) -> str | None:
    data = graph.get_edge_data(("cause", cause), ("measure", measure))
    return None if data is None else str(data["role"])


def single_measure_causes(library: Library) -> tuple[str, ...]:
    """The causes that only one measure answers or touches."""
    graph = library_graph(library)
    return tuple(
        cause
        for cause in library.causes
        if graph.has_node(("cause", cause)) and graph.out_degree(("cause", cause)) == 1
    )


def lost_without(library: Library, measure: str) -> dict[str, tuple[str, ...]]:
    """What retiring a measure would cost: causes left `without_main`, and those left `without_any`.

    Raises KeyError for a measure that the library does not have.
    """
    library.measures[measure]
    graph = library_graph(library)
    causes = [cause for _, cause in graph.predecessors(("measure", measure))]
    others = {
        cause: [graph.edges[("cause", cause), m]["role"] for m in graph.successors(("cause", cause)) if m[1] != measure]
        for cause in library.causes
        if cause in causes
    }
    return {
        "without_main": tuple(cause for cause, roles in others.items() if "main" not in roles),
        "without_any": tuple(cause for cause, roles in others.items() if not roles),
    }
