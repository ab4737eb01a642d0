"""What a DMN table gives, read off its XML in the plainest way: written apart from what it is to check."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

NS = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


def value(text: str) -> Any:
    text = text.strip()
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if text.startswith("date("):
        return date.fromisoformat(text[6:-2])
    return {"true": True, "false": False, "null": None}[text] if text in ("true", "false", "null") else Decimal(text)


def parts(text: str) -> list[str]:
    one = r'(?:"(?:[^"\\]|\\.)*"|date\("[^"]*"\)|-?\w+(?:\.\w+)?)'
    return re.findall(rf"[\[(]{one}\.\.{one}[\])]|(?:[<>]=? *)?{one}", text)


def holds(cell: str, given: Any) -> bool:
    if cell == "-":
        return True
    if cell.startswith("not("):
        return not any(one(part, given) for part in parts(cell[4:-1]))
    return any(one(part, given) for part in parts(cell))


def one(part: str, given: Any) -> bool:
    if given is None:
        return part == "null"
    if part == "null":
        return False
    if part[0] in "<>":
        bound = value(part.lstrip("<>= "))
        return {"<": given < bound, ">": given > bound, "<=": given <= bound, ">=": given >= bound}[
            re.match("[<>]=?", part)[0]  # type: ignore[index]
        ]
    if part[0] in "[(" and ".." in part:
        low, high = part[1:-1].split("..")
        return bool(value(low) <= given <= value(high))
    return type(value(part)) is type(given) and bool(value(part) == given)


def given_by(xml: bytes, facts: dict[str, Any]) -> Any:
    """The outcomes of a table: a list where it collects, else one of them, `conflict`, or None for null."""
    root = ElementTree.fromstring(xml)
    table = root.find(f".//{NS}decisionTable")
    assert table is not None
    names = [e.text for e in table.iterfind(f"{NS}input/{NS}inputExpression/{NS}text")]
    default = table.find(f"{NS}output/{NS}defaultOutputEntry/{NS}text")
    order = parts(table.find(f"{NS}output/{NS}outputValues/{NS}text").text)  # type: ignore[union-attr, arg-type]
    facts = {k: Decimal(v) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in facts.items()}
    true = []
    for rule in table.iterfind(f"{NS}rule"):
        cells = [e.text or "" for e in rule.iterfind(f"{NS}inputEntry/{NS}text")]
        if all(holds(cell, facts.get(name)) for cell, name in zip(cells, names, strict=True)):  # type: ignore[arg-type]
            true.append(value(rule.find(f"{NS}outputEntry/{NS}text").text))  # type: ignore[union-attr, arg-type]
    if not true and default is not None:
        true = [value(default.text or "")]
    match table.get("hitPolicy"):
        case "COLLECT":
            return true
        case "UNIQUE":
            return "conflict" if len(true) > 1 else next(iter(true), None)
        case "ANY":
            return "conflict" if len(set(true)) > 1 else next(iter(true), None)
        case "PRIORITY":
            return min(true, key=lambda word: order.index(f'"{word}"'), default=None)
        case _:
            return next(iter(true), None)
