"""A study whose codings agree with the words of its answers, but for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from making import small_study

from coder.domain.study_settings import Settings
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

TEXTS = ("No beds", "Beds are full", "Our staff left", "More staff", "Money is short")
THEMES = ("beds", "beds", "staff", "staff", "money")
TIMES = 11
ODD = 7
"""An answer about beds that is coded with pay."""


def doubtful_study(folder: Path) -> Study:
    """Make a study of 55 answers, all of them coded by jo."""
    settings = Settings("Doubtful", model="none", same_words=False)
    study = small_study(folder, texts=[[text] for text in TEXTS * TIMES], settings=settings)
    session = CodingSession(study, "jo")
    for number, theme_id in enumerate(THEMES * TIMES, start=1):
        session.toggle(number, "pay" if number == ODD else theme_id)
        session.confirm(number)
    return study
