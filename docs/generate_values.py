"""The pages `docs/values.md` and `values.zh.md`: what each way in makes of sample values, found out by trying each."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, get_args

import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import yaml

import reformkit as rk
from reformkit.files.opening import read_cases
from reformkit.frames.checking import FrameChecker
from reformkit.frames.given import given
from reformkit.model.case import plain
from reformkit.model.vocabulary import FieldType
from reformkit.problem_codes import CODES
from reformkit.reading.keywords import FIELD_TYPES
from reformkit.text import Lang, Text

ID = "id"
"""What stands among the types for the id of a case."""

FACTS: Mapping[str, Mapping[str, Any]] = {
    "choice": {"values": {"county": "县级", "city": "市级"}},
    "tags": {"values": {"work": "工作纪律", "life": "生活、作风", "other": "作风"}},
    "count": {"min": 0, "max": 500},
    "number": {"places": 2, "min": 0, "max": 1000},
}
"""What a fact of a type needs to be said, beside its type."""

KNOWN: tuple[Any, ...] = ("不详", "", None)
"""What is tried of every type: words for what is not known, nothing, null."""

SAMPLES: Mapping[str, tuple[Any, ...]] = {
    "choice": ("county", "县级", " 县级 ", "县极", "无", 3),
    "flag": ("是", "true", "TRUE", "√", "有", True, 1, np.bool_(True)),
    "count": ("3", "3.0", "3人", "1,2", "３", "三", "999", 3, 3.0, 3.5, float("nan"), True, np.int64(3)),
    "number": (
        "12.50",
        "-3",
        "1e2",
        "1,200.50",
        "12.505",
        "１２",
        12,
        12.5,
        12.505,
        Decimal("12.50"),
        float("nan"),
        True,
    ),
    "date": (
        *("2022-03-01", "2022/3/1", "2022年3月1日", "2022.3.1", "3/1/2022", "2022-02-30", "44621"),
        *(date(2022, 3, 1), datetime(2022, 3, 1), datetime(2022, 3, 1, 10), 44621, pd.Timestamp("2022-03-01")),
    ),
    "text": ("某局", " 某局 ", "某\u200b局", "某局（东）", "无", "/", "150207199001011234", 3, True),
    "tags": ("work；life", "工作纪律、作风", "1.工作纪律\n2.作风", "work；x", "无", ["work", "作风"], ["work"], []),
    ID: ("A-1", " 001 ", '="001"', "2.02E+13", "A-①", "150207199001011234", 1, 1.0, True, ["A"], date(2022, 3, 1)),
}
"""Values that are tried, by the type of the fact."""

OTHERS = ("12", "12.5", "二", 12, 12.5, True, ["a"])
"""What is tried of a type that has no samples of its own."""

_BLANK, _NULL = Text("空白", "blank"), Text("空值", "null")
_KINDS: Mapping[type, Text] = {
    bool: Text("布尔值", "boolean"),
    int: Text("整数", "integer"),
    float: Text("小数", "float"),
    Decimal: Text.same("Decimal"),
    datetime: Text("日期时间", "date and time"),
    date: Text("日期", "date"),
    list: Text("列表", "list"),
}


class Found(NamedTuple):
    """What came of a value: what was taken (None: unknown), whether it was refused, and the codes of what was said."""

    value: Any
    is_refused: bool = False
    codes: tuple[str, ...] = ()


Results = list[Found | None]
Try = Callable[[rk.Book, str, Sequence[Any], Path], Results]
"""Gives a fact one value after another in some way; None where the way cannot hold such a value."""


# --- the ways in -------------------------------------------------------------------------------------------


def _flat(fact: str, value: Any, id: str = "A-1") -> dict[str, Any]:
    """A case that states a value of a fact, or has it as its id."""
    return {ID: value, "count": 1} if fact == ID else {ID: id, fact: value}


def _file(ending: str, write: Callable[[Path, list[dict[str, Any]]], None], holds: Callable[[Any], bool]) -> Try:
    """A kind of file: values of a fact stand in one file together; ids, which would clash, each in one of its own."""

    def tried(book: rk.Book, fact: str, values: Sequence[Any], folder: Path) -> Results:
        path = folder / f"c{ending}"
        held = {f"S-{number}": value for number, value in enumerate(values) if holds(value)}
        found: dict[str, Found] = {}
        for some in [held] if fact != ID and ending != ".parquet" else [{id: value} for id, value in held.items()]:
            write(path, [_flat(fact, value, id) for id, value in some.items()])
            found |= _of_file(book, fact, path, some)
        return [found.get(f"S-{number}") for number in range(len(values))]

    return tried


def _of_file(book: rk.Book, fact: str, path: Path, ids: Mapping[str, Any]) -> dict[str, Found]:
    """What came of each case of a file; of a file of one case, all that is said is said of it."""
    file = read_cases(path, book.rulebook)
    found = {}
    for id in ids:
        codes = _codes(p for p in file.problems if p.code != "RK802" and (len(ids) == 1 or p.case == id))
        case = next((case for case in file.cases if len(ids) == 1 or case.id == id), None)
        found[id] = Found(None, True, codes) if case is None else Found(_stated(case, fact), codes=codes)
    return found


def _codes(problems: Iterable[rk.Problem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem.code for problem in problems))


def _stated(case: rk.Case, fact: str) -> Any:
    return (case.id or None) if fact == ID else case.facts.get(fact)


def _table(cases: list[dict[str, Any]]) -> list[list[Any]]:
    return [list(cases[0]), *(list(case.values()) for case in cases)]


def _write_csv(path: Path, cases: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_table(cases))


def _write_xlsx(path: Path, cases: list[dict[str, Any]]) -> None:
    book = openpyxl.Workbook()
    for row in _table(cases):
        book.active.append(row)
    for cell in (cell for row in book.active for cell in row if cell.data_type == "f"):
        cell.data_type = "s"
    book.save(path)


def _write_yaml(path: Path, cases: list[dict[str, Any]]) -> None:
    path.write_text(yaml.safe_dump(cases, allow_unicode=True), encoding="utf-8")


def _write_json(path: Path, cases: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(cases, ensure_ascii=False), encoding="utf-8")


def _write_jsonl(path: Path, cases: list[dict[str, Any]]) -> None:
    path.write_text("".join(f"{json.dumps(case, ensure_ascii=False)}\n" for case in cases), encoding="utf-8")


def _write_parquet(path: Path, cases: list[dict[str, Any]]) -> None:
    _frame(cases[0]).write_parquet(path)


def _frame(case: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(name, [said]) for name, said in case.items()])


def _columns(made: Callable[[Mapping[str, Any]], Any]) -> Try:
    """A kind of frame: a frame of one row for each value, which is in the type of that value."""

    def tried(book: rk.Book, fact: str, values: Sequence[Any], folder: Path) -> Results:
        checker = FrameChecker(book.rulebook, book.checker)
        return [None if _is_foreign(value) else _of_frame(checker, fact, made(_flat(fact, value))) for value in values]

    return tried


def _of_frame(checker: FrameChecker, fact: str, frame: Any) -> Found:
    checked = checker.check(given(frame, checker.wanted))
    codes = _codes(fault.problem for fault in checked.faults)
    if checked.bad.any():
        return Found(None, True, codes)
    ids = checked.columns.ids
    return Found(ids[0] if fact == ID and ids is not None else checked.columns.facts()[0].get(fact), codes=codes)


def _python(made: Callable[[rk.Book, dict[str, Any]], rk.Case]) -> Try:
    def tried(book: rk.Book, fact: str, values: Sequence[Any], folder: Path) -> Results:
        return [_of_python(partial(made, book), fact, value) for value in values]

    return tried


def _of_python(made: Callable[[dict[str, Any]], rk.Case], fact: str, value: Any) -> Found:
    try:
        case = made(_flat(fact, value))
    except rk.CaseError as error:
        return Found(None, True, _codes(error.problems))
    except (TypeError, ValueError) as error:
        return Found(None, True, (type(error).__name__,))
    return Found(_stated(case, fact), codes=_codes(case.problems))


def _told(book: rk.Book, said: dict[str, Any]) -> rk.Case:
    with book.session(by="compiled") as session:
        session.tell(said[ID], {name: value for name, value in said.items() if name != ID})
        return session[next(iter(session))].case


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and isnan(value)


def _is_json(value: Any) -> bool:
    return not (_is_foreign(value) or isinstance(value, date | Decimal) or _is_nan(value))


def _is_yaml(value: Any) -> bool:
    return _is_json(value) or type(value) is date


def _is_cell(value: Any) -> bool:
    return not (_is_foreign(value) or isinstance(value, list) or _is_nan(value) or value is None)


WAYS: Mapping[str, Try] = {
    "CSV": _file(".csv", _write_csv, lambda value: isinstance(value, str)),
    "xlsx": _file(".xlsx", _write_xlsx, _is_cell),
    "YAML": _file(".yaml", _write_yaml, _is_yaml),
    "JSON": _file(".json", _write_json, _is_json),
    "JSON Lines": _file(".jsonl", _write_jsonl, _is_json),
    "Parquet": _file(".parquet", _write_parquet, lambda value: not _is_foreign(value)),
    "Polars": _columns(_frame),
    "pandas": _columns(lambda case: pd.DataFrame({name: [said] for name, said in case.items()})),
    "Arrow": _columns(lambda case: _frame(case).to_arrow()),
    "dict": _python(lambda book, said: book.checker.case(said)),
    "Case": _python(lambda book, said: book.checker.case(rk.Case(id=said.pop(ID), facts=said))),
    "session": _python(_told),
}


def _is_foreign(value: Any) -> bool:
    """Whether a value is of NumPy or pandas: no file holds it, and a column has it in a type of its own."""
    return type(value).__module__.partition(".")[0] in ("numpy", "pandas")


# --- the pages ---------------------------------------------------------------------------------------------


def values() -> dict[str, str]:
    """Both pages, by name."""
    with TemporaryDirectory() as folder:
        book = _book(Path(folder))
        types = [*get_args(FieldType), ID]
        found = {type: _tried(book, type, Path(folder)) for type in types}
    of_facts = _alike([tried for type, tried in found.items() if type != ID])
    columns = {type: _alike([tried]) if type == ID else of_facts for type, tried in found.items()}
    return {
        f"values{ending}.md": "\n\n".join(_page(lang, found, columns)) for lang, ending in (("en", ""), ("zh", ".zh"))
    }


def _book(folder: Path) -> rk.Book:
    """A rulebook with a fact of every type, named as the type is."""
    fields = {
        type: {"type": type, "label": {"zh": FIELD_TYPES[type], "en": type}, **FACTS.get(type, {})}
        for type in get_args(FieldType)
    }
    decision = {
        "decision": "d",
        "title": "启动",
        "hit": "first",
        "outcomes": {"yes": "启动"},
        "rules": [],
        "otherwise": "yes",
    }
    decision["rules"] = [{"id": "R-1", "when": {"flag": True}, "then": "yes"}]
    files = {
        "rulebook.yaml": {"name": "samples", "version": "1.0", "title": "取值", "vocabulary": "vocabulary.yaml"},
        "vocabulary.yaml": {"fields": fields},
        "d.yaml": decision,
    }
    (folder / "book").mkdir()
    for name, said in files.items():
        (folder / "book" / name).write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return rk.load(folder / "book")


Tried = list[tuple[Any, dict[str, Found | None]]]
"""What is tried of a type, and what came of it by each way in."""


def _tried(book: rk.Book, fact: str, folder: Path) -> Tried:
    samples = [*SAMPLES.get(fact, OTHERS), *KNOWN]
    found = {way: tried(book, fact, samples, folder) for way, tried in WAYS.items()}
    return [(value, {way: results[number] for way, results in found.items()}) for number, value in enumerate(samples)]


def _alike(found: Sequence[Tried]) -> list[list[str]]:
    """The ways in, those together that give the same wherever both can hold a value."""
    together: list[list[str]] = []
    for way in WAYS:
        for others in together:
            if all(_agree(row[way], row[other]) for tried in found for _, row in tried for other in others):
                others.append(way)
                break
        else:
            together.append([way])
    return together


def _agree(one: Found | None, other: Found | None) -> bool:
    return one is None or other is None or one == other


LEAD = Text(
    "# 各种写法怎样读取\n\n案件从哪里来（表格、文本文件、程序），各类事实的各种写法，是采用、提醒，还是不予采用。本页由 "
    "`docs/generate_values.py` 逐项试读生成；读取取值的只有 `reading/taking.py` 一处。表格（CSV、工作簿）照人的写法读取，"
    "其余只认一种写法（[文件说明](files.md)，[ADR 24](adr/0024-two-dialects.md)）。\n\n"
    "✓ 采用，后为所取的值；? 按不知道处理；✗ 不予采用，该案不研判；– 这种来源写不出。RK 代码见[问题一览](problems.md)。",
    "# What is taken of each value\n\nWhat each way in (tables, text files, programs) makes of values of each type: taken, "
    "taken with a warning, or refused. This page is made by `docs/generate_values.py`, which tries each of them; values are read "
    "by one reader, `reading/taking.py`. Office tables (CSV, workbooks) take what people write, all others take one form "
    "([files](files.md), [ADR 24](adr/0024-two-dialects.md)).\n\n"
    "✓ taken, with the value; ? taken as not known; ✗ refused, and the case is left out; – cannot be written so. The codes "
    "are those of [problems](problems.md).",
)
_WRITTEN, _CODES = Text("写法", "written"), Text("## 代码", "## Codes")
_CODE, _SAYS = Text("代码", "code"), Text("说的是", "says")
_NAMES: Mapping[str, Text] = {ID: Text("编号", "the id")}


def _page(lang: Lang, found: Mapping[str, Tried], columns: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[str]:
    yield LEAD.say(lang)
    met: set[str] = set()
    for type, tried in found.items():
        name = _NAMES[type].say(lang) if type in _NAMES else FIELD_TYPES[type] if lang == "zh" else f"`{type}`"
        yield f"## {name}"
        heads = [_WRITTEN.say(lang), *(", ".join(ways) for ways in columns[type])]
        lines = [heads, ["---"] * len(heads)]
        for value, row in tried:
            cells = [next((row[way] for way in ways if row[way] is not None), None) for ways in columns[type]]
            met |= {code for cell in cells if cell is not None for code in cell.codes if code in CODES}
            lines.append([_said(value).say(lang), *map(_shown, cells)])
        yield "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
    yield _CODES.say(lang)
    rows = [
        (f"[{code}](problems.md#{code.lower()})", CODES[code].severity, _blanks(CODES[code].message.say(lang)))
        for code in sorted(met)
    ]
    yield "\n".join(f"| {' | '.join(row)} |" for row in [(_CODE.say(lang), "", _SAYS.say(lang)), ("---",) * 3, *rows])


def _blanks(template: str) -> str:
    return template.replace("{", "‹").replace("}", "›")


def _said(value: Any) -> Text:
    """A sample as the page shows it: words in quotes, else its kind and the value."""
    if value is None or _is_nan(value):
        return _NULL if value is None else Text.same("`NaN`")
    if isinstance(value, str):
        shown = value.replace("\n", "↵").replace("\u200b", "‹U+200B›").replace(" ", "␣")
        return Text.same(f"`{shown}`") if value else _BLANK
    if _is_foreign(value):
        return Text.same(f"`{value!r}`")
    kind = next(said for type, said in _KINDS.items() if isinstance(value, type))
    return Text(f"{kind.zh} `{value}`", f"{kind.en} `{value}`")


def _shown(found: Found | None) -> str:
    if found is None:
        return "–"
    codes = " ".join(found.codes)
    if found.is_refused:
        return f"✗ {codes}"
    if found.value is None:
        return f"? {codes}".strip()
    said = plain(found.value)
    shown = (
        "[" + ", ".join(said) + "]" if isinstance(said, list) else str(said).lower() if isinstance(said, bool) else said
    )
    return f"✓ `{shown}` {codes}".strip()
