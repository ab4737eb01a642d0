"""Columns that name a person: they are never read and never passed on, in any kind of table."""

from __future__ import annotations

from reformkit.reading.as_written import heading

PERSONAL = frozenset(
    [
        "姓名",
        "名字",
        "当事人",
        "当事人姓名",
        "被审查人",
        "被调查人",
        "被审查调查人",
        "被处分人",
        "处分对象",
        "举报人",
        "手机号",
        "手机号码",
        "联系电话",
        "家庭住址",
        "身份证",
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "证件号",
        "证件号码",
    ]
)
"""Headings of columns of names and numbers that tell who a person is."""


def names_person(head: str) -> bool:
    """Whether a column of this heading holds who a person is.

    >>> names_person("*身份证号（必填）"), names_person("单位名称")
    (True, False)
    """
    return heading(head) in PERSONAL
