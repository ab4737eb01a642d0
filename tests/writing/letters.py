"""What the letters of tests are about: an invented case of an invented unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reformkit.writing.about import Demand, Found, LetterAbout

UNIT = "某区供销合作社联合社"
DAY = date(2022, 4, 6)

ABOUT = LetterAbout(
    item="2022-点-014",
    office="某区",
    codes={"discipline": "某纪", "supervision": "某监", "commission": "某纪监", "office": "某纪办"},
    case="EX-01",
    unit=UNIT,
    recipients=(UNIT,),
    copies=("某区人民政府办公室", "某区委组织部"),
    matter="规范社有资产管理",
    issues=(
        Found("资产处置缺规", "制度建设薄弱点", "3号库房连续6年未评估、未上会低价出租"),
        Found("合同失管", "制度建设薄弱点", "11份房产租赁合同中4份到期未续签仍在使用，欠租27.6万元无人催收"),
    ),
    suggestions=(
        Demand(
            "2022-点-014-1",
            "逐宗清查联社、基层社、社有企业的房产、土地、仓库和租赁合同，账、卡、物、证核对，列明租金、期限、欠租和审批依据。",
            "资产资源清查与公开处置",
            "资产管理科",
            "自收到本文书之日起90日内",
            ("租赁合同全部清查，账实差异逐项有处理意见", "抽查10宗租赁（不足10宗的全查），审批、评估、公示资料完整"),
        ),
        Demand(
            "2022-点-014-2",
            "修订社有资产和合同管理制度，新签、续签一律按规定评估、集体研究、公开招租。",
            "内控制度补建",
            "办公室",
            "自收到本文书之日起60日内",
            ("制度已印发并组织培训",),
        ),
    ),
    reply_by=date(2022, 6, 10),
    body="党风政风监督室",
    contact="党风政风监督室，电话0000000",
    seal=None,
    summary="某区供销合作社联合社班子成员涉嫌违纪违法案，已立案，暂按第三种形态研判。社有房产出租、工程结算缺乏制约，责任单位明确。",
    layer="行业性专项促改（线）",
    overdue="整改方案和台账，原定2022年4月25日办结，已逾期8个工作日。",
    opinion="同意启动以案促改",
    opinion_reason="薄弱点明确，责任单位明确，不与在办事项重复。",
    served=("监察建议书（某监建〔2022〕3号）",),
    checked_on=date(2022, 7, 1),
    result="逐条达到验收标准，验收通过。",
    day=DAY,
)

ACCEPTED = replace(
    ABOUT,
    seal="某区监察委员会",
    suggestions=tuple(replace(one, judged="达到", evidence=("清查表.pdf",)) for one in ABOUT.suggestions),
)


ROW = {
    "section": "逾期",
    "item": "2022-点-014",
    "unit": UNIT,
    "step": "整改方案和台账",
    "holder": UNIT,
    "first": "2022年4月25日",
    "on": "2022年4月25日",
    "note": "逾期8个工作日",
}
DISPATCHED = replace(
    ABOUT,
    more={
        "dispatched_on": date(2022, 5, 9),
        "next_dispatch": date(2022, 6, 8),
        "counts": ["逾期1项", "待验收2项"],
        "rows": [ROW, {**ROW, "section": "待验收", "step": "—", "holder": "—", "on": "—", "first": "—", "note": "—"}],
        "anchor": "台账截至第412号·校验码5508d2b710e64bc4",
    },
)


def about(kind: str) -> LetterAbout:
    """What a kind of letter is about: forms are filled once things have been accepted, advice to a Party
    organisation goes to one."""
    if kind == "dispatch_sheet":
        return DISPATCHED
    if kind == "discipline_advice":
        return replace(ABOUT, recipients=(f"中共{UNIT}党组",))
    return ACCEPTED if kind.endswith(("_form", "_slip")) and kind != "supervision_slip" else ABOUT
