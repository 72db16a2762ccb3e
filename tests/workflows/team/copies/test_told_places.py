"""What is decided on places in answers travels with a study, as positions."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study
from study_copies import assert_whole, everything_in, exchange

from coder.domain.privacy.noted_places import NotedPlace
from coder.domain.privacy.removals import Removal, WordsToTakeOut
from coder.errors import CoderError
from coder.store import checks
from coder.store.privacy.place_rows import note_places, noted_places
from coder.store.privacy.told_decisions import told_decisions
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.finding import FindRequest, find_places
from coder.workflows.privacy.place_decisions import take_out_decided, tell_places
from coder.workflows.privacy.proving import prove
from coder.workflows.privacy.taking_out import take_out
from coder.workflows.privacy.withdrawing import carry_out_withdrawal
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.opening import open_study
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.receipt_text import receipt_lines
from coder.workflows.team.copies.receiving import receive
from coder.workflows.team.copies.sending import pack, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study

TEXTS = (("Ask Rose and Jo at the desk", "Pay"), ("Rose again", "Beds"), ("May is bad", "Pay"))
ROSE, JO = NotedPlace(4, 8, "name", "likely name"), NotedPlace(13, 15, "name", "likely name")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Study, Study]]:
    """Make a study, and a copy of it."""
    small_study(tmp_path / "a" / "study", texts=TEXTS).close()
    shutil.copytree(tmp_path / "a" / "study", tmp_path / "b" / "study")
    with (
        closing(open_study(tmp_path / "a" / "study", "jo")) as one,
        closing(open_study(tmp_path / "b" / "study", "jo")) as other,
    ):
        CodingSession(one, "jo").toggle(3, "pay")
        exchange(one, other)
        yield one, other


def decide(study: Study, number: int, *places: NotedPlace) -> None:
    """Note what is decided on the places of an answer."""
    with study.database.transaction():
        note_places(study.database, {number: sorted(places)})


def test_decisions_come_along(pair: tuple[Study, Study]) -> None:
    """A place that gives nobody away there gives nobody away here; the receipt counts them, once."""
    one, other = pair
    decide(one, 1, ROSE._replace(decision="keep"), JO._replace(decision="take", replacement="a colleague"))
    path = one.folder.parent / "sent.coderbundle"
    send(one, path, "jo")
    receipt = receive(other, path)
    assert receipt.places == 2
    assert "2 places are decided as elsewhere" in " ".join(receipt_lines(receipt, is_done=True))
    assert noted_places(other.database) == noted_places(one.database)
    send(one, path, "jo")
    assert receive(other, path).is_empty
    exchange(other, one)
    assert everything_in(one) == everything_in(other)
    assert_whole(other)


def test_a_decision_taken_back_and_edges_changed_come_along(pair: tuple[Study, Study]) -> None:
    """What was decided and is open again is open there; another passage stands for an earlier one."""
    one, other = pair
    decide(one, 1, ROSE._replace(decision="keep"), JO._replace(decision="take"))
    exchange(one, other)
    wider = NotedPlace(4, 15, "name", "likely name", "take")
    decide(one, 1, wider)
    exchange(one, other)
    assert noted_places(other.database) == {1: (wider,)}
    decide(one, 1)
    exchange(one, other)
    assert noted_places(other.database) == {}


def test_positions_move_with_what_was_cut_out_meanwhile(pair: tuple[Study, Study]) -> None:
    """A decision made on the text as it was stands at the same words; one on words that went is nothing."""
    one, other = pair
    take_out(other, [Removal("R1.Q1.1", 4, 8, "name")], "jo")
    decide(one, 1, ROSE._replace(decision="keep"), JO._replace(decision="keep"))
    exchange(one, other)
    (place,) = noted_places(other.database)[1]
    text = other.database.value("SELECT text FROM response WHERE number = 1")
    assert text[place.start : place.end] == "Jo"
    exchange(other, one)
    assert noted_places(other.database) == noted_places(one.database)
    assert everything_in(one) == everything_in(other)


@pytest.mark.parametrize("both_tell", [True, False])
def test_who_decides_differently_without_knowing_opens_it_again(
    pair: tuple[Study, Study], *, both_tell: bool
) -> None:
    """In either order and told or not: the place waits for a decision in both copies, which then stands."""
    one, other = pair
    decide(one, 1, ROSE._replace(decision="keep"), JO._replace(decision="keep"))
    decide(other, 1, ROSE._replace(decision="take"), JO._replace(decision="keep"))
    if both_tell:
        tell_places(other, "jo")
    exchange(one, other)
    exchange(other, one)
    exchange(one, other)
    for study in pair:
        assert noted_places(study.database) == {1: (JO._replace(decision="keep"),)}
    decide(other, 1, ROSE._replace(decision="take"), JO._replace(decision="keep"))
    exchange(other, one)
    assert noted_places(one.database) == noted_places(other.database)
    assert len(noted_places(one.database)[1]) == 2
    assert told_decisions(one.database) == told_decisions(other.database)


def test_a_place_of_a_name_column_is_open_again_and_stays_noted(pair: tuple[Study, Study]) -> None:
    """Where a name of the survey file's own column stands is known here, whatever is decided elsewhere."""
    one, other = pair
    listed = NotedPlace(4, 8, "name", "name column")
    decide(other, 1, listed)
    decide(one, 1, listed._replace(decision="keep"))
    exchange(one, other)
    assert noted_places(other.database)[1][0].decision == "keep"
    decide(one, 1, listed)
    exchange(one, other)
    assert noted_places(other.database) == {1: (listed,)}


def test_a_column_known_here_alone_stays_noted(pair: tuple[Study, Study]) -> None:
    """Another finder found the same there, and its decision is taken back: here the place is listed still."""
    one, other = pair
    listed = NotedPlace(4, 8, "name", "name column")
    decide(other, 1, listed)
    decide(one, 1, ROSE._replace(decision="keep"))
    exchange(one, other)
    decide(one, 1)
    exchange(one, other)
    assert noted_places(other.database) == {1: (listed,)}


def test_edges_decided_differently_go_as_one(pair: tuple[Study, Study]) -> None:
    """One takes out a name, another the same with words around it: what both cover goes."""
    one, other = pair
    decide(one, 1, ROSE._replace(decision="take"))
    decide(other, 1, NotedPlace(0, 6, "name", "likely name", "take"))
    exchange(one, other)
    search = find_places(other, FindRequest(with_spacy=False))
    assert not take_out_decided(
        other, [place for place in search.places if place.decision == "take"], "jo"
    ).unfinished
    text = other.database.value("SELECT text FROM response WHERE number = 1")
    assert text == "[name 1] and Jo at the desk"


def test_a_pack_has_them(pair: tuple[Study, Study], tmp_path: Path) -> None:
    """Who gets a pack need not decide again on what is decided."""
    one, _ = pair
    decide(one, 1, ROSE._replace(decision="keep"))
    pack(one, "jo", tmp_path / "jo.coderbundle", "jo")
    opened = open_pack(tmp_path / "jo.coderbundle", tmp_path / "packed")
    with closing(open_study(opened.folder, "jo")) as packed:
        assert noted_places(packed.database) == {1: (ROSE._replace(decision="keep"),)}


def test_words_in_them_are_taken_out_and_kinds_are_no_words(pair: tuple[Study, Study]) -> None:
    """What is to stand somewhere may name somebody; `name` and `take` are no texts in what is told."""
    one, other = pair
    decide(one, 1, JO._replace(decision="take", replacement="Jemima's friend"))
    exchange(one, other)
    for words in ("Jemima", "take", "name", "likely name"):
        out = [WordsToTakeOut(words, "other")]
        take_out(one, removals_of(one, out), "jo", out)
    assert prove(one, ["Jemima"]).holds
    assert noted_places(one.database)[1][0] == JO._replace(decision="take", replacement="[other 1]'s friend")
    exchange(one, other)
    exchange(other, one)
    assert prove(other, ["Jemima"]).holds
    assert everything_in(one) == everything_in(other)
    assert checks.faults(one.database) == []


def test_a_withdrawal_takes_what_was_written_for_their_words(pair: tuple[Study, Study]) -> None:
    """What somebody wrote to stand in answers of theirs tells of them: it goes, here and elsewhere."""
    one, other = pair
    take_out(one, [Removal("R1.Q1.1", 4, 8, "name", "her boss"), Removal("R1.Q1.1", 13, 15, "name")], "jo")
    decide(one, 3, NotedPlace(0, 4, "name", "likely name", "take", "a florist"))
    exchange(one, other)
    carry_out_withdrawal(other, "R1", "", "jo")
    exchange(other, one)
    exchange(one, other)
    for study in pair:
        assert prove(study, ["her boss"]).holds
        ((content,),) = study.database.rows("SELECT content FROM team_event WHERE kind = 'redacted'")
        cuts = json.loads(content)["answers"]["R1.Q1.1"]
        assert sorted(text for _, _, text in cuts) == ["[name 1]", "[withdrawn]"]
        assert noted_places(study.database)[3][0].replacement == "a florist"
    assert everything_in(one) == everything_in(other)


def test_what_comes_late_for_their_words_does_not_come_in(pair: tuple[Study, Study]) -> None:
    """A copy that does not know of the withdrawal tells what it wants to stand there: that stays behind."""
    one, other = pair
    carry_out_withdrawal(one, "R1", "", "jo")
    decide(other, 1, ROSE._replace(decision="take", replacement="her boss"))
    exchange(other, one)
    assert prove(one, ["her boss"]).holds
    assert noted_places(one.database) == {}
    exchange(one, other)
    exchange(other, one)
    assert prove(other, ["her boss"]).holds
    assert everything_in(one) == everything_in(other)
    assert_whole(one)


def test_nonsense_is_refused(pair: tuple[Study, Study], monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions that are none refuse the bundle as a whole."""
    one, other = pair
    decide(one, 1, ROSE._replace(decision="keep"))
    path = one.folder.parent / "sent.coderbundle"
    monkeypatch.setattr(
        "coder.store.privacy.told_decisions.written_decisions",
        lambda _: {"answers": {"R1.Q1.1": [[4, 8, "nonsense", "", "keep", "", ""]]}},
    )
    send(one, path, "jo")
    with pytest.raises(CoderError):
        receive(other, path)
    assert noted_places(other.database) == {}
