"""A service over HTTP: it assesses cases, and interviews: send what is known, get the next question, send the answer with it.

pip install reformkit fastapi uvicorn
uvicorn app:app          # its OpenAPI stands at /docs
"""

from __future__ import annotations

from typing import Literal

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

import reformkit as rk

Lang = Literal["zh", "en"]


class Rules:
    """The rulebook that is used, with the cases that are counted; both are exchanged whole, so that threads may share them."""

    def __init__(self, book: rk.Book) -> None:
        self.book, self.history = book, book.counter([])


class Step(BaseModel):
    """Where an interview stands: the next question (none: all is asked), and what has been decided."""

    question: rk.NeedData | None
    decided: dict[str, str]


app = FastAPI(title="reformkit")
app.state.rules = Rules(rk.load())


@app.exception_handler(rk.CaseError)
def refused(request: Request, error: rk.CaseError) -> JSONResponse:
    """What is wrong with a case, all at once, in both languages."""
    return JSONResponse(error.to_dict(), status_code=422)


@app.post("/assess", response_model=rk.AssessmentData)
def assess(case: rk.Case, request: Request, lang: Lang = "zh") -> Response:
    """Everything that the rulebook says of a case."""
    rules: Rules = request.app.state.rules
    text = rules.book.assess(case, rules.history).to_json(lang, labels=lang)
    return Response(text, media_type="application/json")


@app.post("/interview")
def interview(case: rk.Case, request: Request, lang: Lang = "zh") -> Step:
    """The next question about a case."""
    rules: Rules = request.app.state.rules
    data = rules.book.assess(case, rules.history).to_dict(lang)
    decided = {name: d["outcome"] for name, d in data["decisions"].items() if d["outcome"] is not None}
    return Step(question=data["needs"][0] if data["needs"] else None, decided=decided)


@app.post("/count")
def count(case: rk.Case, request: Request) -> int:
    """Take a case up among those that are counted; how many these are now."""
    rules: Rules = request.app.state.rules
    rules.history = rules.history.including(case)
    return len(rules.history)


@app.get("/schema")
def schema(request: Request, lang: Lang = "zh") -> dict[str, object]:
    """The JSON Schema of a case, with labels and questions, as a form wants it."""
    rules: Rules = request.app.state.rules
    return rules.book.case_schema(lang)


@app.post("/reload")
def reload(request: Request) -> dict[str, str]:
    """Read the rulebook again; where it has errors, the old one goes on."""
    request.app.state.rules = Rules(request.app.state.rules.book.reloaded())
    return dict(request.app.state.rules.book.digests)
