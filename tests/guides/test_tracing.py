"""The spans of examples/tracing: which rulebook, what it came to, and nothing that a case says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import reformkit as rk
from tests.books import bundled_book
from tests.guides.example import EXAMPLES, example

pytest.importorskip(
    "opentelemetry.sdk", reason="the guide to traces needs opentelemetry-sdk: pip install -e '.[guides]'"
)

BOOK = bundled_book()


@pytest.fixture(scope="module")
def traced() -> Iterator[tuple[Any, Any]]:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    with pytest.MonkeyPatch.context() as patch:
        module = example("tracing", "traced", patch)
        spans, provider = InMemorySpanExporter(), TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(spans))
        patch.setattr(module, "tracer", provider.get_tracer("test"))
        yield module, spans
        provider.shutdown()


def finished(spans: Any) -> list[Any]:
    found = list(spans.get_finished_spans())
    spans.clear()
    return found


def test_a_case_is_a_span_with_what_its_decisions_came_to(traced: tuple[Any, Any]) -> None:
    module, spans = traced
    case = BOOK.checker.case({"id": "甲-1", "unit": "某局", "form": "fourth"})
    a = module.assess(BOOK, case)
    (span,) = finished(spans)
    assert span.name == "reformkit.assess"
    assert span.attributes["reformkit.digest"] == BOOK.digest
    came = {name: span.attributes[f"reformkit.decision.{name}"] for name in a.decisions}
    assert came == {name: d.outcome or d.status for name, d in a.decisions.items()}
    said = str(dict(span.attributes)) + str(span.events)
    assert "甲-1" not in said and "某局" not in said


def test_a_case_that_cannot_be_taken_is_an_error_told_by_codes_alone(traced: tuple[Any, Any]) -> None:
    module, spans = traced
    with pytest.raises(rk.CaseError):
        module.assess(BOOK, {"id": "甲-1", "form": "丙丁"})
    (span,) = finished(spans)
    assert span.attributes["reformkit.problems"] == ("RK130",)
    assert not span.status.is_ok and not span.events
    assert "丙丁" not in str(dict(span.attributes)) + str(span.status.description)


def test_many_cases_are_a_span_a_hundred(traced: tuple[Any, Any]) -> None:
    module, spans = traced
    cases: list[Any] = [*BOOK.read_cases(EXAMPLES / "year" / "cases.csv"), {"id": "Z", "form": "fifth"}]
    lines = list(module.assess_all(BOOK, cases, BOOK.counter(cases[:-1])))
    assert len(lines) == 146
    found = finished(spans)
    assert [span.attributes["reformkit.cases"] for span in found] == [100, 47]
    assert [span.attributes["reformkit.marked"] for span in found] == [0, 1]
