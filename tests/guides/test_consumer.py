"""The program of examples/consumer, which knows the package from outside: one case, a file in a pool, a form's schema."""

from __future__ import annotations

import jsonschema
import pytest

from tests.books import bundled_book
from tests.guides.example import EXAMPLES, example

pytest.importorskip("fastapi", reason="the guide to a program from outside needs fastapi and httpx2")
pytest.importorskip("httpx2", reason="the guide to a program from outside needs fastapi and httpx2")


def test_it_assesses_a_case_and_a_file_in_a_pool_and_has_a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi.testclient import TestClient

    book = bundled_book()
    main = example("consumer", "main", monkeypatch)
    with TestClient(main.app) as client:
        case = {"id": "X-1", "form": "fourth"}
        said = client.post("/case", json=case).json()
        assert said == book.assess(case).to_dict("en", labels="en")
        jsonschema.validate(said, book.assessment_schema(), jsonschema.Draft202012Validator)
        jsonschema.validate(case, client.get("/form").json(), jsonschema.Draft202012Validator)
        wrong = client.post("/case", json={"id": "X-1", "form": "fifth"})
        assert wrong.status_code == 422 and wrong.json()["problems"][0]["code"] == "RK130"

        path = EXAMPLES / "year" / "cases.csv"
        rows = client.post("/file/year.csv", content=path.read_bytes()).json()
        cases = book.read_cases(path)
        wanted = [a.startup.outcome for a in book.assess_many(cases, cases)]
        assert [row["startup"] for row in rows] == wanted
        bad = client.post("/file/year.csv", content="编号,处置形态\nA-1,第五种\n".encode())
        assert bad.status_code == 422 and bad.json()["problems"][0]["path"] == "year.csv"
