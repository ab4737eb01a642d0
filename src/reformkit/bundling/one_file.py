"""The one file put together: a page whose policy lets nothing in, its script by its hash, everything else packed into it."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files

from reformkit.book import Book
from reformkit.bundling.assets import ASSETS, PYODIDE
from reformkit.bundling.compiling import Python
from reformkit.bundling.packing import Files, zipped
from reformkit.hypertext.style import STYLE
from reformkit.text import Lang, Text

SITE = "/lib/python3.14/site-packages"

POLICY = (
    "default-src 'none'; script-src {scripts} blob: 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src blob:; "
    "img-src data: blob:; frame-src 'self'; base-uri 'none'; form-action 'none'"
)
"""Scripts by their hash, `blob:` for Pyodide's own two, which the page unpacks; no address can be asked for anything."""

_TAG, _TITLE = Text("zh-CN", "en"), Text("以案促改", "Reform through cases")
_NOTICE = """{name} {version} ({licence})
{text}
"""
_PYODIDE = """Pyodide is under the Mozilla Public License 2.0, whose text follows. Its source, unchanged here, is at
https://github.com/pyodide/pyodide/tree/{version} and https://www.npmjs.com/package/pyodide/v/{version}. It holds CPython, under
the licence of the Python Software Foundation, whose text follows too.
"""


@dataclass(frozen=True)
class FileParts:
    """What the page holds: Pyodide's files, the packages with reformkit, the rulebook as read and as written, its letters and fixtures."""

    pyodide: Files
    python: Python
    book: Book
    texts: Files
    letters: bytes | None
    fixtures: Files
    licences: Mapping[str, str]


def one_file(parts: FileParts, lang: Lang) -> bytes:
    """The page whole."""
    return "".join(_lines(parts, lang)).encode()


def _lines(parts: FileParts, lang: Lang) -> Iterator[str]:
    page = files("reformkit.bundling") / "static"
    script = (page / "page.js").read_text("utf-8")
    policy = POLICY.format(scripts=" ".join(hash_of(each) for each in [script, *desk_scripts()]))
    yield f'<!DOCTYPE html>\n<html lang="{_TAG.say(lang)}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<link rel="icon" href="data:,">\n'
    yield f"<title>{escape(_TITLE.say(lang))}</title>\n<style>{(page / 'page.css').read_text('utf-8')}{STYLE}</style>\n</head>\n<body>\n"
    yield (page / "page.html").read_text("utf-8")
    yield _text("notices-text", notices(parts.licences))
    lock = json.loads(parts.pyodide["pyodide-lock.json"])["info"]
    yield f'<script type="application/json" id="about-file">{json.dumps({"lock": lock, "site": SITE})}</script>\n'
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"):
        yield _packed(name, parts.pyodide[name])
    yield _packed("python_stdlib.zip", zipped(parts.python.library))
    yield _packed("site.zip", zipped(parts.python.site))
    yield _packed("book.json", parts.book.to_json().encode())
    yield _packed("texts.zip", zipped(parts.texts))
    yield _packed("fixtures.zip", zipped(parts.fixtures))
    if parts.letters is not None:
        yield _packed("letters.json", parts.letters)
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _packed(id: str, data: bytes) -> str:
    return f'<script type="text/plain" id="{id}">{b64encode(gzipped(data)).decode()}</script>\n'


def _text(id: str, words: str) -> str:
    return f'<template id="{id}">{escape(words)}</template>\n'


def gzipped(data: bytes) -> bytes:
    """Packed without a day or a name, so that the same data give the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def hash_of(script: str) -> str:
    """A script as a policy names it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def desk_scripts() -> list[str]:
    """The scripts of the desk's pages, as they stand in its frame; the first stands for its network."""
    desk, own = files("reformkit.desk") / "static", files("reformkit.bundling") / "static"
    scripts = [own / "frame.js", desk / "htmx.min.js", desk / "editor.js", desk / "desk.js"]
    return [script.read_text("utf-8").replace("</script", "<\\/script") for script in scripts]


def notices(licences: Mapping[str, str]) -> str:
    """Whose software is in the file, and under which licence, each with its text."""
    own = files("reformkit.bundling") / "static"
    said = [_PYODIDE.format(version=PYODIDE.version)]
    said += [(own / name).read_text("utf-8") for name in ("MPL-2.0.txt", "PYTHON.txt")]
    texts = {name.lower(): text for name, text in licences.items()}
    for asset in ASSETS:
        text = texts.get(asset.name.lower(), "")
        said.append(_NOTICE.format(name=asset.name, version=asset.version, licence=asset.licence, text=text))
    said.append((files("reformkit.desk") / "static" / "NOTICES.txt").read_text("utf-8"))
    return "\n".join(said)
