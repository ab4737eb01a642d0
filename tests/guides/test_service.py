"""The service of examples/service, asked over HTTP as its clients would."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

import reformkit as rk

pytest.importorskip("fastapi", reason="the guide to a service needs fastapi and httpx2")
pytest.importorskip("httpx2", reason="the guide to a service needs fastapi and httpx2")

PATH = Path(__file__).resolve().parents[2] / "examples" / "service" / "app.py"


@pytest.fixture(scope="module")
def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("app", PATH)
    assert spec is not None and spec.loader is not None
    import sys

    found = sys.modules["app"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def client(module: ModuleType) -> Any:
    from fastapi.testclient import TestClient

    return TestClient(module.app)


def test_an_interview_asks_until_reform_is_decided(client: Any) -> None:
    book = rk.load()
    case: dict[str, Any] = {"id": "X-1"}
    answers = {"origin": "filed_case", "authority_level": "city", "form": "fourth"}
    asked = []
    while True:
        step = client.post("/interview?lang=en", json=case).json()
        if "startup" in step["decided"]:
            break
        question = step["question"]
        asked.append(question["fact"])
        assert question["ask"].keys() == {"en"} and question["why"]
        known = answers.get(question["fact"]) or next((o["value"] for o in question["options"]), None)
        case[question["fact"]] = True if known is None else known
        assert len(asked) < 20
    assert step["decided"]["startup"] == book.assess(case, []).startup.outcome
    assert asked == list(dict.fromkeys(asked))


def test_an_assessment_is_as_its_schema_says(client: Any) -> None:
    said = client.post("/assess?lang=zh", json={"id": "X-1", "form": "fourth"})
    assert said.status_code == 200
    jsonschema.validate(said.json(), rk.load().assessment_schema(), jsonschema.Draft202012Validator)
    assert said.json() == rk.load().assess({"id": "X-1", "form": "fourth"}, []).to_dict("zh", labels="zh")


def test_what_is_wrong_is_said_all_at_once(client: Any) -> None:
    said = client.post("/assess", json={"id": "X-1", "form": "fifth", "people_involved": -1})
    assert said.status_code == 422
    assert [p["code"] for p in said.json()["problems"]] == ["RK130", "RK133"]


def test_cases_are_counted_and_the_rulebook_is_read_again(client: Any) -> None:
    assert client.post("/count", json={"id": "X-2", "form": "fourth"}).json() == 1
    assert client.post("/count", json={"id": "X-3", "form": "fourth"}).json() == 2
    assert client.post("/reload").json() == dict(rk.load().digests)


def test_its_openapi_has_cases_questions_and_the_schema_of_a_form(client: Any) -> None:
    api = client.get("/openapi.json").json()
    assert {"Case", "NeedData", "AssessmentData", "Step"} <= api["components"]["schemas"].keys()
    jsonschema.Draft202012Validator.check_schema(client.get("/schema?lang=en").json())
