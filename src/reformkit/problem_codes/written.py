"""The problems of how values are written: keys in their normal form, words for what is not known, ids (8xx)."""

from __future__ import annotations

from reformkit.problem_codes.code import Code, error, warning

WRITTEN: dict[str, Code] = {
    "RK801": warning(
        "“{fact}”写作“{word}”，第 {number} 个字符是{char}；比较时按“{key}”",
        "`{fact}` is written `{word}`, whose character {number} is {char}; it is compared as `{key}`",
        "删去或改正这个字符；本来如此的，不必处理",
        "delete or change the character; if it is meant to be there, nothing needs doing",
    ),
    "RK802": warning(
        "“{fact}”写作“{word}”，{first}写作“{other}”；比较时是同一个“{key}”",
        "`{fact}` is written `{word}`, and `{other}` on {first}; both are compared as `{key}`",
        "改为同一写法；确是两处的，改用能分清的名称",
        "write both in the same way; if they are two, give them names that can be told apart",
    ),
    "RK803": warning(
        "“{fact}”写的是“{word}”，按不知道处理",
        "`{fact}` says `{word}`, which is taken as not known",
        "查明后填写；确不知道的，留空",
        "fill it in once it is known; leave it out until then",
    ),
    "RK804": error(
        "“{fact}”不能写“无”：看不出是没有，还是不知道",
        "`{fact}` cannot be `无`: that may mean none, or not known",
        "不知道的留空；不属于任何街道、乡镇的，填“区直”（或旗直、县直、市直）",
        "leave it out if it is not known; for a unit of no subdistrict or township write 区直 (or 旗直, 县直, 市直)",
    ),
    "RK805": error(
        "案件编号“{word}”与{first}的“{other}”写法不同，比较时却是同一个“{key}”",
        "the case id `{word}` is not written as `{other}` on {first}, but both are compared as `{key}`",
        "是同一案件的，改为同一写法并删去一处；是两个案件的，换一个编号",
        "if they are one case, write the id in one way and delete one; if they are two, give one another id",
    ),
}
