"""A rulebook as one JSON text: what reading made of it, to be kept where there are no files, and taken up as it was."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from reformkit.model.digest import digests, practice_digests
from reformkit.model.figure import FigureRules
from reformkit.model.integrity import IntegrityRules
from reformkit.model.letter import Letters
from reformkit.model.library import Library
from reformkit.model.node import Node
from reformkit.model.procedure import Procedures
from reformkit.model.rulebook import Rulebook
from reformkit.sources.fault import SourceError
from reformkit.sources.shelf import Shelf
from reformkit.text import Text
from reformkit.version import __version__

FORMAT = 1
PRACTICE: dict[str, type[Node]] = {
    "procedures": Procedures,
    "letters": Letters,
    "figures": FigureRules,
    "integrity": IntegrityRules,
}
"""The parts that a rulebook leaves out of its own dump, since they decide nothing."""

N = TypeVar("N", bound=Node)

_NO_DUMP = Text("这不是 Book.to_json 转存的规则册", "this is no rulebook that Book.to_json wrote")
_NEWER = Text("由更新的 reformkit {version} 转存", "it was dumped by a newer reformkit, {version}")
_UPDATE = Text(
    "更新 reformkit，或者从规则册文件重新转存", "update reformkit, or dump it again from the rulebook's files"
)
_CHANGED = Text(
    "转存以后内容或次序有改动（{parts}）", "its contents or their order are not those that were dumped ({parts})"
)
_KEEP = Text(
    "从规则册文件重新转存；数据库中用文本列，不用会改变次序的 jsonb",
    "dump it again from the rulebook's files; in a database keep it as text, not as jsonb, which changes the order",
)


def dumped(rulebook: Rulebook, library: Library | None) -> str:
    """A rulebook with its library as JSON, with the digests by which it is known again."""
    head = {"format": FORMAT, "reformkit": __version__, "digests": _digests(rulebook, library)}
    parts = {"rulebook": rulebook, "library": library} | {name: getattr(rulebook, name) for name in PRACTICE}
    said = {name: None if part is None else part.model_dump(mode="json") for name, part in parts.items()}
    return json.dumps({**head, **said, "templates": _templates(rulebook.letters)}, ensure_ascii=False)


def _templates(letters: Letters | None) -> dict[str, str]:
    """The templates of letters by their path, in base64; one that is gone is left out, and its digest tells."""
    kinds = [] if letters is None else letters.kinds.values()
    paths = {kind.template: letters.template_of(kind) for kind in kinds} if letters is not None else {}
    return {name: b64encode(path.read_bytes()).decode() for name, path in paths.items() if path.is_file()}


def taken_up(text: str | bytes) -> tuple[Rulebook, Library | None]:
    """The rulebook and library of a dump. Raises `SourceError` for what is none, is newer or was changed since."""
    try:
        said = json.loads(text)
        version = said["reformkit"]
        if said["format"] > FORMAT:
            raise SourceError(_NEWER.fill(version=str(version)), _UPDATE)
        with Shelf((name, b64decode(kept)) for name, kept in said["templates"].items()) as shelf:
            rulebook, library = _models(said, str(shelf.root))
            if rulebook.letters is not None:
                shelf.keep_for(rulebook)
        written, now = dict(said["digests"]), _digests(rulebook, library)
    except SourceError:
        raise
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SourceError(_NO_DUMP, _UPDATE) from None
    changed = [name for name in {**written, **now} if written.get(name) != now.get(name)]
    if changed:
        raise SourceError(_CHANGED.fill(parts=Text("、".join(changed), ", ".join(changed))), _KEEP)
    return rulebook, library


def _models(said: Mapping[str, Any], folder: str) -> tuple[Rulebook, Library | None]:
    """The models of what a dump says, with the templates of letters in a folder."""

    def model(kind: type[N], part: object) -> N:
        return kind.model_validate_json(json.dumps(part))

    practice: dict[str, object] = {
        name: model(kind, said[name] | ({"folder": folder} if kind is Letters else {}))
        for name, kind in PRACTICE.items()
        if said[name] is not None
    }
    rulebook = model(Rulebook, said["rulebook"])
    rulebook = rulebook.model_copy(update=practice)
    return rulebook, None if said["library"] is None else model(Library, said["library"])


def _digests(rulebook: Rulebook, library: Library | None) -> dict[str, str]:
    return {**digests(rulebook, library), **practice_digests(rulebook)}
