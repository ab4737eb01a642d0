"""A line that is told is taken whole, or it is a problem: whatever keys it has, none is passed over."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from reformkit.intake.tellings import TellingReader
from tests.books import bundled_book

RULEBOOK = bundled_book().rulebook
WORDS = {
    "id": ("id", "编号"),
    "on": ("on", "得知日期"),
    "retract": ("retract", "撤回"),
    "forget": ("forget", "整案撤回"),
}
FACTS = {"form": ("form", "处置形态"), "unit": ("unit", "案发单位"), "findings": ("findings", "剖析发现")}
SAID: dict[str, list[Any]] = {
    "id": ["A"],
    "on": [None, "2022-03-01"],
    "retract": [None, [], ["form"], ["剖析发现", "unit"]],
    "forget": [None, True, False],
    "form": [None, "second", "第三种形态"],
    "unit": [None, "某局"],
    "findings": [None, [], [{"cause": "institution.asset_rules"}]],
    "as_of": [None, "2022-03-01"],
}
ASIDE = {"on", "retract", "forget", "id"}
Pairs = list[tuple[str, str, Any]]


@st.composite
def a_line(draw: st.DrawFn) -> Pairs:
    """Keys in any order, in either language, some of them twice: what each stands for, the word, the value."""
    names = draw(st.lists(st.sampled_from([*SAID][1:]), max_size=6))
    pairs = [("id", "编号", "A")]
    for name in names:
        word = draw(st.sampled_from({**WORDS, **FACTS}.get(name, (name,))))
        pairs.append((name, word, draw(st.sampled_from(SAID[name]))))
    return draw(st.permutations(pairs))


def written(pairs: Pairs) -> bytes:
    said = ", ".join(f"{json.dumps(word)}: {json.dumps(value)}" for _, word, value in pairs)
    return f"{{{said}}}".encode()


@given(a_line())
@example([("id", "id", "A"), ("forget", "forget", True), ("form", "form", "second")])
@example([("id", "id", "A"), ("retract", "retract", ["form"]), ("form", "处置形态", "second")])
@example([("id", "id", "A"), ("forget", "forget", True), ("form", "form", None), ("retract", "撤回", ["unit"])])
def test_a_line_is_taken_whole_or_not_at_all(pairs: Pairs) -> None:
    telling, problems = TellingReader("-", RULEBOOK).read(2, written(pairs))
    names = [name for name, _, _ in pairs if name != "as_of"]
    told = {name: value for name, _, value in pairs if name not in ASIDE and value is not None}
    back = {
        {"剖析发现": "findings"}.get(word, word)
        for name, _, value in pairs
        if name == "retract"
        for word in value or ()
    }
    back |= {name for name, _, value in pairs if name in FACTS and value is None}
    forgets = ("forget", True) in [(name, value) for name, _, value in pairs]
    codes = set()
    codes |= {"RK110"} if len(names) > len(set(names)) else set()
    codes |= {"RK120"} if len(names) < len(pairs) else set()
    if not codes:
        codes |= {"RK176"} if (told and forgets) or told.keys() & back else set()
        assert {problem.code for problem in problems} == codes
    assert codes <= {problem.code for problem in problems}
    assert (telling is None) == bool(codes)
    if telling is None:
        return
    assert telling.kind == ("forget" if forgets else "retract" if back and not told else "tell")
    assert {n for n, v in telling.facts.items() if v is not None} == told.keys()
    assert {n for n, v in telling.facts.items() if v is None} == (set() if forgets else back)
    assert (telling.on is not None) == (("on", "2022-03-01") in [(name, value) for name, _, value in pairs])
