"""From what a window asks or shows to the screen that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from coder.tui.kit.windows.hold import HoldWindow
from coder.tui.kit.windows.pick import PickWindow
from coder.tui.kit.windows.show import ShowWindow
from coder.tui.kit.windows.window_values import Ask, Hold, Pick, Show

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from coder.tui.kit.windows.window_values import Window


def window_screen(window: Window[Any]) -> ModalScreen[Any]:
    """Return the screen that asks or shows what a window holds, and returns what is answered."""
    match window:
        case Pick():
            return PickWindow(window)
        case Ask():
            # Here, where it is asked: what several lines are typed in takes 9 ms to load.
            from coder.tui.kit.windows.ask import AskWindow

            return AskWindow(window)
        case Show():
            return ShowWindow(window)
        case Hold():
            return HoldWindow(window)
        case _:
            assert_never(window)
