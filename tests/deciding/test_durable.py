"""Deciding on durable-rules: what it cannot do by itself is held off, hazard by hazard (docs/adr)."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import nullcontext
from itertools import product
from typing import Any

import pytest

import reformkit as rk
from reformkit.book import Book
from reformkit.durable import engine as durable
from reformkit.model.condition import AllOf, Condition, Negation, Test
from reformkit.model.decision import Decision
from reformkit.model.rulebook import DecisionTable, Hit, Otherwise, Rule, Rulebook
from reformkit.model.vocabulary import Choice, Field, Vocabulary
from reformkit.text import Text
from tests.agreement.rulebooks import FIELDS, items

pytest.importorskip("durable", reason="durable-rules is for Python up to 3.12")


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message goes to the engine, so that each hazard is met."""
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 0)


TAGS = [f"t{i}" for i in range(40)]
WIDE = {
    **FIELDS,
    "many": Field(
        name="many", type="tags", label=Text.same("many"), values={t: Choice(id=t, label=Text.same(t)) for t in TAGS}
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


def each(number: int, **also: int) -> dict[str, Any]:
    """Rules of plain durable-rules, each of a property of its own."""
    return {f"r{i}": {"all": [{"m": {f"c{i}": 1, **also}}], "run": lambda c: None} for i in range(number)}


def fact(id: str = "1", sid: str = "1", **said: Any) -> dict[str, Any]:
    return {"sid": sid, "id": id, **said}


def test_more_cases_than_the_engine_has_states() -> None:
    plain = raw(each(1))
    for number in range(1024):
        plain.assert_fact(fact(sid=str(number), c0=1))
    with pytest.raises(MemoryError):
        plain.assert_fact(fact(sid="1024", c0=1))
    of = book([count_is(i) for i in range(20)])
    for number in range(2500):
        assert both(of, {"open_count": number}).outcome == ("KLM"[number % 3] if number < 20 else "M")


PLAIN = """
import signal, sys
from tests.deciding.test_durable import each, fact, raw
number = int(sys.argv[1])
plain = raw(each(number))
print("made", flush=True)
signal.setitimer(signal.ITIMER_VIRTUAL, 1)  # seconds of processor time; then the process is ended
plain.assert_fact(fact(**{f"c{number - 1}": 1}))
print("matched")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="needs a timer of processor time")
def test_more_rules_than_a_ruleset_takes() -> None:
    for number, said, ends in ((511, ["made", "matched"], 0), (512, ["made"], -signal.SIGVTALRM)):
        done = subprocess.run([sys.executable, "-c", PLAIN, str(number)], capture_output=True, text=True, check=False)
        assert (done.stdout.split(), done.returncode) == (said, ends), done.stderr
    of = book([count_is(i, flag=bool(i % 2)) for i in range(700)])
    for number in (0, 59, 60, 255, 256, 511, 512, 513, 699, 700):
        found = both(of, {"open_count": number, "flag": bool(number % 2)})
        assert found.rule == (f"R{number}" if number < 700 else None)
        assert both(of, {"open_count": number, "flag": not number % 2}).rule is None
    assert both(of, {"open_count": 513}).possible == ("K", "M")


@pytest.mark.parametrize("hit", ["first", "unique", "any", "collect"])
def test_more_hits_than_the_engine_has_room_for(hit: Hit) -> None:
    plain = raw(each(65))
    plain.assert_fact(fact(**{f"c{i}": 1 for i in range(64)}))
    with pytest.raises(Exception, match="303"):
        plain.assert_fact(fact("2", **{f"c{i}": 1 for i in range(65)}))
    of = book([Test(fact="open_count", at_least=i) for i in range(150)], hit, "K")
    found = both(of, {"open_count": 100})
    assert len(found.rules) == (1 if hit == "first" else 101)
    both(of, {})


def test_more_conditions_than_a_rule_takes() -> None:
    for number, ends in ((16, nullcontext()), (17, pytest.raises(Exception, match="304"))):
        plain = raw({"r": {"all": [{f"m{i}": {f"c{i}": 1}} for i in range(number)], "run": lambda c: None}})
        with ends:
            for i in range(number):
                plain.assert_fact(fact(str(i), **{f"c{i}": 1}))
    of = book([Test(fact="many", includes_all=tuple(TAGS)), Test(fact="many", includes_all=tuple(TAGS[:20]))])
    assert both(of, {"many": frozenset(TAGS)}).rule == "R0"
    for missing in (0, 15, 16, 17, 39):
        found = both(of, {"many": frozenset(TAGS) - {TAGS[missing]}})
        assert found.rule == ("R1" if missing > 19 else None)
    assert both(of, {}).possible == ("K", "L", "M")


def test_more_facts_than_a_message_has_properties() -> None:
    plain = raw(each(1))
    plain.assert_fact(fact(**{f"c{i}": 1 for i in range(252)}))
    with pytest.raises(Exception, match="302"):
        plain.assert_fact(fact("2", **{f"c{i}": 1 for i in range(253)}))
    one_each = [Test(fact="many", includes_all=(tag,), known=True) for tag in TAGS]
    pairs = [Test(fact="many", includes_all=(a, b)) for a in TAGS[:20] for b in TAGS[20:]]
    of = book([*pairs, *one_each], "collect")
    for tags in (TAGS, TAGS[:20], TAGS[5:25], []):
        both(of, {"many": frozenset(tags)})
    both(of, {})


def test_unknown_facts_leave_open_what_the_meaning_leaves_open() -> None:
    of = book(
        [
            AllOf(items=(is_("choice", "a"), is_("flag", True))),
            AllOf(items=(Test(fact="choice", known=False), is_("other", "x"))),
            AllOf(items=(is_("other", "y"), Negation(item=is_("flag", True)))),
        ]
    )
    values: dict[str, list[Any]] = {"choice": [None, *"abc"], "flag": [None, True, False], "other": [None, *"xy"]}
    for told in product(*values.values()):
        facts = {name: value for name, value in zip(values, told, strict=True) if value is not None}
        assert both(of, facts) == of.decide("d", facts, by="meaning"), facts


ALIKE = ("costarring", "liquid")


def fnv1a(text: str) -> int:
    """The hash of 32 bits by which the engine tells ids, sids and the names of properties apart."""
    found = 2166136261
    for byte in text.encode():
        found = (found ^ byte) * 16777619 % 2**32
    return found


def test_ids_that_are_one_to_the_engine_are_two_cases_here() -> None:
    observed = durable.engine().MessageObservedException
    assert fnv1a(ALIKE[0]) == fnv1a(ALIKE[1])
    for way in ("id", "sid"):
        plain = raw(each(1))
        plain.assert_fact(fact(**{way: ALIKE[0]}, c0=1))
        with pytest.raises(observed):
            plain.assert_fact(fact(**{way: ALIKE[1]}, c0=1))
        plain.assert_fact(fact(**{way: "another"}, c0=1))
    of = book([is_("choice", "a"), is_("choice", "b")])
    session = of.session("durable")
    session.tell(ALIKE[0], choice="a")
    session.tell(ALIKE[1], choice="b")
    assert [session[i].decisions["d"].outcome for i in ALIKE] == ["K", "L"]


def test_two_cases_of_the_same_facts_are_two() -> None:
    plain = raw(each(1))
    plain.assert_fact({"sid": "1", "c0": 1})  # without an id its content is what it is known by
    with pytest.raises(durable.engine().MessageObservedException):
        plain.assert_fact({"sid": "1", "c0": 1})
    session = book([is_("choice", "a")]).session("durable")
    session.tell("X", choice="a")
    session.tell("Y", choice="a")
    assert [session[i].decisions["d"].outcome for i in "XY"] == ["K", "K"]


def test_no_two_names_that_are_used_are_one_to_the_engine() -> None:
    raw({"r": {"all": [{"m": {ALIKE[0]: 1}}], "run": lambda c: None}}).assert_fact(fact(**{ALIKE[1]: 1}))  # it matched
    names = ["sid", "id", "$s", "a", *(f"c{i}" for i in range(durable.MOST_NAMES + durable.MOST_CONDITIONS))]
    assert len({fnv1a(name) for name in names}) == len(names)


def test_a_text_is_not_a_number_and_a_flag_is_neither() -> None:
    plain = raw(each(1))
    for value in ("1", True):
        plain.assert_fact(fact(str(value), c0=value))  # it would raise if no rule matched
    with pytest.raises(durable.engine().MessageNotHandledException):
        plain.assert_fact(fact("2", c0="2"))
    of = book([is_("words", "1"), is_("open_count", 1), is_("flag", True)], "collect")
    assert both(of, {"words": "1", "open_count": 2, "flag": False}).outcomes == ("K",)
    assert both(of, {"words": "2", "open_count": 1, "flag": False}).outcomes == ("L",)
    assert both(of, {"words": "true", "open_count": 0, "flag": True}).outcomes == ("M",)


def test_whole_numbers_that_are_one_to_the_engine() -> None:
    raw({"r": {"all": [{"m": {"v": 2**63}}], "run": lambda c: None}}).assert_fact(fact(v=2**63 + 1))  # it matched


@pytest.mark.parametrize("edge", [2**31, 2**32, 2**53, 2**63 - 2])
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
    plain = raw(each(1))
    for number in range(1000):
        plain.assert_fact(fact(str(number), c0=1))
    assert len(plain.get_facts("1")) == 1000  # what was told before still holds
    of = book([count_is(i) for i in range(20)])
    session = of.session("durable")
    for number in range(1000):
        session.tell("X", open_count=number % 25, words=f"w{number}")
        assert session["X"].decisions["d"] == of.decide("d", {"open_count": number % 25})
    (ruleset,) = of.chain.way("d", None, "durable")._rulesets  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="309"):
        ruleset._core.get_state(ruleset._handle, "1")  # nothing is left of it in the engine


def test_what_a_ruleset_remembers_is_what_it_would_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "MOST_REMEMBERED", 3)
    of = book([count_is(i, flag=True) for i in range(70)])
    for number in (1, 2, 1, 69, 4, 5, 1, 2, 69, None, 1, None):
        facts = {} if number is None else {"open_count": number}
        for more in ({}, {"flag": True}, {"flag": False}):
            both(of, {**facts, **more})
            assert both(of, {**facts, **more}) == of.decide("d", {**facts, **more}, by="meaning")
    for ruleset in of.chain.way("d", None, "durable")._rulesets:  # type: ignore[attr-defined]
        assert 0 < len(ruleset._fired) <= 3


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
        "for ask in (lambda: book.session('durable'), lambda: book.decide('startup', {}, by='durable')):\n"
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
