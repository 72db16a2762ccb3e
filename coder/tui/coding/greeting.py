"""What is said when a study is opened: who has worked on it, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import codings
from coder.tui.coding.recode_queue import tell_waiting

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView

EDITS_WAIT = "codebook.yaml has edits that concern codings. They wait: b, then p shows what they would do."


def greet(view: CodingView) -> None:
    """Say so where others have worked on the study and this coder has not, or what waits."""
    desk, coder_id = view.desk, view.desk.session.coder_id
    people = codings.people(desk.study.database)
    if people and coder_id not in people:
        text = f"{', '.join(people)} worked on this study; you are {coder_id}, with codings of your own."
        hint = f"To go on with those of {people[0]}: coder code --coder {people[0]}"
        view.tell(f"{text} {hint}", 12)
    elif not tell_waiting(view) and desk.study.edits_wait:
        view.tell(EDITS_WAIT, 12)
