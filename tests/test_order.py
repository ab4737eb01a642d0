"""An order of recommendations that a caller brings: it orders and does nothing else, and is the same by every way in."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reformkit as rk
from reformkit.reporting.replay import changes
from tests.books import bundled_book

BOOK = bundled_book()
FOLDER = Path(__file__).resolve().parents[1] / "examples"
CASES = [BOOK.read_cases(path)[0] for path in sorted((FOLDER / "cases").glob("*.yaml"))[:6]]
SUSPECTED = max((BOOK.assess(case).suspected for case in CASES), key=len)


def longest_text(r: rk.Recommendation) -> tuple[int, str]:
    """Hangs on what only this case says, and on the day of the letter."""
    return -len(r.say()) - len(r.basis), r.measure.id


ORDER = rk.RecommendationOrder("longest-text", longest_text)
ORDERED = BOOK.with_order(ORDER)


def ids(a: rk.Assessment) -> tuple[list[str], ...]:
    return tuple([r.measure.id for r in part] for part in (a.recommendations, a.also, a.suspected))


def test_it_orders_each_list_and_changes_nothing_else() -> None:
    moved = 0
    for case in CASES:
        plain, ordered = BOOK.assess(case, CASES), ORDERED.assess(case, CASES)
        for before, after in zip(ids(plain), ids(ordered), strict=True):
            assert sorted(before) == sorted(after)
            moved += before != after
        for part in (ordered.recommendations, ordered.also, ordered.suspected):
            assert list(part) == sorted(part, key=longest_text)
        was, now = plain.to_dict(), ordered.to_dict()
        for name in ("recommendations", "also", "suspected"):
            by_id = [sorted(data[name], key=lambda r: r["measure"]) for data in (was, now)]  # type: ignore[literal-required]
            assert by_id[0] == by_id[1]
            was[name] = now[name] = []  # type: ignore[literal-required]
        assert was["receipt"].pop("order") is None and now["receipt"].pop("order") == "longest-text"  # type: ignore[misc]
        assert sorted(now["receipt"].pop("measures")) == sorted(was["receipt"].pop("measures"))  # type: ignore[misc]
        assert was == now
    assert moved > 5


@given(st.lists(st.integers(0, 3), min_size=60, max_size=60))
def test_no_key_adds_or_drops_and_equals_stay_as_the_library_has_them(ranks: list[int]) -> None:
    rank = dict(zip(sorted(BOOK.library.measures), ranks, strict=False))  # type: ignore[union-attr]
    order = rk.RecommendationOrder("any", lambda r: rank[r.measure.id])
    given_ids = [r.measure.id for r in SUSPECTED]
    assert [r.measure.id for r in order.ordered(SUSPECTED)] == sorted(given_ids, key=lambda id: rank[id])


def test_it_is_the_same_by_every_way_in(tmp_path: Path) -> None:
    wanted = [ids(ORDERED.assess(case, CASES)) for case in CASES]
    assert wanted != [ids(BOOK.assess(case, CASES)) for case in CASES]
    assert [ids(a) for a in ORDERED.assess_many(CASES, CASES)] == wanted
    assert [ids(a) for a in ORDERED.assess_many(CASES, BOOK.counter(CASES))] == wanted
    with ORDERED.session(by="compiled") as session:
        for case in CASES:
            session.tell(case.id, **{k: v for k, v in case.to_dict().items() if k != "id"})
        assert [ids(session[case.id]) for case in CASES] == wanted
    for book in (pickle.loads(pickle.dumps(ORDERED)), ORDERED.reloaded()):
        assert [ids(a) for a in book.assess_many(CASES, CASES)] == wanted
    kept = pickle.loads(pickle.dumps(ORDERED.assess(CASES[0], CASES)))
    assert ids(kept) == wanted[0] == ids(kept.with_book(ORDERED))
    with pytest.raises(ValueError, match="the order of recommendations longest-text, not that of the library"):
        kept.with_book(BOOK)


def test_frames_give_it_too_row_by_row() -> None:
    stated = [{k: v for k, v in case.to_dict().items() if k != "id"} for case in CASES]
    frame = pl.DataFrame(
        {"id": [case.id for case in CASES]}
        | {name: [fact.get(name) for fact in stated] for name in dict.fromkeys(n for fact in stated for n in fact)},
        strict=False,
    )
    for day in (None, BOOK.assess(CASES[0]).day):
        rows = ORDERED.assess_frame(frame, "self", letter_on=day).to_dicts()
        for row, case in zip(rows, CASES, strict=True):
            found = (row["measures"], row["measures_also"], row["measures_suspected"])
            assert found == ids(ORDERED.assess(case, CASES, letter_on=day))


def test_a_receipt_says_the_order_and_another_order_is_no_change() -> None:
    case = next(case for case in CASES if ids(BOOK.assess(case))[0] != ids(ORDERED.assess(case))[0])
    a = ORDERED.assess(case)
    data = json.loads(a.to_json())
    jsonschema.validate(data, ORDERED.assessment_schema(), jsonschema.Draft202012Validator)
    assert data["receipt"]["order"] == "longest-text"
    assert BOOK.assess(case).receipt()["order"] is None
    again = ORDERED.replay(data["receipt"])
    assert (again, again.is_reordered) == ([], False)
    other = BOOK.replay(data["receipt"])
    assert (other, other.is_reordered) == ([], True)
    (line,) = changes(other, BOOK.rulebook)
    assert line.en == "order of the measures: was “longest-text”, now that of the library; this counts as no change"
    spoilt = {**data["receipt"], "measures": data["receipt"]["measures"][::-1]}
    assert ORDERED.replay(spoilt) == ["measures"]


def test_papers_follow_it() -> None:
    case = next(case for case in CASES if ids(BOOK.assess(case))[0] != ids(ORDERED.assess(case))[0])
    a = ORDERED.assess(case)
    for paper in (a.explain(), a.annex()):
        places = [paper.index(r.measure.title.zh) for r in a.recommendations]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda: rk.RecommendationOrder("", len), ValueError, "in one line"),
        (lambda: rk.RecommendationOrder("a\nb", len), ValueError, "in one line"),
        (lambda: rk.RecommendationOrder(3, len), TypeError, "has a name, a str, and a key"),
        (lambda: rk.RecommendationOrder("a", "due_days"), TypeError, "has a name, a str, and a key"),
        (
            lambda: BOOK.with_order(len),
            TypeError,
            "takes a RecommendationOrder or None, not builtin_function_or_method",
        ),
    ],
)
def test_what_is_no_order_is_said(make: Callable[[], Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        make()


def test_what_a_key_raises_comes_out_with_the_name_of_the_order() -> None:
    case = {"id": "X-1", "causes": ["institution.asset_rules", "power.collective_bypass"]}
    for key in (lambda r: r.measure.nothing, lambda r: object()):
        a = BOOK.with_order(rk.RecommendationOrder("bad", key)).assess(case)
        assert a.decisions
        with pytest.raises((AttributeError, TypeError)) as error:
            list(a.recommendations)
        assert error.value.__notes__ == ["raised by the key of the order of recommendations 'bad'"]
