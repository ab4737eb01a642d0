"""Arrow columns looked over before Polars has them: it trusts every buffer, and a bad one ends the process."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from reformkit.parsing.source import NO_TEXT
from reformkit.problem import CaseError, Place, Problem
from reformkit.text import Text

_CONTRADICTORY = Text("“{name}”这一列自相矛盾（{words}）", "the column `{name}` contradicts itself ({words})")

_BROKEN = re.compile(NO_TEXT + "0x[0-9A-F]{2}")
_FINEST = {"s": "ms"}  # Polars has no whole seconds, and multiplies without looking


def sound_series(name: str, column: Any, place: Place, *, used: bool = True) -> pl.Series:
    """An Arrow array or chunked array as Polars holds it, each buffer looked over.

    A text that is no UTF-8 keeps what of it can be read, with a mark that the checks know; in a column that is not
    `used` the mark is `�`. What Polars does not know comes as Python objects. Raises `CaseError` where an array
    contradicts itself.
    """
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        chunks = [_sound(_plain(chunk), used) for chunk in getattr(column, "chunks", [column])]
        kind = chunks[0].type if chunks else _plain(pa.array([], column.type)).type
        if _is_foreign(kind):
            return pl.Series(name, [value for chunk in chunks for value in chunk.to_pylist()], dtype=pl.Object)
        return pl.Series(name, pl.from_arrow(pa.chunked_array(chunks, kind)))
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # Rust's is no Exception
            raise CaseError([damaged(place, name, error)]) from error
        raise


def damaged(place: Place, name: str, error: BaseException) -> Problem:
    """What is wrong with a column that cannot be read at all."""
    said = " ".join(str(error).split())[:200]
    reason = _CONTRADICTORY.fill(name=name, words=said)
    return Problem("RK191", place, {"kind": "Arrow", "reason": reason})


def readable(text: str) -> str:
    """A text with `�` where it could not be read."""
    return _BROKEN.sub("�", text)


def _plain(array: Any) -> Any:
    """An array without what only wraps others: extension types, runs."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # type: ignore[import-untyped]  # noqa: PLC0415

    if isinstance(array.type, pa.BaseExtensionType):
        array = array.storage
    if pa.types.is_run_end_encoded(array.type):
        array.validate(full=True)
        array = pc.run_end_decode(array)
    if pa.types.is_dictionary(array.type) and not _is_words(array.type.value_type):
        array.validate(full=True)
        array = array.dictionary_decode()
    return array


def _sound(array: Any, used: bool) -> Any:
    """An array that holds what its type says. Raises ArrowException or ValueError where it cannot be made one."""
    import pyarrow as pa  # noqa: PLC0415

    array.validate()
    kind = array.type
    if pa.types.is_timestamp(kind) and kind.unit in _FINEST:
        return _finer(array, pa.timestamp(_FINEST[kind.unit], kind.tz))
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        if pa.types.is_dictionary(kind):
            words = _sound(array.dictionary, used)
            return pa.DictionaryArray.from_arrays(array.indices, words)  # looks whether each index is there
        if not _holds_words(kind):
            if pa.types.is_date(kind):
                return array  # a time within a day: the checks say so
            raise
        held = array.view(_as_bytes(kind))
        held.validate(full=True)
        return pa.array([_decoded(value, used) for value in held.to_pylist()], kind)
    return array


def _finer(array: Any, kind: Any) -> Any:
    """Moments in a finer unit; those too far off for it become the farthest that there are."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    most = (1 << 63) // 1000 - 1
    seconds = array.view(pa.int64())
    near = pc.min_element_wise(pc.max_element_wise(seconds, -most, skip_nulls=False), most, skip_nulls=False)
    return pc.multiply(near, 1000).view(kind)


def _is_words(kind: Any) -> bool:
    import pyarrow as pa  # noqa: PLC0415

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _holds_words(kind: Any) -> bool:
    return _is_words(kind) or any(_holds_words(kind.field(number).type) for number in range(kind.num_fields))


def _as_bytes(kind: Any) -> Any:
    """The type of the same layout in which texts are bytes."""
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_string(kind):
        return pa.binary()
    if pa.types.is_large_string(kind):
        return pa.large_binary()
    if pa.types.is_string_view(kind):
        return pa.binary_view()
    if pa.types.is_struct(kind):
        return pa.struct([kind.field(n).with_type(_as_bytes(kind.field(n).type)) for n in range(kind.num_fields)])
    if kind.num_fields != 1:
        return kind
    inner = kind.field(0).with_type(_as_bytes(kind.field(0).type))
    if pa.types.is_list(kind):
        return pa.list_(inner)
    if pa.types.is_large_list(kind):
        return pa.large_list(inner)
    return pa.list_(inner, kind.list_size) if pa.types.is_fixed_size_list(kind) else kind


def _is_foreign(kind: Any) -> bool:
    """Whether Polars has no such type, perhaps within lists or structs."""
    import pyarrow as pa  # noqa: PLC0415

    odd = (
        pa.types.is_decimal256,
        pa.types.is_union,
        pa.types.is_interval,
        pa.types.is_run_end_encoded,
        pa.types.is_list_view,
        pa.types.is_large_list_view,
    )
    if any(is_odd(kind) for is_odd in odd) or isinstance(kind, pa.BaseExtensionType):
        return True
    return any(_is_foreign(kind.field(number).type) for number in range(kind.num_fields))


def _decoded(value: Any, used: bool) -> Any:
    match value:
        case bytes():
            try:
                return value.decode()
            except UnicodeDecodeError as error:
                mark = f"{NO_TEXT}0x{value[error.start]:02X}" if used else "�"
                return value[: error.start].decode() + mark + value[error.start + 1 :].decode(errors="ignore")
        case dict():
            return {name: _decoded(part, used) for name, part in value.items()}
        case list():
            return [_decoded(part, used) for part in value]
    return value
