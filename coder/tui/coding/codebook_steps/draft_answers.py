"""The answers of a draft theme, listed to be read and coded together: ticked, and coded by nobody yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.store import surveys
from coder.tui.coding.desk import stop_of
from coder.tui.coding.modes import Gathered
from coder.tui.coding.moving import go_through
from coder.workflows.coding.standings import standings_of
from coder.workflows.theme_steps import drafting

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.codebook import Theme
    from coder.domain.drafting.theme_drafts import ThemeDraft
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk


def open_answers(desk: Desk, draft: ThemeDraft) -> list[int]:
    """Return the answers of a draft that are not done, the least typical first; the same words once."""
    numbers = drafting.answers_of(desk.session, draft)[::-1]
    standings = standings_of(desk.study.database, desk.session.coder_id, numbers)
    return [number for number in numbers if not standings[number].done]


def tick_answers(
    view: CodingView, draft: ThemeDraft, theme: Theme, after: Callable[[CodingView], object]
) -> None:
    """List the open answers of a draft, all ticked, with the theme that they may have on key 1.

    The least typical comes first: whose tick is to be taken off is likely near the top.

    Args:
        view: The screen.
        draft: The draft.
        theme: The theme that it has become, or is.
        after: Goes on once they are done.
    """
    desk = view.desk
    numbers = open_answers(desk, draft)
    if not numbers:
        view.tell("Its answers are done meanwhile. p goes on with the drafts.", 6)
        return
    heading = f"of the draft: {draft.name}"
    go_through(view, Gathered(heading, "p", numbers, stop_of(desk), theme.id, after), numbers[0])
    desk.listing.ticks.add(numbers)
    view.draw_titles()
    how = "x takes the tick off what does not fit, j goes on"
    then = f"Then 1 codes the ticked: '{theme.label}'; p goes on with the drafts."
    view.tell(f"Read them: {how}. {then}", 12)


def likeliest_first(desk: Desk, draft: ThemeDraft) -> list[Theme]:
    """Return the themes of the question, those first that are suggested most for a draft's quotes."""
    suggested: dict[str, float] = defaultdict(float)
    for response in surveys.responses(desk.study.database, draft.quotes).values():
        for suggestion in desk.advice.ranking(response).suggestions:
            suggested[suggestion.theme_id] += suggestion.strength or 0
    offered = desk.study.codebook.offered(desk.listing.question().id)
    return sorted(offered, key=lambda theme: -suggested[theme.id])
