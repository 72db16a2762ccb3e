"""Who has read which answers, and what they chose there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from report_study import ANN, BEDS, BOB, BUDGETS, LOST, PAY, twice_coded

from coder.domain.codings import Change
from coder.store import log
from coder.store.readings.read_by_coder import answers_read, coder_work, half_coded, read_by_each
from coder.store.readings.shared_readings import shared_readings, survey_seed
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[Study]:
    """Give a study that two people coded."""
    study = twice_coded(tmp_path / "study")
    yield study
    study.close()


def chosen(study: Study, *coder_ids: str) -> dict[tuple[int, str], set[str]]:
    """Return what coders chose on the answers that several of them read."""
    rows = shared_readings(study.database, "Q1", coder_ids)
    return {(row.response, row.coder_id): set(row.theme_ids) for row in rows}


def test_work_and_answers_read(twice: Study) -> None:
    """Who read most comes first; an answer that several read is one answer."""
    assert coder_work(twice.database) == [(ANN, 4, 1, 3), (BOB, 3, 1, 3)]
    assert answers_read(twice.database) == (4, 3)
    assert read_by_each(twice.database, "Q1") == {ANN: 4, BOB: 3}
    assert half_coded(twice.database, "Q1") == {}


def test_a_half_coded_answer_is_not_read(twice: Study) -> None:
    """Codings without a done are work, but no reading; whoever has nothing else is named with none read."""
    CodingSession(twice, BOB).toggle(BUDGETS, "money")
    CodingSession(twice, "cat").toggle(BUDGETS, "money")
    assert coder_work(twice.database) == [(ANN, 4, 1, 3), (BOB, 3, 1, 4), ("cat", 0, 0, 1)]
    assert answers_read(twice.database) == (4, 3)
    assert half_coded(twice.database, "Q1") == {BOB: 1, "cat": 1}
    assert (BUDGETS, BOB) not in chosen(twice, ANN, BOB, "cat")


def test_an_adjudicator_is_no_reader(twice: Study) -> None:
    """Who settles an answer has not read it for themselves; those they did read stay theirs."""
    settled = [Change(BEDS, "theme", None, "", "beds", "adjudication"), Change(BEDS, "done", None, "1")]
    with twice.database.transaction():
        log.append(twice.database, "cat", "settled", settled)
    CodingSession(twice, "cat").nothing_here(LOST)
    assert read_by_each(twice.database, "Q1") == {ANN: 4, BOB: 3, "cat": 1}
    assert half_coded(twice.database, "Q1") == {}
    assert (BEDS, "cat") not in chosen(twice, ANN, BOB, "cat")


def test_what_several_chose(twice: Study) -> None:
    """The answers that two of those who are compared have read, each with every reader's themes."""
    assert chosen(twice, ANN, BOB) == {
        (LOST, ANN): {"staff"}, (LOST, BOB): {"staff", "pay"},
        (PAY, ANN): {"pay"}, (PAY, BOB): {"pay"},
        (BEDS, ANN): {"beds"}, (BEDS, BOB): set(),
    }  # fmt: skip
    assert chosen(twice, ANN, "cat") == {}


def test_a_non_response_that_nobody_coded_is_no_answer(twice: Study) -> None:
    """Marked as done by both it says nothing of their agreement; coded by one of them it is an answer."""
    for coder_id in (ANN, BOB):
        CodingSession(twice, coder_id).nothing_here(4)
    assert (4, ANN) not in chosen(twice, ANN, BOB)
    bob = CodingSession(twice, BOB)
    bob.toggle(4, "pay")
    bob.confirm(4)
    shared = chosen(twice, ANN, BOB)
    assert (shared[4, ANN], shared[4, BOB]) == (set(), {"pay"})


def test_when_and_with_which_codebook(twice: Study) -> None:
    """A reading has the moment it was marked as done, and the codebook of the coder's last decision on it."""
    first, *_ = shared_readings(twice.database, "Q1", [ANN, BOB])
    assert first.finished == twice.database.value(
        "SELECT MAX(s.at) FROM step s JOIN change c ON c.step = s.number WHERE c.response = ? AND s.coder = ?"
        " AND c.aspect = 'done'",
        (first.response, first.coder_id),
    )
    assert {row.version for row in shared_readings(twice.database, "Q1", [ANN, BOB])} == {1}
    assert survey_seed(twice.database) == survey_seed(twice.database)
