"""Hostile models: damaged, exploding, reaching outside, endless: each is taken or refused at its line, and nothing else happens.

Some forty in the suite; `REFORMKIT_EXAMPLES` asks for more (`make soak`: a thousand).
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reformkit
from tests.dmn.test_reading import FRAME, NS, table
from tests.grid.spoiling import BOMBS, SPLINTERS

TIMES = int(os.environ.get("REFORMKIT_EXAMPLES", "36"))
PATIENCE = 60
"""Seconds after which one model is called a hang."""

GOOD = FRAME.format(
    namespace=NS,
    decisions=table(
        [("[1..5]", '"LOW", "MID"', '"A"'), ("not(3)", "-", '"B"')],
        'hitPolicy="FIRST"',
        '<output><defaultOutputEntry><text>"C"</text></defaultOutputEntry></output>',
    ),
).encode()
WORDS = [b"<text>", b"</rule>", b"not(", b"..", b"typeRef=", b'name=""', b"<input/>", "\u202e".encode(), b"null", b"&#0;", b"-" * 50, b"1e9", b"1e99999999", b'date("9999-99-99")', b"[5..1]"]  # fmt: skip
TARGETS = [b"http://127.0.0.1:9/x", b"file:///etc/passwd", b"../../etc/passwd", b"\\\\127.0.0.1\\x"]


def damaged(dice: random.Random) -> bytes:
    data = GOOD
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(data))
        data = data[:at] + dice.choice([*WORDS, *SPLINTERS]) + data[at + dice.choice([0, 1, 8, 40]) :]
    return data


def exploding(dice: random.Random) -> bytes:
    head, _, rest = GOOD.partition(b"?>")
    return head + b"?>" + dice.choice(BOMBS) + rest.replace(b"<text>", b"<text>" + dice.choice([b"&f;", b"&a;"]), 1)


def reaching_outside(dice: random.Random) -> bytes:
    target = dice.choice(TARGETS)
    more = dice.choice([b'<import name="m" namespace="n" locationURI="%s" importType="x"/>', b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s"/>', b'<?xml-stylesheet href="%s"?>', b'<knowledgeSource name="k" locationURI="%s"/>'])  # fmt: skip
    return GOOD.replace(b"<inputData", more % target + b"<inputData", 1)


def in_circles(dice: random.Random) -> bytes:
    asked = dice.choice([b"Route", b"Applicant Age", b"Other"])
    return re.sub(rb"<text>Risk</text>", b"<text>%s</text>" % asked, GOOD, count=1)


def endless(dice: random.Random) -> bytes:
    match dice.randrange(4):
        case 0:
            return GOOD.replace(b"[1..5]", b"not(" * 500 + b"1" + b")" * 500)
        case 1:
            return GOOD.replace(b"[1..5]", b", ".join(b"%d" % n for n in range(dice.randint(100, 1_000))))
        case 2:
            return GOOD.replace(b"<inputData", b"<a>" * 3_000 + b"<inputData", 1)
    return GOOD.replace(b"[1..5]", b"9" * dice.randint(20, 5_000))


WAYS: list[Callable[[random.Random], bytes]] = [damaged, damaged, exploding, reaching_outside, in_circles, endless]


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.mark.usefixtures("no_network")
def test_whatever_a_model_is_it_is_taken_or_refused_at_its_line(tmp_path: Path) -> None:
    bad, said = tmp_path / "bad.dmn", dict.fromkeys(WAYS, False)
    for number in range(TIMES):
        way = WAYS[number % len(WAYS)]
        bad.write_bytes(way(random.Random(f"{way.__name__} {number}")))
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        result = reformkit.import_dmn(bad, tmp_path / "new", dry_run=True)
        said[way] |= bool(result.problems)
        assert json.dumps(result.to_dict(), ensure_ascii=False) and (result.sound or not result.texts)
        for problem in result.problems:
            assert problem.place.path == str(bad) and problem.line >= 1, (way.__name__, number, problem)
            assert all((problem.message(lang), problem.fix(lang)) for lang in ("zh", "en"))
        if number % 10 == 0:
            assert all(problem.line >= 1 for problem in reformkit.check(bad))
    assert all(said.values())
    assert [path.name for path in tmp_path.iterdir()] == ["bad.dmn"]
