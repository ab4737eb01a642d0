"""Templates spoilt at random: whatever is in them, they are refused in words or filled to a sound letter.

Sixty in the suite; `REFORMKIT_EXAMPLES` asks for more (`make soak`: a thousand).
"""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx import Document

from reformkit import Book
from reformkit.model.letter import Letters
from reformkit.writing.draft import drafted
from reformkit.writing.template import check_template
from tests.writing.letters import DAY, about
from tests.writing.templates import BODY, Parts, packed

EXAMPLES = int(os.environ.get("REFORMKIT_EXAMPLES", "60"))
_WORDS = (
    *("{{ 主送 }}", "{{ 标题 }}", "{%p if 附件 %}", "{%p endif %}", "{%p for 问题 in 问题清单 %}", "{%p endfor %}"),
    *(
        "{{ 问题.事实 }}",
        "{{ 抄送 | 顿号 }}",
        "{% if 抄送 %}",
        "{% endif %}",
        "{% else %}",
        "{%tr endfor %}",
        "{{",
        "}}",
    ),
    *("{%", "%}", "｛｛", "}", "{", "|", "字", "\u200b", "&lt;", "{{ loop.index | 中文数字 }}", "{{ ''.__class__ }}"),
    *(
        "{#",
        "#}",
        "{%- 标题 -%}",
        "{{ 标题 * 9999999 }}",
        "{% raw %}",
        "\ue000%",
        "%\ue000",
        "{{ lipsum }}",
        "((((((((",
        "某区",
    ),
)
_MILD = (
    "{{ 主送 }}",
    "{{ 标题 }}",
    "{{ 成文日期 | 日期 }}",
    "{% if 抄送 %}{{ 抄送 | 顿号 }}{% endif %}",
    "某区",
    "“&<>”",
)
_XML = (
    *(b"<w:p>", b"</w:p>", b"<w:r><w:t>", b"</w:t></w:r>", b"<w:tbl>", b"<w:ins>", b"</w:ins>", b"&amp;", b"&#0;"),
    *(b"<!DOCTYPE a>", b"<?x y?>", b"<!-- {{ a }} -->", b"<w:br/>", b"<w:tab/>", b"\x00", b"\xff", b"<w:txbxContent/>"),
    *(b'w:val="{{ a }}"', b"<w:instrText>PAGE</w:instrText>", b"<w:p><w:r><w:t>{{ b }}</w:t></w:r></w:p>"),
)


@contextmanager
def watched(allowed: Path) -> Iterator[None]:
    """Fail where anything but one file is opened for its words, a connection is made, or a program is started."""
    _WATCH.clear()
    _WATCH.append(str(allowed))
    try:
        yield
    finally:
        _WATCH.clear()


_WATCH: list[str] = []


def _hook(event: str, given: tuple[Any, ...]) -> None:
    if not _WATCH or event not in ("open", "socket.connect", "subprocess.Popen", "os.system"):
        return
    path = str(given[0])
    if event != "open" or not (path in _WATCH or path.endswith((".py", ".pyc", ".so")) or path.startswith("/proc")):
        raise AssertionError(f"{event}: {given}")


sys.addaudithook(_hook)


def _words(chance: random.Random, data: bytes) -> bytes:
    """Put in, take out or swap words of paragraphs, in runs as Word splits them."""
    document = Document(io.BytesIO(data))
    body = list(document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))
    mild = chance.random() < 0.5
    for _ in range(1 if mild else chance.randint(1, 6)):
        element = chance.choice(body)
        said, word = element.text or "", chance.choice(_MILD if mild else _WORDS)
        at = chance.randint(0, len(said))
        element.text = chance.choice((said[:at] + word + said[at:], word, said[:at], said + word)).replace("\x00", "")
        if not mild and chance.random() < 0.3:
            paragraph = next(element.iterancestors("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"))
            move = paragraph if chance.random() < 0.5 else chance.choice(body).getparent()
            if chance.random() < 0.5 and move.getparent() is not None:
                move.getparent().remove(move)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _xml(chance: random.Random, data: bytes) -> bytes:
    """Put in, take out or double bytes of a part."""

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: Parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([BODY, BODY, chance.choice(list(parts))])
        said = parts[name]
        one, other = sorted(chance.randint(0, len(said)) for _ in range(2))
        other = min(other, one + 200)
        spans = [one, *(said.find(b"<", one) for _ in range(2))]
        at = chance.choice([s for s in spans if s >= 0])
        parts[name] = chance.choice(
            (said[:at] + chance.choice(_XML) + said[at:], said[:one] + said[other:], said[:other] + said[one:])
        )
    return packed(parts)


def _bytes(chance: random.Random, data: bytes) -> bytes:
    """Change bytes of the package itself."""
    said = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        said[chance.randrange(len(said))] = chance.randrange(256)
    return bytes(said[: chance.randint(len(said) // 2, len(said))] if chance.random() < 0.3 else said)


_SPOIL: tuple[Callable[[random.Random, bytes], bytes], ...] = (_words, _words, _words, _xml, _xml, _bytes)


def test_template_spoilt_at_random_is_refused_or_filled(book: Book, letters: Letters, tmp_path: Path) -> None:
    taken = 0
    for seed in range(EXAMPLES):
        chance = random.Random(seed)
        kind = chance.choice(list(letters.kinds.values()))
        data = letters.template_of(kind).read_bytes()
        path = tmp_path / "模板.docx"
        path.write_bytes(chance.choice(_SPOIL)(chance, data))
        with watched(path):
            problems = check_template(path, letters)
        if any(problem.severity == "error" for problem in problems):
            assert all(problem.message(lang) and problem.fix(lang) for problem in problems for lang in ("zh", "en"))
            continue
        taken += 1
        spoilt = letters.model_copy(
            update={"folder": str(tmp_path), "kinds": {kind.id: kind.model_copy(update={"template": "模板.docx"})}}
        )
        draft = drafted(spoilt, kind.id, replace(about(kind.id), enclosures=("清单",)), book.library)
        if draft.problems:
            continue
        filled = draft.filled(None if draft.code is None else f"{draft.code}〔2022〕3号", DAY)
        said = "".join(p.text for p in Document(io.BytesIO(filled)).paragraphs)
        assert "{{" not in said and "{%" not in said, seed
    assert taken > EXAMPLES / 20
