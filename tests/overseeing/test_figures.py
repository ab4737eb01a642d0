"""Figures of a ledger: the report's own, and those of random ledgers against a count written apart."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reformkit as rk
from reformkit.book import Book
from reformkit.keeping.exchange import restore
from reformkit.keeping.rebuilding import PlainAct, lines_of, write_export
from reformkit.model.act import Act
from reformkit.overseeing.counting import counted, may_count
from reformkit.overseeing.figures import Figures, Share, members_of, period_of
from reformkit.reporting.year_table import PartOf
from tests.books import bundled_book

REPORT = Path(__file__).parents[2] / "examples" / "report" / "rebuild.py"


@cache
def book() -> Book:
    return bundled_book()


@cache
def report() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rebuild", REPORT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def rebuilt() -> tuple[PlainAct, ...]:
    return tuple(report().acts())


def layer_of(procedure: str) -> str | None:
    return {"point": "point", "line": "line", "area": "area"}.get(procedure)


def figures_of(acts: Sequence[PlainAct], period: str | None = None, as_of: date = date.max) -> Figures:
    rulebook = book().rulebook
    lines = list(lines_of(acts))
    everything = tuple(counted(lambda: [line for line in lines if may_count(line.text)], layer_of, as_of))
    assert everything == tuple(counted(lambda: lines, layer_of, as_of))  # what is passed over counts for nothing
    assert rulebook.figures is not None
    return Figures(rulebook.figures, members_of(rulebook.letters), everything, period_of(period))


# --- the report ------------------------------------------------------------------------------------------


def test_every_number_of_the_report_comes_out_of_the_rebuilt_ledger() -> None:
    figures = figures_of(rebuilt())
    assert sum(len(row.values) for row in figures.rules.published) == 37
    assert figures.check() == []
    assert figures.by(layer="point")["start_rate"].value == "72.6%"


def test_the_rebuilt_ledger_is_one_that_items_can_be_read_from(tmp_path: Path) -> None:
    """Every act is one of the closed kinds; what items have come to agrees with what was counted from the acts."""
    for line in lines_of(rebuilt()):
        Act.read({name: value for name, value in line.said.items() if name not in ("series", "number")})
    write_export(tmp_path / "a.jsonl", rebuilt())
    restore(tmp_path / "a.jsonl", tmp_path / "a.ledger")
    with rk.Ledger(tmp_path / "a.ledger", book(), rk.Office.example(), read_only=True) as ledger:
        figures = ledger.figures()
        assert figures.check() == []
        states = [item.standing for item in ledger.items()]
        letters = [letter for state in states for letter in state.letters if not letter.void]
        assert figures["suggestions"].value == sum(len(state.demands) for state in states)
        assert figures["reminder_letters"].value == sum(
            len(letter.issued.to) for letter in letters if letter.issued.letter == "reminder_letter"
        )
        assert figures["risk_points"].value == sum(
            result.count for state in states for result in state.results if result.what == "risk_point"
        )
        assert figures["started"].value == sum(state.opinions.get("coordinator_gate") == "passed" for state in states)
        assert figures["risk_points"].accepted == sum(
            result.count
            for state in states
            if "acceptance" in state.days
            for result in state.results
            if result.what == "risk_point"
        )
        year = ledger.year("2022")
        assert (year.of, year.title.zh) == ("ledger", "以案促改年度情况（2022年）")
        assert year.table("figures")["start_rate"][0] == PartOf(106, 146)
        assert year.table("figures")["risk_points"][:2] == (968, 510)
        assert year.table("items")["point"] == (0, 146, 60, 0, 40, 0, 0, 106)
        assert "第一关研判：本年研判146项，通过106/146（72.6%）。只作展示，不作目标，不排名。" in year.explain()
        assert ledger.anchor().partition(":")[2] in year.explain()
        assert ledger.figures("2022", at_seq=3000)["studied"].value == 90
        for period, seq in (("20", None), (None, 99_999), (None, -1)):
            with pytest.raises(ValueError):
                ledger.figures(period, at_seq=seq)


PLANTED = {
    "risk_points": ("result", {"what": "risk_point", "count": 5}, "point", "4747 号"),
    "three_docs": ("issued", {"letter": "reform_notice", "to": ["某单位"], "number": "x"}, "point", "4747 号"),
    "studied": ("opinion", {"step": "first_gate", "opinion": "rejected"}, "point", "4748 号"),
}


@pytest.mark.parametrize("id", PLANTED)
def test_an_act_planted_wrongly_is_named_with_the_figure_that_it_spoils(id: str) -> None:
    kind, data, layer, named = PLANTED[id]
    last, paper = rebuilt()[-1].written, {"sha256": "f" * 64, "name": "x", "bytes": 1}
    acts = [*rebuilt()]
    item = rebuilt()[0].item
    if kind == "opinion":
        item = "2022-点-999"
        acts.append(PlainAct(item, last, {**acts[0].act, "on": last.isoformat()}))
    acts.append(PlainAct(item, last, {"kind": kind, "on": last.isoformat(), "data": data, "evidence": [paper]}))
    problems = figures_of(acts).check()
    of = [p for p in problems if p.values["title"] == book().rulebook.figures.figures[id].title]  # type: ignore[union-attr]
    assert [problem.code for problem in of] == ["RK550"]
    assert of[0].message("zh").startswith(of[0].values["title"].zh + f"（{layer}）公布为")
    assert named in of[0].message("zh")
    assert of[0].path.endswith("figures.yaml")


def test_a_published_number_that_is_not_reached_names_what_was_counted() -> None:
    rows = book().rulebook.figures.published  # type: ignore[union-attr]
    wrong = replace_values(rows[0], risk_points="900", start_rate="80%")
    problems = figures_of(rebuilt()).check([wrong])
    assert sorted(problem.message("en").split(";")[0].split(", from")[0] for problem in problems) == [
        "Risk points found (point) was published as 900, and the ledger gives 892",
        "Start rate (point) was published as 80%, and the ledger gives 72.6%",
    ]


def replace_values(row: Any, **values: str) -> Any:
    return row.model_copy(update={"values": values})


# --- random ledgers --------------------------------------------------------------------------------------

KINDS = ("opinion", "issued", "accepted", "failed", "visited", "voided", "done", "fact", "merged", "corrected")
KINDS = (*KINDS, *("result", "accepted", "corrected") * 2)
LETTERS = ("reminder_letter", "reform_notice", "supervision_advice", "joint_advice")


@st.composite
def ledgers(draw: st.DrawFn) -> list[PlainAct]:
    """Acts of a few items, with days over two years, corrections, voided numbers and papers handed in twice."""
    acts: list[PlainAct] = []
    opened: list[str] = []
    numbers: list[str] = []
    day = date(2021, 11, 1)
    for place in range(draw(st.integers(1, 40))):
        day += timedelta(days=draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(KINDS if len(opened) == 3 else ("opened", *KINDS))) if opened else "opened"
        more: dict[str, Any] = {"on": day.isoformat(), **({"late": "漏记"} if draw(st.booleans()) else {})}
        item = draw(st.sampled_from(opened)) if opened else ""
        if kind == "opened":
            item = f"I{len(opened)}"
            opened.append(item)
            procedure = draw(st.sampled_from(("point", "line", "special")))
            source = "special" if procedure == "special" else "case"
            case = (
                {"id": f"C{item}", "industry": draw(st.sampled_from(("health", "soe")))}
                if procedure == "point"
                else None
            )
            data: dict[str, Any] = {"procedure": procedure, "source": source, "case": case, "layer": None}
            data |= {"township": draw(st.sampled_from((None, "甲镇", "乙镇")))}
        elif kind == "opinion":
            data = {"step": draw(st.sampled_from(("first_gate", "second_gate")))}
            data["opinion"] = draw(st.sampled_from(("passed", "rejected")))
        elif kind == "issued":
            number = f"N{place}"
            numbers.append(number)
            asked = [{"id": f"{item}-{n}"} for n in draw(st.lists(st.integers(1, 3), max_size=2, unique=True))]
            to = draw(st.lists(st.sampled_from("XYZ"), min_size=1, max_size=3, unique=True))
            data = {"letter": draw(st.sampled_from(LETTERS)), "number": number, "to": to, "suggestions": asked}
            data |= draw(st.sampled_from(({}, {"reply_by": (day + timedelta(days=20)).isoformat()})))
        elif kind == "voided":
            data = {"number": draw(st.sampled_from(numbers)) if numbers else "none"}
        elif kind == "result":
            data = {"what": draw(st.sampled_from(("risk_point", "institution"))), "count": draw(st.integers(1, 9))}
            papers = draw(st.lists(st.integers(1, 6), max_size=2))
            more["evidence"] = [{"sha256": f"{paper:064}", "bytes": 1} for paper in papers]
        elif kind == "corrected":
            results = [seq for seq, said in enumerate(acts, 1) if said.act["kind"] == "result"]
            seq = draw(st.sampled_from(results) if results else st.integers(1, len(acts)))
            of = acts[seq - 1].act
            right = {"count": draw(st.integers(1, 9))} if of["kind"] == "result" else {}
            right |= {"on": draw(st.sampled_from(("2021-12-31", "2022-01-01")))} if of["kind"] != "opened" else {}
            data = {"seq": seq, "data": right}
        elif kind == "fact":
            data = {"case": f"C{item}", "facts": {"industry": draw(st.sampled_from(("health", "soe", "general")))}}
        elif kind == "visited":
            data = {"step": "revisit", "ok": draw(st.booleans())}
        elif kind == "done":
            data = {"step": "plan", "suggestions": [{"id": f"{item}-9"}] if draw(st.booleans()) else []}
            data |= draw(st.sampled_from(({}, {"papers": ["reply"]}, {"papers": ["reply"], "unit": "X"})))
        else:
            data = {"step": "x"}
        acts.append(PlainAct(item, day, {"kind": kind, "data": data, **more}))
    return acts


def right(acts: list[PlainAct]) -> list[tuple[int, str, str, dict[str, Any], dict[str, Any], date]]:
    """The acts as they should have stood: number, item, kind, data, all else, day. The last correction holds."""
    found = []
    for seq, said in enumerate(acts, 1):
        data, on = dict(said.act["data"]), said.act["on"]
        for other in acts:
            if other.act["kind"] == "corrected" and other.act["data"]["seq"] == seq:
                data, on = dict(said.act["data"]), said.act["on"]
                data.update({k: v for k, v in other.act["data"]["data"].items() if k != "on"})
                on = other.act["data"]["data"].get("on", on)
        found.append((seq, said.item, said.act["kind"], data, dict(said.act), date.fromisoformat(on)))
    return found


def apart(acts: list[PlainAct], year: int | None, layer: str | None, as_of: date) -> dict[str, int]:
    """Some figures by plain loops over the acts, written apart from `counting`."""
    told = right(acts)
    layers = {i: {"point": "point", "line": "line"}.get(d["procedure"]) for _, i, k, d, _, _ in told if k == "opened"}
    merged = {i for _, i, k, _, _, _ in told if k == "merged"}
    void = {d["number"] for _, _, k, d, _, _ in told if k == "voided"}

    def now(on: date) -> bool:
        return year is None or on.year == year

    def mine(item: str) -> bool:
        return layer is None or layers[item] == layer

    found = dict.fromkeys(("studied", "started", "reminder_letters", "three_docs", "suggestions"), 0)
    sources = {i: d["source"] for _, i, k, d, _, _ in told if k == "opened"}
    for item in layers:
        gates = [
            (d["opinion"], on) for _, i, k, d, _, on in told if (i, k, d.get("step")) == (item, "opinion", "first_gate")
        ]
        if gates and mine(item) and item not in merged and sources[item] == "case" and now(gates[-1][1]):
            found["studied"] += 1
            found["started"] += gates[-1][0] == "passed"
    suggested = set()
    for _seq, item, kind, data, _act, on in told:
        if kind == "issued" and data["number"] not in void and mine(item) and now(on):
            found["reminder_letters"] += len(data["to"]) * (data["letter"] == "reminder_letter")
            found["three_docs"] += len(data["to"]) * (data["letter"] in ("reform_notice", "supervision_advice"))
        if kind == "done" or (kind == "issued" and data["number"] not in void):
            for suggestion in data["suggestions"]:
                if suggestion["id"] not in suggested and mine(item) and now(on):
                    found["suggestions"] += 1
                suggested.add(suggestion["id"])
    found |= followed(told, now, mine, void, as_of)
    for what, name in (("risk_point", "risk_points"), ("institution", "institutions")):
        used: set[str] = set()
        reported = accepted = late = 0
        for seq, item, kind, data, act, on in told:
            if kind != "result" or data["what"] != what:
                continue
            papers = {paper["sha256"] for paper in act["evidence"]}
            fresh = papers - used
            used |= papers
            if not fresh or not mine(item):
                continue
            reported += data["count"] * now(on)
            late += data["count"] * ("late" in act) * now(on)
            day = None
            for later, other, of, said, _act, when in told:
                if other == item and of == "accepted":
                    day = (later, when)
                if other == item and (of == "failed" or (of == "visited" and not said["ok"])):
                    day = None
            accepted += data["count"] * (day is not None and seq < day[0] and now(day[1]))
        found[name], found[f"{name}.accepted"], found[f"{name}.late"] = reported, accepted, late
    return found


def followed(
    told: list[Any], now: Callable[[date], bool], mine: Callable[[str], bool], void: set[str], as_of: date
) -> dict[str, int]:
    """Answers that were due, first acceptances and visits, by plain loops."""
    found = dict.fromkeys(
        ("replies_due", "replied_on_time", "brought_to_acceptance", "accepted_first", "visits", "reopened"), 0
    )
    for seq, item, kind, data, _act, on in told:
        if kind == "issued" and "reply_by" in data and data["number"] not in void and mine(item):
            wanted = date.fromisoformat(data["reply_by"])
            for unit in data["to"]:
                answers = [
                    when
                    for later, other, of, said, _, when in told
                    if (other, of) == (item, "done")
                    and later > seq
                    and "papers" in said
                    and said.get("unit", unit) == unit
                ]
                if now(wanted) and (answers or wanted < as_of):
                    found["replies_due"] += 1
                    found["replied_on_time"] += bool(answers) and answers[0] <= wanted
        if kind == "visited" and mine(item) and now(on):
            found["visits"] += 1
            found["reopened"] += not data["ok"]
        verdicts = ("accepted", "failed")
        if kind in verdicts and not any(i == item and k in verdicts and n < seq for n, i, k, _, _, _ in told):
            found["brought_to_acceptance"] += mine(item) and now(on)
            found["accepted_first"] += mine(item) and now(on) and kind == "accepted"
    return found


@given(
    ledgers(),
    st.sampled_from((None, 2021, 2022)),
    st.sampled_from((None, "point", "line")),
    st.sampled_from((date.max, date(2022, 1, 15))),
)
def test_every_figure_of_a_random_ledger_equals_a_count_written_apart(
    acts: list[PlainAct], year: int | None, layer: str | None, as_of: date
) -> None:
    figures = figures_of(acts, None if year is None else str(year), as_of)
    if layer is not None:
        figures = figures.by(layer=layer)
    expected = apart(acts, year, layer, as_of)
    found = {
        name: getattr(figures[id], column or "value") for name in expected for id, _, column in [name.partition(".")]
    }
    assert found == expected


@given(ledgers(), st.sampled_from(("layer", "township", "industry", "source")))
def test_groups_part_a_figure_without_loss(acts: list[PlainAct], name: str) -> None:
    figures = figures_of(acts)
    groups = figures.groups(name)
    for id in ("studied", "three_docs", "suggestions", "risk_points"):
        assert sum(of_group[id].value for of_group in groups.values()) == figures[id].value  # type: ignore[misc]


# --- small things ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "first", "after"),
    [
        ("2022", "2022-01-01", "2023-01-01"),
        ("2022-02", "2022-02-01", "2022-03-01"),
        ("2022-12", "2022-12-01", "2023-01-01"),
        ("2022-Q1", "2022-01-01", "2022-04-01"),
        ("2022Q4", "2022-10-01", "2023-01-01"),
        ((date(2022, 3, 1), date(2022, 3, 1)), "2022-03-01", "2022-03-02"),
    ],
)
def test_a_period_has_its_first_day_and_the_day_after_its_last(said: Any, first: str, after: str) -> None:
    assert period_of(said) == (date.fromisoformat(first), date.fromisoformat(after))


@pytest.mark.parametrize("said", ["", "22", "2022-13", "2022-00", "2022-Q5", "2022-1", "2022-01-01"])
def test_what_is_no_period_is_a_value_error(said: str) -> None:
    with pytest.raises(ValueError):
        period_of(said)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 4))
def test_a_share_is_rounded_half_up_as_people_do(part: int, whole: int, decimals: int) -> None:
    from decimal import ROUND_HALF_UP, Decimal, getcontext

    getcontext().prec = 60
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(10) ** -decimals, ROUND_HALF_UP)
    assert str(Share(part, whole, decimals)) == f"{exact}%"


def test_an_unknown_property_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no property 'colour'"):
        figures_of(rebuilt()[:1]).by(colour="red")


def test_figures_of_lines_that_hold_nothing_are_nothing() -> None:
    figures = figures_of([])
    assert {figure.value for figure in figures} == {0, None}
    assert figures["start_rate"].value is None
    assert figures.groups("layer") == {}
