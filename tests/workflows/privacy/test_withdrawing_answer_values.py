"""What is known of single answers leaves with who gave them, and is named where it is told what is held."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from visit_study import visit_study

from coder.cli import main
from coder.domain.study_settings import Settings
from coder.store import checks
from coder.store.privacy.holdings import holdings
from coder.text.privacy.vocabulary import Sort
from coder.workflows.privacy.finding import study_vocabulary
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.withdrawing import carry_out_withdrawal, plan_withdrawal
from coder.workflows.reporting.data_flow import data_flow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

SETTINGS = Settings("Visits", private=("mood",))


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Make a study of visits, in which the moods of answers are private."""
    with closing(visit_study(tmp_path / "at" / "study", settings=SETTINGS)) as made:
        yield made


def test_the_plan_counts(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """Two answers with a visit and a mood each: four values, told before anything is done."""
    assert plan_withdrawal(study, "P1").answer_values == 4
    assert plan_withdrawal(study, "P4").answer_values == 1
    assert main(["withdraw", str(study.folder), "P1", "--dry-run"]) == 0
    assert "2 attributes, 4 values of attributes of single answers" in capsys.readouterr().out


def test_nothing_of_them_is_left(study: Study) -> None:
    """Neither in a table nor in any byte of the folder; those of others stay."""
    assert not prove(study, ["2026-03-09"]).holds
    assert prove(study, ["2026-03-09"]).standing[0].where.startswith("study.db: answer_value.value")
    others = study.database.rows("SELECT * FROM answer_value WHERE response > 2")
    assert carry_out_withdrawal(study, "P1", "", "jo") == ""
    assert study.database.rows("SELECT * FROM answer_value") == others
    assert prove(study, ["2026-03-09", "2026-01-03"]).holds
    assert not prove(study, ["2026-03-20"]).holds
    assert checks.faults(study.database) == []


def test_what_is_held_is_listed(study: Study) -> None:
    """By what it is called, private or not; what is known of respondents stands apart."""
    held = holdings(study.database)
    assert [attribute.name for attribute in held.attributes] == ["region", "wt"]
    assert [attribute.name for attribute in held.answer_attributes] == ["visit", "mood"]
    rows = data_flow(study, dt.date(2026, 11, 29)).parts[1].grid
    assert rows is not None
    assert [row for row in rows.rows if row[0].startswith("Attributes")] == [
        ("Attributes", "2", "region and wt"),
        ("Attributes of single answers", "2", "Day of the visit and mood (private: in no export)"),
    ]


def test_values_are_the_study_s_own_words(study: Study) -> None:
    """A value of an attribute of answers is no name of a person, as one of respondents is none."""
    assert study_vocabulary(study, []).sort_of("quornbrook") is not Sort.LISTED
    study.database.execute("INSERT INTO answer_value VALUES (5, 'mood', 'Quornbrook', 0)")
    assert study_vocabulary(study, []).sort_of("quornbrook") is Sort.LISTED
