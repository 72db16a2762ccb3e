"""What is said when a study is opened: who has worked on it, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import codings
from coder.tui.coding.recode_queue import tell_waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coder.tui.coding.contract import CodingView
    from coder.workflows.study.surroundings.surrounding import Surrounding

GREETING_SECONDS = 12
EDITS_WAIT = "codebook.yaml has edits that concern codings. They wait: b, then p shows what they would do."


def greet(view: CodingView) -> bool:
    """Say so where others have worked on the study and this coder has not, or what waits.

    Returns:
        Whether something was said.
    """
    desk, coder_id = view.desk, view.desk.session.coder_id
    people = codings.people(desk.study.database)
    if people and coder_id not in people:
        text = f"{', '.join(people)} worked on this study; you are {coder_id}, with codings of your own."
        hint = f"To go on with those of {people[0]}: coder code --coder {people[0]}"
        view.tell(f"{text} {hint}", GREETING_SECONDS)
        return True
    if tell_waiting(view):
        return True
    if desk.study.edits_wait:
        view.tell(EDITS_WAIT, GREETING_SECONDS)
    return desk.study.edits_wait


def look_around(folder: Path) -> list[Surrounding]:
    """Return what the coder has not been told yet of where a study lies and of copies of its files.

    It may take a while, so it is for a thread.
    """
    # Not at the top, here and below: nothing of this is for the first paint.
    from coder.workflows.study.surroundings.notices import surroundings
    from coder.workflows.study.surroundings.remembering import not_yet_told

    return not_yet_told(folder, surroundings(folder))


def tell_surroundings(view: CodingView, notices: Sequence[Surrounding]) -> None:
    """Tell what a look around has brought, once: what matters most, and how much more there is."""
    from coder.workflows.study.surroundings.remembering import note_told

    foremost = next((notice for notice in notices if notice.is_fault), notices[0])
    more = len(notices) - 1
    hint = f"That and {more} more: coder check" if more else "What to do: coder check"
    view.tell(f"{foremost.brief} {hint}", GREETING_SECONDS)
    note_told(view.desk.study.folder, notices)
