"""A small rulebook with every shape that a workbook has to give back, and cells of its workbook to change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

import reformkit as rk

FILES = {
    "rulebook.yaml": "name: small\nversion: 1\nvocabulary: vocabulary.yaml\n",
    "vocabulary.yaml": """fields:
  level: {type: choice, label: {zh: 层级, en: Level}, ask: {zh: 哪一级？, en: Which level?}, values: {town: {zh: 乡镇级, en: Town}, county: {zh: 县级, en: County}, city: {zh: 市级, en: City}}}
  form: {type: choice, label: {zh: 形态, en: Form}, values: {one: {zh: 第一种, en: First}, two: {zh: 第二种；含诫勉, en: Second}, three: {zh: 第三种, en: Third}}}
  common: {type: flag, label: {zh: 共性, en: Common}}
  people: {type: count, label: {zh: 人数, en: People}}
  amount: {type: number, places: 2, label: {zh: 金额（万元）, en: Amount}}
  filed_on: {type: date, label: {zh: 立案日期, en: Filed on}}
  region: {type: text, label: {zh: 地区, en: Region}}
  signs: {type: tags, label: {zh: 表现, en: Signs}, values: {fraud: {zh: 虚报, en: Fraud}, gift: {zh: 收礼, en: Gift}, other: {zh: 其他, en: Other}}}
""",
    "parameters.yaml": """# numbers
parameters:
  many:
    label: {zh: 人数阈值, en: Threshold}
    values:
      - {value: 3, until: 2024-01-01, basis: {kind: assumption, at: 自定}}  # the first
      - value: 5
        since: 2024-01-01
""",
    "start.yaml": """# what starts
decision: start
title: {zh: 是否启动, en: Whether it starts}
hit: first
outcomes:
  yes_: {zh: 启动, en: Start}
  maybe: {zh: 研究决定, en: Considered}
  no_: {zh: 不启动, en: Not started}
rules:
  # the towns
  - id: S-1
    title: {zh: 乡镇案件, en: Towns}  # title
    when:
      level: town          # the level
      form: [one, two]
    then: yes_
    because:
      zh: 乡镇从严。
      en: Towns are strict.
    basis: {kind: report, at: {zh: 第一部分, en: Part one}}
    since: 2022-01-01

  - id: S-2
    when:
      common: true
      any:
        - {level: county, people: {at_least: $many}}
        - signs: {includes_any: [fraud, gift]}
    then: yes_

  - id: S-3
    enabled: false
    when: {amount: {more_than: 17.5, at_most: 300}, filed_on: {at_least: 2022-06-30}}
    then: maybe
    basis: {kind: assumption, at: 自定}

  - id: S-4
    when:
      not: {all: [{level: city}, {form: three}]}
    then: maybe
  - {id: S-5, when: {region: [某区, "某县(东)"], people: {not: [1, 2], known: true}}, then: maybe}
# the end
otherwise: no_
""",
    "提示.yaml": """决策: hints
标题: {zh: 提示, en: Hints}
取用方式: 汇总
结论项:
  look: {zh: 再看, en: Look again}
  ask: {zh: 询问, en: Ask}
规则取自:
  - parts/more.yaml
其余: {结论: look, 理由: 没有别的}
""",
    "parts/more.yaml": """依据: {性质: 假设, 出处: 本规则册}
施行: 2022-01-01
规则:
  - {编号: H-1, 条件: {人数: {至少: 10}}, 结论: 再看}
  - 编号: H-2
    条件: {任一: [{层级: 县级}, {层级: {已知: 否}}]}
    结论: 询问
""",
}


def small(folder: Path) -> Path:
    """The rulebook in a folder of its own."""
    for name, text in FILES.items():
        path = folder / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder / "small"


class Sheets:
    """The workbook of a rulebook, and changes of it."""

    def __init__(self, rules: Path, lang: Any = "zh") -> None:
        self.rules = rules
        self.path = rules.parent / "规则.xlsx"
        rk.load(rules).export_workbook(self.path, lang, overwrite=True)

    def changed(self, change: Callable[[Any], object]) -> Path:
        """The workbook after a change."""
        book = openpyxl.load_workbook(self.path)
        change(book)
        book.save(self.path)
        return self.path

    def set(self, *cells: tuple[str, str, str, Any]) -> Path:
        """The workbook with cells (sheet, id, heading, value) set."""

        def change(book: Any) -> None:
            for title, id, heading, value in cells:
                cell(book, title, id, heading).value = value

        return self.changed(change)


def cell(book: Any, title: str, id: str, heading: str) -> Any:
    """A cell by sheet, id and heading; `id+1` is the row below."""
    sheet = book[title]
    name, _, below = id.partition("+")
    row = next(c.row for c in sheet["A"] if c.value == name) + int(below or 0)
    return sheet.cell(row, next(c.column for c in sheet[3] if c.value == heading))


def texts(folder: Path) -> dict[str, str]:
    """Every YAML of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in sorted(folder.rglob("*.yaml"))}
