"""Worked examples in a blind round: the codebook's, and what was settled before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from all_that_is_seen import worked_examples
from making import small_study
from rounds_at_work import ANNA, BEDS, BUDGETS, JO, LOST, PAY, SAM, STAYS, code

from coder.domain.team.settled_layer import SETTLED
from coder.tui.coding.desk import Desk
from coder.tui.coding.suggestions import Advice
from coder.tui.coding.texts.precedents import earlier_rows
from coder.workflows.revising import revising
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.membership import add_people
from coder.workflows.team.rounds.leading import NewRound, begin_round, end_round

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study of three people, with two answers settled on pay, and an example of it."""
    study = small_study(tmp_path / "study")
    add_people(study, [JO, SAM, ANNA], ANNA)
    look_as(study, ANNA)
    revision = revising.begin(study).change("pay", examples=("We pay too little", "Wages", "Rates"))
    revision = revision.change("money", examples=("Budgets are cut",))
    revising.apply(study, revising.plan(study, revision), ANNA)
    code(study, SETTLED, LOST, "pay")
    code(study, SETTLED, BUDGETS, "pay")
    code(study, SETTLED, STAYS)
    yield study
    study.close()


def blind_round(study: Study, *numbers: int) -> Round:
    """Begin a blind round of some answers for Jo and Sam."""
    ids = [
        response_id
        for response_id, number in study.database.rows("SELECT id, number FROM response")
        if number in numbers
    ]
    return begin_round(study, NewRound("Second", {JO: ids, SAM: ids}), ANNA)


def settled(study: Study, number: int = PAY) -> list[int]:
    """Return which settled answers stand beside one."""
    return [earlier.number for earlier in worked_examples(study, JO, number).settled]


def test_what_was_settled_before_and_the_codebooks_examples_are_offered(study: Study) -> None:
    """To a coder of the round; not to others, nor without one, where one goes by one's own codings."""
    look_as(study, JO)
    assert settled(study) == []
    assert worked_examples(study, JO, PAY).examples == ()
    look_as(study, ANNA)
    blind_round(study, PAY, BEDS)
    assert settled(study) == []
    look_as(study, JO)
    assert settled(study) == [BUDGETS, LOST]
    assert worked_examples(study, JO, PAY).examples == ("We pay too little", "Wages")


def test_nothing_of_the_running_round_is_among_them(study: Study) -> None:
    """Neither what others choose in it, nor what is settled since it began, be it on other answers."""
    running = blind_round(study, PAY, LOST)
    code(study, SETTLED, BEDS, "pay")
    code(study, SAM, PAY, "pay")
    code(study, SAM, LOST, "pay")
    look_as(study, JO)
    beside = worked_examples(study, JO, PAY)
    assert [earlier.number for earlier in beside.settled] == [BUDGETS]
    assert (beside.alike, beside.latest, beside.others.times) == ((), (), 0)
    end_round(study, running.name, ANNA)
    look_as(study, JO)
    assert settled(study) == []


def test_they_stand_below_the_answer(study: Study) -> None:
    """First what was settled, then the examples; of a theme with examples alone the heading says so."""
    running = blind_round(study, PAY, BEDS)
    look_as(study, JO)
    desk = Desk(study, JO, Advice(study.codebook, None))
    desk.work_in(running)
    desk.open(desk.listing.start())
    assert desk.here.response is not None
    for theme_id, heading, texts in (
        (
            "pay",
            "before: Pay (never)",
            ["settled R3.1  ", "settled R1.1  ", "example  We pay", "example  Wages"],
        ),
        ("money", "from the codebook: Money", ["example  Budgets are cut"]),
        ("beds", None, []),
    ):
        desk.point_at(theme_id)
        desk.compared.take(worked_examples(study, JO, desk.here.response.number, theme_id))
        rows = earlier_rows(desk)
        assert [row.text for row in rows[:1]] == ([heading] if heading else [])
        assert [row.text[: len(text)] for row, text in zip(rows[1:], texts, strict=True)] == texts
