"""What forms of an item post: acts, papers handed in and taken back; the files that its letters were issued as."""

from __future__ import annotations

from reformkit.desk.asking import DOCX, Answer, Ask, Download, Goto, NotThere, Show, address, whole_number
from reformkit.ledger_desk.forms import Filled, FormFault, day_said
from reformkit.ledger_desk.item_screen import Refused, item_view
from reformkit.ledger_desk.items_screen import item_href
from reformkit.ledger_desk.room import HERE, LedgerRoom
from reformkit.ledger_desk.verbs import VERBS, VerbWords
from reformkit.model.act import Issued
from reformkit.problem import CaseError, LedgerError, LetterError, RefusedError
from reformkit.text import Text

MOST = 32 << 20
"""Bytes of a paper."""
_NO_PAPER = Text("随附的材料已经不在，请重新交", "a paper that goes with it waits no longer; hand it in again")
REFUSED = 409


def act(room: LedgerRoom, ask: Ask) -> Answer:
    """Do what a form says: `verb`, its fields, `on`, `late`, `id`, `seen`, `paper` numbers. Shows what was refused."""
    id, verb = ask.path["item"], VERBS.get(ask.of_form("verb"))
    item = room.item(id, whole_number(ask.of_form("seen")))
    if verb is None:
        raise NotThere
    try:
        on = day_said(ask.of_form("on"), room.today)
        numbers = _papers_said(ask)
        papers = room.taken(id, numbers) if verb.takes_papers else []
        if verb.takes_papers and len(papers) < len(numbers):
            raise FormFault(_NO_PAPER)
        said = VerbWords(by=room.account, on=on, id=ask.of_form("id") or None, late=ask.of_form("late").strip() or None)
        done = verb.do(item, Filled(ask.form, tuple(paper.evidence for paper in papers)), said)
    except (RefusedError, CaseError, LetterError, LedgerError) as error:
        return _shown(room, ask, Refused(verb.id, ask.form, tuple(error.problems)))
    except FormFault as fault:
        return _shown(room, ask, Refused(verb.id, ask.form, (), (fault.said,)))
    room.drop(id, {paper.number for paper in papers})
    return Goto(address(item_href(id), {"written": str(done.seq)}))


def hand_in(room: LedgerRoom, ask: Ask) -> Answer:
    """Hold a paper: its bytes are the body, `name` and `dated` stand in the query."""
    id = room.item(ask.path["item"]).id
    try:
        dated = day_said(ask.of_query("dated"), room.today)
    except FormFault as fault:
        return _shown(room, ask, Refused("", {}, (), (fault.said,)))
    fault_said = room.hand_in(id, ask.of_query("name"), dated, ask.body)
    if fault_said is not None:
        return _shown(room, ask, Refused("", {}, (), (fault_said,)))
    return Goto(item_href(id))


def take_back(room: LedgerRoom, ask: Ask) -> Answer:
    """Hold a paper no longer."""
    id = room.item(ask.path["item"]).id
    room.drop(id, _papers_said(ask))
    return Goto(item_href(id))


def file(room: LedgerRoom, ask: Ask) -> Answer:
    """The file of a letter as it was issued."""
    item, seq = room.item(ask.path["item"]), ask.path["seq"]
    data = next((one.data for one in item.acts if str(one.seq) == seq), None)
    if not isinstance(data, Issued):
        raise NotThere
    try:
        return Download(f"{data.number}.docx", DOCX, room.ledger.file_of(data.number).read_bytes())
    except (KeyError, LedgerError):
        raise NotThere from None


def _papers_said(ask: Ask) -> set[int]:
    return {number for word in ask.form.get("paper", ()) if (number := whole_number(word)) is not None}


def _shown(room: LedgerRoom, ask: Ask, refused: Refused) -> Show:
    return Show(f"{HERE}:item.html", item_view(room, ask, refused), REFUSED)
