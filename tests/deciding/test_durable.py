"""Deciding on durable-rules: what it cannot do by itself is held off, hazard by hazard (docs/adr)."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.deciding import durable
from reformkit.model.condition import AllOf, Condition, Test
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable, Hit, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Field, Item, Vocabulary
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS, items

pytest.importorskip("durable", reason="durable-rules is for Python up to 3.12")

TAGS = [f"t{i}" for i in range(40)]
WIDE = {
    **FIELDS,
    "many": Field(
        name="many", type="tags", label=Text.same("many"), values={t: Item(id=t, label=Text.same(t)) for t in TAGS}
    ),
}


def book(rules: list[Condition], hit: Hit = "first", thens: str = "KLM") -> Book:
    table = DecisionTable(
        id="d",
        title=Text.same("d"),
        hit=hit,
        outcomes=items("KLM"),
        rules=tuple(Rule(id=f"R{i}", when=when, then=thens[i % len(thens)]) for i, when in enumerate(rules)),
        otherwise=None if hit == "collect" else Otherwise(then="M"),
    )
    vocabulary = Vocabulary(fields=WIDE)
    return Book(Rulebook(name="t", title=Text.same("t"), vocabulary=vocabulary, decisions={"d": table}))


def both(of: Book, facts: dict[str, Any]) -> Decision:
    """What durable-rules says, held to the compiled table in all of the result."""
    found = of.decide("d", facts, by="durable")
    assert found == of.decide("d", facts, by="compiled")
    return found


def is_(fact: str, *values: Any) -> Test:
    return Test(fact=fact, one_of=values)


def count_is(number: int, **also: Any) -> Condition:
    return AllOf(items=(is_("open_count", number), *(is_(name, value) for name, value in also.items())))


def raw(rules: dict[str, Any]) -> Any:
    """A ruleset as durable-rules has it, without its host and that one's threads."""
    return durable.engine().Ruleset("raw", None, rules)


def test_more_cases_than_the_engine_has_states() -> None:
    plain = raw({"r": {"all": [{"m": {"a": 1}}], "run": lambda c: None}})
    with pytest.raises(MemoryError):
        for i in range(1100):
            plain.assert_fact({"sid": str(i), "id": "1", "a": 1})
    of = book([count_is(i) for i in range(20)])
    for number in range(2500):
        assert both(of, {"open_count": number}).outcome == ("KLM"[number % 3] if number < 20 else "M")


def test_more_rules_than_a_ruleset_takes() -> None:
    of = book([count_is(i, flag=bool(i % 2)) for i in range(700)])
    for number in (0, 59, 60, 255, 256, 511, 512, 513, 699, 700):
        found = both(of, {"open_count": number, "flag": bool(number % 2)})
        assert found.rule == (f"R{number}" if number < 700 else None)
        assert both(of, {"open_count": number, "flag": not number % 2}).rule is None
    assert both(of, {"open_count": 513}).possible == ("K", "M")


@pytest.mark.parametrize("hit", ["first", "unique", "any", "collect"])
def test_more_hits_than_the_engine_has_room_for(hit: Hit) -> None:
    plain = raw({f"r{i}": {"all": [{"m": {f"c{i}": 1}}], "run": lambda c: None} for i in range(100)})
    with pytest.raises(Exception, match="303"):
        plain.assert_fact({"sid": "1", "id": "1", **{f"c{i}": 1 for i in range(100)}})
    of = book([Test(fact="open_count", at_least=i) for i in range(150)], hit, "K")
    found = both(of, {"open_count": 100})
    assert len(found.rules) == (1 if hit == "first" else 101)
    both(of, {})


def test_more_conditions_than_a_rule_takes() -> None:
    of = book([Test(fact="many", includes_all=tuple(TAGS)), Test(fact="many", includes_all=tuple(TAGS[:20]))])
    assert both(of, {"many": frozenset(TAGS)}).rule == "R0"
    for missing in (0, 15, 16, 17, 39):
        found = both(of, {"many": frozenset(TAGS) - {TAGS[missing]}})
        assert found.rule == ("R1" if missing > 19 else None)
    assert both(of, {}).possible == ("K", "L", "M")


def test_more_facts_than_a_message_has_properties() -> None:
    one_each = [Test(fact="many", includes_all=(tag,), known=True) for tag in TAGS]
    pairs = [Test(fact="many", includes_all=(a, b)) for a in TAGS[:20] for b in TAGS[20:]]
    of = book([*pairs, *one_each], "collect")
    for tags in (TAGS, TAGS[:20], TAGS[5:25], []):
        both(of, {"many": frozenset(tags)})
    both(of, {})


def fnv1(text: str) -> int:
    """The hash by which the engine tells ids, sids and properties apart."""
    found = 2166136261
    for byte in text.encode():
        found = (found * 16777619 ^ byte) % 2**32
    return found


def test_ids_that_are_one_to_the_engine_are_two_cases_here() -> None:
    ids = ("creamwove", "quists")
    assert fnv1(ids[0]) == fnv1(ids[1])
    of = book([is_("choice", "a"), is_("choice", "b")])
    session = of.session("durable")
    session.tell(ids[0], choice="a")
    session.tell(ids[1], choice="b")
    assert [session[i].decisions["d"].outcome for i in ids] == ["K", "L"]


def test_no_two_names_that_are_used_are_one_to_the_engine() -> None:
    names = ["sid", "id", "$s", "a", *(f"c{i}" for i in range(durable.MOST_NAMES + durable.MOST_CONDITIONS))]
    assert len({fnv1(name) for name in names}) == len(names)


def test_a_text_is_not_a_number_and_a_flag_is_neither() -> None:
    plain = raw({"r": {"all": [{"m": {"v": 1}}], "run": lambda c: None}})
    for value in ("1", True):
        plain.assert_fact({"sid": "1", "id": str(value), "v": value})  # it would raise if no rule matched
    of = book([is_("words", "1"), is_("open_count", 1), is_("flag", True)], "collect")
    assert both(of, {"words": "1", "open_count": 2, "flag": False}).outcomes == ("K",)
    assert both(of, {"words": "2", "open_count": 1, "flag": False}).outcomes == ("L",)
    assert both(of, {"words": "true", "open_count": 0, "flag": True}).outcomes == ("M",)


@pytest.mark.parametrize("edge", [2**31, 2**32, 2**53, 2**63, 2**64, 10**30])
def test_whole_numbers_of_any_size_are_exact(edge: int) -> None:
    of = book([is_("open_count", edge), Test(fact="open_count", more_than=edge)])
    assert [both(of, {"open_count": edge + d}).outcome for d in (-1, 0, 1)] == ["M", "K", "L"]


def test_a_rule_that_fails_is_said_and_the_session_stays_as_it_was() -> None:
    swallowed = raw({"r": {"all": [{"m": {"a": 1}}], "run": lambda c: 1 / 0}})
    swallowed.do_actions(swallowed.assert_fact({"sid": "1", "id": "1", "a": 1}), lambda error, state: None)
    assert "exception" in swallowed.get_state("1")  # nothing was raised
    of = book([is_("choice", "a"), is_("choice", "b")])
    session = of.session("durable")
    session.tell("X", choice="a")
    (ruleset,) = of.chain.way("d", None, "durable")._rulesets  # type: ignore[attr-defined]
    handle, ruleset._handle = ruleset._handle, 100_000
    with pytest.raises(durable.EngineError, match="durable-rules"):
        session.tell("X", choice="b")
    assert session["X"].decisions["d"].outcome == "K"
    ruleset._handle = handle
    session.tell("X", choice="b")
    assert session["X"].decisions["d"].outcome == "L"


def test_a_case_told_a_thousand_facts() -> None:
    of = book([count_is(i) for i in range(20)])
    session = of.session("durable")
    for number in range(1000):
        session.tell("X", open_count=number % 25, words=f"w{number}")
        assert session["X"].decisions["d"] == of.decide("d", {"open_count": number % 25})


def test_the_engine_starts_no_thread_and_frees_its_rulesets() -> None:
    code = (
        "import gc, resource, threading\n"
        "from tests.deciding.test_durable import book, count_is\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "def go():\n"
        "    of = book([count_is(i, flag=True) for i in range(120)])\n"
        "    of.decide('d', {'open_count': 1}, by='durable'); del of; gc.collect()\n"
        "for _ in range(5): go()\n"
        "early = peak()\n"
        "for _ in range(12): go()\n"
        "print(threading.active_count(), peak() - early)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    threads, grown = map(int, done.stdout.split())
    assert threads == 1
    assert grown < 2_000  # KiB


@pytest.mark.parametrize("missing", ["durable", "durable_rules_engine"])
def test_without_durable_rules_an_error_says_so_and_the_compiled_session_works(missing: str) -> None:
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "import reformkit as rk\n"
        "book = rk.load()\n"
        "for ask in (lambda: book.session(), lambda: book.decide('startup', {}, by='durable')):\n"
        "    try: ask()\n"
        "    except ImportError as error: print(error)\n"
        "print(book.session(by='compiled').tell('X', origin='filed_case', authority_level='city', form='fourth')[-1].case)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second, case = done.stdout.splitlines()
    assert first == second and 'by="compiled" gives the same answers' in first and "结论相同" in first
    assert case == "X"


def test_the_bundled_rulebook_says_the_same_of_a_year_of_cases() -> None:
    of = rk.load()
    for case in of.read_cases("examples/year/cases.csv")[::3]:
        assert of.chain.stand(case.facts, None, "durable").decisions == of.chain.decide_all(case.facts)
        for name in of.rulebook.decisions:
            assert of.decide(name, case, by="durable").needs == of.decide(name, case).needs
