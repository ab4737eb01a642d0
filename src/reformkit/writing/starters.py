"""The templates to begin with, one a letter, as officials then edit them in Word or WPS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx.document import Document as Docx

from reformkit.writing import sheets
from reformkit.writing.forms import form
from reformkit.writing.package import read_package
from reformkit.writing.sheets import heading, letter_head, new_sheet, red_head, sealed, write

_ISSUES = ("{%p for 问题 in 问题清单 %}", "（{{ loop.index | 中文数字 }}）{{ 问题.成文 }}", "{%p endfor %}")
_SUGGESTIONS = (
    "{%p for 建议 in 建议清单 %}",
    "（{{ loop.index | 中文数字 }}）{{ 建议.成文 }}",
    "{%p if 建议.标准 %}",
    "验收时查看：{{ 建议.标准 | 分号 }}。",
    "{%p endif %}",
    "{%p endfor %}",
)
_ENCLOSURES = ("{%p if 附件 %}", "附件：{{ 附件 | 顿号 }}", "{%p endif %}")
_BY_HAND = "（签字）\n\n            年    月    日"


def write_starters(folder: Path) -> list[Path]:
    """Write every template to a folder; the same bytes each time."""
    written = []
    for name, make in STARTERS.items():
        path = folder / f"{name}.docx"
        make().save(str(path))
        package, _ = read_package(path)
        if package is not None:
            path.write_bytes(package.packed())  # python-docx stamps the hour
        written.append(path)
    return written


def _advice(kind: str, demanded: str, addressed: str) -> Callable[[], Docx]:
    def make() -> Docx:
        document = new_sheet()
        red_head(document, "{{ 发文机关 }}文件", "{{ 发文字号 }}")
        sheets.title(document, "{{ 标题 }}", above=2)
        write(document, "{{ 主送 }}：", first=0)
        write(document, "{{ 缘由 }}")
        heading(document, "一、认定的事实和原因")
        _say_all(document, _ISSUES)
        heading(document, f"二、{demanded}")
        write(document, f"{{{{ 依据 }}}}，提出如下{demanded}：")
        _say_all(document, _SUGGESTIONS)
        heading(document, "三、回复和异议")
        write(
            document,
            f"请{addressed}于{{{{ 回复期限 }}}}前，将采纳本{kind}和整改落实的情况书面报送{{{{ 回复机构 }}}}，并附佐证材料。",
        )
        write(document, "{{ 异议 }}{{ 后果 }}")
        write(document, "联系方式：{{ 联系 }}。", together=True)
        _end(document)
        return document

    return make


def _reform_notice() -> Docx:
    document = new_sheet()
    red_head(document, "{{ 发文机关 }}文件", "{{ 发文字号 }}")
    sheets.title(document, "{{ 标题 }}", above=2)
    write(document, "{{ 主送 }}：", first=0)
    write(document, "{{ 缘由 }}")
    heading(document, "一、存在的问题")
    _say_all(document, _ISSUES)
    heading(document, "二、促改建议")
    write(document, "{{ 依据 }}，请抓好下列事项的整改：")
    _say_all(document, _SUGGESTIONS)
    heading(document, "三、工作要求")
    write(
        document,
        "请制定整改方案，建立整改台账，逐项明确责任人和完成期限，并于{{ 回复期限 }}前将整改情况书面报送{{ 回复机构 }}。",
    )
    write(document, "{{ 异议 }}{{ 后果 }}")
    write(document, "联系方式：{{ 联系 }}。", together=True)
    _end(document)
    return document


def _reminder_letter() -> Docx:
    document = new_sheet(first_page_apart=True)
    letter_head(document, "{{ 发文机关 }}", "{{ 发文字号 }}")
    sheets.title(document, "{{ 标题 }}")
    write(document, "{{ 主送 }}：", first=0)
    write(document, "{{ 缘由 }}")
    write(document, "{{ 案情 }}")
    write(document, "促改层次：{{ 层次 }}。")
    write(
        document,
        "请与审查调查同步做好案件剖析，从制度建设薄弱点、权力运行风险点、监督管理空白点三个方面找准问题产生的症结，"
        "提出促改建议，并结合案件查办进度，适时向案发部门发出文书。",
    )
    write(document, "联系方式：{{ 联系 }}。", together=True)
    _end(document, copies=False)
    return document


def _supervision_slip() -> Docx:
    document = new_sheet(first_page_apart=True)
    letter_head(document, "{{ 发文机关 }}", "{{ 发文字号 }}")
    sheets.title(document, "{{ 标题 }}")
    write(document, "{{ 主送 }}：", first=0)
    write(document, "促改事项{{ 事项编号 }}（{{ 单位 }}）下列环节已经逾期：")
    write(document, "{{ 逾期事项 }}")
    write(
        document,
        "请抓紧办理，于{{ 回复期限 }}前办结，并将办理结果和逾期原因书面报送{{ 回复机构 }}。确有困难的，应当在期限届满前按程序申请延期。",
    )
    write(document, "联系方式：{{ 联系 }}。", together=True)
    _end(document, copies=False)
    return document


def _study_form() -> Docx:
    document = _form("以案促改研判表")
    form(
        document,
        [30, 48, 30, 48],
        [
            [
                ("*事项编号", 1),
                ("{{ 事项编号 }}", 1),
                ("*案件编号", 1),
                ("{% if 案件编号 %}{{ 案件编号 }}{% else %}无{% endif %}", 1),
            ],
            [("*案发单位", 1), ("{{ 单位 }}", 1), ("*促改层次", 1), ("{{ 层次 }}", 1)],
            [("*案情和\n研判情况", 1), ("{{ 案情 }}", 3)],
            [("*研判意见", 1), ("{{ 意见 }}", 3)],
            [("*理由", 1), ("{{ 理由 }}", 3)],
            [("*研判机构", 1), (f"{{{{ 回复机构 }}}}\n{_BY_HAND}", 3)],
            [("*分管领导\n意见", 1), (_BY_HAND, 3)],
        ],
        heights={2: 48, 3: 14, 4: 26, 5: 32, 6: 32},
    )
    return document


def _acceptance_form() -> Docx:
    document = _form("以案促改验收表")
    _facts(document, "验收日期")
    form(
        document,
        [16, 50, 42, 28, 20],
        [
            [("*序号", 1), ("*促改建议", 1), ("*验收标准", 1), ("*佐证", 1), ("*结论", 1)],
            [("{%tr for 建议 in 建议清单 %}", 5)],
            [
                ("{{ loop.index }}", 1),
                ("{{ 建议.正文 }}", 1),
                ("{{ 建议.标准 | 分号 }}", 1),
                ("{{ 建议.佐证 | 顿号 }}", 1),
                ("{{ 建议.结论 }}", 1),
            ],
            [("{%tr endfor %}", 5)],
            [("*验收\n结论", 1), ("{{ 检查结果 }}", 4)],
            [("*验收\n机构", 1), (_BY_HAND, 4)],
            [("*监督\n机构", 1), (_BY_HAND, 4)],
        ],
        heights={4: 18, 5: 30, 6: 30},
    )
    return document


def _revisit_form() -> Docx:
    document = _form("以案促改回访表")
    _facts(document, "回访日期")
    form(
        document,
        [16, 70, 70],
        [
            [("*序号", 1), ("*促改建议", 1), ("*回访查看", 1)],
            [("{%tr for 建议 in 建议清单 %}", 3)],
            [("{{ loop.index }}", 1), ("{{ 建议.正文 }}", 1), ("{{ 建议.标准 | 分号 }}", 1)],
            [("{%tr endfor %}", 3)],
            [("*回访\n情况", 1), ("{{ 检查结果 }}", 2)],
            [("*回访\n机构", 1), (_BY_HAND, 2)],
            [("*受访\n单位", 1), (_BY_HAND, 2)],
        ],
        heights={4: 30, 5: 30, 6: 30},
    )
    return document


def _receipt_slip() -> Docx:
    document = _form("送达回证")
    form(
        document,
        [34, 122],
        [
            [("*送达机关", 1), ("{{ 署名 }}", 1)],
            [("*受送达单位", 1), ("{{ 主送 }}", 1)],
            [("*事项编号", 1), ("{{ 事项编号 }}", 1)],
            [("*送达文书", 1), ("{%p for 文书 in 送达文书 %}\n{{ loop.index }}. {{ 文书 }}\n{%p endfor %}", 1)],
            [("*送达人", 1), (_BY_HAND, 1)],
            [("*收件人\n（注明职务）", 1), (_BY_HAND, 1)],
            [("*备注", 1), ("", 1)],
        ],
        heights={3: 36, 4: 34, 5: 34, 6: 24},
    )
    write(document, "注：由受送达单位收件人签收后退回送达机关。", size=12, first=0)
    return document


def _dispatch_sheet() -> Docx:
    document = _form("以案促改月调度表")
    write(document, "调度日期：{{ 调度日期 }}    下次调度：{{ 下次调度 }}", size=14, first=0)
    write(
        document, "{% if 调度摘要 %}{{ 调度摘要 | 顿号 }}。{% else %}没有需要调度的事项。{% endif %}", size=14, first=0
    )
    form(
        document,
        [18, 25, 28, 24, 27, 34],
        [
            [(f"*{head}", 1) for head in ("类别", "事项", "单位", "环节", "责任机构", "期限、说明")],
            [("{%tr for 行 in 调度清单 %}", 6)],
            [
                *((f"{{{{ 行.{part} }}}}", 1) for part in ("类别", "事项", "单位", "环节", "责任机构")),
                ("{{ 行.期限 }}\n{{ 行.说明 }}", 1),
            ],
            [("{%tr endfor %}", 6)],
        ],
        size=10.5,
    )
    write(document, "", first=0, size=4).paragraph_format.line_spacing = 0.4
    form(document, [40, 116], [[("*统筹部门", 1), (_BY_HAND, 1)]], heights={0: 28})
    write(document, "{{ 校验码 }}（签字后存档）", size=12, first=0)
    return document


def _form(words: str) -> Docx:
    document = new_sheet()
    sheets.title(document, words, above=0)
    return document


def _facts(document: Docx, day: str) -> None:
    form(
        document,
        [30, 48, 30, 48],
        [
            [("*事项编号", 1), ("{{ 事项编号 }}", 1), (f"*{day}", 1), ("{{ 检查日期 }}", 1)],
            [("*责任单位", 1), ("{{ 单位 }}", 3)],
        ],
    )
    write(document, "", first=0, size=4).paragraph_format.line_spacing = 0.4


def _say_all(document: Docx, lines: tuple[str, ...]) -> None:
    for line in lines:
        write(document, line)


def _end(document: Docx, copies: bool = True) -> None:
    """Enclosures, seal and day; in an official document the record at the foot."""
    for line in _ENCLOSURES:
        write(document, line, together=True)
    sealed(document, "{{ 署名 }}", "{{ 成文日期 }}", above=2 if copies else 1)
    if copies:
        sheets.colophon(document, "抄送", "中共{{ 机关 }}纪委办公室\t{{ 成文日期 }}印发")


STARTERS: dict[str, Callable[[], Docx]] = {
    "提醒函": _reminder_letter,
    "以案促改通知书": _reform_notice,
    "纪律检查建议书": _advice("建议", "纪律检查建议", "你党组织"),
    "监察建议书": _advice("建议", "监察建议", "你单位"),
    "纪检监察建议书": _advice("建议", "纪检监察建议", "你单位"),
    "督办单": _supervision_slip,
    "研判表": _study_form,
    "验收表": _acceptance_form,
    "回访表": _revisit_form,
    "送达回证": _receipt_slip,
    "月调度表": _dispatch_sheet,
}
"""Each template by the name of its file."""
