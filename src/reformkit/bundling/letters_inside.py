"""Letters in the one file: the moulds of a rulebook's templates packed with it, and a case's letters drafted from them.

Packing reads the templates, which needs lxml; drafting in the page needs none, for a mould is read already.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from reformkit.assessing.weighed import Weighed
from reformkit.bundling.packing import Files, unzipped
from reformkit.extras import extra
from reformkit.model.letter import Blank, Letters, Placeholder
from reformkit.text import Lang, Text
from reformkit.writing.about import LetterAbout
from reformkit.writing.draft import Draft
from reformkit.writing.filling import LetterMould, PartSource
from reformkit.writing.filters import day_said
from reformkit.writing.from_assessment import SaidOnce, about_assessment, asked_once, of_assessments

SAID_ONCE = tuple(field.name for field in fields(SaidOnce))
"""What is said of a letter as a whole, by the source of its placeholder."""
OF_OFFICE = ("office", "contact", "body")
"""What is the same for the next case."""
ENTRIES = "entries"
"""The shape of what no one types: the problems and suggestions of the case itself."""

_FILE = Text.same("{title}（草稿）-{case}.docx")
_PARTY_ONLY = Text("{ask}（{title}只发给党组织）", "{ask} ({title} goes to Party organisations only.)")
_FROM_CASE = Text(
    "{ask}（在左边“剖析发现”中补充，此处自动写入）",
    "{ask} (Add findings to the case, on the left; they are written here.)",
)


def packed_letters(letters: Letters, texts: Files) -> bytes:
    """The letters that can be drafted of an assessment, with what each template is filled as; where its file is in `texts`.

    Raises `LetterError` for a template that cannot be used, `MissingExtra` without lxml.
    """
    with extra("practice"):
        from reformkit.writing.template import read_template  # noqa: PLC0415 (needs an extra; the page does without)

    moulds = {}
    for id, kind in letters.kinds.items():
        path = letters.template_of(kind)
        mould = read_template(path, letters).mould
        data = path.read_bytes()
        home = next((name for name, held in texts.items() if held == data), None)
        if home is not None and of_assessments(letters, mould.used):
            sources = {part: list(source) for part, source in mould.sources.items()}
            moulds[id] = {"home": home, "used": [list(one) for one in sorted(mould.used, key=str)], "sources": sources}
    plain = letters.model_copy(update={"folder": ""})
    return json.dumps({"letters": plain.model_dump(mode="json"), "moulds": moulds}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class LettersInside:
    """The letters of the one file, which a case's are drafted from."""

    letters: Letters
    moulds: Mapping[str, LetterMould]

    @classmethod
    def read(cls, packed: bytes, texts: bytes) -> LettersInside:
        """What `packed_letters` packed, with the zip that its templates are in."""
        data, files = json.loads(packed), unzipped(texts)
        moulds = {
            id: LetterMould(
                PurePosixPath(held["home"]).name,
                frozenset((name, part) for name, part in held["used"]),
                unzipped(files[held["home"]]),
                {part: PartSource(*source) for part, source in held["sources"].items()},
            )
            for id, held in data["moulds"].items()
        }
        return cls(Letters.model_validate(data["letters"]), moulds)

    def titles(self, lang: Lang) -> list[dict[str, str]]:
        """The letters that there are."""
        return [{"value": id, "label": self.letters.kinds[id].title.say(lang)} for id in self.moulds]

    def draft(self, kind: str, weighed: Weighed, said: Mapping[str, Any]) -> Draft:
        """A letter of a case, with what a person said of it, by placeholder. Raises `LetterError`, ValueError."""
        holders, mould = self.letters.placeholders, self.moulds[kind]
        given = [(holders[name], value) for name, value in said.items() if name in holders and value]
        once = {holder.of: str(value) for holder, value in given if holder.of in SAID_ONCE}
        about = about_assessment(weighed, SaidOnce(**once))
        draft = Draft(self.letters, self.letters.kinds[kind], about, weighed.book.library, mould)
        told = [(holder, value) for holder, value in given if holder.of not in SAID_ONCE]
        return draft.told(**{one.name: _value(one, value) for one, value in told if one.name in mould.fields})

    def state(self, kind: str, weighed: Weighed, said: Mapping[str, Any], lang: Lang) -> dict[str, Any]:
        """How a draft stands: what is asked, what is known, and the problems that keep it from being written."""
        draft = self.draft(kind, weighed, said)
        asked = self._asked(draft, about_assessment(weighed, SaidOnce()), said)
        lacking = {_field(blank) for blank in draft.blanks}
        known = {name: words for name, value in draft.fields.items() if (words := _shown(value)) and name not in asked}
        return {
            "asked": [
                {
                    "name": name,
                    "ask": self._question(draft, holder).say(lang),
                    "shape": holder.shape if isinstance(holder.shape, str) else ENTRIES,
                    "value": said.get(name, ""),
                    "lacking": name in lacking or (holder.of in SAID_ONCE and not said.get(name)),
                    "optional": holder.optional,
                    "stays": holder.of in OF_OFFICE,
                }
                for name, holder in asked.items()
            ],
            "known": [*known.items()],
            "blanks": len(lacking),
            "problems": draft.problems,
            "name": _FILE.fill(title=draft.kind.title.zh, case=str(draft.about.case)).say(lang),
        }

    def _asked(self, draft: Draft, unsaid: LetterAbout, said: Mapping[str, Any]) -> dict[str, Placeholder]:
        """What is to be said, or was: first what several sentences rest on, then each other blank by itself."""
        holders, fields = self.letters.placeholders, draft.template.fields
        once = asked_once(self.letters, draft.kind, unsaid)
        told: dict[str, Any] = {holders[name].of: "…" for name in once}
        others = {_field(blank) for blank in replace(draft, about=replace(draft.about, **told)).blanks}
        others |= {
            name
            for name in fields
            if name in holders and (said.get(name) or (holders[name].optional and not draft.fields[name]))
        }
        return {name: holders[name] for name in [*once, *holders] if name in once or name in others & fields}

    def _question(self, draft: Draft, holder: Placeholder) -> Text:
        ask = holder.ask or Text.same(holder.name)
        if holder.of == "recipient" and draft.kind.party:
            return _PARTY_ONLY.fill(ask=ask, title=draft.kind.title)
        return ask if isinstance(holder.shape, str) else _FROM_CASE.fill(ask=ask)


def _field(blank: Blank) -> str:
    """The placeholder of a blank, which may be a part of one of its entries."""
    return blank.field.partition("第")[0]


def _value(holder: Placeholder, value: Any) -> Any:
    """What a person typed, as its placeholder takes it: a list has one entry a line."""
    if holder.shape == "day":
        return date.fromisoformat(str(value))
    if holder.shape == "list":
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    return str(value).strip()


def _shown(value: Any) -> str:
    """A field in words; of entries, the sentence of each."""
    if isinstance(value, (list, tuple)):
        return "\n".join(_shown(entry) for entry in value)
    if isinstance(value, Mapping):
        return str(value.get("成文") or "")
    return day_said(value) if value else ""
