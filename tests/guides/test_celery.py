"""The worker of examples/celery_worker: a real worker in a thread, a broker in memory."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.books import bundled_book
from tests.guides.example import EXAMPLES, example

pytest.importorskip("celery", reason="the guide to a worker needs celery: pip install -e '.[guides]'")

BOOK = bundled_book()


@pytest.fixture(scope="module")
def worker() -> Iterator[ModuleType]:
    from celery.contrib.testing.worker import start_worker

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFICE_BROKER", "memory://")
        patch.setenv("OFFICE_RESULTS", "cache+memory://")
        module = example("celery_worker", "worker", patch)
        with start_worker(module.app, pool="solo", perform_ping_check=False):
            yield module


def test_a_case_comes_back_as_its_record_or_as_its_problems(worker: ModuleType) -> None:
    case = {"id": "X-1", "form": "fourth"}
    assert worker.assess.delay(case).get(timeout=60) == BOOK.assess(case).to_dict("zh")
    wrong = worker.assess.delay({"id": "X-1", "form": "fifth"}).get(timeout=60)
    assert [problem["code"] for problem in wrong["problems"]] == ["RK130"]


def test_a_year_is_shared_and_summed_up(worker: ModuleType) -> None:
    cases = [case.to_dict() for case in BOOK.read_cases(EXAMPLES / "year" / "cases.csv")]
    result = worker.assess_year([*cases, {"id": "Z", "form": "fifth"}], size=60).get(timeout=120)
    started = sum(a.startup.outcome == "start" for a in BOOK.assess_many(cases, cases))
    assert result == {"cases": 147, "started": started, "wrong": [["RK130"]]}
