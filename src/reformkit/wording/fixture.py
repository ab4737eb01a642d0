"""Fixtures as they are written in a file: a case with what is expected, in labels or in ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reformkit.model.case import Finding, plain
from reformkit.model.decision import CONFLICT, UNCOVERED, Status
from reformkit.model.rulebook import Rulebook
from reformkit.model.vocabulary import Facts, Value
from reformkit.text import Lang

_ZH = {
    "id": "编号",
    "name": "名称",
    "confirmed": "已确认",
    "as_of": "研判日期",
    "findings": "剖析发现",
    "cause": "症结",
    "matter": "事项",
    "expect": "预期",
    "rules": "规则",
    "measures": "措施",
    "include": "含",
    "status": "状态",
    "outcomes": "结论项",
    "possible": "可能",
    "undetermined": "待定",
    CONFLICT: "冲突",
    UNCOVERED: "未涵盖",
}
"""The Chinese of the keys of fixtures, as `reading/keywords.py` has them (a test holds the two together)."""

_PLAIN = re.compile(r"[^\W\d][\w.\-（）()、，。；：“”‘’《》～·/+% ]*[\w）)”。]|[^\W\d]|\d{4}-\d\d-\d\d|[1-9]\d*|0")
_OTHERWISE_READ = re.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf")


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of one decision: its outcomes where it is decided, else the status and what is possible."""

    status: Status
    outcomes: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A fixture to be written: the facts of a case, its day, and what is expected."""

    id: str
    name: str
    facts: Facts
    as_of: date | None = None
    findings: tuple[Finding, ...] = ()
    expected: Mapping[str, Expected] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    confirmed: bool = False


def say_fixture(rulebook: Rulebook, draft: Draft, lang: Lang = "zh") -> str:
    """A fixture as YAML, an item of a list, in labels (zh) or ids (en)."""
    lines = list(_lines(rulebook, draft, lang))
    return "\n".join(("- " if i == 0 else "  ") + line for i, line in enumerate(lines)) + "\n"


def _lines(rulebook: Rulebook, draft: Draft, lang: Lang) -> Iterator[str]:
    def key(word: str) -> str:
        return _ZH.get(word, word) if lang == "zh" else word

    yield f"{key('id')}: {scalar(draft.id)}"
    yield f"{key('name')}: {scalar(draft.name)}"
    yield f"{key('confirmed')}: {_flag(draft.confirmed, lang)}"
    if draft.as_of is not None:
        yield f"{key('as_of')}: {draft.as_of.isoformat()}"
    for name, value in draft.facts.items():
        label = rulebook.fields[name].label.zh if lang == "zh" else name
        yield f"{scalar(label)}: {_value(rulebook, name, value, lang)}"
    if draft.findings:
        yield f"{key('findings')}:"
        yield from (f"  - {_finding(rulebook, finding, lang)}" for finding in draft.findings)
    yield f"{key('expect')}:"
    yield from ("  " + line for line in _expectations(rulebook, draft, lang))


def _expectations(rulebook: Rulebook, draft: Draft, lang: Lang) -> Iterator[str]:
    def key(word: str) -> str:
        return _ZH.get(word, word) if lang == "zh" else word

    def title(name: str) -> str:
        return scalar(rulebook.fields[name].label.zh if lang == "zh" else name)

    for name, expected in draft.expected.items():
        yield f"{title(name)}: {_expected(rulebook, name, expected, lang)}"
    rules = {name: expected.rule for name, expected in draft.expected.items() if expected.rule is not None}
    if rules:
        inner = ", ".join(f"{title(name)}: {scalar(rule)}" for name, rule in rules.items())
        yield f"{key('rules')}: {{{inner}}}"
    if draft.measures:
        yield f"{key('measures')}: {{{key('include')}: {_list(draft.measures)}}}"


def _expected(rulebook: Rulebook, name: str, expected: Expected, lang: Lang) -> str:
    zh, collects = lang == "zh", rulebook.decisions[name].hit == "collect"

    def outcomes(ids: Iterable[str]) -> list[str]:
        field = rulebook.fields[name]
        reserved = (CONFLICT, UNCOVERED)
        return [id if id in reserved or not zh else field.label_of(id).zh for id in ids]

    if expected.status == "decided":
        words = outcomes(expected.outcomes)
        return _list(words) if collects else scalar(words[0])
    status = _ZH[expected.status] if zh else expected.status
    parts = [f"{_ZH['status'] if zh else 'status'}: {status}"]
    if expected.status == "undetermined":
        if collects:
            parts.append(f"{_ZH['outcomes'] if zh else 'outcomes'}: {_list(outcomes(expected.outcomes))}")
        parts.append(f"{_ZH['possible'] if zh else 'possible'}: {_list(outcomes(expected.possible))}")
    return "{" + ", ".join(parts) + "}"


def _value(rulebook: Rulebook, name: str, value: Value, lang: Lang) -> str:
    field = rulebook.fields[name]
    if isinstance(value, bool):
        return _flag(value, lang)
    if isinstance(value, frozenset):
        order = {tag: i for i, tag in enumerate(field.values)}
        tags = sorted(value, key=lambda tag: (order.get(tag, len(order)), tag))
        return _list(field.label_of(tag).zh if lang == "zh" else tag for tag in tags)
    if isinstance(value, str):
        return scalar(field.label_of(value).zh if lang == "zh" else value)
    return str(plain(value))


def _finding(rulebook: Rulebook, finding: Finding, lang: Lang) -> str:
    def key(word: str) -> str:
        return _ZH[word] if lang == "zh" else word

    causes = next((f for f in rulebook.fields.values() if f.derived and f.derived.findings == "cause"), None)
    matters = rulebook.vocabulary.finding_fields.get("matter")
    said = {"cause": (causes, finding.cause), "matter": (matters, finding.matter)}
    parts = [
        f"{key(word)}: {scalar(field.label_of(value).zh if lang == 'zh' and field is not None else value)}"
        for word, (field, value) in said.items()
        if value is not None
    ]
    return "{" + ", ".join(parts) + "}"


def _flag(value: bool, lang: Lang) -> str:
    return ("是" if value else "否") if lang == "zh" else str(value).lower()


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(scalar, words)) + "]"


def scalar(word: str) -> str:
    """A word as YAML takes it in any place, in quotation marks where it might be read otherwise.

    >>> scalar("县级"), scalar("no"), scalar("a: b")
    ('县级', '"no"', '"a: b"')
    """
    if _PLAIN.fullmatch(word) and not _OTHERWISE_READ.fullmatch(word) and ": " not in word:
        return word
    return json.dumps(word, ensure_ascii=False)
