"""The encoding of a CSV is judged by all of it; what the guess does not fit is named, and costs its row alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reformkit.files.opening import CaseFile, read_cases
from reformkit.intake import encoding
from reformkit.intake.encoding import judged
from tests.reading.test_cases import RULEBOOK

UNITS = ["某医院", "某区住房和城乡建设局", "某学校", "某街道办事处"]


def table(*units: str, header: str = "id,unit") -> str:
    return "\n".join([header, *(f"A-{i},{unit}" for i, unit in enumerate(units, 1))]) + "\n"


def read(data: bytes, folder: Path) -> CaseFile:
    (folder / "c.csv").write_bytes(data)
    return read_cases(folder / "c.csv", RULEBOOK)


def test_a_word_that_is_good_in_both_encodings_is_read_and_doubted(tmp_path: Path) -> None:
    found = read(table("某医院").encode("gb18030"), tmp_path)
    assert [case.facts["unit"] for case in found.cases] == ["某医院"]
    assert [(p.code, p.line) for p in found.problems] == [("RK188", 2)]
    assert "ĳҽԺ" in found.problems[0].message("zh") and "某医院" in found.problems[0].message("zh")


def test_the_rest_of_a_file_settles_what_a_line_leaves_open(tmp_path: Path) -> None:
    for header in ("id,unit", "编号,案发单位"):
        for code in ("gb18030", "utf-8"):
            found = read(table(*UNITS, header=header).encode(code), tmp_path)
            assert ([case.facts["unit"] for case in found.cases], found.problems) == (UNITS, [])


@pytest.mark.parametrize("at", range(len(UNITS)))
def test_a_damaged_character_in_utf8_costs_its_row(at: int, tmp_path: Path) -> None:
    data = table(*UNITS).encode().replace(UNITS[at].encode(), UNITS[at].encode()[1:], 1)
    found = read(data, tmp_path)
    assert [case.facts["unit"] for case in found.cases] == UNITS[:at] + UNITS[at + 1 :]
    assert [(p.code, p.line) for p in found.problems] == [("RK106", at + 2)]


def test_a_damaged_header_in_utf8_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    data = table(*UNITS, header="编号,案发单位").encode()
    found = read(data.replace("编".encode(), "编".encode()[:2], 1), tmp_path)
    assert not found.cases or all(case.facts.get("unit") in [*UNITS, None] for case in found.cases)
    assert ("RK106", 1) in [(p.code, p.line) for p in found.problems]


def test_a_line_in_utf8_within_gb18030_costs_its_row(tmp_path: Path) -> None:
    lines = table(*UNITS, *UNITS).splitlines(keepends=True)
    data = b"".join(line.encode("utf-8" if number == 2 else "gb18030") for number, line in enumerate(lines))
    found = read(data, tmp_path)
    assert [case.facts["unit"] for case in found.cases] == [UNITS[0], *UNITS[2:], *UNITS]
    assert [(p.code, p.line) for p in found.problems] == [("RK189", 3)]


def test_a_line_in_gb18030_within_utf8_costs_its_row_or_is_doubted(tmp_path: Path) -> None:
    for wrong, code in ((0, "RK188"), (3, "RK106")):
        lines = table(*UNITS, *UNITS).splitlines(keepends=True)
        data = b"".join(line.encode("gb18030" if number == wrong + 1 else "utf-8") for number, line in enumerate(lines))
        found = read(data, tmp_path).problems
        assert [(p.code, p.line) for p in found if p.code != "RK801"] == [(code, wrong + 2)]  # ligatures are spellings
    data = b"".join(line.encode("gb18030" if number in (1, 4) else "utf-8") for number, line in enumerate(lines))
    assert [(p.code, p.line) for p in read(data, tmp_path).problems] == [("RK189", 2), ("RK106", 5)]


@pytest.mark.parametrize("word", ["Монголия", "Baotou · Müller", "naïve", "Ελλάδα"])
def test_letters_of_others_in_a_text_in_utf8_are_no_doubt(word: str, tmp_path: Path) -> None:
    found = read(table(*UNITS, word).encode(), tmp_path)
    assert ([case.facts["unit"] for case in found.cases], found.problems) == ([*UNITS, word], [])


def test_damage_in_a_rulebook_is_a_place_and_no_other_encoding(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_bytes(
        "- {id: A-1, unit: 某医院}\n- {id: A-2, unit: 某学校}\n".encode().replace("学".encode(), b"\xad\xa6")
    )
    assert [(p.code, p.line) for p in read_cases(tmp_path / "c.yaml", RULEBOOK).problems] == [("RK106", 2)]


_CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=4, max_size=12)


@given(st.lists(_CHINESE, min_size=3, max_size=30), st.integers(64, 300))
def test_chinese_is_known_in_either_encoding_block_by_block(words: list[str], size: int) -> None:
    text = table(*words)
    for name, code in (("UTF-8", "utf-8"), ("GB18030", "gb18030")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(encoding, "BLOCK", size)
            assert judged(io.BytesIO(text.encode(code))).encoding == name


@given(st.lists(_CHINESE, min_size=5, max_size=20), st.data())
def test_one_byte_of_damage_does_not_change_the_encoding(words: list[str], data: st.DataObject) -> None:
    raw = bytearray(table(*words).encode())
    at = data.draw(st.integers(8, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255))
    assume(b"\x00" not in raw)
    assert judged(io.BytesIO(bytes(raw))).encoding == "UTF-8"
