"""The sample study: made, opened again, and always called what it is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.store import checks, surveys
from coder.workflows.coding.session import CodingSession
from coder.workflows.exchange.samples import WORDINGS, make_sample, reference_codings, sample_file

if TYPE_CHECKING:
    from pathlib import Path


def test_the_sample_is_whole_and_says_that_it_is_invented(tmp_path: Path) -> None:
    """71 councils, four questions with their wordings, and the note that nobody wrote it."""
    with closing(make_sample(tmp_path / "sample", "jo")) as study:
        assert study.database.value("SELECT COUNT(*) FROM respondent") == 71
        assert {q.id: q.label for q in surveys.questions(study.database)} == WORDINGS
        assert "SYNTHETIC" in study.settings.note
        assert checks.faults(study.database) == []


def test_the_sample_is_not_made_twice(tmp_path: Path) -> None:
    """Where it is already, it is opened with the work in it."""
    with closing(make_sample(tmp_path / "sample", "jo")) as study:
        theme = study.codebook.offered("Q15")[0].id
        CodingSession(study, "jo").toggle(1, theme)
    with closing(make_sample(tmp_path / "sample", "jo")) as again:
        assert CodingSession(again, "jo").standing(1).theme_ids == (theme,)


def test_missing_sample_files_are_named() -> None:
    """An installation without the sample says so."""
    assert reference_codings().is_file()
    with pytest.raises(CoderError, match=r"lacks the sample file nothing\.csv"):
        sample_file("nothing.csv")
