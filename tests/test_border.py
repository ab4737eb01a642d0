"""Python's border: what programs hand in and get back, as pydantic, JSON and queues have it."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel, TypeAdapter

import reformkit as rk
from tests.books import bundled_book

ROOT = Path(__file__).resolve().parents[1]


class Request(BaseModel):
    """What a route of a web service takes."""

    case: rk.Case
    history: list[rk.Case] = []


def test_a_case_stands_in_a_schema_of_openapi() -> None:
    for mode in ("validation", "serialization"):
        for thing in (TypeAdapter(rk.Case), TypeAdapter(list[rk.Case]), TypeAdapter(Request)):
            schema = thing.json_schema(mode=mode)  # type: ignore[arg-type]
            jsonschema.Draft202012Validator.check_schema(schema)
    schema = TypeAdapter(rk.Case).json_schema()
    validator = jsonschema.Draft202012Validator(schema)
    case = rk.Case(
        id="X-1",
        facts={"form": "second", "filed_on": date(2022, 3, 1), "disciplines": {"work", "life"}, "typical": True},
        findings=[rk.Finding(cause="institution.asset_rules")],
    )
    for said in (case.to_dict(), case.model_dump(mode="json")):
        assert validator.is_valid(json.loads(json.dumps(said)))
        assert not validator.is_valid({**said, "id": 3})
        assert not validator.is_valid({**said, "form": {"nested": 1}})


def test_a_case_is_taken_back_from_what_it_gives() -> None:
    book = bundled_book()
    case = rk.Case(id="X-1", facts={"form": "second", "filed_on": date(2022, 3, 1), "disciplines": ["work"]})
    checked = book.assess(case).case
    for said in (case.to_dict(), case.model_dump(mode="json"), json.loads(case.model_dump_json()), case.model_dump()):
        assert book.assess(rk.Case.model_validate(said)).case == checked
    assert Request.model_validate({"case": case.to_dict()}).case.facts["form"] == "second"
    assert rk.Case.model_validate({"id": "X-2"}).facts == {}
    with pytest.raises(ValueError, match="id"):
        rk.Case.model_validate({"form": "second"})


def test_an_error_keeps_its_problems_through_json() -> None:
    with pytest.raises(rk.CaseError) as raised:
        bundled_book().assess({"id": "X-1", "authority_level": "countty", "people_involved": True, "colour": "red"})
    error = raised.value
    assert len(error.problems) == 3
    again = rk.CaseError(*json.loads(json.dumps(error.args)))  # as Celery sends errors
    assert [p.to_dict() for p in again.problems] == [p.to_dict() for p in error.problems]
    assert str(again) == str(error)
    assert json.loads(json.dumps(error.to_dict()))["problems"][0]["code"].startswith("RK1")
    with pytest.raises(rk.RulebookError) as broken:
        rk.load(ROOT / "nothing")
    assert rk.RulebookError(*json.loads(json.dumps(broken.value.args))).problems == broken.value.problems


def test_places_in_plain_data_are_seen_from_the_rulebook(tmp_path: Path) -> None:
    book = bundled_book()
    assessment = book.assess({"id": "X-1", "origin": "filed_case", "authority_level": "city", "form": "fourth"})
    assert Path(assessment.startup.place.path).exists()
    places = {name: said["place"] for name, said in assessment.to_dict()["decisions"].items()}
    assert places["startup"].startswith("startup.yaml:")
    assert places["diagnosis"].startswith("diagnosis")
    assert str(ROOT) not in json.dumps(assessment.to_dict(), ensure_ascii=False)


def test_what_people_hold_has_a_public_name() -> None:
    book = bundled_book()
    assessment = book.assess({"id": "X-1", "origin": "filed_case", "causes": ["institution.asset_rules"]})
    (flip, *_), trace = book.decide("startup", {"form": "fourth"}).flips() or (None,), assessment.startup.trace
    for thing, kind in (
        (assessment.recommendations[0], rk.Recommendation),
        (assessment.recommendations[0].measure, rk.Measure),
        (assessment.recommendations[0].measure.title, rk.Text),
        (book.library, rk.Library),
        (book.rulebook, rk.Rulebook),
        (trace, rk.Trace),
        (trace[0], rk.RuleTrace),
        (trace[0].tests[0], rk.TestTrace),
        (book.replay(assessment.receipt()), rk.Replay),
    ):
        assert isinstance(thing, kind)
    assert flip is None or isinstance(flip, rk.Flip)


CASE = {"id": "X-1", "form": "second"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda book: book.decide("startup", None), "a case is a Case or a dict of facts, not None"),
        (lambda book: book.decide("startup", 3), "a case is a Case or a dict of facts, not int"),
        (lambda book: book.decide("startup", [("form", "second")]), "a case is a Case or a dict of facts, not list"),
        (lambda book: book.decide("startup", "form", by="meaning"), "a case is a Case or a dict of facts, not str"),
        (lambda book: book.assess(None), "a case is a Case or a dict of facts, not None"),
        (lambda book: book.assess([CASE]), "a case is a Case or a dict of facts, not list"),
        (lambda book: book.assess_many(3), "cases is a list of cases, not int"),
        (lambda book: book.assess_many(None), "cases is a list of cases, not None"),
        (lambda book: book.assess_many(CASE), "cases is a list of cases, not one case: put it into a list"),
        (lambda book: book.assess_many("self"), "cases is a list of cases, not str"),
        (lambda book: list(book.assess_many([3])), "a case is a Case or a dict of facts, not int"),
        (lambda book: book.assess(CASE, history=3), "history is a list of cases, not int"),
        (lambda book: book.assess(CASE, history=CASE), "history is a list of cases, not one case"),
        (lambda book: book.assess(CASE, history="self"), "history is a list of cases, not str"),
        (lambda book: book.assess(CASE, as_of="2022-01-01"), "as_of is a datetime.date or None, not str"),
        (lambda book: book.session(by="compiled").tell("X-1", 3), "a dict of facts, not int"),
        (lambda book: book.session(by="compiled").hear(3), r"hear\(\) takes a Telling, not int"),
        (lambda book: book.decide("startup", {}).with_book(None), r"with_book\(\) takes a Book, not NoneType"),
        (lambda book: book.assess(CASE).with_book(3), r"with_book\(\) takes a Book, not int"),
    ],
)
def test_what_is_no_case_is_said_in_words(call: Callable[[rk.Book], object], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        call(bundled_book())


def test_what_is_no_decision_and_no_receipt_is_said_in_words() -> None:
    book = bundled_book()
    for name in (None, [], "starting"):
        with pytest.raises(KeyError, match=r"no decision .*; there are: diagnosis"):
            book.decide(name, {})  # type: ignore[arg-type]
    for thing in (None, "x", 3):
        with pytest.raises(ValueError, match="a receipt is a dict, not"):
            book.replay(thing)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^this is not a receipt: case: field required; .*measures: field required$"):
        book.replay({})


def test_a_language_that_reformkit_has_not_is_refused_and_never_english(tmp_path: Path) -> None:
    book = bundled_book()
    assessment = book.assess(CASE)
    problem = rk.check(tmp_path / "absent")[0]
    words: list[Callable[[Any], object]] = [
        assessment.explain,
        assessment.short,
        assessment.annex,
        assessment.page,
        lambda lang: assessment.save(tmp_path / "memo.txt", lang=lang),
        problem.message,
        problem.fix,
        book.rulebook.title.say,
    ]
    for say in words:
        for lang in ("fr", None, ["zh"]):
            with pytest.raises(ValueError, match="lang must be one of zh, en, not"):
                say(lang)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "no folder" / "memo.txt"
    with pytest.raises(FileNotFoundError) as raised:
        bundled_book().assess(CASE).save(path)
    assert raised.value.filename == str(path)


def test_a_session_says_why_it_is_not_pickled() -> None:
    with (
        bundled_book().session(by="compiled") as session,
        pytest.raises(TypeError, match="give it a journal and restore it"),
    ):
        pickle.dumps(session)


def test_a_ledger_says_what_it_wants_of_a_program(tmp_path: Path) -> None:
    ledger: Any = rk.Ledger
    with pytest.raises(TypeError, match=r"office is an Office .*, not None"):
        ledger(tmp_path / "a.ledger", bundled_book(), None)
    with pytest.raises(TypeError, match=r"book is a Book .*, not str"):
        ledger(tmp_path / "a.ledger", "rules", rk.Office.example())
    assert list(tmp_path.iterdir()) == []
