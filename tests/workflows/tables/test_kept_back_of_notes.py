"""Notes on who did not answer, and effective bases, give away nothing that is kept back beside them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from kept_back_studies import Answers, study_of

from coder.domain.study_settings import Settings, TableSetting
from coder.errors import CoderError
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable

NOTHING = (None, None, None)


def printed(people: list[Answers], *tables: TableSetting) -> list[PrintedTable]:
    """Return the tables of a study of these people."""
    with TemporaryDirectory() as folder, closing(study_of(Path(folder) / "study", people)) as study:
        settings: Settings = replace(study.settings, tables=tables)
        return printed_tables(replace(study, settings=settings))


@pytest.mark.parametrize("subject", ["helped", "Q1"])
def test_a_note_on_who_did_not_answer_does_not_tell_how_many_met_the_condition(subject: str) -> None:
    """Three have joint = yes, one of them without an answer: "1 of 3" would tell what `joint` keeps back."""
    said = (frozenset({"pay"}), None, None)
    people = [
        *[Answers("North", "city", "yes", "yes", said)] * 2,
        Answers("North", "city", "", "yes", NOTHING),
        *[Answers("North", "city", "yes", "no", said)] * 8,
        *[Answers("North", "city", "", "no", NOTHING)] * 4,
    ]
    of_some = TableSetting(subject, choices=replace(TableSetting("").choices, where=("joint=yes",)))
    with pytest.raises(CoderError, match="can be worked out"):
        printed(people, TableSetting("joint", suppress=4), of_some)
    (alone,) = printed(people, of_some)
    assert any("1 of 3 councils" in note for note in alone.notes)


def test_two_answers_of_one_respondent_each_are_told_by_having_rows() -> None:
    """Both have a row, so somebody gave each: of two respondents that is one each, whatever is kept back."""
    people = [Answers("North", "city", helped, "yes", NOTHING) for helped in ("yes", "no", *[""] * 4)]
    with pytest.raises(CoderError, match="can be worked out"):
        printed(people, TableSetting("helped", suppress=2))
