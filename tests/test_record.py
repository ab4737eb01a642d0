"""Records: made of parts that many cases share, each the caller's to change, and the same as data and as JSON."""

from __future__ import annotations

import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reformkit as rk
from reformkit.assessing.receipts import receipt_tree
from reformkit.assessing.records import MOST_REMEMBERED, record_tree
from reformkit.model.holes import HOLE, OwnWords, Wording
from reformkit.model.mould import OFTEN, Mould, json_text, plain_data
from reformkit.model.receipt import Receipt
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[1]

words = st.text(max_size=4)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=4,
)


@st.composite
def casts(draw: st.DrawFn) -> tuple[Any, Any]:
    """A tree with moulds and casts in it, and the plain data that it stands for, made without them."""
    data: dict[str, Any] = draw(st.dictionaries(words, plain, min_size=1, max_size=4))
    holes = {key: draw(plain) for key in data if draw(st.booleans())}
    mould = Mould({key: HOLE if key in holes else value for key, value in data.items()})
    cast = mould.cast(*_copied(list(holes.values()))) if holes else mould
    around = draw(plain)
    return {"cast": cast, "around": _copied(around), "again": [mould.cast(*holes.values())] if holes else [mould]}, {
        "cast": {**data, **holes},
        "around": around,
        "again": [{**data, **holes}],
    }


def _copied(data: Any) -> Any:
    return json.loads(json.dumps(data))


@settings(max_examples=40)
@given(casts())
def test_a_cast_is_its_mould_with_the_holes_filled_as_data_and_as_json(made: tuple[Any, Any]) -> None:
    tree, expected = made
    assert json_text(tree) == json.dumps(expected, ensure_ascii=False)
    assert plain_data(tree) == expected
    assert json.dumps(plain_data(tree)) == json.dumps(expected)  # the order of the keys too


@pytest.mark.parametrize("times", [1, OFTEN, OFTEN + 1])
def test_templates_in_a_mould_are_filled_with_a_records_words(times: int) -> None:
    said = 'A "quoted" 100 % \\ word\n'
    mould = Mould(
        {"text": Wording("针对%(unit)s，100 %%：%(unit)s"), "rate": "5 %", "%": [HOLE, {"a": Wording("%(unit)s")}]}
    )
    expected = {"text": f"针对{said}，100 %：{said}", "rate": "5 %", "%": [["x"], {"a": said}]}
    for _ in range(times):
        words = OwnWords({"unit": said}.__getitem__)
        made = plain_data(mould.cast(["x"], words=words))
        assert made == expected
        assert json_text(mould.cast(["x"], words=words)) == json.dumps(expected, ensure_ascii=False)
        made["%"].append("changed")


@pytest.mark.parametrize("value", [float("inf"), 1.5, "'\\\"\n{}%s", "__import__('os')", True, None])
def test_nothing_of_a_mould_is_run(value: object) -> None:
    mould = Mould({"'a": [value], "b\\": value})
    for _ in range(OFTEN + 1):
        assert plain_data(mould) == {"'a": [value], "b\\": value}


@pytest.fixture(scope="module")
def book() -> rk.Book:
    return bundled_book()


@pytest.fixture(scope="module")
def assessed(book: rk.Book) -> list[rk.Assessment]:
    """Examples with causes found, cases with a history, some that leave much open, one on another day."""
    year = book.read_cases(ROOT / "examples" / "year" / "cases.csv")
    examples = [case for file in sorted((ROOT / "examples" / "cases").iterdir()) for case in book.read_cases(file)]
    found = [*book.assess_many(examples, history=year), *islice(book.assess_many(year, history=year), 40)]
    bare = {"id": "X-1", "stage": "under_investigation", "behaviours": ["false_claims"]}
    return [*found, book.assess({"id": "X-0"}), book.assess(bare), book.assess(examples[0], as_of=date(2022, 5, 1))]


def test_a_record_is_the_same_as_data_and_as_a_line_of_json(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        for lang in (None, "zh", "en"):
            assert a.to_json(lang) == json.dumps(a.to_dict(lang), ensure_ascii=False)


def test_changing_a_record_never_changes_the_next(assessed: list[rk.Assessment]) -> None:
    before = [json.dumps(a.to_dict()) for a in assessed]
    for a in assessed:
        for data in (a.to_dict(), a.to_dict("zh"), a.receipt(), *[r.to_dict() for r in (*a.recommendations, *a.also)]):
            spoil(data)
        for decision in a.decisions.values():
            spoil(decision.to_dict())
    assert [json.dumps(a.to_dict()) for a in assessed] == before


def spoil(data: Any) -> None:
    """Change everything that can be changed."""
    for value in list(data.values() if isinstance(data, dict) else data):
        if isinstance(value, dict | list):
            spoil(value)
    if isinstance(data, dict):
        data |= dict.fromkeys(data, "?")
        data["spoilt"] = True
    else:
        data.append("spoilt")


def test_a_record_in_one_language_is_the_whole_one_without_the_other(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        whole = a.to_dict()
        assert a.to_dict("zh") == without(whole, "en")
        assert a.to_dict("en") == without(whole, "zh")


def without(data: Any, lang: str) -> Any:
    """Plain data whose texts lack a language; the blanks of a problem's message keep both."""
    if isinstance(data, list):
        return [without(value, lang) for value in data]
    if not isinstance(data, dict):
        return data
    is_text = {"zh", "en"} <= data.keys()
    kept = {key: value for key, value in data.items() if not (is_text and key == lang)}
    return {key: value if key == "values" else without(value, lang) for key, value in kept.items()}


def test_another_language_is_refused(book: rk.Book) -> None:
    with pytest.raises(ValueError, match="must be one of zh, en, or None"):
        book.assess({"id": "X-1"}).to_dict("fr")  # type: ignore[arg-type]


def test_a_receipt_is_what_its_model_writes(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        written = Receipt.model_validate(a.receipt()).model_dump(mode="json")
        for came in written["outcomes"].values():
            assert came.pop("gives") is None  # no outcome of the bundled rulebook has any, and then nothing is said
        assert written == a.receipt()


def test_what_is_asked_afterwards_is_what_the_chain_works_out_anew(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        for name, decision in a.decisions.items():
            anew = a.book.chain.decide(name, a.facts, a.as_of)
            assert decision == anew
            assert decision.needs == anew.needs, (a.case.id, name)
            assert decision.hanging == anew.hanging, (a.case.id, name)
            assert decision.holding == anew.holding, (a.case.id, name)
            assert list(decision.trace) == list(anew.trace), (a.case.id, name)


KEPT = 3
"""From the second record on its parts are kept; the third is made of them."""

blanked = st.sampled_from(["某镇。", "Unit %s (x)", '甲"乙\\丙', "某局", "某旗某局"])


@st.composite
def cases_alike(draw: st.DrawFn, book: rk.Book) -> list[dict[str, Any]]:
    """Cases that differ in what stands in holes, and often in more: days, names, evidence, one fact of another case."""
    examples = [
        case.to_dict() for file in sorted((ROOT / "examples" / "cases").iterdir()) for case in book.read_cases(file)
    ]
    base, other = draw(st.sampled_from(examples)), draw(st.sampled_from(examples))
    made = []
    for number in range(KEPT + 2):
        case = _copied(base) | {"id": f"A-{number}"}
        if draw(st.booleans()):
            case["unit"] = draw(blanked)
        if draw(st.booleans()):
            case["decided_on"] = draw(st.dates(date(2021, 6, 1), date(2026, 6, 1))).isoformat()
        if draw(st.integers(0, 3)) == 0 and (name := draw(st.sampled_from(sorted(other)))) not in ("id", "findings"):
            case[name] = other[name]
        for finding in case.get("findings", ()):
            match draw(st.integers(0, 6)):
                case 0:
                    finding.pop("evidence", None)
                case 1:
                    finding["evidence"] = draw(st.sampled_from(["证据“一”。", '100% 的"票"', "e\nv", "账册、合同"]))
                case 2:
                    finding.pop("matter", None)
                case 3 if number % 3 == 0:
                    finding["unit"] = "上级某局"
        made.append(case)
    return made


@settings(max_examples=max(5, settings().max_examples // 6), deadline=None)
@given(st.data())
def test_a_record_of_kept_parts_is_that_of_a_book_that_keeps_nothing(data: st.DataObject) -> None:
    book = bundled_book()
    for case in data.draw(cases_alike(book)):
        try:
            a = book.assess(case)
        except rk.CaseError:
            continue
        plain = record_tree(a, a._asked, receipt_tree(a))
        expected = json.dumps(plain_data(plain), ensure_ascii=False)
        for _ in range(KEPT):
            assert json.dumps(a.to_dict(), ensure_ascii=False) == expected
            assert a.to_json() == expected
            assert a.to_json_bytes() == expected.encode()
            spoil(a.to_dict())


def test_cases_asked_alike_are_made_of_kept_parts(book: rk.Book) -> None:
    examples = [case for file in sorted((ROOT / "examples" / "cases").iterdir()) for case in book.read_cases(file)]
    book.shared.records.clear()
    for number in range(2):
        for case in examples:
            book.assess(case.to_dict() | {"id": f"K-{number}", "unit": f"某单位{number}"}).to_dict()
    kept = [alike for alike in book.shared.records.values() if alike is not None]
    assert len(kept) >= len(examples) - 1  # one has a finding about another unit, and is made anew


def test_the_memory_of_records_is_bounded(book: rk.Book) -> None:
    kept = book.shared.records
    kept.clear()
    kept.update(dict.fromkeys(range(MOST_REMEMBERED)))
    a = book.assess({"id": "X-1", "form": "fourth"})
    assert a.to_json() == json.dumps(a.to_dict(), ensure_ascii=False)
    assert len(kept) < 10


def test_a_line_in_utf_8_is_the_line_encoded(assessed: list[rk.Assessment]) -> None:
    for a in assessed:
        for lang in (None, "zh"):
            assert a.to_json_bytes(lang) == a.to_json(lang).encode()
        assert a.to_json_bytes(labels="en") == a.to_json(labels="en").encode()


VARIED: list[dict[str, Any]] = [
    {},
    {"causes": ["institution.vague"]},
    {"causes": ["institution.absent"]},
    {"startup": "start"},
    {"startup": "no"},
    {"layer": "line"},
    {"layer": "area"},
    {"industry": "grain"},
    {"unit_kind": "department"},
]


def test_what_is_stated_and_the_day_of_the_letter_tell_records_apart(book: rk.Book) -> None:
    days = [None, date(2017, 1, 1), date(2021, 1, 1), date(2024, 1, 1), date(2024, 8, 1), date(2026, 2, 1)]
    case = {"id": "V-1", "form": "second", "causes": ["supervision.finance_lax"]}
    book.shared.records.clear()
    for _ in range(KEPT):
        for varied in VARIED:
            for letter_on in days:
                a = book.assess(case | varied, letter_on=letter_on)
                expected = json_text(record_tree(a, a._asked, receipt_tree(a)))
                assert a.to_json() == expected, (varied, letter_on)
