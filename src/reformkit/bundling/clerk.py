"""What runs inside the one file: a case assessed and asked about, files read, a year summed up; JSON in, JSON out.

The page's script calls `answer`; nothing here knows of a page. Tests call it as the script does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reformkit.assessment import Assessment
from reformkit.book import Book
from reformkit.bundling.inside_words import words
from reformkit.bundling.opened import Kind, kind_of
from reformkit.bundling.packing import unzipped
from reformkit.files.opening import CaseFile
from reformkit.hypertext.style import STYLE
from reformkit.intake.fixtures import read_fixtures
from reformkit.loading import load
from reformkit.model.decision import need_of
from reformkit.model.vocabulary import Field
from reformkit.pages.year import Year
from reformkit.problem import CaseError, LetterError, Problem, RulebookError
from reformkit.reporting.asking import ask
from reformkit.reporting.case_page import case_page
from reformkit.reporting.html import section
from reformkit.sources.contents import as_file
from reformkit.text import Lang, Text

if TYPE_CHECKING:
    from reformkit.bundling.letters_inside import LettersInside

MOST_PROBLEMS = 200


class Clerk:
    """A rulebook at work in a page; `given` are the cases of the file that was opened, which `files` holds.

    `packed` is the folder of what else the page has: `texts.zip`, and where there are any `letters.json`, `fixtures.zip`.
    """

    def __init__(self, dump: str, packed: str | Path = "/packed") -> None:
        self.book = Book.from_json(dump)
        self._packed = Path(packed)
        self.given = CaseFile()
        self.files: dict[str, bytes] = {}
        self._year: Year | None = None
        self._readers: dict[Kind, Callable[[str, bytes, Lang], dict[str, Any]]] = {
            "cases": self._read_cases,
            "fixtures": self._read_fixtures,
            "rules": self._read_rules,
        }
        self._verbs: dict[str, Callable[[Mapping[str, Any], bytes, Lang], Any]] = {
            "form": self._form,
            "assess": self._assess,
            "page": self._page,
            "read": self._read,
            "case": self._case,
            "sum_up": self._sum_up,
            "year_page": lambda told, data, lang: self._made(".html", lang),
            "year_book": lambda told, data, lang: self._made(".xlsx", lang),
            "template": self._template,
            "letter": self._letter,
            "letter_file": self._letter_file,
        }

    def answer(self, verb: str, told: str, data: bytes = b"", lang: Lang = "zh") -> str | bytes:
        """What a request comes to: JSON, or a file. What is wrong with what was told stands in `problems`."""
        try:
            found = self._verbs[verb](json.loads(told), data, lang)
        except (CaseError, LetterError) as error:
            found = {"problems": _said(error.problems, lang)}
        except ValueError as error:
            found = {"problems": [{"severity": "error", "message": _worded(error, lang), "place": ""}]}
        return found if isinstance(found, bytes) else json.dumps(found, ensure_ascii=False)

    # --- one case --------------------------------------------------------------------------------------

    def _form(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        """What the page needs to ask: the facts with their questions, causes, matters, words, the look of what is shown."""
        vocabulary, rulebook = self.book.rulebook.vocabulary, self.book.rulebook
        stated = [field for field in vocabulary.fields.values() if _may_be_stated(field)]
        matter = next((field for field in stated if field.of_finding and field.values), None)
        return {
            "rulebook": f"{rulebook.title.say(lang)} {rulebook.version or ''}".strip(),
            "words": words(lang),
            "style": STYLE,
            "fields": [_asked(field, lang) for field in stated if not field.of_finding],
            "causes": [{"value": id, "label": item.label.say(lang)} for id, item in self.book.cause_items.items()],
            "matters": [] if matter is None else _asked(matter, lang)["options"],
        }

    def _assess(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        """A case assessed, counted among those that were opened: its page, and what is asked next."""
        assessment = self._assessed(told)
        needs = [need for need in assessment.needs if need.type != "cases"]
        fields = self.book.rulebook.fields
        return {
            "page": "\n".join(section(case_page(assessment), lang)),
            "needs": [
                {
                    **_asked(fields[need.fact], lang),
                    "ask": ask(assessment, need).say(lang),
                    "of_finding": fields[need.fact].of_finding,
                }
                for need in needs
                if need.fact in fields
            ],
            "problems": _said(assessment.problems, lang),
        }

    def _page(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> bytes:
        return self._assessed(told).page(lang).encode()

    def _assessed(self, told: Mapping[str, Any]) -> Assessment:
        others = [case for case in self.given.cases if case.id != told.get("id")]
        return self.book.assess(told, others or None)

    # --- its letters -----------------------------------------------------------------------------------

    @cached_property
    def _drawer(self) -> LettersInside | None:
        letters = self._packed / "letters.json"
        if not letters.is_file():
            return None
        from reformkit.bundling.letters_inside import LettersInside  # noqa: PLC0415 (a first answer needs none)

        return LettersInside.read(letters.read_bytes(), (self._packed / "texts.zip").read_bytes())

    def _letter(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        """Which letters there are; of the one that is chosen, how its draft stands."""
        if self._drawer is None:
            return {"kinds": []}
        found: dict[str, Any] = {"kinds": self._drawer.titles(lang), "problems": []}
        if told.get("kind"):
            state = self._drawer.state(told["kind"], self._assessed(told["case"]), told["said"], lang)
            found |= {**state, "problems": _said(state["problems"], lang)}
        return found

    def _letter_file(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> bytes:
        """The draft as a .docx. Raises `LetterError` where it lacks something."""
        assert self._drawer is not None
        return self._drawer.draft(told["kind"], self._assessed(told["case"]), told["said"]).unissued()

    # --- files -----------------------------------------------------------------------------------------

    @cached_property
    def fixtures(self) -> dict[str, bytes]:
        """Files of fixtures: those that came with the page, then those that were opened."""
        held = self._packed / "fixtures.zip"
        return unzipped(held.read_bytes()) if held.is_file() else {}

    def _read(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        """A file that was opened: cases in the place of those before, fixtures, a rulebook; what is refused changes nothing."""
        name, content = told["name"], bytes(data)
        kind = kind_of(name, content)
        if isinstance(kind, Text):
            return {"problems": [{"severity": "error", "message": kind.say(lang), "place": ""}]}
        return self._readers[kind](name, content, lang)

    def _read_cases(self, name: str, data: bytes, lang: Lang) -> dict[str, Any]:
        """A file of cases in the place of those that were opened before; one that has none is not taken."""
        given = self.book.read_case_file(data, name=name, all_warnings=True)
        if given.cases:
            self.given, self._year = given, None
            self.files.clear()
            self.files[name] = data
        return {
            "cases": [case.id for case in given.cases],
            "left_out": len(given.unread),
            "problems": _said(given.problems, lang),
        }

    def _read_rules(self, name: str, data: bytes, lang: Lang) -> dict[str, Any]:
        """A rulebook that was saved from such a page. Raises `RulebookError` for one that cannot be used."""
        with as_file(data, name) as (path, shelf):
            try:
                book = load(path)
            except RulebookError as error:
                return {"problems": _said(map(shelf.said, error.problems), lang)}
        self._drawer  # noqa: B018 (letters stay those that the page was made with, whose templates were checked)
        (self._packed / "texts.zip").write_bytes(data)
        self.book, self.given, self._year = book, CaseFile(), None
        self.files.clear()
        return {"rules": book.rulebook.title.say(lang), "problems": []}

    def _read_fixtures(self, name: str, data: bytes, lang: Lang) -> dict[str, Any]:
        """A file of fixtures in the place of the one of its name; one that has none is not taken."""
        measures = None if self.book.library is None else self.book.library.measures
        with as_file(data, name) as (path, shelf):
            fixtures, problems = read_fixtures(path, self.book.rulebook, measures)
        if fixtures:
            self.fixtures[name] = data
        return {"fixtures": len(fixtures), "problems": _said(map(shelf.said, problems), lang)}

    def _case(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        """One of the cases that were opened, as the page states it."""
        return next(case.to_dict() for case in self.given.cases if case.id == told["id"])

    def _sum_up(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> dict[str, Any]:
        self._year = self.book.year(self.given, told.get("year") or None)
        return {"page": self._year.fragment(lang), "problems": []}

    def _made(self, ending: str, lang: Lang) -> bytes:
        return b"" if self._year is None else self._year.made(ending, lang)

    def _template(self, told: Mapping[str, Any], data: bytes, lang: Lang) -> bytes:
        from reformkit.workbook.cases_out import write_cases  # noqa: PLC0415 (it takes time to start)

        file = BytesIO()
        write_cases(file, self.book.rulebook.vocabulary, lang)
        return file.getvalue()


def _may_be_stated(field: Field) -> bool:
    """Whether a person may state a fact; what is gathered from findings is stated of these."""
    return field.source in ("stated", "derived") and (field.derived is None or field.derived.findings is None)


def _asked(field: Field, lang: Lang) -> dict[str, Any]:
    need = need_of(field)
    return {
        "fact": need.fact,
        "type": need.type,
        "label": need.label.say(lang),
        "ask": (need.ask or need.label).say(lang),
        "options": [{"value": value, "label": label.say(lang)} for value, label in need.options],
        "places": field.places,
    }


def _said(problems: Iterable[Problem], lang: Lang) -> list[dict[str, str]]:
    """Problems in words, the first of many."""
    return [
        {
            "severity": problem.severity,
            "message": problem.message(lang),
            "fix": problem.fix(lang),
            "place": f"{problem.case or ''} {problem.heading or ''}".strip(),
        }
        for problem in [*problems][:MOST_PROBLEMS]
    ]


def _worded(error: ValueError, lang: Lang) -> str:
    text = getattr(error, "text", None)
    return text.say(lang) if isinstance(text, Text) else str(error)
