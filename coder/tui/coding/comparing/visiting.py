"""The keys that lead to answers which the theme at the cursor came up on before, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView

NOTHING_EARLIER = "No answer to compare with: the theme at the cursor has not come up before."


def look(view: CodingView) -> None:
    """Go to the most alike of the answers with the theme at the cursor, or back from there."""
    desk = view.desk
    if desk.compared.is_away(desk.here.number):
        come_back(view)
    else:
        look_at(view, None)


def look_at(view: CodingView, number: int | None) -> None:
    """Go to one of the answers that stand for comparison, None: the first of them."""
    desk = view.desk
    if number is not None and desk.mode.key == "p":
        # They are those of the list.
        view.show(number)
        return
    precedents = desk.compared.of(desk.here.number, desk.here.cursor_theme)
    goal = desk.compared.go(precedents, number) if precedents and not desk.hides else None
    if goal is None:
        view.tell(NOTHING_EARLIER, 4)
    else:
        desk.listing.leave(desk.here.number)
        _show(view, goal)


def look_on(view: CodingView) -> None:
    """Go to the next of the answers that stand for comparison."""
    if view.desk.compared.is_away(view.desk.here.number):
        _show(view, view.desk.compared.go_on())
    else:
        look(view)


def _show(view: CodingView, number: int) -> None:
    # The list stays as it is: one comes back to it.
    view.show(number, jumped=True)
    view.panes.point_at(view.desk.compared.theme_id)
    view.tell("An earlier answer: l or Esc goes back, L shows the next.", 4)


def come_back(view: CodingView) -> bool:
    """Go back to the answer that one compared; tell whether there was one."""
    compared = view.desk.compared
    if not compared.is_away(view.desk.here.number):
        return False
    theme_id, origin = compared.theme_id, compared.come_back()
    view.desk.listing.back()
    view.show(origin)
    view.panes.point_at(theme_id)
    return True
