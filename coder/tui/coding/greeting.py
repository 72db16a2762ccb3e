"""What is said when a study is opened: who has worked on it, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import codings
from coder.tui.coding.recode_queue import tell_waiting

if TYPE_CHECKING:
    from pathlib import Path

    from coder.tui.coding.contract import CodingView

GREETING_SECONDS = 12
MOST_LINES = 3
"""Of what is told at once of a study's surroundings; the command tells all."""
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


def news_of_surroundings(folder: Path) -> str:
    """Return what the coder has not been told yet of where a study lies, and of copies of its files.

    It may take a while, so it is for a thread.

    Args:
        folder: The study's.
    """
    # Not at the top: nothing of this is for the first paint.
    from coder.workflows.study.surroundings.notices import surroundings
    from coder.workflows.study.surroundings.remembering import not_yet_told

    notices = not_yet_told(folder, surroundings(folder))
    lines = [notice.brief for notice in notices[:MOST_LINES]]
    return "\n".join([*lines, "What to do: coder check"]) if lines else ""
