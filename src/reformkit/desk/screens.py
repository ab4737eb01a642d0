"""Every screen and action of the desk, in the order of the menu."""

from __future__ import annotations

from reformkit.desk import (
    cell_edits,
    edit_actions,
    effect_screen,
    fixture_screen,
    measure_screen,
    parameter_screen,
    rule_use_screen,
    save_screen,
    table_screen,
    workbook_screen,
    year_screen,
)
from reformkit.desk.asking import Action, Screen

SCREENS: tuple[Screen, ...] = (
    *table_screen.SCREENS,
    *rule_use_screen.SCREENS,
    *measure_screen.SCREENS,
    *parameter_screen.SCREENS,
    *fixture_screen.SCREENS,
    *year_screen.SCREENS,
    *effect_screen.SCREENS,
    *workbook_screen.SCREENS,
    *save_screen.SCREENS,
)
ACTIONS: tuple[Action, ...] = (
    *edit_actions.ACTIONS,
    *cell_edits.ACTIONS,
    *parameter_screen.ACTIONS,
    *workbook_screen.ACTIONS,
    *year_screen.ACTIONS,
    *save_screen.ACTIONS,
)
