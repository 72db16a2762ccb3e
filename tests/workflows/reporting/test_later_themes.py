"""Which themes came into the codebook when answers had been read already."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from making import add_theme
from recode_study import split
from report_study import ANN, BEDS, BOB, LOST, PLAIN, twice_coded

from coder.workflows.coding.session import CodingSession
from coder.workflows.reporting.later_themes import later_themes
from coder.workflows.reporting.study_report import study_report

if TYPE_CHECKING:
    from pathlib import Path


def test_a_theme_that_came_later_says_how_many_were_read_before(tmp_path: Path) -> None:
    """Who looks at an answer again has looked for it; parts of a split theme were there as the whole."""
    with closing(twice_coded(tmp_path / "study")) as study:
        assert later_themes(study) == []
        split(study)
        assert later_themes(study) == []
        theme = add_theme(study, "Trains", "Q1", BOB)
        assert [(later.theme.id, later.answers) for later in later_themes(study)] == [(theme.id, 4)]
        session = CodingSession(study, ANN)
        session.toggle(BEDS, theme.id)
        assert [later.answers for later in later_themes(study)] == [3]
        session.toggle(LOST, "money")
        session.toggle(LOST, "money")
        assert [later.answers for later in later_themes(study)] == [2]
        (codebook,) = (part for part in study_report(study, PLAIN).methods if part.title == "Codebook")
        assert "“Trains” (2)" in codebook.paragraphs[-1]
