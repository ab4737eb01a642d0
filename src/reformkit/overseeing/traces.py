"""What in a text tells who it was: numbers, accounts, units in full, names of persons. It is found by pattern and by list.

A pattern finds what looks like something; who signs the paper reads it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from reformkit.parsing.identity import holds_identity_number, masked
from reformkit.text import Text

_IDENTITY, _PHONE = Text("证件号码", "an identity number"), Text("电话号码", "a telephone number")
_ACCOUNT, _CREDIT = (
    Text("账号或者其他长号码", "an account or another long number"),
    Text("统一社会信用代码", "a credit code"),
)
_CASE_NUMBER, _PLATE = Text("文号或者案号", "the number of a case or paper"), Text("车牌号", "a number plate")
_UNIT, _COMPANY = (
    Text("单位或者地方全称", "the full name of a unit or place"),
    Text("企业全称", "the full name of a company"),
)
_PERSON = Text("人名", "the name of a person")

_GAP = r"[\s\-—·.]?"
_PATTERNS: tuple[tuple[Text, re.Pattern[str]], ...] = (
    (_CREDIT, re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")),
    (_PHONE, re.compile(rf"(?<![0-9])(?:\+?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])")),
    (_PHONE, re.compile(r"(?<![0-9])[(（]?0[0-9]{2,3}[)）]?[\s\-—]?[2-9][0-9]{6,7}(?![0-9])")),
    (_ACCOUNT, re.compile(rf"(?<![0-9.])[0-9](?:{_GAP}[0-9]){{11,}}(?![0-9])")),
    (_CASE_NUMBER, re.compile(r"[\u4e00-\u9fff]{0,8}[〔\[【(（](?:19|20)[0-9]{2}[〕\]】)）][\u4e00-\u9fff]{0,6}第?[0-9]+(?:-[0-9]+)?号")),
    (_PLATE, re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·•. ]?[A-Z0-9]{5,6}(?![A-Z0-9])")),
    (_COMPANY, re.compile(r"(?<![\u4e00-\u9fff])(?![某]|[\u4e00-\u9fff]{0,6}某)[\u4e00-\u9fff（）()]{2,24}(?:有限责任公司|股份有限公司|有限公司|专业合作社)")),
)  # fmt: skip

_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|呼延|端木"
_PLAIN = "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏汪姜姚谭廖邹熊陆郝崔邱秦侯邵孟龙黎龚韦聂焦柳邢岳梅庄祝涂霍"
"""Surnames of one character that seldom begin another word behind a title."""
_AMBIGUOUS = (
    "任于高方万金钱马江史陶白武乔赖文成向常安时易段雷尹施洪牛包殷耿关祁倪何石许贺温章余田严孔康季毛齐左钟程范顾曾管"
)
"""Surnames that often do: they are known by what stands behind the name."""
_NO_NAME = "周期|周边|周转|周围|周报|林业|林草|林地|林场|罗列|谢绝|黄金|陈述|陈列|郑重|张贴|龙头|夏季|梁柱|苏木|杜绝"
_SURNAME = f"(?!{_NO_NAME})(?:{_COMPOUND}|[{_PLAIN}])"
_TITLES = (
    "书记|局长|主任|科长|所长|院长|校长|站长|处长|厅长|部长|会计|出纳|经理|董事长|镇长|乡长|村长|旗长|区长|县长|市长|组长|队长|支书|科员"
    "|法定代表人|负责人|当事人|行贿人|举报人|妻子|丈夫"
)
_GIVEN = "(?!某)[\u4e00-\u9fff](?:(?![于在的和与将被向对从任系因以为是等同])[\u4e00-\u9fff])?"
_BEFORE = "(?:[、和与对向给由被找]|^|(?<=[^\u4e00-\u9fff]))"
_PERSONS = (
    re.compile(f'(?:{_TITLES})(?:为|是|系)?[：:“"]?({_SURNAME}{_GIVEN})'),
    re.compile(f"{_BEFORE}((?:{_COMPOUND}|[{_PLAIN}{_AMBIGUOUS}]){_GIVEN})(?:同志|先生|女士)"),
    re.compile(f"{_BEFORE}((?:{_COMPOUND}|[{_PLAIN}])(?:{_TITLES}))"),
)
_LEAST = 3
"""A name of a unit or place of fewer characters is too short to be looked for in running text."""


class Telltale(NamedTuple):
    """What was found: of which kind, and the words (of an identity number, struck out)."""

    kind: Text
    words: str


class KnownNames:
    """Units, places and numbers in full, looked for in texts by their first characters, however many there are.

    Those that begin with 某, or are shorter than three characters, tell nothing.

    >>> KnownNames(["鹿城卫生院", "鹿城卫", "某区供销社"]).within("鹿城卫生院和某区供销社")
    ['鹿城卫生院', '鹿城卫']
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_head: dict[str, list[str]] = {}
        for name in sorted({normalize("NFKC", name) for name in names}, key=lambda name: (-len(name), name)):
            if telling(name):
                self._by_head.setdefault(name[:_LEAST], []).append(name)

    def within(self, text: str) -> list[str]:
        """Those that stand in a text (in its normal form), each once."""
        places = range(len(text) - _LEAST + 1)
        found = (n for at in places for n in self._by_head.get(text[at : at + _LEAST], ()) if text.startswith(n, at))
        return list(dict.fromkeys(found))


def traces(text: str, names: KnownNames) -> list[Telltale]:
    """Everything in a text that tells who it was, each once.

    >>> [(trace.kind.zh, trace.words) for trace in traces("局长王建国收受，电话13800000000", KnownNames())]
    [('电话号码', '13800000000'), ('人名', '王建国')]
    >>> traces("局长王某某、某区供销社、2022年3月、欠租27.6万元", KnownNames(["某区供销社"]))
    []
    """
    plain = normalize("NFKC", text)
    found = dict.fromkeys(_found(plain, names))
    numbers = [trace for trace in found if trace.kind in (_PHONE, _CREDIT)]
    return [t for t in found if t.kind is not _ACCOUNT or not any(other.words == t.words for other in numbers)]


def _found(text: str, names: KnownNames) -> Iterator[Telltale]:
    if holds_identity_number(text):
        yield Telltale(_IDENTITY, next(iter(re.findall(r"\*+", masked(text))), "***"))
        text = masked(text)
    for kind, pattern in _PATTERNS:
        yield from (Telltale(kind, match.group()) for match in pattern.finditer(text))
    yield from (Telltale(_UNIT, name) for name in names.within(text))
    for pattern in _PERSONS:
        yield from (Telltale(_PERSON, match[1]) for match in pattern.finditer(text))


def telling(name: str) -> bool:
    """Whether the name of a unit or place tells which it is."""
    return len(name) >= _LEAST and not name.startswith("某")
