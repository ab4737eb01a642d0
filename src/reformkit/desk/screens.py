"""Every screen and action of the desk, in the order of the menu."""

from __future__ import annotations

from reformkit.desk import table_screen
from reformkit.desk.asking import Action, Screen

SCREENS: tuple[Screen, ...] = (*table_screen.SCREENS,)
ACTIONS: tuple[Action, ...] = ()
