"""The site of examples/django_site, asked as a browser asks it; rulebook and cases lie in its database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import reformkit as rk
from tests.books import bundled_book
from tests.guides.example import example

pytest.importorskip("django", reason="the guide to a Django site needs django: pip install -e '.[guides]'")


@pytest.fixture(scope="module")
def models() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_SETTINGS_MODULE", "site_settings")
        patch.setenv("OFFICE_DB", ":memory:")
        example("django_site", "site_settings", patch)
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # the migration is that of the models
        from django.test.utils import setup_test_environment, teardown_test_environment

        setup_test_environment()
        yield example("django_site", "reform_cases.models", patch)
        teardown_test_environment()


@pytest.fixture
def client(models: Any) -> Any:
    from django.test import Client

    return Client()


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_an_interview_is_answered_page_by_page_and_kept(client: Any, models: Any) -> None:
    answers = {"origin": "filed_case", "authority_level": "city", "form": "fourth"}
    asked = []
    while True:
        page = client.get("/cases/X-1/").content.decode()
        fact, kind = field(page, "fact"), field(page, "type")
        if len(asked) > 3 or fact not in answers:
            break
        asked.append(fact)
        said = client.post("/cases/X-1/", {"fact": fact, "type": kind, "value": answers[fact]})
        assert said.status_code == 302
    record = models.CaseRecord.objects.get(pk="X-1")
    assert record.facts == {fact: answers[fact] for fact in asked} and len(asked) > 1
    assert record.receipt == bundled_book().assess(record.stated, []).receipt()
    assert bundled_book().assess(record.stated, []).explain("zh") in page.replace("&quot;", '"')


def test_a_wrong_answer_is_said_in_words_and_not_kept(client: Any, models: Any) -> None:
    said = client.post("/cases/X-2/", {"fact": "people_involved", "type": "count", "value": "<b>三</b>"})
    assert said.status_code == 422
    assert 'role="alert"' in said.content.decode() and "<b>" not in said.content.decode()
    assert not models.CaseRecord.objects.filter(pk="X-2").exists()


def test_a_rulebook_lives_in_the_database_and_what_was_decided_is_held_to_it(client: Any, models: Any) -> None:
    client.post("/cases/X-3/", {"fact": "form", "type": "choice", "value": "fourth"})
    assert client.get("/cases/X-3/still-holds").json()["parts"] == []
    alone = rk.load(measures=None)
    models.PublishedRules.publish(alone)
    models.PublishedRules.publish(alone)
    assert models.PublishedRules.objects.count() == 1
    assert models.PublishedRules.in_use().digests == alone.digests
    assert models.PublishedRules.in_use() is models.PublishedRules.in_use()
    held = client.get("/cases/X-3/still-holds").json()
    assert held["parts"] == ["library"] and "startup" in held["stood"]
    models.PublishedRules.objects.all().delete()
