"""What each key does that is about the study as a whole."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from coder.tui.coding.study_wide import (
    journal,
    redaction,
    rounds_at_work,
    saying_nothing,
    settings,
    steps,
    team_questions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coder.tui.coding.contract import CodingView

StudyAction = Literal[
    "nothing everywhere", "journal", "history", "settings", "ask the team", "team", "redact"
]

STUDY_ACTIONS: Mapping[StudyAction, Callable[[CodingView], None]] = MappingProxyType(
    {
        "nothing everywhere": saying_nothing.says_nothing,
        "journal": journal.open_journal,
        "history": steps.history,
        "settings": settings.choose_settings,
        "ask the team": team_questions.ask_the_team,
        "team": rounds_at_work.open_team,
        "redact": redaction.open_redaction,
    }
)
