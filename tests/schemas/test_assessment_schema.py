"""What `to_dict()` gives is what its types and its schema say, for every example and in every form."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import jsonschema
import pytest

import reformkit as rk
from reformkit.loading import bundled
from tests.books import bundled_book

BOOK = bundled_book()
HISTORY = BOOK.read_cases(bundled("examples") / "history" / "cases.yaml")
CASES = [case for path in sorted((bundled("examples") / "cases").glob("*.yaml")) for case in BOOK.read_cases(path)]
CASES += [
    *BOOK.read_cases(bundled("examples") / "year" / "cases.csv")[:12],
    BOOK.checker.case({"id": "", "form": "fourth"}),
]
FORMS: list[dict[str, Any]] = [{}, {"lang": "zh"}, {"lang": "en", "labels": "en"}, {"labels": "zh"}]


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    said = BOOK.assessment_schema()
    jsonschema.Draft202012Validator.check_schema(said)
    return jsonschema.Draft202012Validator(said)


@pytest.mark.parametrize("history", [None, HISTORY], ids=["no history", "history"])
def test_every_record_is_as_its_schema_says(
    schema: jsonschema.Draft202012Validator, history: list[rk.Case] | None
) -> None:
    counter = None if history is None else BOOK.counter(history)
    for number, case in enumerate(CASES):
        a = BOOK.assess(case, counter)
        form = FORMS[number % len(FORMS)]
        data = a.to_dict(**form)
        schema.validate(data)
        assert json.loads(a.to_json(**form)) == data


def test_a_key_that_is_missing_or_more_is_noticed(schema: jsonschema.Draft202012Validator) -> None:
    data = BOOK.assess(CASES[0], HISTORY).to_dict()
    for path in (
        (),
        ("receipt",),
        ("decisions", "startup"),
        ("recommendations", 0),
        ("recommendations", 0, "suggestions", 0),
    ):
        part: Any = copy.deepcopy(data)
        whole = part
        for key in path:
            part = part[key]
        part["more"] = 1
        assert not schema.is_valid(whole)
        del part["more"]
        assert schema.is_valid(whole)
        part.pop(next(key for key in part if key != "gives"))
        assert not schema.is_valid(whole)


def test_labels_name_every_id_that_has_one() -> None:
    a = BOOK.assess(CASES[0], HISTORY)
    data = a.to_dict(labels="zh")
    labels = data["labels"]
    assert labels["decisions"].keys() == data["decisions"].keys()
    for name, decision in data["decisions"].items():
        ids = {*decision["outcomes"], decision["outcome"]} - {None}
        assert ids <= labels["outcomes"][name].keys()
    assert {cause["cause"] for cause in data["causes"]} == labels["causes"].keys()
    assert {need["fact"] for need in data["needs"]} <= {*labels["facts"], "history"}
    advised = [*data["recommendations"], *data["also"], *data["suspected"]]
    assert {each["measure"] for each in advised} == labels["measures"].keys()
    assert {each["weak_point"] for each in advised} <= labels["weak_points"].keys()
    assert "labels" not in a.to_dict()
    assert labels["outcomes"]["startup"]["start"] == BOOK.rulebook.decisions["startup"].outcomes["start"].label.zh


def test_a_need_says_how_it_is_answered_and_what_hangs_on_it() -> None:
    a = BOOK.assess({"id": "X-1", "origin": "filed_case", "authority_level": "county", "form": "second"})
    needs = {need["fact"]: need for need in a.to_dict()["needs"]}
    gate = needs["coordinator_gate"]
    assert gate["type"] == "choice" and "startup" in gate["why"]
    assert [option["value"] for option in gate["options"]] == list(BOOK.fields["coordinator_gate"].values)
    assert gate["label"] == BOOK.fields["coordinator_gate"].label.to_dict()
    for need in a.needs:
        assert need.why
        for name in need.why:
            decision = a.decisions.get(name)
            assert decision is None or need.fact in {asked.fact for asked in decision.needs}


def test_an_unknown_history_is_a_need_until_it_is_given() -> None:
    case = {"id": "X-1", "origin": "filed_case", "authority_level": "county", "region": "某区", "township": "某镇"}
    a = BOOK.assess(case | {"coordinator_gate": "passed", "filed_on": "2022-03-01"})
    last = a.to_dict()["needs"][-1]
    assert (last["fact"], last["type"]) == ("history", "cases")
    assert "layer" in last["why"]
    assert a.history_need is not None and a.history_need not in a.needs
    assert pickle.loads(pickle.dumps(a)).to_dict() == a.to_dict()
    given = BOOK.assess(case | {"coordinator_gate": "passed", "filed_on": "2022-03-01"}, [])
    assert given.history_need is None
    assert all(need["fact"] != "history" for need in given.to_dict()["needs"])


def test_what_to_dict_gives_is_the_callers_to_change() -> None:
    a = BOOK.assess(CASES[0], HISTORY)
    before = a.to_json(labels="zh")

    def spoil(part: Any) -> None:
        for inner in list(part.values()) if isinstance(part, dict) else list(part):
            if isinstance(inner, dict | list):
                spoil(inner)
        part.clear()

    spoil(a.to_dict(labels="zh"))
    spoil(a.receipt())
    spoil(BOOK.case_schema())
    spoil(BOOK.assessment_schema())
    assert a.to_json(labels="zh") == before
    assert BOOK.assess(CASES[0], HISTORY).to_json(labels="zh") == before
    assert BOOK.case_schema()["properties"] and BOOK.assessment_schema()["properties"]
