"""The rulebook and the cases, both kept in the site's database."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import models

import reformkit as rk


class PublishedRules(models.Model):
    """A rulebook as one text; the newest is in use, older ones stay for the assessments that were made with them."""

    # A column of text: `jsonb` would put keys in another order, and that is noticed.
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    since = models.DateTimeField(auto_now_add=True)

    @classmethod
    def publish(cls, book: rk.Book) -> PublishedRules:
        """Take a rulebook into use, the same one only once."""
        rules, _ = cls.objects.get_or_create(digest=book.digest, defaults={"text": book.to_json()})
        return rules

    @classmethod
    def in_use(cls) -> rk.Book:
        """The newest rulebook; the bundled one where none was published."""
        newest = cls.objects.order_by("-pk").values_list("digest", flat=True).first()
        return _bundled() if newest is None else _of_digest(newest)


class CaseRecord(models.Model):
    """What is known of a case: facts by id, as they were answered; and the receipt of its last assessment."""

    id = models.CharField(max_length=64, primary_key=True)
    facts = models.JSONField(default=dict)
    receipt = models.JSONField(null=True)

    @property
    def stated(self) -> dict[str, Any]:
        """The case as reformkit takes it."""
        return {"id": self.id, **self.facts}

    def assessed(self, book: rk.Book) -> rk.Assessment:
        """The case assessed over all others that can be taken; raises `CaseError` where it cannot."""
        others = (record.stated for record in CaseRecord.objects.exclude(pk=self.pk).iterator())
        return book.assess(self.stated, book.counter(others, on_problem="mark"))


@lru_cache(maxsize=1)
def _bundled() -> rk.Book:
    return rk.load()


@lru_cache(maxsize=4)
def _of_digest(digest: str) -> rk.Book:
    """A rulebook is compiled once in a process, however many requests ask for it."""
    return rk.Book.from_json(PublishedRules.objects.get(digest=digest).text)
