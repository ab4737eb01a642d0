"""An office: its bodies with the roles that they hold, the units, the accounts, and the calendar beside it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reformkit.model.office import Account, Body, Day, OfficeCalendar, OfficeRecord, OfficeUnit
from reformkit.model.vocabulary import Field
from reformkit.parsing import tree
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.parsing.tree import Scalar, Sequence, Tree
from reformkit.problem import Place, Problem
from reformkit.reading import keywords
from reformkit.reading.form import Form, date_of, mapping_of, no_day
from reformkit.reading.keys import key_of
from reformkit.reading.keywords import Keys
from reformkit.reading.steps import role_of, words_under
from reformkit.reading.values import Lexicon
from reformkit.reading.words import Words
from reformkit.text import Text

OFFICE = Keys(
    Text("机关文件", "an office"),
    must=("office", "bodies", "accounts"),
    may=("region", "code", "enter_for_units", "units", "apart", "late_entry", "numbering", "evidence"),
)
CODE = Keys(Text("代字", "the codes"), may=tuple(keywords.CODES))
BODY = Keys(Text("机构", "a body"), must=("title", "holds"), may=("for", "contact"))
UNIT = Keys(Text("单位", "a unit"), must=("holds",), may=("accounts",))
ACCOUNT = Keys(Text("账号", "an account"), must=("body",))
LATE = Keys(Text("补录", "late entries"), must=("workdays",))
EVIDENCE = Keys(Text("佐证", "the evidence"), may=("folder", "most_mb"))
CALENDAR = Keys(Text("工作日历", "a calendar"), may=("known_until", "days", "local"))
DAY_SAID = Keys(Text("某日", "a day"), must=("work",), may=("note",))

CALENDAR_FILE = "calendar.yaml"
_APART, _DAY = Text("不得兼任", "a pair that must be apart"), Text("某日", "day")
_FACT_VALUES = Text("适用", "what a body is for")


def read_office(
    path: str | os.PathLike[str], roles: Mapping[str, Text], fields: Mapping[str, Field]
) -> tuple[OfficeRecord | None, list[Problem]]:
    """An office from its file, with the calendar that stands beside it; None where it has errors.

    `roles` are what the rulebook calls its roles, `fields` its facts.
    """
    report = Report()
    source = Source.read(path, report)
    form = Form.of(read_yaml(source, report, of_rules=True) if source else None, OFFICE, report)
    beside = Path(path).with_name(CALENDAR_FILE)
    calendar = read_calendar(beside, report) if os.path.lexists(beside) else OfficeCalendar()
    office = _Reader(roles, fields, report).read(form, calendar) if form else None
    return (None if report.errors else office), report.problems()


def read_calendar(path: str | os.PathLike[str], report: Report) -> OfficeCalendar:
    """The days that an office vouches for: those of the country, then its own."""
    source = Source.read(path, report)
    form = Form.of(read_yaml(source, report, of_rules=True) if source else None, CALENDAR, report)
    if form is None:
        return OfficeCalendar()
    days = {day: said for key in ("days", "local") for day, said in _days(form, key, report)}
    return OfficeCalendar(known_until=form.date("known_until"), days=days, place=form.place)


def _days(form: Form, key: str, report: Report) -> list[tuple[date, Day]]:
    node = form.get(key)
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return []
    mapping = mapping_of(node, _DAY, report)
    days = []
    for word, content in mapping.pairs if mapping else ():
        day, inner = date_of(word.text), Form.of(content, DAY_SAID, report)
        if day is None:
            code, values = no_day(word.text)
            report.add(code, word.place, fact=_DAY, **values)
        elif inner is not None:
            days.append((day, Day(work=inner.flag("work"), note=inner.text("note"), place=word.place)))
    return days


class _Reader:
    def __init__(self, roles: Mapping[str, Text], fields: Mapping[str, Field], report: Report) -> None:
        self._roles = roles
        self._lexicon = Lexicon(fields, report)
        self._report = report

    def read(self, form: Form, calendar: OfficeCalendar) -> OfficeRecord | None:
        """What the file says of an office."""
        report, errors = self._report, self._report.errors
        bodies = {
            id: body for id, place, node in form.named("bodies", BODY.what) if (body := self._body(id, place, node))
        }
        units: dict[str, OfficeUnit] = {}
        accounts: dict[str, Account] = {}
        for name, place, node in self._pairs(form, "units"):
            self._unit(name, place, node, units, accounts)
        for name, place, node in self._pairs(form, "accounts"):
            account = self._account(name, place, node, bodies)
            if account is not None and not self._twice(name, place, accounts):
                accounts[name] = account
        title, region = form.scalar("office"), form.scalar("region")
        late = Form.of(form.get("late_entry"), LATE, report)
        evidence = Form.of(form.get("evidence"), EVIDENCE, report)
        parts: dict[str, Any] = {
            "name": title.text if title else None,
            "region": region.text if region else None,
            "code": self._code(form),
            "enter_for_units": form.flag("enter_for_units", default=True),
            "bodies": bodies,
            "units": units,
            "accounts": accounts,
            "apart": self._apart(form),
            "calendar": calendar,
            "place": form.place,
        }
        if "numbering" in form:
            parts["numbering"] = form.word("numbering", keywords.NUMBERINGS)
        if late is not None and (workdays := late.count("workdays")) is not None:
            parts["late_workdays"] = workdays
        if evidence is not None:
            folder, most = evidence.scalar("folder"), evidence.count("most_mb")
            parts |= {"evidence_folder": folder.text if folder else None} | ({"most_mb": most} if most else {})
        return None if report.errors > errors or form.is_faulty or title is None else OfficeRecord.model_validate(parts)

    def _pairs(self, form: Form, key: str) -> list[tuple[str, Place, Tree]]:
        """Names with what stands under them: of units and accounts, which are no ids."""
        mapping = mapping_of(form.get(key), Text.same(key), self._report)
        pairs: dict[str, tuple[str, Place, Tree]] = {}
        for word, node in mapping.pairs if mapping else ():
            name = word.text.strip()
            same = key_of(name)
            if same in pairs:
                self._report.add("RK110", word.place, key=name, first=pairs[same][1].line)
            else:
                pairs[same] = (name, word.place, node)
        return list(pairs.values())

    def _code(self, form: Form) -> dict[str, str]:
        inner = Form.of(form.get("code"), CODE, self._report)
        words = {key: inner.scalar(key) for key in keywords.CODES if key in inner} if inner else {}
        return {key: word.text for key, word in words.items() if word}

    def _holds(self, form: Form) -> tuple[str, ...]:
        words = words_under(form, "holds", self._report)
        return tuple(role for word in words if (role := role_of(word, self._roles, self._report)))

    def _body(self, id: str, place: Place, node: Tree) -> Body | None:
        form = Form.of(node, BODY, self._report)
        title = form.text("title") if form else None
        if form is None or title is None:
            return None
        return Body(
            id=id,
            title=title,
            holds=self._holds(form),
            only=self._only(form),
            contact=form.text("contact"),
            place=place,
        )

    def _only(self, form: Form) -> dict[str, tuple[str, ...]]:
        mapping = mapping_of(form.get("for"), _FACT_VALUES, self._report)
        only: dict[str, tuple[str, ...]] = {}
        for key, node in mapping.pairs if mapping else ():
            field = self._lexicon.field(key)
            words = node.items if isinstance(node, Sequence) else [node]
            values = [self._lexicon.value(word, field) for word in words if field and isinstance(word, Scalar)]
            if field is not None:
                only[field.name] = tuple(str(value) for value in values if value is not None)
        return only

    def _unit(
        self, name: str, place: Place, node: Tree, units: dict[str, OfficeUnit], accounts: dict[str, Account]
    ) -> None:
        form = Form.of(node, UNIT, self._report)
        if form is None:
            return
        units[key_of(name)] = OfficeUnit(name=name, holds=self._holds(form), place=place)
        for word in words_under(form, "accounts", self._report):
            if not self._twice(word.text, word.place, accounts):
                accounts[word.text] = Account(id=word.text, body=name, unit=True, place=word.place)

    def _account(self, name: str, place: Place, node: Tree, bodies: Mapping[str, Body]) -> Account | None:
        form = Form.of(node, ACCOUNT, self._report)
        word = form.scalar("body") if form else None
        if word is None:
            return None
        words = Words({id: body.title.zh for id, body in bodies.items()})
        body = words.find(word.text)
        if body is None:
            if bodies:
                self._report.add("RK235", word.place, account=name, word=word.text, hint=words.hint(word.text))
            return None
        return Account(id=name, body=body, place=place)

    def _twice(self, name: str, place: Place, accounts: Mapping[str, Account]) -> bool:
        if name in accounts:
            self._report.add("RK110", place, key=name, first=accounts[name].place.line)
        return name in accounts

    def _apart(self, form: Form) -> tuple[tuple[str, str], ...]:
        pairs = []
        for node in form.items("apart"):
            words = [word for word in node.items if isinstance(word, Scalar)] if isinstance(node, tree.Sequence) else []
            if len(words) != 2:
                self._report.add("RK238", node.place)
                continue
            one, other = (role_of(word, self._roles, self._report) for word in words)
            if one is not None and other is not None:
                pairs.append((one, other))
        return tuple(pairs)
