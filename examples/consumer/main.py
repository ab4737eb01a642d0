"""A program of someone who knows the package from outside: cases over HTTP, files of them in a pool, a form from the schema.

pip install reformkit fastapi uvicorn
uvicorn main:app
"""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

import reformkit as rk

book = rk.load()


class Row(BaseModel):
    """What a list of cases shows of one."""

    id: str
    startup: str | None
    measures: list[str]
    asked: list[str]


def rows(content: bytes, name: str) -> list[Row]:
    """A file of cases, counted over each other, assessed in a process of the pool."""
    cases = book.read_cases(content, name=name)
    return [
        Row(
            id=given.case.id,
            startup=given.startup.outcome,
            measures=[recommendation.measure.id for recommendation in given.recommendations],
            asked=[need.fact for need in given.needs],
        )
        for given in book.assess_many(cases, cases)
    ]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None, None]:
    """The pool is started once; each process reads the rulebook when it imports this file."""
    with ProcessPoolExecutor(2, get_context("spawn")) as app.state.pool:
        yield


app = FastAPI(title="consumer", lifespan=lifespan)


@app.exception_handler(rk.CaseError)
def refused(request: Request, error: rk.CaseError) -> JSONResponse:
    """Everything that is wrong, each fault at its place."""
    return JSONResponse(error.to_dict(), status_code=422)


@app.get("/form")
def form() -> dict[str, Any]:
    """The JSON Schema of a case, from which a page makes its form."""
    return book.case_schema("en")


@app.post("/case")
def case(given: rk.Case) -> rk.AssessmentData:
    """One case in full."""
    return book.assess(given).to_dict("en", labels="en")


@app.post("/file/{name}")
async def file(request: Request, name: str) -> list[Row]:
    """A file of cases; others are answered meanwhile."""
    pool: ProcessPoolExecutor = request.app.state.pool
    return await asyncio.get_running_loop().run_in_executor(pool, rows, await request.body(), name)
