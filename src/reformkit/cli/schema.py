"""`reformkit schema`: JSON Schema of the rule language, so that an editor completes and underlines."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from reformkit.beside import save
from reformkit.editing import vscode as editor
from reformkit.editing.jsonc import NotJson
from reformkit.editing.schema import schemas
from reformkit.editing.tables import Tables
from reformkit.printing.paper import paper, speak
from reformkit.problem import WrongUse
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language, MeasuresFolder, RulesFolder, open_book
from reformkit.text import Lang, Text

_NO_FILES = Text("当前文件夹中没有这本规则册的文件", "there are no files of this rulebook in the current folder")

_WRITTEN = Text("已写 {number} 个格式文件：{folder}", "{number} schema files written: {folder}")
_NO_JSON = Text(
    "{path} 不能读作 JSON（{error}），没有改动。请自行加入：",
    "{path} is no JSON ({error}) and was left as it is. Please add:",
)
_BOUND = Text(
    "已写 {path}（{number} 个路径）。在 VS Code 中装好扩展 redhat.vscode-yaml 即可。改了词表、决策或者症结之后，再执行一次。",
    "{path} written ({number} patterns). VS Code needs the extension redhat.vscode-yaml. "
    "Run this again after changing vocabulary, decisions or causes.",
)


def schema(
    rules: RulesFolder = None,
    measures: MeasuresFolder = None,
    vscode: Annotated[
        bool, typer.Option("--vscode", help="Also write .vscode/settings.json here. 同时写好 VS Code 的设置。")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="DIR",
            help="Folder for the schema files. 格式文件写到哪个文件夹。",
            show_default=False,
        ),
    ] = None,
    lang: Language = "zh",
) -> int:
    """JSON Schema (draft-07) of every kind of file, for editors. 供编辑器补全和标错的格式文件。"""
    book = open_book(rules, measures)
    tables = Tables(book.rulebook, book.library)
    made = schemas(tables)
    if out is None and not vscode:
        speak(sys.stdout, data=True)
        typer.echo(json.dumps(made, ensure_ascii=False, indent=1))
        return 0
    folder = out or Path(".vscode", "reformkit", book.rulebook.name)
    for kind, body in made.items():
        save(folder / f"{kind}.schema.json", json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n")
    paper(sys.stdout, lang).say(_WRITTEN.fill(number=len(made), folder=str(folder)))
    return _bind(folder, tables, lang) if vscode else 0


def _bind(folder: Path, tables: Tables, lang: Lang) -> int:
    """Write the settings of the workspace that is the current folder."""
    globs = editor.globs(Path.cwd(), tables.files)
    patterns = {f"{folder.as_posix()}/{kind}.schema.json": listed for kind, listed in sorted(globs.items())}
    if not patterns:
        raise WrongUse(_NO_FILES)
    path = Path(".vscode", "settings.json")
    data = path.read_bytes() if path.exists() else b""
    bom, text = data.startswith(b"\xef\xbb\xbf"), data.decode("utf-8-sig")
    try:
        new = editor.settings(text.replace("\r\n", "\n"), folder.as_posix(), patterns)
    except NotJson as error:
        shown: Any = {editor.KEY: patterns}
        paper(sys.stderr, lang).say(_NO_JSON.fill(path=str(path), error=str(error)))
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2), err=True)
        return FAULTS
    new = new.replace("\n", "\r\n") if "\r\n" in text else new
    save(path, ("\ufeff" * bom + new).encode())
    count = sum(map(len, patterns.values()))
    paper(sys.stdout, lang).say(_BOUND.fill(path=str(path), number=count))
    return 0
