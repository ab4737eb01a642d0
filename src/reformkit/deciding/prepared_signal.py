"""Signals made ready to be counted: what is remembered of cases whatever the history, once for a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from reformkit.deciding.meeting import MOST_REMEMBERED, meeting, meetings
from reformkit.deciding.window import span_of_window
from reformkit.model.rulebook import Rulebook, Side, Signal, Window
from reformkit.model.vocabulary import Dates, Facts, Field


class Spans(dict[date, tuple[date, date]]):
    """The first and the last day of the window of a signal, by the day of a case."""

    def __init__(self, window: Window | None, side: Side) -> None:
        super().__init__()
        self._window = window
        self._side = side

    def __missing__(self, day: date) -> tuple[date, date]:
        window = self._window
        assert window is not None, "only signals with a window ask for its days"
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[day] = span_of_window(day, window, self._side)
        return found


class PreparedSignal:
    """A signal with what is remembered of cases, whatever the history: whether they meet its conditions, and the days
    that its window reaches."""

    def __init__(self, signal: Signal, fields: dict[str, Field], dates: Dates) -> None:
        self.signal = signal
        self.fields = fields
        self.dates = dates
        self.where: Callable[[Facts], bool | None] = _always if signal.where is None else meeting(signal.where, fields)
        self.share = None if signal.share is None else meeting(signal.share, fields)
        self.spans = Spans(signal.within, signal.side)
        self.reached = Spans(signal.within, "both")
        """The days whose windows, back and on, reach a day."""


class PreparedSignals(dict[str, PreparedSignal]):
    """The signals of a rulebook by name; `met` says which of their `where` a case meets, in their order."""

    def __init__(self, signals: Mapping[str, Signal], fields: dict[str, Field], dates: Dates) -> None:
        super().__init__({name: PreparedSignal(signal, fields, dates) for name, signal in signals.items()})
        self.dates = dates
        self.met = meetings([signal.where for signal in signals.values()], fields)


def prepared_signals(rulebook: Rulebook) -> PreparedSignals:
    """The signals of a rulebook, each prepared to be counted over any history."""
    vocabulary = rulebook.vocabulary
    return PreparedSignals(rulebook.signals, dict(vocabulary.case_fields), vocabulary.dates)


def _always(facts: Facts) -> bool:
    return True
