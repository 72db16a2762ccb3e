"""Answers that several people settle on copies of a study, whoever receives first."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from study_copies import assert_whole, copies, everything_in, exchange

from coder.domain.team.settled_layer import SETTLED
from coder.errors import CoderError
from coder.store.team.decision_rows import rival_decisions
from coder.store.team.settled_rows import SettledMarks, settled_marks
from coder.store.team.team_rows import team
from coder.workflows.revising import revising
from coder.workflows.study.coders import join
from coder.workflows.team.membership import retire
from coder.workflows.team.settling.disagreements import rivals_of
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

ANSWER = 1


@pytest.fixture
def studies(tmp_path: Path) -> Iterator[list[Study]]:
    """Make three copies of a study."""
    three = copies(tmp_path)
    yield three
    for study in three:
        study.close()


def settle(study: Study, person: str, *themes: str) -> None:
    """Settle the answer."""
    Settling(study, person).settle(ANSWER, Settlement(themes))


def settled(study: Study) -> tuple[set[str], str, set[tuple[str, frozenset[str] | None]]]:
    """Return the themes of the layer, the mark, and who decided what where decisions differ."""
    marks = settled_marks(study.database, [ANSWER]).get(ANSWER, SettledMarks())
    rivals = rival_decisions(study.database, study.codebook).get(ANSWER, [])
    said = {
        (rival.by, None if rival.decision.theme_ids is None else frozenset(rival.decision.theme_ids))
        for rival in rivals
    }
    return set(marks.spans), marks.done, said


def all_exchange(studies: list[Study]) -> None:
    """Have every copy receive what every other has; then all must be the same."""
    for _ in range(2):
        for sender, receiver in permutations(studies, 2):
            exchange(sender, receiver)
    first, *others = map(everything_in, studies)
    for other in others:
        assert other == first
    for study in studies:
        assert_whole(study)


OPEN: tuple[set[str], str] = (set(), "")


def test_what_was_settled_differently_opens_again(studies: list[Study]) -> None:
    """On every copy alike; both decisions are kept, and one made by who knew both closes it."""
    first, second, third = studies
    settle(first, "ann", "pay", "staff")
    settle(second, "bo", "beds")
    all_exchange(studies)
    both = {("ann", frozenset({"pay", "staff"})), ("bo", frozenset({"beds"}))}
    for study in studies:
        assert settled(study) == (*OPEN, both)
    settle(third, "cy", "pay")
    all_exchange(studies)
    for study in studies:
        assert settled(study) == ({"pay"}, "1", set())


def test_what_was_settled_alike_stays(studies: list[Study]) -> None:
    """Nothing is worked out besides; a third who says otherwise, unaware of both, opens it."""
    first, second, third = studies
    settle(first, "ann", "pay", "staff")
    settle(second, "bo", "staff", "pay")
    exchange(first, second)
    exchange(second, first)
    assert settled(first) == settled(second) == ({"pay", "staff"}, "1", set())
    assert first.database.value("SELECT COUNT(*) FROM late_step") == 0
    settle(third, "cy")
    all_exchange(studies)
    assert settled(first)[:2] == OPEN
    assert {by for by, _ in settled(first)[2]} == {"ann", "bo", "cy"}


def test_two_ways_from_one_decision_differ_too(studies: list[Study]) -> None:
    """Both knew the first decision, and changed its themes: what follows is no mixture of the two."""
    first, second, _ = studies
    settle(first, "ann", "pay")
    all_exchange(studies)
    settle(first, "ann", "pay", "staff")
    settle(second, "bo", "beds")
    all_exchange(studies)
    for study in studies:
        assert settled(study) == (*OPEN, {("ann", frozenset({"pay", "staff"})), ("bo", frozenset({"beds"}))})


def test_who_opens_an_answer_again_decides_as_well(studies: list[Study]) -> None:
    """Another decision made meanwhile does not stand without its mark, as nobody's."""
    first, second, _ = studies
    settle(first, "ann", "pay")
    all_exchange(studies)
    Settling(first, "ann").reopen(ANSWER)
    settle(second, "bo", "beds")
    all_exchange(studies)
    for study in studies:
        assert settled(study) == (*OPEN, {("ann", None), ("bo", frozenset({"beds"}))})


@pytest.mark.parametrize("undoer", [0, 1])
def test_a_decision_taken_back_leaves_the_other(studies: list[Study], undoer: int) -> None:
    """Whichever of them it is, and wherever it stands in the order of all copies."""
    themes = [("pay", "staff"), ("beds", "staff")]
    for place, person in enumerate(("ann", "bo")):
        settle(studies[place], person, *themes[place])
    Settling(studies[undoer], ("ann", "bo")[undoer]).undo()
    all_exchange(studies)
    for study in studies:
        assert settled(study) == (set(themes[1 - undoer]), "1", set())


def test_undo_takes_no_decision_out_of_several(studies: list[Study]) -> None:
    """What the other decided was never written out: so it is refused. One that closed it goes back."""
    first, second, third = studies
    settle(first, "ann", "pay", "staff")
    settle(second, "bo", "staff", "pay")
    all_exchange(studies)
    for study, person in ((first, "ann"), (second, "bo")):
        with pytest.raises(CoderError, match="settled it"):
            Settling(study, person).undo()
    settle(third, "cy")
    assert settled(third) == (set(), "1", set())
    Settling(third, "cy").undo()
    all_exchange(studies)
    assert settled(first) == ({"pay", "staff"}, "1", set())
    settle(second, "bo", "beds")
    settle(first, "ann")
    all_exchange(studies)
    settle(third, "cy", "money")
    Settling(third, "cy").undo()
    assert settled(third)[:2] == OPEN
    assert len(settled(third)[2]) == 2
    Settling(third, "cy").redo()
    all_exchange(studies)
    assert settled(second) == ({"money"}, "1", set())


def test_a_merge_makes_one_of_two_decisions(studies: list[Study]) -> None:
    """Settled on a theme by one, on what it was merged into by the other: they say the same."""
    first, second, _ = studies
    settle(first, "ann", "staff")
    revising.apply(second, revising.plan(second, revising.begin(second).merge(["staff"], "pay")), "bo")
    settle(second, "bo", "pay")
    all_exchange(studies)
    for study in studies:
        assert settled(study) == ({"pay"}, "1", set())
        assert study.database.value("SELECT COUNT(*) FROM coding WHERE coder <> ?", (SETTLED,)) == 0


def test_a_revision_that_knew_one_decision_alone_leaves_nothing_of_it(studies: list[Study]) -> None:
    """Its own step carries the theme on; the answer is open all the same."""
    first, second, _ = studies
    settle(first, "ann", "staff")
    revising.apply(first, revising.plan(first, revising.begin(first).merge(["staff"], "pay")), "ann")
    settle(second, "bo", "beds")
    all_exchange(studies)
    for study in studies:
        assert settled(study)[:2] == OPEN
        assert len(settled(study)[2]) == 2


def test_one_person_with_two_laptops_may_differ_from_themselves(studies: list[Study]) -> None:
    """That is told as of two people."""
    first, second, third = studies
    settle(first, "ann", "pay")
    settle(second, "ann", "beds")
    all_exchange(studies)
    assert settled(third) == (*OPEN, {("ann", frozenset({"pay"})), ("ann", frozenset({"beds"}))})


def test_who_has_left_has_decided_all_the_same(studies: list[Study]) -> None:
    """Retired in one copy while settling in another; their name stands with what they decided."""
    first, second, third = studies
    for person in ("ann", "bo"):
        join(first.database, person)
    all_exchange(studies)
    settle(first, "ann", "pay")
    settle(second, "bo", "beds")
    retire(first, "bo", "ann")
    all_exchange(studies)
    for study in studies:
        assert [person.name for person in team(study.database).people if person.retired] == ["bo"]
        rivals = rivals_of(study, rival_decisions(study.database, study.codebook)[ANSWER])
        assert [(rival.name, rival.theme_ids) for rival in rivals] == [("ann", ("pay",)), ("bo", ("beds",))]
    settle(third, "ann", "beds")
    all_exchange(studies)
    assert settled(first) == ({"beds"}, "1", set())
