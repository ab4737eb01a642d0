"""How cases stood before a telling against how they stand after it: the changes, and what did them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reformkit.assessing.prepared import Prepared
from reformkit.deciding.live_signals import Recounts
from reformkit.deciding.stands import Stand
from reformkit.model.telling import Telling
from reformkit.session.change import Change


class Comparing:
    """Compares decisions of a book. `reads` has the facts of a case that each signal looks at."""

    def __init__(self, book: Prepared, reads: Mapping[str, tuple[str, ...]]) -> None:
        self._order = book.rulebook.order
        vocabulary = book.rulebook.vocabulary
        self._behind = {signal: vocabulary.behind(facts) for signal, facts in reads.items()}
        self._hanging = {name: book.chain.hangs_on(name) | frozenset(vocabulary.dates.facts) for name in self._order}

    def changes(
        self, telling: Telling, before: Mapping[str, Stand], after: Mapping[str, Stand], recounts: Recounts
    ) -> tuple[Change, ...]:
        """Every decision that came out differently, the case's own first.

        `before` has every case that was there, `after` those that the telling concerns; one told of that is not
        in it is gone.
        """
        changed_results: list[tuple[str, str]] = []
        for case_id in dict.fromkeys([telling.case, *after]):
            old, new = before.get(case_id), after.get(case_id)
            if old is not None and new is not None and old.answers is new.answers:
                continue
            for name in self._order:
                was = None if old is None else old.answers[name]
                now = None if new is None else new.answers[name]
                if was is not now and was != now:
                    changed_results.append((case_id, name))
        if not changed_results:
            return ()
        touched = {  # one tuple for all changes of a decision, however many they are
            name: tuple(case_id for case_id, changed in changed_results if changed == name and case_id != telling.case)
            for name in {name for _, name in changed_results}
        }
        changes = []
        for case_id, name in changed_results:
            old, new = before.get(case_id), after.get(case_id)
            signals = recounts.get(case_id, {})
            change = Change(
                case_id,
                name,
                None if old is None else old.decision(name),
                None if new is None else new.decision(name),
                telling,
                self._did_it(telling, name, signals),
                signals,
                touched[name],
            )
            changes.append(change)
        return tuple(changes)

    def _did_it(self, telling: Telling, decision: str, signals: Mapping[str, Any]) -> tuple[str, ...]:
        """The facts of a telling on which a decision hangs; all of them if it cannot be said more closely."""
        hangs = (self._hanging[decision], *(self._behind[signal] for signal in signals))
        return tuple([fact for fact in telling.facts if any(fact in one for one in hangs)]) or tuple(telling.facts)
