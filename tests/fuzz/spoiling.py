"""Spoilt copies of good input, of bytes, lines, trees and zips: each by a seeded die, so it can be made again."""

from __future__ import annotations

import copy
import io
import json
import random
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

SPICE = [b"\xff", b"\x00", b"\n", b'"', b",", b"{", b"[" * 200, b"\xef\xbb\xbf", b"<", b"&", b"9" * 40, b"\xd2\xbd"]

TEXTS = (
    *("", " ", "\u200b", "\u00a0", "\u3000", "\u202e", "\ufeff", "\ufffe", "\x1b[31m", "\x85", "\u2028", "\r\n", "\t"),
    *("是", "否", "不详", "未知", "无", "/", "-", "N/A", "null", "~", "true", "no", "1_000", "0x1F", "0o17", "1:30"),
    *("0", "007", "3.0", "２", "三", "-1", "1e3", "1e999", "NaN", ".inf", "9" * 400, "1,000", "=1+1", "+1", "$p", "@"),
    *("2022-02-30", "2022-13-01", "0001-01-01", "9999-12-31", "10000-01-01", "2022/3/1", "2022年3月1日", "20220301"),
    *(
        "县级",
        "县 级",
        "非县级",
        "e\u0301",
        "\U0001f600",
        "\U00020000",
        "ＡＢ",
        "①",
        "某区；某局",
        "甲、乙",
        "a;b",
        "；；",
    ),
    *("{{ x }}", "{% if %}", "&amp;", "<a>", "*a", "&a", "!!python/none", "<<", "? ", "- ", ": ", "# x", "|", "'", '"'),
    *("x" * 5_000, "id", "编号", "when", "then", "all", "any", "not"),
)
VALUES = (
    *(-1, 0, 1, 2, 31, 2**31, 2**53, 2**63, 2**64, 10**40, -(10**40), 1.5, -0.0, 3.0, 1e308, 5e-324),
    *(True, False, None, [], {}, [[]], [None], {"": ""}, {"x": []}, ["a", "a"], [1, "1", True]),
)
_WORD = re.compile(rb"[^\s,;:\"'<>=/{}\[\]()]+")


def spoilt(dice: random.Random, data: bytes) -> bytes:
    """A copy with a few bytes changed, cut out, doubled or put in."""
    raw = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(5):
            case 0 if at < len(raw):
                raw[at] = dice.randrange(256)
            case 1:
                del raw[at : at + dice.randint(1, 30)]
            case 2:
                raw[at:at] = raw[at : at + dice.randint(1, 60)]
            case 3:
                raw[at:at] = dice.choice(SPICE)
            case _ if dice.random() < 0.2:
                del raw[at:]
    return bytes(raw)


def spoilt_text(dice: random.Random, data: bytes) -> bytes:
    """A copy of a text with lines or words swapped, doubled, moved in or out, or replaced by odd ones."""
    for _ in range(dice.randint(1, 3)):
        lines = data.splitlines(keepends=True) or [b""]
        one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
        match dice.randrange(8):
            case 0:
                lines[one], lines[two] = lines[two], lines[one]
            case 1:
                lines.insert(two, lines[one])
            case 2:
                del lines[one : one + dice.randint(1, 3)]
            case 3:
                lines[one] = b" " * dice.randint(1, 5) + lines[one] if dice.random() < 0.5 else lines[one].lstrip()
            case 4 | 5:
                lines = [_with_words_swapped(dice, b"".join(lines))]
            case _:
                lines = [_with_a_word(dice, b"".join(lines), dice.choice(TEXTS).encode())]
        data = b"".join(lines)
    match dice.randrange(12):
        case 0 | 1:
            return spoilt(dice, data)
        case 2:
            return data.decode("utf-8", "replace").encode(dice.choice(["gb18030", "utf-16", "utf-8-sig"]))
        case 3:
            return data.replace(b"\n", dice.choice([b"\r", b"\r\n", b"\n\n"]))
    return data


def _with_a_word(dice: random.Random, data: bytes, word: bytes) -> bytes:
    found = list(_WORD.finditer(data))
    if not found:
        return word
    at = dice.choice(found)
    return data[: at.start()] + word + data[at.end() :]


def _with_words_swapped(dice: random.Random, data: bytes) -> bytes:
    found = list(_WORD.finditer(data))
    if len(found) < 2:
        return data
    one, two = sorted(dice.sample(found, 2), key=lambda m: m.start())
    return data[: one.start()] + two[0] + data[one.end() : two.start()] + one[0] + data[two.end() :]


# --- trees ---------------------------------------------------------------------------------------------

Tree = Any
MOST_LEVELS = 40
Spot = tuple[Any, Any]
"""A list or mapping, and where in it."""


def _spots(tree: Tree) -> list[Spot]:
    """Every place in a tree at which something stands, but for what is nested far beyond what any reader takes."""
    found: list[Spot] = []
    level = [tree]
    for _ in range(MOST_LEVELS):
        pairs = [(part, key) for part in level for key in (part if isinstance(part, dict) else range(len(part)))]
        found += pairs
        level = [part[key] for part, key in pairs if isinstance(part[key], dict | list)]
    return found


def an_odd_value(dice: random.Random) -> Tree:
    return copy.deepcopy(dice.choice(TEXTS) if dice.random() < 0.6 else dice.choice(VALUES))


def spoilt_tree(dice: random.Random, tree: Tree) -> Tree:
    """A copy with values replaced or swapped, keys renamed or gone, parts doubled or nested."""
    tree = copy.deepcopy(tree)
    for _ in range(dice.randint(1, 3)):
        all_spots = _spots(tree)
        if not all_spots:
            return an_odd_value(dice)
        home, key = dice.choice(all_spots)
        match dice.randrange(9):
            case 0 | 1 | 2:
                home[key] = an_odd_value(dice)
            case 3:
                other, name = dice.choice(all_spots)
                home[key], other[name] = copy.deepcopy(other[name]), copy.deepcopy(home[key])
            case 4:
                del home[key]
            case 5 if isinstance(home, dict):
                others = [k for h, k in all_spots if isinstance(h, dict)]
                home[dice.choice(others) if dice.random() < 0.5 else dice.choice(TEXTS)] = home.pop(key)
            case 6 if isinstance(home, list):
                home.insert(dice.randrange(len(home) + 1), copy.deepcopy(home[key]))
            case 7:
                for _ in range(dice.choice([1, 1, 2, 70, 150])):
                    home[key] = [home[key]] if dice.random() < 0.5 else {"x": home[key]}
            case _:
                home[key] = str(home[key])
    return tree


def said_as_json(dice: random.Random, tree: Tree, twice: float = 0.0) -> str:
    """A tree as JSON, in which a key may stand twice."""
    if isinstance(tree, dict):
        pairs = [f"{json.dumps(k, ensure_ascii=False)}: {said_as_json(dice, v, twice)}" for k, v in tree.items()]
        pairs += [dice.choice(pairs)] if pairs and dice.random() < twice else []
        return "{" + ", ".join(pairs) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(said_as_json(dice, part, twice) for part in tree) + "]"
    return json.dumps(tree, ensure_ascii=False)


# --- zips ----------------------------------------------------------------------------------------------


def spoilt_zip(dice: random.Random, data: Path) -> bytes:
    """A zip with one part spoilt, gone, doubled, renamed or exchanged, or itself spoilt."""
    if dice.random() < 0.2:
        return spoilt(dice, data.read_bytes())
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile says that a name is there twice
        with zipfile.ZipFile(data) as given, zipfile.ZipFile(out, "w", dice.choice([0, 8])) as taken:
            _repacked(dice, given, taken)
    return out.getvalue()


def _repacked(dice: random.Random, given: zipfile.ZipFile, taken: zipfile.ZipFile) -> None:
    names = given.namelist()
    bad, how = dice.choice(names), dice.randrange(9)
    for name in names:
        part = given.read(name)
        if name != bad:
            taken.writestr(name, part)
        elif how < 4:
            taken.writestr(name, spoilt_text(dice, part))
        elif how == 4:
            taken.writestr(name, spoilt(dice, part))
        elif how == 5:
            taken.writestr(name, part)
            taken.writestr(name, spoilt_text(dice, part))
        elif how == 6:
            taken.writestr(dice.choice([name.upper(), f"../{name}", "x", f"/{name}"]), part)
        elif how == 7:
            taken.writestr(name, dice.choice([b"", given.read(dice.choice(names)), b"<a/>", bytes(1_000_000)]))
