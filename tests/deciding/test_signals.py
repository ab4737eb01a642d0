"""What is counted over other cases, by example: windows, ties, unknown facts, and what is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reformkit.deciding.counter import Counter
from reformkit.deciding.prepared_signal import prepared_signals
from reformkit.deciding.signals import Count
from reformkit.deciding.window import span_of_window
from reformkit.model.condition import Test
from reformkit.model.rulebook import Rulebook, Signal, Window
from reformkit.model.vocabulary import Choice, Derived, Field, Vocabulary
from reformkit.text import Text

CAUSES = {name: Choice(id=name, label=Text.same(name), group=name[0]) for name in ("a.1", "a.2", "b.1")}
FIELDS = {
    f.name: f
    for f in (
        Field(name="region", type="text", label=Text.same("region")),
        Field(
            name="level", type="choice", label=Text.same("level"), values=dict.fromkeys(("high", "low"), CAUSES["a.1"])
        ),
        Field(name="filed_on", type="date", label=Text.same("filed on")),
        Field(name="decided_on", type="date", label=Text.same("decided on")),
        Field(name="causes", type="tags", label=Text.same("causes"), values=CAUSES),
        Field(name="points", type="tags", label=Text.same("points"), derived=Derived(group_of="causes")),
    )
}
YEAR = Window(length=12, unit="months")


def count(case: dict[str, Any], history: dict[str, dict[str, Any]], **signal: Any) -> Count:
    rulebook = Rulebook(
        name="t",
        title=Text.same("t"),
        vocabulary=Vocabulary(fields=FIELDS),
        decisions={},
        signals={"s": Signal(name="s", label=Text.same("s"), **signal)},
    )
    return Counter(prepared_signals(rulebook), history).count("me", case)["s"]


def at(day: str, region: str = "north", **facts: Any) -> dict[str, Any]:
    return {"region": region, "decided_on": date.fromisoformat(day), **facts}


def test_the_case_itself_counts_once_whether_or_not_the_history_holds_it() -> None:
    me = at("2022-06-01")
    assert count(me, {}, same=("region",)).value == 1
    assert count(me, {"me": at("2022-06-01", "south")}, same=("region",)) == Count(1, ("me",))


def test_the_window_is_open_before_and_closed_at_the_date() -> None:
    history = {
        "a year ago to the day": at("2021-06-01"),
        "a year ago less a day": at("2021-06-02"),
        "same day": at("2022-06-01"),
        "a day later": at("2022-06-02"),
    }
    assert count(at("2022-06-01"), history, within=YEAR).counted == ("a year ago less a day", "me", "same day")


def test_a_case_is_dated_by_its_decision_else_by_its_filing() -> None:
    filed = {"filed_on": date(2022, 5, 1)}
    decided_long_ago = {"filed_on": date(2022, 5, 1), "decided_on": date(2020, 5, 1)}
    assert count(at("2022-06-01"), {"f": filed, "d": decided_long_ago}, within=YEAR).counted == ("f", "me")


@pytest.mark.parametrize(
    ("day", "window", "start"),
    [
        ("2024-02-29", YEAR, "2023-03-01"),
        ("2024-03-31", Window(length=1, unit="months"), "2024-03-01"),
        ("2023-03-31", Window(length=1, unit="months"), "2023-03-01"),
        ("2024-02-29", Window(length=4, unit="years"), "2020-03-01"),
        ("2024-03-01", Window(length=1, unit="days"), "2024-03-01"),
        ("0001-02-01", Window(length=12, unit="months"), "0001-01-01"),
        ("0001-01-01", Window(length=1, unit="days"), "0001-01-01"),
    ],
)
def test_the_end_of_a_month_is_clamped(day: str, window: Window, start: str) -> None:
    own = date.fromisoformat(day)
    assert span_of_window(own, window, "before") == (date.fromisoformat(start), own)


@pytest.mark.parametrize(
    ("day", "window", "end"),
    [
        ("2023-02-28", YEAR, "2024-02-27"),
        ("2023-03-01", YEAR, "2024-02-29"),
        ("2024-02-29", YEAR, "2025-02-28"),
        ("2023-01-31", Window(length=1, unit="months"), "2023-02-28"),
        ("2023-01-30", Window(length=1, unit="months"), "2023-02-28"),
        ("2023-01-28", Window(length=1, unit="months"), "2023-02-27"),
        ("2024-02-29", Window(length=1, unit="days"), "2024-02-29"),
        ("9999-06-01", YEAR, "9999-12-31"),
    ],
)
def test_a_window_to_both_sides_ends_where_the_windows_back_of_later_cases_begin(
    day: str, window: Window, end: str
) -> None:
    assert span_of_window(date.fromisoformat(day), window, "both")[1] == date.fromisoformat(end)


def test_two_cases_count_for_each_other_whichever_came_first() -> None:
    history = {"first": at("2022-01-01"), "second": at("2022-09-01"), "a year on": at("2023-01-01")}
    before = count(history["first"], history, within=YEAR)
    both = count(history["first"], history, within=YEAR, side="both")
    assert (before.counted, before.later) == (("first", "me"), ())
    assert (both.counted, both.later) == (("first", "me", "second"), ("second",))
    back = count(history["second"], history, within=YEAR, side="both")
    assert (back.counted, back.later) == (("a year on", "first", "me", "second"), ("a year on",))


def test_an_own_unknown_key_leaves_the_signal_unknown_and_is_named() -> None:
    assert count({"decided_on": date(2022, 6, 1)}, {}, same=("region",)) == Count(None, missing=("region",))
    assert count({"region": "north"}, {}, within=YEAR).missing == ("decided_on", "filed_on")


def test_others_with_something_unknown_are_left_out_and_named_unless_they_fail_anyway() -> None:
    history = {
        "no region": {"decided_on": date(2022, 5, 1)},
        "no date": {"region": "north"},
        "no date, elsewhere": {"region": "south"},
        "good": at("2022-05-01"),
    }
    found = count(at("2022-06-01"), history, same=("region",), within=YEAR)
    assert (found.value, found.counted, found.left_out) == (2, ("good", "me"), ("no date", "no region"))


def test_sharing_asks_for_a_common_tag() -> None:
    me = at("2022-06-01", causes=frozenset({"a.1", "b.1"}))
    history = {
        "shares": at("2022-05-01", causes=frozenset({"b.1"})),
        "shares none": at("2022-05-01", causes=frozenset({"a.2"})),
        "no cause": at("2022-05-01", causes=frozenset()),
        "unknown": at("2022-05-01"),
    }
    found = count(me, history, sharing="causes")
    assert (found.counted, found.left_out) == (("me", "shares"), ("unknown",))
    assert count(at("2022-06-01", causes=frozenset()), history, sharing="causes").value == 0


def test_where_limits_the_case_itself_too() -> None:
    where = Test(fact="level", one_of=("high",))
    history = {"high": at("2022-05-01", level="high"), "unknown": at("2022-05-01")}
    assert count(at("2022-06-01", level="low"), history, where=where) == Count(1, ("high",), ("unknown",))
    unknown = count(at("2022-06-01"), history, where=where)
    assert (unknown.value, unknown.counted, unknown.left_out) == (1, ("high",), ("me", "unknown"))
    assert (unknown.possible, unknown.missing) == ((1, 2), ("level",))


def test_where_that_every_value_meets_does_not_wait_for_the_value() -> None:
    where = Test(fact="level", one_of=("high", "low"))
    assert count(at("2022-06-01"), {}, where=where) == Count(1, ("me",))


def test_distinct_counts_the_values_of_a_tags_fact() -> None:
    me = at("2022-06-01", points=frozenset("a"))
    history = {"x": at("2022-05-01", points=frozenset("ab")), "y": at("2022-05-01")}
    assert count(me, history, distinct="points") == Count(2, ("me", "x"), ("y",))


def test_share_is_the_whole_per_cent_floored() -> None:
    share = Test(fact="level", one_of=("high",))
    history = {"x": at("2022-05-01", level="high"), "y": at("2022-05-01", level="high"), "z": at("2022-05-01")}
    found = count(at("2022-06-01", level="low"), history, share=share)
    assert (found.value, found.left_out) == (66, ("z",))
    assert count(at("2022-06-01"), {}, share=share).value is None  # nothing can be judged
