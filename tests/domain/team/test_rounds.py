"""Rounds: what is done to them, whom they are blind for, and how answers are drawn and dealt out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.team.rounds import Rounds, drawn, split
from coder.errors import CoderError

if TYPE_CHECKING:
    from random import Random

BEGUN = {
    "round": "r1", "name": "Pilot", "blind": True, "suggests": False, "codebook": "ab",
    "members": ["jo", "sam"],
}  # fmt: skip


def begun() -> Rounds:
    """Return one blind round of two people, with three answers for each, of which they share one."""
    rounds = Rounds()
    rounds.take("round begun", "1", BEGUN)
    rounds.take("answers assigned", "1", {"round": "r1", "person": "jo", "answers": ["a", "b", "c"]})
    rounds.take("answers assigned", "1", {"round": "r1", "person": "sam", "answers": ["c", "d", "e"]})
    return rounds


def test_a_blind_round_is_so_for_its_members_until_all_have_finished() -> None:
    """Whoever is not in it sees everything; nobody waits for those who have left; its end opens it."""
    rounds = begun()
    pilot = rounds.meant(" PILOT ")
    assert [pilot.is_blind_for(who) for who in ("jo", "sam", "anna")] == [True, True, False]
    rounds.take("round finished", "2", {"round": "r1", "person": "jo"})
    assert pilot.is_blind_for("jo")
    assert pilot.settled_at() == ""
    assert pilot.settled_at(["sam"]) == "2"
    assert not pilot.is_blind_for("jo", ["sam"])
    rounds.take("round finished", "3", {"round": "r1", "person": "sam"})
    assert (pilot.settled_at(), pilot.is_blind_for("jo")) == ("3", False)
    rounds.take("round reopened", "4", {"round": "r1", "person": "jo"})
    assert pilot.is_blind_for("sam")
    rounds.take("round ended", "5", {"round": "r1"})
    assert not pilot.is_blind_for("sam")


def test_all_have_left_and_nobody_has_finished() -> None:
    """Where everybody has left, the round was never finished, and has no moment to be measured at."""
    pilot = begun().meant("Pilot")
    assert pilot.settled_at(["jo", "sam"]) == ""


def test_answers_go_over_to_another() -> None:
    """Who takes answers on is a member with all of them, and has not finished; who has none left is none."""
    rounds = begun()
    pilot = rounds.meant("Pilot")
    rounds.take("round finished", "2", {"round": "r1", "person": "jo"})
    handed = {"round": "r1", "person": "sam", "to": "jo", "answers": ["c", "d"]}
    rounds.take("handed over", "3", handed)
    assert pilot.assigned == {"jo": ["a", "b", "c", "d"], "sam": ["e"]}
    assert pilot.finished == {"jo": "", "sam": ""}
    rounds.take("handed over", "4", {"round": "r1", "person": "sam", "to": "anna", "answers": ["e"]})
    assert pilot.member_ids == ["jo", "anna"]
    assert pilot.answer_ids == {"a", "b", "c", "d", "e"}


def test_people_who_turn_out_to_be_one_are_one_member() -> None:
    """Answers and having finished go along, unless the other was a member with more to read."""
    rounds = begun()
    pilot = rounds.meant("Pilot")
    rounds.take("round finished", "2", {"round": "r1", "person": "jo"})
    rounds.take("merged", "3", {"id": "jo", "into": "joanna"})
    assert pilot.finished == {"sam": "", "joanna": "2"}
    rounds.take("merged", "4", {"id": "joanna", "into": "sam"})
    assert (pilot.finished, pilot.assigned) == ({"sam": ""}, {"sam": ["c", "d", "e", "a", "b"]})


def test_a_misspelt_round_gets_the_nearest() -> None:
    """And without any, it is said that there are none."""
    with pytest.raises(CoderError, match="no round 'Pilto'") as error:
        begun().meant("Pilto")
    assert "Pilot" in error.value.hint
    with pytest.raises(CoderError) as error:
        Rounds().meant("Pilot")
    assert error.value.hint == "Its rounds: none yet."


def test_what_concerns_no_round_changes_nothing() -> None:
    """Events of rounds that are not there, or of people who are in none, are taken as they come."""
    rounds = begun()
    before = str(list(rounds))
    for kind, content in (
        ("added", {"id": "x", "name": "x"}),
        ("round finished", {"round": "r1", "person": "anna"}),
        ("round finished", {"round": "r2", "person": "jo"}),
        ("merged", {"id": "x", "into": "y"}),
    ):
        rounds.take(kind, "9", content)
    assert str(list(rounds)) == before


@given(st.sets(st.text(max_size=4), max_size=30), st.integers(0, 2**32), st.randoms())
def test_a_draw_goes_by_its_seed_alone(names: set[str], seed: int, chance: Random) -> None:
    """In whatever order the names come, and on whichever machine."""
    shuffled = sorted(names)
    chance.shuffle(shuffled)
    assert drawn(shuffled, seed) == drawn(names, seed)
    assert set(drawn(names, seed)) == names


def test_a_draw_is_the_one_that_it_was() -> None:
    """By SHA-256 of seed, colon and name: the order of what `printf 7:a | sha256sum` and the like print."""
    assert drawn("abcd", 7) == ["c", "a", "d", "b"]


@given(st.integers(0, 60), st.integers(1, 5), st.floats(0, 1))
def test_answers_are_dealt_out_evenly(units: int, people: int, overlap: float) -> None:
    """Each goes to one person, a share to exactly two; nobody has three more than another."""
    names, members = [f"u{n}" for n in range(units)], [f"p{n}" for n in range(people)]
    dealt = split(names, members, overlap)
    readers = [sum(name in theirs for theirs in dealt.values()) for name in names]
    twice = round(units * overlap) if people > 1 else 0
    assert sorted(readers) == [1] * (units - twice) + [2] * twice
    sizes = [len(theirs) for theirs in dealt.values()]
    assert max(sizes) - min(sizes) <= 2
