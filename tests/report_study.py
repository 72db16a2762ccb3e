"""A small study that two people coded, and the report of a fixed day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from making import small_study

from coder.domain.codings import SuggestionSeen
from coder.domain.exposures import Exposure
from coder.domain.study_settings import Settings
from coder.domain.tables.reports import ReportRequest
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

DAY = dt.date(2026, 11, 22)
PLAIN = ReportRequest(DAY)
LOST, PAY, BEDS, BUDGETS = 1, 2, 3, 5
NOTE = "SYNTHETIC: nobody wrote <these> answers"
ANN, BOB = "ann.archer", "bob.barker"


def twice_coded(folder: Path) -> Study:
    """Make a study in which ann and bob read the same three answers, and ann one more.

    Of the twelve decisions about four themes on three answers they agree in two choices and in eight
    times no choice; bob alone chose `pay` on the first answer, and ann alone `beds` on the third.
    What they read they marked as done.
    """
    study = small_study(folder, settings=Settings("Small", note=NOTE, respondents="councils"))
    ann, bob = CodingSession(study, ANN), CodingSession(study, BOB)
    hidden = Exposure(LOST, suggestions=(("staff", 0.9),), on_screen=False)
    ann.toggle(LOST, "staff", exposure=hidden)
    ann.toggle(
        PAY,
        "pay",
        origin="suggestion",
        suggestion=SuggestionSeen(1, 0.8),
        exposure=Exposure(PAY, suggestions=(("pay", 0.8),)),
    )
    ann.toggle(BEDS, "beds")
    ann.nothing_here(BUDGETS)
    for theme_id in ("staff", "pay"):
        bob.toggle(LOST, theme_id)
    bob.toggle(PAY, "pay")
    bob.nothing_here(BEDS)
    for session, responses in ((ann, (LOST, PAY, BEDS)), (bob, (LOST, PAY))):
        for response in responses:
            session.confirm(response)
    return study
