"""Readers of rulebooks and of what stands beside them: letters, figures, procedure, office, templates, wheels."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import reformkit as rk
from reformkit.loading import examine
from reformkit.parsing.located_yaml import read_yaml
from reformkit.parsing.report import Report
from reformkit.parsing.source import Source
from reformkit.reading.figures import read_figures, read_integrity
from reformkit.reading.letters import read_letters
from reformkit.reading.office import read_office
from reformkit.writing.template import check_template
from tests.fuzz.bench import TOLD, Bench, Dice, Reader, check
from tests.fuzz.spoiling import said_as_json, spoilt_text, spoilt_tree, spoilt_zip


def rules(bench: Bench, dice: Dice) -> None:
    """Rules, vocabulary, measures, procedure, figures and office of a small rulebook, proofs included."""
    path = dice.choice([*bench.small.rglob("*.yaml")])
    kept = path.read_bytes()
    path.write_bytes(spoilt_text(dice, kept))
    try:
        book, problems = examine(bench.small / "book", budget=500, office=bench.small / "office" / "office.yaml")
        check(problems)
        if book is not None:
            with contextlib.suppress(rk.CaseError):
                book.assess({"id": "A-1"}).to_dict()
    finally:
        path.write_bytes(kept)


def _tree(bench: Bench, dice: Dice, name: str, report: Report) -> Any:
    source = Source.read(bench.written(f"{name}.yaml", bench.spoilt(dice, name)), report)
    return read_yaml(source, report) if source else None


def letters(bench: Bench, dice: Dice) -> None:
    report = Report()
    folder = str(bench.files["letters"].parent)
    read_letters(_tree(bench, dice, "letters", report), folder, bench.rulebook.roles, report)
    check(report.problems())


def figures(bench: Bench, dice: Dice) -> None:
    report, procedures = Report(), bench.rulebook.procedures
    read_figures(_tree(bench, dice, "figures", report), procedures, bench.rulebook.letters, report)
    read_integrity(_tree(bench, dice, "integrity", report), bench.rulebook.figures, report)
    check(report.problems())


def procedure(bench: Bench, dice: Dice) -> None:
    folder = bench.folder / "henan"
    shutil.copytree(bench.files["procedure"].parents[1] / "henan", folder, dirs_exist_ok=True)
    text = (folder / "rulebook.yaml").read_text("utf-8").replace("../vocabulary.yaml", str(_vocabulary(bench)))
    (folder / "rulebook.yaml").write_text(text, "utf-8")
    (folder / "procedure.yaml").write_bytes(spoilt_text(dice, (folder / "procedure.yaml").read_bytes()))
    check(examine(folder, None)[1])


def _vocabulary(bench: Bench) -> Path:
    return bench.small / "book" / "vocabulary.yaml"


def office(bench: Bench, dice: Dice) -> None:
    folder = bench.folder / "office"
    folder.mkdir(exist_ok=True)
    bad = dice.choice(["office", "calendar"])
    for name in ("office", "calendar"):
        raw = bench.files[name].read_bytes()
        (folder / f"{name}.yaml").write_bytes(spoilt_text(dice, raw) if name == bad else raw)
    fields = bench.rulebook.vocabulary.case_fields
    office, problems = read_office(folder / "office.yaml", bench.rulebook.role_labels, fields)
    check(problems)
    if office is not None:
        with contextlib.suppress(*TOLD):
            rk.Ledger(bench.folder / "new.ledger", bench.book, office, read_only=True).close()


def template(bench: Bench, dice: Dice) -> None:
    assert bench.rulebook.letters is not None
    check(check_template(bench.written("docx", spoilt_zip(dice, bench.files["template"])), bench.rulebook.letters))


def archive(bench: Bench, dice: Dice) -> None:
    """A rulebook in a zip."""
    check(examine(f"{bench.written('zip', spoilt_zip(dice, bench.files['zip']))}/book", budget=500)[1])


def dump(bench: Bench, dice: Dice) -> None:
    """A rulebook as `to_json` wrote it, spoilt and with its digests as they were."""
    text = bench.files["dump"].read_text("utf-8")
    made = (
        said_as_json(dice, spoilt_tree(dice, json.loads(text)))
        if dice.random() < 0.7
        else spoilt_text(dice, text.encode())
    )
    try:
        rk.Book.from_json(made).assess({"id": "A-1"}).to_dict()
    except rk.RulebookError as error:
        check(error.problems)


READERS: dict[str, Reader] = {
    "rules": rules,
    "letters": letters,
    "figures": figures,
    "procedure": procedure,
    "office": office,
    "template": template,
    "archive": archive,
    "dump": dump,
}
