"""Traces around the calls: what a service wants to see of them, and nothing that a case says.

pip install reformkit opentelemetry-sdk
python traced.py examples/year/cases.csv      # prints the spans of a file of cases

reformkit has no hooks into deciding. A span goes around a call and is given what is no secret: which rulebook by its
digest, how many cases, what the decisions came to, the codes of problems. Ids, facts and texts stay out of it.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry.trace import Span, Status, StatusCode

import reformkit as rk

tracer = trace.get_tracer("office.assessing")


@contextmanager
def span_of(name: str, book: rk.Book) -> Generator[Span, None, None]:
    """A span of work with a rulebook; what cannot be taken is an error of it, told by its codes."""
    attributes = {"reformkit.rulebook": book.rulebook.name, "reformkit.digest": book.digest}
    with tracer.start_as_current_span(
        f"reformkit.{name}", attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except rk.CaseError as error:
            span.set_attribute("reformkit.problems", sorted({problem.code for problem in error.problems}))
            span.set_status(Status(StatusCode.ERROR, "the case cannot be taken"))
            raise


def assess(book: rk.Book, case: rk.Case, history: rk.CaseCounter | None = None) -> rk.Assessment:
    """One case, with what its decisions came to."""
    with span_of("assess", book) as span:
        a = book.assess(case, history)
        for name, decision in a.decisions.items():
            span.set_attribute(f"reformkit.decision.{name}", decision.outcome or decision.status)
        span.set_attribute("reformkit.needs", len(a.needs))
        return a


def assess_all(book: rk.Book, cases: Iterable[rk.Case], history: rk.CaseCounter, size: int = 100) -> Iterator[str]:
    """Many cases as JSON, a span for each hundred of them: one for each case would cost more than the work."""
    cases = iter(cases)
    while part := list(islice(cases, size)):
        with span_of("assess_many", book) as span:
            given = list(book.assess_many(part, history, on_problem="mark"))
            marked = [error for error in given if isinstance(error, rk.CaseError)]
            span.set_attributes({"reformkit.cases": len(given), "reformkit.marked": len(marked)})
            lines = [a.to_json() for a in given if isinstance(a, rk.Assessment)]
        yield from lines


def main(path: str) -> None:
    """The spans of a file of cases, on the terminal; a service hands them to its collector instead."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter()))
    trace.set_tracer_provider(provider)
    book = rk.load()
    cases = book.read_cases(path)
    for _ in assess_all(book, cases, book.counter(cases)):
        pass


if __name__ == "__main__":
    main(sys.argv[1])
