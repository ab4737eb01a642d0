"""Signals over a distributed frame: its parts send messages, and the engine's shuffle is the post.

Each part sends what the signals ask of its cases to where their ids meet (so that of several cases with one id
the first one is counted and the others are left out), from there each case goes on to where the cases of its keys
meet, there it is counted as in one frame, and the count goes home to the part that the case is in. A message is a row of three columns, so that it
travels in any engine.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from reformkit.columns.asking import verdicts
from reformkit.columns.cases import CaseColumns, Numbers, TagColumn
from reformkit.columns.counting import COUNTED, ColumnCounter, CountedColumn, SignalTally
from reformkit.columns.deriving import derive
from reformkit.columns.keys import keyed
from reformkit.frames.answers import Frames, Told, good_rows
from reformkit.frames.given import Given, given
from reformkit.frames.identifying import mark_without_id
from reformkit.model.condition import tests
from reformkit.model.rulebook import Signal

CASES = "@cases"
"""What a message is about that goes to where ids meet; the others are about a signal."""

_HOME, _ROW, _ASKS, _KEPT, _TO = "@home", "@row", "@asks", "@kept", "@to"
_ABOUT_CASES = {_HOME: pl.Int64, _ROW: pl.Int64, _ASKS: pl.Boolean, _KEPT: pl.Boolean}


class Message(NamedTuple):
    """Some rows (an Arrow stream) on their way to an address."""

    address: int
    about: str
    content: bytes


class Post:
    """Has a rulebook's signals counted over all parts of a frame, each of which is a home with a number.

    `named`: the ids of the cases counted are wanted. Addresses are the numbers below `addresses`.
    """

    def __init__(self, frames: Frames, as_of: date | None, named: bool, addresses: int) -> None:
        self._frames = frames
        self._as_of = as_of
        self._named = named
        self._addresses = addresses
        self._fields = dict(frames.rulebook.vocabulary.case_fields)
        self._signals = frames.rulebook.signals

    # --- the first step: from home ---------------------------------------------------------------------

    def send(self, parts: Sequence[pl.DataFrame]) -> Iterator[Message]:
        """The cases of some parts to where their ids meet."""
        if not parts:
            return
        cases = pl.concat(parts)
        if "id" in cases.columns:  # where there is none, no case can be counted
            yield from _messages(cases.with_columns(self._places(keyed(cases["id"]), cases[_ROW])), CASES)

    def cases(self, home: int, held: Given) -> pl.DataFrame:
        """What the signals ask of the good rows of a part, derived facts included."""
        checked = self._frames.checker.check(held)
        mark_without_id(checked)
        columns = good_rows(checked)[1]
        columns = derive(self._frames.rulebook.vocabulary, columns, self._as_of)
        about = {_HOME: home, _ROW: np.arange(columns.height), _ASKS: True, _KEPT: True}
        frame = pl.DataFrame(about, schema=_ABOUT_CASES, height=columns.height)
        asked = {name for signal in self._signals.values() for name in self._asked(signal)}
        facts = [columns.plain[name].alias(name) for name in self._fields if name in asked & columns.plain.keys()]
        facts += [_as_lists(name, columns.tags[name]) for name in self._fields if name in asked & columns.tags.keys()]
        ids = [] if columns.ids is None else [columns.ids.cast(pl.String).alias("id")]
        return frame.with_columns(*ids, *facts)

    def _asked(self, signal: Signal) -> set[str]:
        """The facts that a signal asks of a case."""
        conditions = [condition for condition in (signal.where, signal.share) if condition is not None]
        asked = {*signal.same, *(test.fact for condition in conditions for test in tests(condition))}
        asked |= {name for name in (signal.sharing, signal.distinct) if name is not None}
        return asked | (set(self._frames.rulebook.vocabulary.dates.case) if signal.within is not None else set())

    # --- the second step: where ids meet ---------------------------------------------------------------

    def pass_on(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The cases to where their keys meet; only the first one of an id goes on."""
        cases = _opened(messages).get(CASES)
        if cases is not None:
            cases = cases.sort(_HOME, _ROW)
            yield from self._by_key(cases.filter(keyed(cases["id"]).is_first_distinct()))

    def _by_key(self, cases: pl.DataFrame) -> Iterator[Message]:
        columns = self._columns(cases)
        for name, signal in self._signals.items():
            asked = self._asked(signal)
            chosen = cases.select(*_ABOUT_CASES, *(c for c in cases.columns if c == "id" or c in asked))
            keys = self._keys(signal, columns)
            if self._named:
                unsure = keys.is_null() & pl.Series(verdicts(signal.where, self._fields, columns) != 0)
                yield from self._everywhere(name, chosen.filter(unsure & chosen[_KEPT]))
                chosen = chosen.with_columns(chosen[_KEPT] & ~unsure)
            yield from _messages(chosen.with_columns(self._places(keys, cases[_ROW], name)), name)

    def _everywhere(self, about: str, unsure: pl.DataFrame) -> Iterator[Message]:
        """Cases with an unknown key: each count names them among those left out, if all else agrees."""
        if unsure.height:
            (message,) = _messages(unsure.with_columns(pl.lit(False).alias(_ASKS), pl.lit(0).alias(_TO)), about)
            yield from (message._replace(address=address) for address in range(self._addresses))

    def _keys(self, signal: Signal, columns: CaseColumns) -> pl.Series:
        """The keys of each case as one text; null where one of them is unknown."""
        words = [pl.Series(["key"]).new_from_index(0, columns.height)]
        for name in signal.same:
            if self._fields[name].type == "tags":
                column = columns.tags.get(name)
                series = None if column is None else _as_lists(name, column).list.sort().list.join("\x1e")
            elif self._fields[name].type == "text" and name in columns.plain:
                series = columns.words(name)
            else:
                series = columns.plain.get(name)
            nothing = pl.Series([None], dtype=pl.String).new_from_index(0, columns.height)
            words.append((nothing if series is None else series.cast(pl.String)).alias(f"{len(words)}"))
        return pl.DataFrame(words).select(pl.concat_str(pl.all(), separator="\x1f")).to_series()

    def _places(self, words: pl.Series, rows: pl.Series, salt: str = "") -> pl.Series:
        """Where equal words meet, the same on every machine; what has none goes anywhere."""
        different = words.unique().drop_nulls()
        places = [zlib.crc32(f"{salt}\x1f{word}".encode()) % self._addresses for word in different]
        address = words.replace_strict(different, places, default=None, return_dtype=pl.Int64)
        return address.fill_null(rows % self._addresses).alias(_TO)

    # --- the third step: where keys meet ---------------------------------------------------------------

    def count(self, messages: Iterable[Message]) -> Iterator[Message]:
        """The counts of the cases that meet here, to their homes."""
        for name, cases in _opened(messages).items():
            yield from _messages(self._counts(name, cases), name)

    def _counts(self, name: str, cases: pl.DataFrame) -> pl.DataFrame:
        # What went everywhere comes more than once where one place serves several addresses.
        cases = cases.unique([_HOME, _ROW, _ASKS], maintain_order=True)
        columns = self._columns(cases)
        asks, kept = cases[_ASKS].to_numpy(), cases[_KEPT].to_numpy()
        counter = ColumnCounter(self._frames.rulebook, columns.take(np.flatnonzero(kept)))
        asking = columns.take(np.flatnonzero(asks))
        tally = counter.counting(name, asking, counter.own(asking)).tally(
            (counter.history.ids, asking.ids) if self._named else None
        )
        return cases.filter(pl.Series(asks)).select(_HOME, _ROW, pl.col(_HOME).alias(_TO)).with_columns(_told(tally))

    def _columns(self, cases: pl.DataFrame) -> CaseColumns:
        facts = cases.drop(_ABOUT_CASES)
        if not facts.columns:
            return CaseColumns(cases.height)
        return self._frames.checker.check(given(facts, self._frames.checker.wanted)).columns

    # --- home again ------------------------------------------------------------------------------------

    def told(self, messages: Iterable[Message]) -> Told:
        """The signals of the good rows of a part, from all the messages that it got."""
        counted = _opened(messages)
        counts = {name: counted.get(name, _NOTHING).sort(_ROW) for name in self._signals}
        rows = next(iter(counts.values()))[_ROW].to_numpy()  # every signal is counted for the same rows
        return Told({name: _tally(count, self._named) for name, count in counts.items()}, rows)


# --- cases and counts as frames ----------------------------------------------------------------------------


_NOTHING = pl.DataFrame(
    schema={_ROW: pl.Int64, "value": pl.Int64, "lacks": pl.String, "possible": pl.String}
    | dict.fromkeys(COUNTED, pl.List(pl.String))
)


def _as_lists(name: str, column: TagColumn) -> pl.Series:
    """A column of tags as lists; null where unknown."""
    words = pa.array(column.tags, pa.string()).take(pa.array(column.flat))
    lists = pa.LargeListArray.from_arrays(pa.array(column.starts, pa.int64()), words)
    series = pl.Series(name, pl.from_arrow(lists), dtype=pl.List(pl.String))
    return pl.select(pl.when(pl.Series(column.known)).then(series)).to_series().alias(name)


def _told(tally: SignalTally) -> list[pl.Series]:
    """A signal of some cases as columns: its value, what each lacks, and what is possible, both as words."""
    column = tally.column
    value = pl.select(pl.when(pl.Series(column.known)).then(pl.Series(column.value))).to_series()
    told = [
        value.alias("value"),
        _joined("lacks", column.lacks, column.missing),
        _joined("possible", column.possible, column.open),
    ]
    return told if tally.ids is None else told + [s.alias(n) for s, n in zip(tally.ids, COUNTED, strict=True)]


def _tally(told: pl.DataFrame, named: bool) -> SignalTally:
    """The same columns as a tally."""
    missing, lacks = _parted(told["lacks"])
    opened, possible = _parted(told["possible"])
    values = [tuple(map(int, words)) for words in possible]
    known = told["value"].is_not_null().to_numpy()
    column = CountedColumn(told["value"].fill_null(0).to_numpy(), known, missing, lacks, opened, values)
    return SignalTally(column, (told[COUNTED[0]], told[COUNTED[1]]) if named else None)


def _joined(name: str, values: Iterable[Iterable[Any]], codes: Numbers) -> pl.Series:
    words = pl.Series(name, [",".join(map(str, value)) for value in values], dtype=pl.String)
    return words.gather(pl.Series(codes))


def _parted(words: pl.Series) -> tuple[Numbers, list[tuple[str, ...]]]:
    """Words as numbers into a list of what they are joined of; its first is nothing."""
    every = pl.concat([pl.Series([""], dtype=pl.String), words.rename("")])
    numbers = (every.rank("dense") - 1).cast(pl.Int64).to_numpy()[1:]
    return numbers, [tuple(word.split(",")) if word else () for word in every.unique().sort()]


# --- messages -----------------------------------------------------------------------------------------------


def _messages(rows: pl.DataFrame, about: str) -> Iterator[Message]:
    """Rows in one message for each address."""
    for (address,), part in rows.partition_by(_TO, as_dict=True, include_key=False).items():
        stream = io.BytesIO()
        part.write_ipc_stream(stream, compression="lz4")
        yield Message(int(str(address)), about, stream.getvalue())


def _opened(messages: Iterable[Message]) -> dict[str, pl.DataFrame]:
    """The rows of messages, by what they are about."""
    frames: dict[str, list[pl.DataFrame]] = {}
    for message in messages:
        frames.setdefault(message.about, []).append(pl.read_ipc_stream(io.BytesIO(message.content)))
    return {about: pl.concat(parts) for about, parts in frames.items()}
