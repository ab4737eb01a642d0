"""A rulebook is the same wherever it is read from, and nothing hostile gets in on the way."""

from __future__ import annotations

import io
import json
import pickle
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import reformkit as rk
from reformkit.loading import bundled

HEAD = "{name: small, vocabulary: ../words.yaml}\n"
WORDS = "fields: {urgent: {type: flag, label: 紧急}}\n"
WAY = (
    "{decision: way, title: 办法, hit: first, outcomes: [fast, slow],"
    " rules: [{id: W-1, when: {urgent: true}, then: fast}], otherwise: slow}\n"
)
TEXTS = {"words.yaml": WORDS, "small/rulebook.yaml": HEAD, "small/way.yaml": WAY}
BOOK = rk.load(TEXTS)


def on_disk(root: Path, texts: dict[str, str] = TEXTS) -> Path:
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root / "small"


def zipped(path: Path, entries: dict[str | zipfile.ZipInfo, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def as_folder(folder: Path) -> object:
    return on_disk(folder)


def as_zip(folder: Path) -> object:
    return zipped(folder / "a.zip", dict(TEXTS))


def as_a_folder_in_a_zip(folder: Path) -> object:
    return zipped(folder / "a.zip", {**TEXTS, "other/rulebook.yaml": "x"}) / "small"


def as_wheel(folder: Path) -> object:
    return str(zipped(folder / "a-1-py3-none-any.whl", {f"mine/{name}": text for name, text in TEXTS.items()}))


def as_zip_of_windows(folder: Path) -> object:
    return zipped(folder / "a.zip", {f"规则\\{name}".replace("/", "\\"): text for name, text in TEXTS.items()})


def as_zip_with_names_in_gbk(folder: Path) -> object:
    path = zipped(folder / "a.zip", {f"规则/{name}": text for name, text in TEXTS.items()})
    data = path.read_bytes().replace("规则".encode(), "规则x".encode("gb18030")[:4] + b"__")
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):  # neither says that its name is UTF-8
        start = data.find(mark)
        while start >= 0:
            data = data[: start + at] + b"\0\0" + data[start + at + 2 :]
            start = data.find(mark, start + 1)
    path.write_bytes(data)
    return path


def as_zipfile_path(folder: Path) -> object:
    content = zipped(folder / "a.zip", dict(TEXTS)).read_bytes()
    return zipfile.Path(io.BytesIO(content)) / "small"


def as_bytes(folder: Path) -> object:
    return {name: text.encode() for name, text in TEXTS.items()}


def as_revision(folder: Path) -> object:
    on_disk(folder / "top")
    git = ["git", "-C", str(folder / "top")]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"], check=True)
    shutil.rmtree(folder / "top" / "small")
    return f"git:HEAD:{folder / 'top' / 'small'}"


WAYS: list[Callable[[Path], object]] = [
    as_folder, as_zip, as_a_folder_in_a_zip, as_wheel, as_zip_of_windows, as_zip_with_names_in_gbk, as_zipfile_path,
    as_bytes, as_revision,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_rulebook_is_the_same_from_wherever_it_is_read_and_read_again(
    way: Callable[[Path], object], tmp_path: Path
) -> None:
    source = way(tmp_path)
    book = rk.load(source)  # type: ignore[arg-type]
    assert book.digests == BOOK.digests
    assert book.reloaded().digests == BOOK.digests
    assert rk.check(source) == []  # type: ignore[arg-type]
    assert not rk.diff(BOOK, source)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", ["folder", "zip", "texts", "bundled"])
def test_another_library_is_read_from_wherever_a_rulebook_is(way: str, tmp_path: Path) -> None:
    here = {path.name: path.read_text("utf-8") for path in bundled("measures").glob("*.yaml")}
    zipped(tmp_path / "m.zip", {f"mine/{name}": text for name, text in here.items()})
    source: Any = {"folder": bundled("measures"), "zip": tmp_path / "m.zip", "texts": here, "bundled": "bundled"}[way]
    book = rk.load(measures=source)
    assert book.digests["library"] == rk.load().digests["library"]
    assert book.reloaded().digests == book.digests


@pytest.mark.parametrize(
    ("library", "said"),
    [
        ({"a.yaml": "x"}, "RK850 no measure library can be read from here: there is no causes.yaml in the texts given"),
        ("none.zip", "none.zip:1:1: RK850 no measure library can be read from here: there is no none.zip"),
        ({"causes.yaml": "x", "references.yaml": "references: {}"}, "causes.yaml:1:1: RK119 a file of causes"),
    ],
)
def test_what_is_wrong_with_another_library_is_said_of_it(library: Any, said: str) -> None:
    with pytest.raises(rk.RulebookError) as error:
        rk.load(measures=library)
    assert str(error.value).startswith(said)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package that was put on the path as a zip."""
    entries: dict[str | zipfile.ZipInfo, str | bytes] = {f"packed/data/{n}": text for n, text in TEXTS.items()}
    monkeypatch.syspath_prepend(str(zipped(tmp_path / "packed.zip", {**entries, "packed/__init__.py": ""})))
    yield "packed"  # type: ignore[misc]
    sys.modules.pop("packed", None)


def test_a_resource_of_a_package_on_disk_and_in_a_zip(package: str) -> None:
    assert rk.load("package:packed/data/small").digests == BOOK.digests
    assert rk.load(files(package) / "data" / "small").digests == BOOK.digests
    if bundled() != Path(rk.__file__).parent:
        pytest.skip("the rulebooks stand outside of the package in a checkout")
    assert rk.load("package:reformkit/rules/jiuyuan").digests == rk.load().digests


def test_nothing_is_left_behind_but_what_a_letter_still_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    rk.load(TEXTS)
    assert list(tmp_path.iterdir()) == []
    wanted = [path for path in bundled("rules").rglob("*") if path.is_file()]
    wanted += [path for path in bundled("measures").rglob("*") if path.is_file()]
    texts = {path.relative_to(bundled()).as_posix(): path.read_bytes() for path in wanted}
    kept = {name: text for name, text in texts.items() if "/jiuyuan/" in name or name.count("/") == 1}
    book = rk.load(kept)
    assert book.digests == rk.load().digests
    letters = book.rulebook.letters
    assert letters is not None and Path(letters.template_of(letters.kinds["supervision_advice"])).is_file()
    del book, letters
    import gc

    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_source_is_read_anew_and_a_broken_one_leaves_the_old_book(tmp_path: Path) -> None:
    folder = on_disk(tmp_path)
    book = rk.load(folder)
    (folder / "way.yaml").write_text(WAY.replace("otherwise: slow", "otherwise: fast"), "utf-8")
    assert book.reloaded().decide("way", {"urgent": False}).outcome == "fast"
    assert book.decide("way", {"urgent": False}).outcome == "slow"
    (folder / "way.yaml").write_text("no", "utf-8")
    with pytest.raises(rk.RulebookError):
        book.reloaded()
    assert book.decide("way", {"urgent": False}).outcome == "slow"
    with pytest.raises(ValueError, match="read from nowhere"):
        pickle.loads(pickle.dumps(book)).reloaded()


def test_problems_name_the_file_as_the_caller_does(tmp_path: Path) -> None:
    bad = {**TEXTS, "small/way.yaml": WAY.replace("urgent: true", "urgnt: true")}
    (problem,) = rk.check(bad)
    assert (problem.code, problem.path, problem.excerpt) == ("RK129", "small/way.yaml", bad["small/way.yaml"].strip())
    path = zipped(tmp_path / "a.zip", dict(bad))
    assert [problem.path for problem in rk.check(path)] == [f"{path}/small/way.yaml"]
    nothing = {**TEXTS, "small/way.yaml": WAY.replace("otherwise: slow", "otherwise: fast")}
    assert "reformkit-" not in "".join(f"{p} {p.excerpt}" for p in rk.check(nothing))


@pytest.mark.parametrize("vocabulary", ["../../words.yaml", "/etc/hostname", "../small/../../../etc/hostname"])
def test_no_path_leads_out_of_what_was_given(vocabulary: str, tmp_path: Path) -> None:
    texts = {**TEXTS, "small/rulebook.yaml": HEAD.replace("../words.yaml", vocabulary)}
    assert "RK851" in [problem.code for problem in rk.check(texts)]
    head = TEXTS["small/rulebook.yaml"].replace("}", ", measures: ../../measures}")
    (problem,) = rk.check({**TEXTS, "small/rulebook.yaml": head})
    assert (problem.code, problem.message("en")) == (
        "RK851",
        "`../../measures` lies outside of what was given".replace("../../", "../"),
    )


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("small/link.yaml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def method(kind: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("small/x.yaml")
    info.compress_type = kind
    return info


HOSTILE: dict[str, tuple[dict[str | zipfile.ZipInfo, str | bytes], str]] = {
    "up": ({"../x.yaml": "a: 1"}, "leads out"),
    "up, later": ({"small/../../x.yaml": "a: 1"}, "leads out"),
    "up, as on Windows": ({"..\\x.yaml": "a: 1"}, "leads out"),
    "from the root": ({"/etc/x.yaml": "a: 1"}, "leads out"),
    "a drive": ({"C:\\x.yaml": "a: 1"}, "leads out"),
    "twice but for the case": ({"small/WAY.yaml": "a: 1"}, "stands there twice"),
    "a file as a folder": ({"words.yaml/x.yaml": "a: 1"}, "cannot be the name"),
    "a long name": ({f"{'x' * 300}.yaml": "a: 1"}, "cannot be the name"),
    "a link": ({link(): "words.yaml"}, "is a link"),
    "another compression": ({method(zipfile.ZIP_LZMA): "a: 1"}, "in a way that is not taken"),
    "a bomb": ({"small/x.yaml": b"#" * (65 << 20)}, "more than 64 MB"),
    "many files": ({f"{number}": "" for number in range(10_001)}, "more than 10000 files"),
    "another rulebook": ({"other/rulebook.yaml": "x"}, "several rulebooks"),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_archive_is_refused_in_words(hostile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    entries, words = HOSTILE[hostile]
    path = zipped(tmp_path / "a.zip", {**TEXTS, **entries})
    (problem,) = rk.check(path)
    assert (problem.code, problem.path) == ("RK850", str(path))
    assert words in problem.message("en")
    assert problem.message("zh") and problem.fix("zh") and problem.fix("en")
    assert list(tmp_path.iterdir()) == [path]


def test_an_archive_that_lies_about_its_sizes_or_is_under_a_password(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {**TEXTS, "small/x.yaml": b"#" * (65 << 20)})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    (problem,) = rk.check(path)
    assert problem.code == "RK850"
    path = zipped(tmp_path / "b.zip", dict(TEXTS))
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert "under a password" in rk.check(path)[0].message("en")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("no.zip", "there is no no.zip"),
        ("git:HEAD", "there is no git:HEAD"),
        ("package:no_such_package/rules", "no package no_such_package"),
        ("package:reformkit/../x", "leads out"),
        ({}, "no texts were given"),
        ("", "the path is empty"),
        ("package:", "no package is named"),
        ({"a.yaml": ""}, "no rulebook.yaml in the texts given"),
        ({"../rulebook.yaml": ""}, "leads out"),
    ],
)
def test_what_is_not_there_is_a_problem(source: str | dict[str, str], words: str) -> None:
    (problem,) = rk.check(source)
    assert problem.code == "RK850" and words in problem.message("en")


def test_what_is_no_source_is_a_type_error() -> None:
    for source in (5, {"rulebook.yaml": 5}, {5: "x"}):
        with pytest.raises(TypeError):
            rk.load(source)  # type: ignore[arg-type]


# --- dumps ---------------------------------------------------------------------------------------------


def test_a_dump_is_the_same_rulebook_and_says_when_it_is_not() -> None:
    text = BOOK.to_json()
    again = rk.Book.from_json(text.encode())
    assert (again.rulebook, again.digests) == (BOOK.rulebook, BOOK.digests)
    before, now = (book.decide("way", {"urgent": True}).to_dict() for book in (BOOK, again))
    assert now == {**before, "place": now["place"]}  # a dump does not say where its rules stood
    sorted_keys = json.dumps(json.loads(rk.load().to_json()), sort_keys=True)
    said = {
        text.replace('"W-1"', '"W-2"'): "are not those that were dumped (rules)",
        sorted_keys: "are not those that were dumped",
        text.replace('"format": 1', '"format": 2'): "a newer reformkit",
        "{": "no rulebook that Book.to_json wrote",
        "[]": "no rulebook that Book.to_json wrote",
        '{"format": 1, "reformkit": "0.2", "rulebook": {}, "library": null, "digests": {}}': "no rulebook that",
    }
    for changed, words in said.items():
        with pytest.raises(rk.RulebookError, match=words.replace("(", r"\(").replace(")", r"\)")):
            rk.Book.from_json(changed)


# --- cases ---------------------------------------------------------------------------------------------


CSV = "编号,紧急\nA-1,是\nA-2,也许\n"


@pytest.mark.parametrize(
    "content",
    [CSV, CSV.encode(), bytearray(CSV.encode("gb18030")), io.StringIO(CSV), io.BytesIO(CSV.encode("utf-8-sig"))],
)
def test_cases_are_read_from_what_a_file_holds(content: str | bytes | io.StringIO) -> None:
    file = BOOK.read_case_file(content, name="up/年度.csv")
    assert [case.to_dict() for case in file.cases] == [{"id": "A-1", "urgent": True}]
    assert str(file.cases[0].place) == "up/年度.csv:2:1"
    assert [str(problem.place) for problem in file.problems] == ["up/年度.csv:3:5"]
    assert [str(left.place) for left in file.unread] == ["up/年度.csv:3:1"]


def test_a_stream_has_the_name_of_its_file_and_other_contents_want_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "A-1", "紧急": true}\n', "utf-8")
    with (tmp_path / "a.jsonl").open("rb") as stream:
        (case,) = BOOK.read_cases(stream)
    assert case.to_dict() == {"id": "A-1", "urgent": True}
    assert case.place.path == str(tmp_path / "a.jsonl")
    with pytest.raises(TypeError, match="want a name"):
        BOOK.read_cases(b"- {id: A-1}")
    with pytest.raises(TypeError, match="str or bytes"):
        BOOK.read_cases(5, name="a.csv")  # type: ignore[arg-type]
    assert [p.code for p in BOOK.read_case_file("x", name=f"{'x' * 300}.txt").problems] == ["RK108"]


def test_files_may_say_labels_and_programs_say_ids() -> None:
    assert BOOK.read_cases('[{"id": "A-1", "紧急": "是"}]', name="a.json")[0].facts == {"urgent": True}
    with pytest.raises(rk.CaseError) as error:
        BOOK.assess({"id": "A-1", "紧急": True})
    assert [problem.code for problem in error.value.problems] == ["RK129"]
