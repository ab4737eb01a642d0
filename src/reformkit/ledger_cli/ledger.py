"""`reformkit ledger`: whether a ledger is as it was written, its anchor, and the way out and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reformkit.extras import extra
from reformkit.ledger.office import Office
from reformkit.printing.paper import paper
from reformkit.printing.problems import show_problems
from reformkit.terminal.guard import FAULTS
from reformkit.terminal.options import Language
from reformkit.text import Text

if TYPE_CHECKING:
    from reformkit.keeping.store import Store

Address = Annotated[
    str,
    typer.Argument(
        metavar="LEDGER",
        envvar="REFORMKIT_LEDGER",
        help="A ledger's file or URL. 台账文件，或 sqlite:///…、postgresql+psycopg://… 地址。",
        show_default=False,
    ),
]

_WHOLE = Text(
    "台账共 {acts} 号，每一号都是当初写入的样子，校验码 {anchor}。",
    "{acts} acts, each as it was written; anchor {anchor}.",
)
_FILES = Text("佐证和已发文书 {files} 个，内容未变。", "{files} files of evidence and letters, none changed.")
_NO_FILES = Text("佐证和已发文书 {files} 个，没有核对。", "{files} files of evidence and letters, not looked at.")
_ANCHORED = Text("与打印的校验码相符。", "It agrees with the printed anchors.")
_UNANCHORED = Text(
    "整本重写的台账只有对照打印的校验码才看得出：加 --anchor，照调度表末尾抄写。",
    "Only a printed anchor tells a ledger that was rewritten whole: give one with --anchor, as the sheet ends.",
)
_WRITTEN = Text("已导出 {acts} 号到 {path}，校验码 {anchor}。", "{acts} acts written to {path}; anchor {anchor}.")
_RESTORED = Text("已恢复 {acts} 号到 {path}，校验码 {anchor}。", "{acts} acts restored to {path}; anchor {anchor}.")
_COPY = Text(
    "佐证和已发文书不在导出文件里，它们的文件夹要一并复制。",
    "Evidence and letters are not in the exported file; copy their folder with it.",
)


def verify(
    ledger: Annotated[
        str,
        typer.Argument(
            metavar="LEDGER",
            envvar="REFORMKIT_LEDGER",
            help="A ledger's file or URL, or an exported .jsonl. 台账文件、地址，或导出的 .jsonl。",
            show_default=False,
        ),
    ],
    anchor: Annotated[
        list[str] | None,
        typer.Option(metavar="N:CODE", help="Off a printed sheet. 打印的校验码，可重复。", show_default=False),
    ] = None,
    office: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The office, which names the folder of evidence. 机关文件 office.yaml，其中写明佐证文件夹。",
            show_default=False,
        ),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder of evidence; else the office's, or the one beside the ledger. 佐证文件夹。",
            show_default=False,
        ),
    ] = None,
    skip_files: Annotated[
        bool, typer.Option("--skip-files", help="Leave evidence and letters unread. 不核对佐证和文书。")
    ] = False,
    lang: Language = "zh",
) -> int:
    """Whether every act, file and printed anchor is as it was. 核验台账：逐号核对，找出改动、缺失和截短。"""
    with extra("practice"):
        from reformkit.keeping import exchange, verify  # noqa: PLC0415

    folder = files.absolute() if files is not None else _named_by(office)
    if _is_export(ledger):
        looks = folder is not None and not skip_files
        report = exchange.examined_export(ledger, anchor or (), folder if looks else None)
    else:
        looks = not skip_files
        with _opened(ledger, folder) as store:
            report = verify.examined(store, anchor or (), looks)
    show_problems(report.problems, paper(sys.stderr, lang))
    if any(problem.severity == "error" for problem in report.problems):
        return FAULTS
    console = paper(sys.stdout, lang)
    console.say(_WHOLE.fill(acts=report.head.seq, anchor=report.head.anchor))
    if report.files:
        console.say((_FILES if looks else _NO_FILES).fill(files=report.files))
    console.say(_ANCHORED if anchor else _UNANCHORED)
    return 0


def anchor(ledger: Address, lang: Language = "zh") -> int:
    """The anchor to print and file. 台账截至第几号、校验码，供打印存档。"""
    with _opened(ledger) as store:
        paper(sys.stdout, lang).say(store.head().anchor)
    return 0


def export(
    ledger: Address,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write. 写到哪里。", show_default=False)
    ],
    lang: Language = "zh",
) -> int:
    """Every act as a line of JSON, with its hash. 导出为 JSON Lines，不用数据库也能核验。"""
    with _opened(ledger) as store:
        from reformkit.keeping import exchange  # noqa: PLC0415

        head = exchange.export(store, output)
    console = paper(sys.stdout, lang)
    console.say(_WRITTEN.fill(acts=head.seq, path=str(output), anchor=head.anchor))
    console.say(_COPY)
    return 0


def restore(
    file: Annotated[Path, typer.Argument(help="What `ledger export` wrote. 导出的 .jsonl 文件。", show_default=False)],
    ledger: Address,
    lang: Language = "zh",
) -> int:
    """A new ledger from an exported one, bit for bit. 由导出的文件恢复为新台账，逐字节相同。"""
    with extra("practice"):
        from reformkit.keeping import exchange  # noqa: PLC0415
        from reformkit.keeping.database import Address as At  # noqa: PLC0415

    head = exchange.restore(file, ledger)
    console = paper(sys.stdout, lang)
    console.say(_RESTORED.fill(acts=head.seq, path=At.read(ledger).shown, anchor=head.anchor))
    console.say(_COPY)
    return 0


def _opened(ledger: str, folder: Path | None = None) -> Store:
    """A ledger that is there, to read."""
    with extra("practice"):
        from reformkit.keeping.store import Store  # noqa: PLC0415

    return Store(ledger, read_only=True, folder=folder)


def _named_by(office: Path | None) -> Path | None:
    """The folder of evidence that an office names; for SQLite it lies beside the ledger."""
    named = None if office is None else Office.read(office).evidence_folder
    return None if named is None else Path(named)


def _is_export(ledger: str) -> bool:
    """Whether a file is JSON Lines; every database begins with other bytes."""
    path = Path(ledger)
    if "://" in ledger or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(1) == b"{" or path.suffix == ".jsonl"
