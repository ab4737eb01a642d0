"""A procedure in words says everything that its steps hold."""

from __future__ import annotations

import pytest

from reformkit.practising.states import State
from reformkit.text import Lang
from reformkit.wording.procedure import sections
from tests.books import bundled_book


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_is_said_with_all_that_it_holds(lang: Lang) -> None:
    book = bundled_book()
    procedures = book.rulebook.procedures
    assert procedures is not None
    for procedure in procedures.procedures.values():
        states = {state.value: state.label for state in State}
        _whole, *steps = [section.say(lang) for section in sections(procedure, book.rulebook, states)]
        for (head, lines), step in zip(steps, procedure.steps.values(), strict=True):
            said = "\n".join(lines)
            roles = {**book.rulebook.role_labels, **procedure.roles}
            wanted = [roles[role] for role in (*step.roles, *step.apart_from)]
            wanted += [procedures.papers[paper] for paper in step.papers]
            if step.due is not None and step.due.same is not None:
                wanted.append(procedure.steps[step.due.same].title)
            if step.basis is not None and step.basis.at is not None and step.basis.kind == "assumption":
                wanted.append(step.basis.at)
            wanted += [states[step.end]] if step.end else []
            wanted += [states[step.on_rejected.end]] if step.on_rejected else []
            wanted += [other.at for other in step.elsewhere]
            assert step.title.say(lang) in head
            assert [text.say(lang) for text in wanted if text.say(lang) not in said] == []
            for name in step.after:
                assert procedure.steps[name].title.say(lang) in said
