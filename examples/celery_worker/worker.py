"""A Celery worker: cases are assessed in the background, singly or a year at once, by a rulebook that is read once a process.

pip install reformkit celery redis
celery -A worker worker                      # the broker and where results go: OFFICE_BROKER, OFFICE_RESULTS

What goes over the wire is JSON: facts in, the record of the assessment out. A case that cannot be taken is an answer
and no failed task: to try it again would give the same.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from celery import Celery, chord
from celery.signals import worker_process_init

import reformkit as rk

app = Celery(
    "office",
    broker=os.environ.get("OFFICE_BROKER", "redis://localhost/0"),
    backend=os.environ.get("OFFICE_RESULTS", "redis://localhost/1"),
)
app.conf.update(task_serializer="json", accept_content=["json"], task_acks_late=True, worker_prefetch_multiplier=1)


@cache
def book() -> rk.Book:
    """The rulebook of this process."""
    return rk.load()


@worker_process_init.connect
def ready(**_: Any) -> None:
    """Read and compile it before the first task, not within it."""
    book()


@app.task
def assess(case: dict[str, Any], history: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """One case: its record, or its problems under `problems` alone."""
    try:
        return dict(book().assess(case, history).to_dict("zh"))
    except rk.CaseError as error:
        return dict(error.to_dict())


@app.task
def assess_part(cases: list[dict[str, Any]], year: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some cases of a year, counted over the whole year: id, what reform comes to, measures; or the codes of problems."""
    counter = book().counter(year, on_problem="mark")
    return [_row(given) for given in book().assess_many(cases, counter, on_problem="mark")]


@app.task
def summed_up(parts: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """What the parts come to together."""
    rows = [row for part in parts for row in part]
    started = sum(row.get("startup") == "start" for row in rows)
    return {"cases": len(rows), "started": started, "wrong": [row["problems"] for row in rows if "problems" in row]}


def assess_year(cases: list[dict[str, Any]], size: int = 500) -> Any:
    """A year in parts that workers share; gives the result of `summed_up`, to `get()`."""
    parts = [assess_part.s(cases[start : start + size], cases) for start in range(0, len(cases), size)]
    return chord(parts)(summed_up.s())


def _row(given: rk.Assessment | rk.CaseError) -> dict[str, Any]:
    if isinstance(given, rk.CaseError):
        return {"problems": sorted({problem.code for problem in given.problems})}
    measures = [recommendation.measure.id for recommendation in given.recommendations]
    return {"id": given.case.id, "startup": given.startup.outcome, "measures": measures}
