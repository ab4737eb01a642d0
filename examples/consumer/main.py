"""A program of someone who knows the package from outside: cases over HTTP, a file of them in a pool, a form from the schema.

pip install reformkit fastapi uvicorn
uvicorn main:app
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing import get_context
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

import reformkit as rk


class Row(BaseModel):
    """What a list of cases shows of one."""

    id: str
    startup: str | None
    measures: list[str]
    asked: list[str]
    wrong: list[str]


def row(given: rk.Assessment | rk.CaseError) -> Row:
    """A case in short, or what is wrong with it."""
    if isinstance(given, rk.CaseError):
        wrong = [f"{problem.code} {problem.message('en')}" for problem in given.problems]
        return Row(id=given.problems[0].case or "", startup=None, measures=[], asked=[], wrong=wrong)
    measures = [recommendation.measure.id for recommendation in given.recommendations]
    asked = [need.fact for need in given.needs]
    return Row(id=given.case.id, startup=given.startup.outcome, measures=measures, asked=asked, wrong=[])


def rows(book: rk.Book, history: rk.CaseCounter, cases: list[rk.Case]) -> list[Row]:
    """Some cases, assessed in a process of the pool."""
    return [row(given) for given in book.assess_many(cases, history, on_problem="mark")]


def parts(cases: list[rk.Case], size: int) -> Iterator[list[rk.Case]]:
    """The cases in parts, one for each call of a process."""
    return (cases[start : start + size] for start in range(0, len(cases), size))


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """The rulebook is read and the pool started once."""
    app.state.book = rk.load()
    with ProcessPoolExecutor(2, get_context("spawn")) as app.state.pool:
        yield


app = FastAPI(title="consumer", lifespan=lifespan)


@app.exception_handler(rk.CaseError)
def refused(request: Request, error: rk.CaseError) -> JSONResponse:
    """Everything that is wrong, each fault at its place."""
    return JSONResponse(error.to_dict(), status_code=422)


@app.get("/form")
def form(request: Request) -> dict[str, Any]:
    """The JSON Schema of a case, from which a page makes its form."""
    book: rk.Book = request.app.state.book
    return book.case_schema("en")


@app.post("/case")
def case(request: Request, given: rk.Case) -> rk.AssessmentData:
    """One case in full."""
    book: rk.Book = request.app.state.book
    return book.assess(given).to_dict("en", labels="en")


@app.post("/file/{name}")
async def file(request: Request, name: str) -> list[Row]:
    """A file of cases, counted over each other, assessed in the pool."""
    book: rk.Book = request.app.state.book
    pool: ProcessPoolExecutor = request.app.state.pool
    cases = book.read_cases(await request.body(), name=name)
    work = partial(rows, book, book.counter(cases))
    return [one for part in pool.map(work, parts(cases, 500)) for one in part]
