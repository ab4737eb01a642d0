"""The letters of a rulebook: `letters.yaml` to one model, each name in it checked against what it names."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from reformkit.model import letter as model
from reformkit.model.letter import IssuingName, LetterKind, Letters, LetterSet, Placeholder
from reformkit.model.library import Citation, Library
from reformkit.model.rulebook import Role
from reformkit.parsing.report import Report
from reformkit.parsing.source import is_there
from reformkit.parsing.tree import Scalar, Tree
from reformkit.problem import Place
from reformkit.reading import keywords
from reformkit.reading.form import Form, mapping_of, named, scalar_of, words_of
from reformkit.reading.keywords import Keys
from reformkit.reading.parameters import basis_of
from reformkit.reading.words import Words
from reformkit.text import Text

LETTERS = Keys(
    Text("文书文件", "a file of letters"),
    must=("letters", "placeholders"),
    may=("sets", "names", "origins", "wording"),
)
SET = Keys(Text("成套文书", "a set of letters"), must=("title", "members"), may=("basis",))
NAME = Keys(Text("名义", "a name to issue in"), must=("head", "seal"), may=("basis",))
KIND = Keys(
    Text("文书", "a letter"),
    must=("title", "sheet", "template"),
    may=(
        *("sent_by", "sent_to", "party", "name", "series", "reply", "subject", "reason", "objection", "consequences"),
        *("legal_basis", "consequences_basis", "basis"),
    ),
)
PLACEHOLDER = Keys(Text("占位符", "a placeholder"), must=("of",), may=("ask", "optional", "parts"))
ORIGINS = Keys(Text("问题来源的说法", "the wording of origins"), may=model.SOURCES_OF_ITEMS)
WORDING = Keys(Text("措辞", "the wording of entries"), may=tuple(model.WORDING))
CITATION = Keys(Text("文书依据", "a letter's basis"), must=("ref",), may=("clause", "use", "at"))

_MEMBER, _ROLE = Text("文书编号", "the id of a letter"), Text("角色", "a role")
_BLANK = re.compile(r"\{(\w*)\}")
_NAMES_NOTHING = frozenset(
    [
        "loop",
        "true",
        "false",
        "none",
        "True",
        "False",
        "None",
        "and",
        "or",
        "not",
        "in",
        "is",
        "if",
        "else",
        "elif",
        "for",
        "endif",
        "endfor",
        "p",
        "tr",
        "r",
        "tc",
    ]
)


def read_letters(tree: Tree | None, folder: str, roles: Mapping[str, Role], report: Report) -> Letters | None:
    """The letters of a rulebook's folder, as far as they can be read; None where there is no file of them."""
    form = Form.of(tree, LETTERS, report)
    return None if form is None else _Reader(folder, form, roles, report).read()


def check_letter_basis(letters: Letters, library: Library, report: Report) -> None:
    """Report what letters rest on and the library does not have: its references, and their clauses."""
    references = Words({id: reference.title.zh for id, reference in library.references.items()})
    for kind in letters.kinds.values():
        for citation in (*kind.legal_basis, *kind.consequences_basis):
            reference = library.references.get(citation.ref or "")
            if reference is None:
                word = citation.ref or ""
                report.add("RK203", citation.place, word=word, hint=references.hint(word))
            elif citation.clause is not None and citation.clause not in reference.clauses:
                hint = Words({id: clause.at.zh for id, clause in reference.clauses.items()}).hint(citation.clause)
                report.add("RK204", citation.place, ref=citation.ref, word=citation.clause, hint=hint)


class _Reader:
    def __init__(self, folder: str, form: Form, roles: Mapping[str, Role], report: Report) -> None:
        self._folder = folder
        self._form = form
        self._report = report
        self._roles = Words({id: role.label.zh for id, role in roles.items()})

    def read(self) -> Letters:
        """Everything that the file says, as far as it can be read."""
        names = self._all("names", NAME, self._name)
        kinds = self._all("letters", KIND, self._kind)
        self._check_names(kinds, names)
        sets = self._all("sets", SET, self._set)
        self._check_members(sets, kinds)
        return Letters(
            folder=self._folder,
            names=names,
            kinds=kinds,
            sets=sets,
            origins=self._texts("origins", ORIGINS, dict.fromkeys(model.SOURCES_OF_ITEMS, model.BLANKS)),
            wording=self._texts("wording", WORDING, model.WORDING),
            placeholders=self._all("placeholders", PLACEHOLDER, self._placeholder),
            place=self._form.place,
        )

    def _all(self, key: str, keys: Keys, make: Callable[[str, Place, Form], Any]) -> dict[str, Any]:
        by_id = {}
        for id, place, node in self._form.named(key, keys.what):
            inner, errors = Form.of(node, keys, self._report), self._report.errors
            made = None if inner is None else make(id, place, inner)
            if (
                made is not None
                and self._report.errors == errors
                and inner
                and not inner.is_faulty
                and all(k in inner for k in keys.must)
            ):
                by_id[id] = made
        return by_id

    def _set(self, id: str, place: Place, form: Form) -> LetterSet | None:
        title, members = form.text("title"), tuple(node.text for node in self._words(form, "members", _MEMBER))
        if title is None:
            return None
        return LetterSet(id=id, title=title, members=members, basis=basis_of(form, self._report), place=place)

    def _name(self, id: str, place: Place, form: Form) -> IssuingName | None:
        head, seal = (self._wording(form, key, ("office",)) for key in ("head", "seal"))
        if head is None or seal is None:
            return None
        return IssuingName(id=id, head=head, seal=seal, basis=basis_of(form, self._report), place=place)

    def _kind(self, id: str, place: Place, form: Form) -> LetterKind | None:
        template = form.scalar("template")
        said: dict[str, Any] = {key: self._wording(form, key, model.BLANKS) for key in KIND.may if key in _WORDED}
        name, series = form.id("name"), form.scalar("series")
        parts = {
            "id": id,
            "place": place,
            "title": form.text("title"),
            "sent_by": self._named_roles(form, "sent_by"),
            "sent_to": self._named_roles(form, "sent_to"),
            "party": form.flag("party"),
            "reply": form.flag("reply"),
            "name": name,
            "series": None if series is None else series.text,
            "sheet": form.word("sheet", keywords.SHEETS),
            "template": None if template is None else self._template(template),
            "legal_basis": self._citations(form, "legal_basis"),
            "consequences_basis": self._citations(form, "consequences_basis"),
            "basis": basis_of(form, self._report),
            **said,
        }
        if parts["title"] is None or parts["sheet"] is None or parts["template"] is None:
            return None
        if name is not None and series is None:
            self._report.add("RK706", form.place_of("name"), title=parts["title"])
        return LetterKind.model_validate(parts)

    def _placeholder(self, name: str, place: Place, form: Form) -> Placeholder | None:
        if not name.isidentifier() or name in _NAMES_NOTHING:
            self._report.add("RK705", place, word=name)
        of = form.scalar("of")
        source = None if of is None else self._source(of, Words(keywords.LETTER_SOURCES))
        if source is None:
            return None
        shape, parts = model.SOURCES[source], {}
        if isinstance(shape, str):
            if "parts" in form:
                self._report.add("RK707", form.place_of("parts"), word=source)
        else:
            known = Words({part: keywords.LETTER_PARTS[part] for part in shape})
            mapping = mapping_of(form.get("parts"), PLACEHOLDER.what, self._report)
            for part, _, node in named(mapping, PLACEHOLDER.what, self._report) if mapping else ():
                word = scalar_of(node, PLACEHOLDER.what, self._report)
                parts[part] = (word and self._source(word, known)) or ""
        ask, optional = form.text("ask"), form.flag("optional")
        return Placeholder(name=name, of=source, ask=ask, optional=optional, parts=parts, place=place)

    def _source(self, word: Scalar, known: Words) -> str | None:
        source = known.find(word.text)
        if source is None:
            self._report.add("RK703", word.place, word=word.text, hint=known.hint(word.text), known=known.known)
        return source

    def _texts(self, key: str, keys: Keys, blanks: Mapping[str, tuple[str, ...]]) -> dict[str, Text]:
        """The sentences under a key, by their fixed names."""
        inner = Form.of(self._form.get(key), keys, self._report)
        said = {name: self._wording(inner, name, blanks[name]) for name in blanks if inner and name in inner}
        return {name: text for name, text in said.items() if text is not None}

    def _wording(self, form: Form, key: str, blanks: tuple[str, ...]) -> Text | None:
        """A sentence with blanks, each of which can be filled."""
        text = form.text(key)
        known = Words({blank: blank for blank in blanks})
        for word in _BLANK.findall(f"{text.zh}{text.en}") if text else ():
            if word not in blanks:
                place = form.place_of(key)
                self._report.add("RK704", place, word=word, hint=known.hint(word), known=known.known)
        return text

    def _named_roles(self, form: Form, key: str) -> tuple[str, ...]:
        roles = []
        for node in self._words(form, key, _ROLE):
            role = self._roles.find(node.text)
            if role is None:
                self._report.add("RK702", node.place, word=node.text, hint=self._roles.hint(node.text))
            else:
                roles.append(role)
        return tuple(roles)

    def _words(self, form: Form, key: str, what: Text) -> list[Scalar]:
        """One word, or a list of words, under a key."""
        node = form.get(key)
        items: list[Tree] = [node] if isinstance(node, Scalar) else form.items(key)
        return [word for item in items if (word := scalar_of(item, what, self._report))]

    def _template(self, node: Scalar) -> str | None:
        """The path of a template, which stands in the rulebook's folder."""
        words = words_of(node, KIND.what, self._report)
        if words is None:
            return None
        path = os.path.normpath(words)
        if Path(path).is_absolute() or path.startswith(".."):
            self._report.add("RK708", node.place, path=words)
            return None
        return path if is_there(os.path.normpath(Path(self._folder, path)), self._report, node.place) else None

    def _citations(self, form: Form, key: str) -> tuple[Citation, ...]:
        return tuple(found for item in form.items(key) if (found := self._citation(item)))

    def _citation(self, node: Tree) -> Citation | None:
        form = Form.of(node, CITATION, self._report)
        ref = form.scalar("ref") if form else None
        if form is None or ref is None:
            return None
        clause, at = form.scalar("clause"), form.text("at")
        use = form.word("use", keywords.USES) if "use" in form else "rely"
        cited = {"ref": ref.text, "clause": clause.text if clause else None, "use": use or "refer", "at": at}
        return Citation.model_validate({"kind": "reference", **cited, "place": form.place})

    def _check_names(self, kinds: Mapping[str, LetterKind], names: Mapping[str, IssuingName]) -> None:
        known = Words({id: name.head.zh for id, name in names.items()})
        for kind in kinds.values():
            if kind.name is not None and kind.name not in names:
                self._report.add("RK701", kind.place, word=kind.name, hint=known.hint(kind.name))

    def _check_members(self, sets: Mapping[str, LetterSet], kinds: Mapping[str, LetterKind]) -> None:
        known = Words({id: kind.title.zh for id, kind in kinds.items()})
        for one in sets.values():
            for member in one.members:
                if member not in kinds:
                    self._report.add("RK700", one.place, word=member, hint=known.hint(member))


_WORDED = ("subject", "reason", "objection", "consequences")
