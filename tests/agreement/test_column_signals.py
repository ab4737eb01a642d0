"""Signals in columns say what the count of one case after another says."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reformkit.book import Book
from reformkit.columns.cases import CaseColumns
from reformkit.columns.counting import ColumnCounter
from reformkit.columns.who_counted import who_counted
from reformkit.deciding.counter import Counter
from reformkit.deciding.prepared_signal import prepared_signals
from reformkit.frames.checking import FrameChecker
from reformkit.frames.given import given as taken
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import Vocabulary
from reformkit.text import Text
from tests.agreement.frames import as_frame
from tests.agreement.rulebooks import FIELDS, a_condition
from tests.agreement.test_signals import ENOUGH, FACTS, a_case

IDS = st.one_of(st.none(), st.sampled_from("ABCDEF"))


@st.composite
def a_signal(draw: st.DrawFn) -> Signal:
    kind = draw(st.sampled_from(["cases", "distinct", "share"]))
    return Signal(
        name="s",
        label=Text.same("s"),
        same=tuple(
            draw(st.lists(st.sampled_from(["choice", "flag", "tags", "words", "number"]), max_size=2, unique=True))
        ),
        within=draw(
            st.one_of(
                st.none(),
                st.builds(Window, length=st.integers(1, 3), unit=st.sampled_from(["months", "years"])),
                st.builds(Window, length=st.integers(1, 40), unit=st.just("days")),
            )
        ),
        side=draw(st.sampled_from(["before", "both"])),
        sharing=draw(st.sampled_from([None, "tags"])),
        where=draw(st.one_of(st.none(), a_condition([FIELDS["choice"], FIELDS["flag"], FIELDS["words"]]), ENOUGH)),
        distinct=draw(st.sampled_from(["tags", "words", "choice", "number"])) if kind == "distinct" else None,
        share=draw(a_condition([FIELDS["flag"]])) if kind == "share" else None,
    )


@st.composite
def some_cases(draw: st.DrawFn) -> list[dict[str, Any]]:
    cases = draw(st.lists(a_case(), max_size=12))
    for case in cases:
        case["id"] = draw(IDS)
        if draw(st.booleans()):
            case["words"] = draw(st.sampled_from(["one", "two", "é", "é"]))
    return cases


def columns_of(book: Book, cases: list[dict[str, Any]]) -> CaseColumns:
    fields = {"id": FIELDS["words"], **book.rulebook.vocabulary.fields}
    checker = FrameChecker(book.rulebook, book.checker)
    return checker.check(taken(as_frame(cases, fields), checker.wanted)).columns


@settings(max_examples=settings().max_examples)
@given(a_signal(), some_cases(), some_cases(), st.booleans())
def test_every_case(signal: Signal, history: list[dict[str, Any]], cases: list[dict[str, Any]], itself: bool) -> None:
    fields = {name: FIELDS[name] for name in (*FACTS, "words")}
    rulebook = Rulebook(
        name="t", title=Text.same("t"), vocabulary=Vocabulary(fields=fields), signals={"s": signal}, decisions={}
    )
    book = Book(rulebook)
    if itself:
        history = cases
    past = columns_of(book, history)
    counter = ColumnCounter(rulebook, past)
    columns = past if itself else columns_of(book, cases)
    counting = counter.count(columns)["s"]
    counted, left_out = who_counted(counting.reach, counter.history.ids, columns.ids)
    facts = {str(case["id"]): facts_of(book, case) for case in history if case["id"] is not None}
    facts |= {f"nobody {i}": facts_of(book, case) for i, case in enumerate(history) if case["id"] is None}
    one = Counter(prepared_signals(rulebook), facts)
    for i, case in enumerate(cases):
        wanted = one.count(str(case["id"] or "me"), facts_of(book, case))["s"]
        column = counting.column
        assert (int(column.value[i]) if column.known[i] else None) == wanted.value
        assert column.lacks[column.missing[i]] == wanted.missing
        assert column.possible[column.open[i]] == wanted.possible
        named = [None if x is None else sorted(x.to_list()) for x in (counted[i], left_out[i])]
        ids = [sorted(_name(x) for x in found) for found in (wanted.counted, wanted.left_out)]
        assert named == (ids if counting.reach.can_be_said[i] else [None, None])


def facts_of(book: Book, case: dict[str, Any]) -> dict[str, Any]:
    return book.checker.facts({name: value for name, value in case.items() if name != "id"})


def _name(id: str) -> str:
    return "" if id == "me" or id.startswith("nobody") else id
