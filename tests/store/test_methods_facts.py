"""How answers were read and coded, as the methods note asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from report_study import ANN, BOB, BUDGETS, LOST, PAY, twice_coded

from coder.domain.codings import Span, SuggestionSeen
from coder.domain.exposures import Exposure
from coder.store import methods_facts, surveys
from coder.store.database import Database, one_moment
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


def beside(study: Study) -> int:
    """Count the codings made while suggestions were on screen."""
    return sum(each.beside for each in methods_facts.origins(study.database))


def test_texts_that_are_no_answers(twice: Study) -> None:
    """Each text is there once with how often it stands, and how often somebody coded it."""
    CodingSession(twice, ANN).toggle(4, "pay")
    found = [tuple(each) for each in methods_facts.non_answers(twice.database)]
    assert found == [("Q1", "", 3, 0), ("Q1", "-", 1, 0), ("Q1", "n/a", 1, 1)]


def test_a_coding_counts_by_its_last_addition(twice: Study) -> None:
    """Words marked later change nothing; chosen again without suggestions, it is no longer beside any."""
    ann = CodingSession(twice, ANN)
    assert beside(twice) == 1
    ann.mark_spans(PAY, "pay", [Span(0, 3)])
    assert beside(twice) == 1
    ann.toggle(PAY, "pay")
    assert beside(twice) == 0
    ann.undo()
    assert beside(twice) == 1
    ann.toggle(PAY, "pay")
    ann.toggle(PAY, "pay")
    assert beside(twice) == 0


def test_first_sights(twice: Study) -> None:
    """A coder's look at an answer is one, hidden if the first of it was; what was undone is none."""
    assert methods_facts.first_sights(twice.database) == (1, 1)
    ann = CodingSession(twice, ANN)
    ann.toggle(
        LOST, "pay", suggestion=SuggestionSeen(1, 0.5), exposure=Exposure(LOST, suggestions=(("pay", 0.5),))
    )
    assert methods_facts.first_sights(twice.database) == (1, 1)
    bob = CodingSession(twice, BOB)
    bob.toggle(BUDGETS, "money", exposure=Exposure(BUDGETS, suggestions=(("money", 0.5), ("beds", 0.2))))
    assert methods_facts.first_sights(twice.database) == (2, 1)
    bob.undo()
    assert methods_facts.first_sights(twice.database) == (1, 1)


def test_a_moment_within_a_moment_is_the_outer_one(twice: Study) -> None:
    """What another program writes meanwhile is seen by neither block, and by the next."""
    other = Database.open(twice.folder / "study.db")
    with one_moment(twice.database):
        before = surveys.questions(twice.database)
        with other.transaction():
            other.execute("UPDATE question SET label = 'Changed'")
        with one_moment(twice.database):
            assert surveys.questions(twice.database) == before
        assert surveys.questions(twice.database) == before
    assert surveys.questions(twice.database)[0].label == "Changed"
    other.close()
