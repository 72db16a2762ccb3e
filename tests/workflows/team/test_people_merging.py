"""People who turn out to be one: one act of two logs, which a coder's undo leaves whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError
from coder.store import checks, codings, log
from coder.store.team.team_rows import events, team
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.coders import coder_called
from coder.workflows.team.membership import add_people, event_text, rename
from coder.workflows.team.people_merging import merge, merge_text
from coder.workflows.team.people_parting import part, parted_text
from coder.workflows.theme_steps import theme_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.codings import Coding
    from coder.workflows.study.study import Study

LOST, PAY, BEDS, THANKS, BUDGETS = 1, 2, 3, 4, 5
UNDO_IS_REFUSED = "this made Jo and jo one person"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give a small study that Jo and jo have coded, who are one person."""
    study = small_study(tmp_path / "study")
    for coder_id, choices in (
        ("Jo", {LOST: "pay", PAY: "pay", BEDS: "beds"}),
        ("jo", {PAY: "pay", BEDS: "money"}),
    ):
        session = CodingSession(study, coder_id)
        for response, theme_id in choices.items():
            session.toggle(response, theme_id)
            session.confirm(response)
    yield study
    study.close()


def stands(study: Study) -> dict[str, dict[int, tuple[set[str], bool, str]]]:
    """Return what stands on every answer, by coder: themes, whether it is done, the memo."""
    return {
        coder_id: {
            response: (set(standing.spans), standing.done, standing.memo)
            for response, standing in (
                (number, CodingSession(study, coder_id).standing(number))
                for number in (LOST, PAY, BEDS, THANKS, BUDGETS)
            )
        }
        for coder_id in ("Jo", "jo", "sam")
    }


def all_codings(study: Study) -> dict[str, list[Coding]]:
    """Return the codings of the two, with their origins and words."""
    return {coder_id: list(codings.all_codings(study.database, coder_id)) for coder_id in ("Jo", "jo")}


def test_undo_leaves_a_merge_whole(study: Study) -> None:
    """Neither half goes by `u`: codings would be nobody's, or both's. What is coded after it does."""
    merge(study, "Jo", "jo", "jo")
    merged = stands(study)
    for session in (CodingSession(study, "jo"), CodingSession(study, "Jo")):
        with pytest.raises(CoderError, match=UNDO_IS_REFUSED) as refusal:
            theme_steps.undo(session)
        assert "coder team part Jo" in refusal.value.hint
        assert theme_steps.redo(session) is None
    assert stands(study) == merged
    session = CodingSession(study, "jo")
    session.toggle(BUDGETS, "money")
    assert session.undo() is not None
    with pytest.raises(CoderError, match=UNDO_IS_REFUSED):
        session.undo()
    assert session.redo() is not None
    assert checks.faults(study.database) == []


def test_a_merge_is_taken_back_as_a_whole(study: Study) -> None:
    """Each has what they had, with origins and marks; neither half is done again alone; a merge can be."""
    CodingSession(study, "Jo").write_memo(LOST, "who says so?")
    apart = stands(study), all_codings(study)
    merged = merge(study, "Jo", "jo", "jo")
    assert "coder team part Jo" in merge_text(merged)
    joined = stands(study)
    parted = part(study, "Jo", "jo")
    assert (parted.returned, parted.given_up) == (3, 1)
    assert "Jo and jo are two people again: 3 codings of Jo are back, 1 of them jo's" in parted_text(parted)
    assert (stands(study), all_codings(study)) == apart
    assert coder_called(study.database, "Jo") == "Jo"
    for session in (CodingSession(study, "jo"), CodingSession(study, "Jo")):
        with pytest.raises(CoderError, match=UNDO_IS_REFUSED) as refusal:
            session.redo()
        assert "coder team merge Jo jo" in refusal.value.hint
    assert [event_text(event) for event in events(study.database)][-2:] == [
        "Jo is jo", "Jo is not jo: their codings are parted again",
    ]  # fmt: skip
    assert checks.faults(study.database) == []
    merge(study, "Jo", "jo", "jo")
    assert stands(study) == joined
    part(study, "Jo", "jo")
    assert stands(study) == apart[0]
    assert CodingSession(study, "jo").undo() is not None


def test_memos_on_answers_of_both_stay(study: Study) -> None:
    """A note says what its writer saw: it is joined to the other's, and is told apart again with them."""
    jo, other = CodingSession(study, "jo"), CodingSession(study, "Jo")
    jo.write_memo(PAY, "ask again")
    other.write_memo(PAY, "since when?")
    other.write_memo(BEDS, "or money?", "beds")
    apart = stands(study)
    merge(study, "Jo", "jo", "jo")
    assert jo.standing(PAY).memo == "ask again\nsince when?"
    assert (jo.standing(BEDS).memo, jo.standing(BEDS).theme_memos) == ("or money?", {})
    part(study, "Jo", "jo")
    assert stands(study) == apart
    assert other.standing(BEDS).theme_memos == {"beds": "or money?"}


def test_what_was_changed_since_is_not_taken_back(study: Study) -> None:
    """Work of the other on what became theirs is named; once it is undone, the merge goes back."""
    merge(study, "Jo", "jo", "jo")
    session = CodingSession(study, "jo")
    session.toggle(LOST, "beds")
    session.toggle(BUDGETS, "money")
    with pytest.raises(
        CoderError, match=r"jo has changed since what became theirs, on 1 answer: R1\.Q1\.1\."
    ):
        part(study, "Jo", "jo")
    assert coder_called(study.database, "Jo") == "jo"
    session.toggle(LOST, "beds")
    part(study, "Jo", "jo")
    assert set(CodingSession(study, "Jo").standing(LOST).spans) == {"pay"}
    assert set(session.standing(BUDGETS).spans) == {"money"}
    assert checks.faults(study.database) == []


def test_a_revision_since_comes_first(study: Study) -> None:
    """Codings of a theme that is another theme by now would come back unseen."""
    merge(study, "Jo", "jo", "jo")
    revision = revising.begin(study).change("pay", definition="What people earn")
    revising.apply(study, revising.plan(study, revision), "jo")
    with pytest.raises(CoderError, match=r"The codebook was revised since the merge: 'Pay'\."):
        part(study, "Jo", "jo")
    revising.apply(study, revising.plan_undo(study), "jo")
    assert part(study, "Jo", "jo").returned == 3


def test_merges_are_taken_back_in_order(study: Study) -> None:
    """A later one has decided what stands by the earlier one; names must be free again."""
    add_people(study, ["sam"], "jo")
    CodingSession(study, "sam").toggle(LOST, "beds")
    merge(study, "Jo", "jo", "jo")
    merge(study, "sam", "jo", "jo")
    with pytest.raises(CoderError, match="sam was made one with jo after that") as refusal:
        part(study, "Jo", "jo")
    assert "coder team part sam" in refusal.value.hint
    with pytest.raises(CoderError, match="Nobody called 'ann' has turned out to be another") as refusal:
        part(study, "ann", "jo")
    assert "'Jo', 'sam'" in refusal.value.hint or "'Jo' and 'sam'" in refusal.value.hint
    rename(study, "jo", "sam", "jo")
    with pytest.raises(CoderError, match="Another person of the team is called 'sam' by now"):
        part(study, "sam", "jo")
    rename(study, "jo", "Joanna", "jo")
    part(study, "sam", "jo")
    assert set(CodingSession(study, "sam").standing(LOST).spans) == {"beds"}
    part(study, "Jo", "jo")
    assert [person.name for person in team(study.database).people] == ["Jo", "Joanna", "sam"]


def test_who_was_made_one_meanwhile_saves_nothing_unseen(study: Study) -> None:
    """A screen that was open then would code under an id that is nobody's any more."""
    session = CodingSession(study, "Jo")
    merge(study, "Jo", "jo", "jo")
    with pytest.raises(CoderError, match="Jo was made one with jo while this was open: nothing was saved"):
        session.toggle(BUDGETS, "money")
    assert all_codings(study)["Jo"] == []


def test_what_came_with_a_merge_is_not_where_one_was(study: Study) -> None:
    """The next sitting begins where the coder was, not at the last answer of the other."""
    assert log.last_touched(study.database, "jo") == BEDS
    merge(study, "Jo", "jo", "jo")
    assert log.last_touched(study.database, "jo") == BEDS
    part(study, "Jo", "jo")
    assert log.last_touched(study.database, "jo") == BEDS
