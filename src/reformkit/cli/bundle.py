"""`reformkit bundle`: the engine, a rulebook and the desk in one HTML file that works without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from reformkit.bundling.assets import assets_folder, check_assets
from reformkit.bundling.making import made
from reformkit.parsing.endings import is_fixtures
from reformkit.printing.endings import format_of
from reformkit.printing.paper import brief, paper
from reformkit.problem import WrongUse
from reformkit.terminal.options import NOT_THERE, Language, RulesFolder, folder
from reformkit.terminal.targets import check_writable, write_whole
from reformkit.testing.fixtures import fixture_files
from reformkit.text import Text

_SIZE = Text(
    "{name}：{size:.1f} MB。双击用浏览器打开，断网可用；需 Chrome、Edge 119 以上，Firefox 119 以上或 Safari 17.2 以上。",
    "{name}: {size:.1f} MB. A double click opens it in a browser, without a network: Chrome or Edge 119, Firefox 119, Safari 17.2 or later.",
)
_NOT_COMPILED = Text(
    "没有 Node，未能预先编译：打开时约慢三倍。装上 Node 20 以上再生成即可。",
    "There is no Node to compile with: the file starts three times as slowly. Install Node 20 or later and make it again.",
)
_NO_LETTERS = Text(
    "没有读 Word 模板的软件包，文书没有装入：pip install 'reformkit[practice]' 后再生成。",
    "The packages that read Word templates are not there, and no letters are in it: pip install 'reformkit[practice]' and make it again.",
)
_NO_FIXTURES = Text(
    "{path} 中没有测试案件（文件名须以 .cases.yaml 结尾）",
    "there are no fixtures in {path} (their names end in .cases.yaml)",
)
_NO_FIXTURES_IN_IT = Text(
    "没有装入测试案件：其中改规则时不检验、不逐处试改；要装入，写 --fixtures。",
    "There are no fixtures in it, so edits of rules are held to none there; --fixtures puts them in.",
)


def bundle(
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="An .html file. 写到文件（.html）。", show_default=False)
    ],
    rules: RulesFolder = None,
    fixtures: Annotated[
        list[Path] | None,
        typer.Option(
            "--fixtures",
            metavar="PATH",
            help="Fixtures (.cases.yaml, or a folder of them) that an edit is held to in the file; may be given again. Those in the rulebook's folder always are. 一并装入的测试案件，可写几次。",
            show_default=False,
        ),
    ] = None,
    assets: Annotated[
        Path | None,
        typer.Option(
            "--assets",
            metavar="DIR",
            help="Where `make bundle-assets` put Python for browsers. 部件文件夹，默认 build/bundle-assets。",
            show_default=False,
        ),
    ] = None,
    lang: Language = "zh",
) -> int:
    """One HTML file with everything in it, for an office where nothing can be installed. 单文件：不安装、不联网，双击即用。"""
    home = None if rules is None else folder(rules)
    format_of(out, "html", {".html": "html", ".htm": "html"}, "html", only=True)
    check_writable(out, [rules] if rules is not None else [])
    given = fixtures or []
    for path in given:
        if not path.exists():
            raise WrongUse(NOT_THERE.fill(path=path))
        if not fixture_files(path) or not all(is_fixtures(file.name) for file in fixture_files(path)):
            raise WrongUse(_NO_FIXTURES.fill(path=path))
    parts = assets_folder(assets)
    check_assets(parts)
    file = made(parts, home, lang, given)
    write_whole(out, file.page, lang)
    console = paper(sys.stderr, lang)
    console.say(_SIZE.fill(name=brief(str(out)), size=len(file.page) / 1e6))
    if not file.is_compiled:
        console.say(_NOT_COMPILED)
    if not file.fixture_files:
        console.say(_NO_FIXTURES_IN_IT)
    if not file.has_letters:
        console.say(_NO_LETTERS)
    return 0
