"""What each key is for, in a line, as an editor shows it."""

from __future__ import annotations

from reformkit.reading import keywords
from reformkit.reading.keywords import Keys
from reformkit.text import Text

_NOTES: dict[str, tuple[str, str]] = {
    "decision": ("决策的编号，在规则册中只用一次", "id of the decision, used once in a rulebook"),
    "title": (
        "标题；决策的标题也是其结论作为事实时的名称",
        "title; that of a decision also names its outcome as a fact",
    ),
    "hit": (
        "取用方式：首条（先成立的起作用）、唯一（只能一条成立）、一致（可多条，结论须相同）、汇总（成立的都算）",
        "hit policy: first, unique, any (several may hold if they agree), collect (all that hold)",
    ),
    "outcomes": (
        "结论项：编号和名称；也可写一项事实，用它的取值",
        "outcomes with their labels, or a fact whose values they are",
    ),
    "rules": ("规则，自上而下", "the rules, from above"),
    "rules_from": (
        "规则取自哪些文件，按此先后；文件放在下级文件夹中",
        "the files of rules, in this order; they stand in a folder below",
    ),
    "id": ("编号，在规则册中只用一次", "id, used once in a rulebook"),
    "when": (
        "条件：各项事实及其检验，须全部成立；{} 表示总是成立",
        "facts with their tests, all of which have to hold; {} always holds",
    ),
    "then": ("规则成立时的结论", "the outcome when the rule holds"),
    "because": ("理由，随意见一并给出", "the reason, shown with the outcome"),
    "basis": ("依据：性质、出处、引用", "what it rests on: kind, place, reference"),
    "kind": (
        "性质：报告、法规、惯例或假设；假设处处标明",
        "report, law, practice or assumption; an assumption is always shown as one",
    ),
    "at": ("出处，如篇、章、条", "where it stands"),
    "ref": ("引用的文件：规则册的文件或措施库的引用文件", "a document of the rulebook or a reference of the library"),
    "since": ("施行日（含当日），年-月-日", "first day in force, YYYY-MM-DD"),
    "until": ("失效日（不含当日），年-月-日", "first day no longer in force, YYYY-MM-DD"),
    "otherwise": ("没有规则成立时的结论", "the outcome when no rule holds"),
    "any": ("所列条件有一项成立即可", "at least one of these conditions holds"),
    "all": ("所列条件须全部成立", "all of these conditions hold"),
    "not": ("不是；所列条件不成立", "the opposite"),
    "at_least": ("不小于，或者不早于", "this or more, this day or later"),
    "more_than": ("大于，或者晚于", "more, or later"),
    "at_most": ("不大于，或者不晚于", "this or less, this day or earlier"),
    "less_than": ("小于，或者早于", "less, or earlier"),
    "includes": ("含有这一项", "has this one"),
    "includes_any": ("含有其中至少一项", "has at least one of these"),
    "includes_all": ("含有所列全部各项", "has all of these"),
    "includes_none": ("所列各项都不含", "has none of these"),
    "known": ("是否已知", "whether it is known as things stand"),
    "parameters": ("参数：随时间改变的值，规则中写作 $名称", "values that change with time; rules write $name"),
    "label": ("名称", "label"),
    "values": ("取值", "values"),
    "value": ("值", "the value"),
    "signals": ("计数：从其他案件数出来的事实", "facts counted over other cases"),
    "count": ("计什么：案件数，或者“不同项 事实”", "what is counted: cases, or `distinct` and a fact"),
    "share": ("占比：符合此条件的案件占百分之几", "the per cent of cases that meet this condition"),
    "same": ("只数这些事实与本案相同的案件", "only cases that agree with this one on these facts"),
    "within": ("期间，如 12个月", "how far back, such as 12 months"),
    "sharing": ("只数与本案在这项事实上至少有一项相同的案件", "only cases that share a value of these tags"),
    "where": ("只数符合此条件的案件", "only cases that meet this condition"),
    "name": ("名称", "the name"),
    "version": ("版本", "version"),
    "authority": ("由哪个机关负责", "the authority that answers for it"),
    "vocabulary": ("词表文件，从本文件夹写起", "path of the vocabulary from this folder"),
    "measures": ("措施", "the measures"),
    "documents": ("规则所依据的文件", "documents that rules may cite"),
    "roles": ("促改各角色由哪个机构承担；一个机构可承担几个", "which office holds which role; one may hold several"),
    "duty": ("这一角色做什么", "what the role does"),
    "held_by": ("承担这一角色的机构；有几个的，任一个", "the offices that may hold the role"),
    "fields": ("事实", "the facts"),
    "type": ("类型：选项、是否、数目、日期、文字、标签", "choice, flag, count, date, text or tags"),
    "ask": ("提问：不详时怎样问", "the question that asks for it"),
    "min": ("最小值", "least value"),
    "max": ("最大值", "greatest value"),
    "personal": ("是否个人信息", "whether it is personal data"),
    "derived": ("没有写时怎样推得", "how it follows when it is not stated"),
    "of": ("从另一文件取值，路径从词表写起", "takes its values from another file, by path from the vocabulary"),
    "of_finding": (
        "是否为每项剖析发现的事实（只有 matter 一项）",
        "whether it is a fact of each finding (there is one, matter)",
    ),
    "same_year": ("此日期是否在研判日期的同一年", "whether this date lies in the year of the day asked about"),
    "group_of": ("此事实各取值所属的组", "the groups of this fact's values"),
    "findings": ("剖析发现；[] 表示剖析过、没有", "findings; [] says that there are none"),
    "group": ("所属的组", "the group it belongs to"),
    "note": ("说明", "a note"),
    "category": ("类别", "category"),
    "cause": ("症结", "the cause"),
    "matter": ("所涉事项", "the matter it is about"),
    "evidence": ("证据", "evidence"),
    "weak_points": ("薄弱点方向", "the weak points"),
    "weak_point": ("本文件各项措施所属的方向", "the weak point of this file's measures"),
    "causes": ("症结：某事何以能够发生", "causes: why something could happen"),
    "references": ("引用文件，注明核对到什么程度", "documents that may be cited, with how far each was checked"),
    "checked": ("核对到什么程度：条文、转载、题名、无", "how far it was checked: clause, reprint, title, none"),
    "issuer": ("制定机关", "issuer"),
    "history": ("制定和修改的经过", "when it was passed and amended"),
    "citable": ("能否引用；不写为能", "whether it may be cited; yes if left out"),
    "uncited": ("没有引用也保留；不写为否", "kept on purpose although nothing cites it; no if left out"),
    "clauses": ("读过的条款；只有列出的可以引用", "the clauses that were read; no other may be cited"),
    "document": ("条款所在的文本", "the text in which the clause stands"),
    "quote": ("原文", "the words of the text"),
    "gist": ("大意", "what it says in our words"),
    "since_note": ("施行日的说明", "a note on the first day"),
    "text": ("措施的内容；{unit} 之类由案件填入", "what is to be done; blanks such as {unit} are filled from the case"),
    "addresses": ("所答的症结", "the causes that it answers"),
    "as": ("main：解决症结本身；also：只是触及", "main: answers the cause itself; also: touches it"),
    "why": ("何以能解决这一症结", "why it answers this cause"),
    "variants": ("各行业的写法", "wordings for industries"),
    "industry": ("适用的系统", "the industries it is for"),
    "layers": ("适用的层次", "the layers it is for"),
    "practices": ("各层次的做法", "how it is done at each layer"),
    "lead": ("牵头部门", "who leads"),
    "due_days": ("期限，日数", "days until it is due"),
    "from": ("期限从何时起算", "the day from which the days count"),
    "accept": ("验收标准，他人可以查验", "criteria that someone else can check"),
    "serves": ("服务于不敢、不能、不想", "which of the three aims it serves"),
    "clause": ("条款，按引用文件中所列", "a clause that the reference lists"),
    "use": ("依据：直接约束本案；参照：可比照", "rely: it binds the case; refer: it may be compared"),
    "as_of": ("研判日期，年-月-日", "the day asked about, YYYY-MM-DD"),
    "confirmed": ("预期是否已由人确认", "whether a person has confirmed what is expected"),
    "history of a fixture": ("其他案件；[] 表示没有，不写为不详", "the other cases; [] says there are none"),
    "expect": ("预期：应得出的结论、规则、措施", "what is expected to come out"),
    "rules of a fixture": (
        "预期的规则：决策和规则编号；汇总的决策可列出全部",
        "the rule expected of each decision; all of them in a list, where it collects",
    ),
    "status": ("状态", "status"),
    "outcome": ("结论", "the outcome"),
    "outcomes of a fixture": ("各项结论", "the outcomes"),
    "possible": ("可能的结论", "the possible outcomes"),
    "needs": ("须问的事实，先问的在前", "the facts to ask for, the first one first"),
    "include": ("应当建议的措施；[] 表示一项也没有", "measures that must be recommended; [] for none at all"),
    "exclude": ("不应建议的措施", "measures that must not be recommended"),
    "evidence of a measure": ("台账、凭证等证明材料", "the papers that show that it was done"),
    "measures of a rulebook": ("措施库文件夹，从本文件夹写起", "path of the measures from this folder"),
}


def note(keys: Keys, key: str) -> Text:
    """What a key of a record is for, headed by its Chinese and English form."""
    return key_note(f"{key} of {keys.what.en}" if f"{key} of {keys.what.en}" in _NOTES else key)


def key_note(key: str) -> Text:
    """What a key is for; the key itself where there is nothing to say."""
    zh, en = _NOTES.get(key, (keywords.ZH.get(key, key), key))
    return Text(zh, en)


def has_note(key: str) -> bool:
    """Whether there is something to say about a key."""
    return key in _NOTES
