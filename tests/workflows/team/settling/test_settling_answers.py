"""Settling answers that several people chose otherwise: what it does, and what it never touches."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import add_theme, small_study
from recode_study import redefined, split
from report_study import ANN, BEDS, BOB, LOST, twice_coded
from several_coders import CODINGS, MARKS, THEMES, code

from coder.domain.codings import Span
from coder.domain.tables.requests import TableRequest
from coder.domain.team.settled_layer import SETTLED
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.checks import faults, rebuild
from coder.store.team.settled_rows import settled_marks
from coder.workflows.coding.session import CodingSession
from coder.workflows.tables.report_tables import printed_tables
from coder.workflows.team.settling.disagreements import definitions_to_change, disagreements
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study
    from coder.workflows.team.settling.disagreements import Disagreement


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """On the first answer bob chose `pay` besides; on the third ann chose `beds` and bob nothing."""
    with closing(twice_coded(tmp_path / "study")) as opened:
        yield opened


def listed(study: Study) -> dict[int, Disagreement]:
    """Return the disagreements of Q1 by answer."""
    (question,) = (q for q in surveys.questions(study.database) if q.id == "Q1")
    return {found.answer.number: found for found in disagreements(study, question)}


def originals(study: Study) -> list[object]:
    """Return all that stands of people."""
    return [list(codings.all_codings(study.database)), list(codings.all_marks(study.database))]


def tables(study: Study) -> list[object]:
    """Return what tables count and say."""
    return [(table.rows, table.notes) for table in printed_tables(study, TableRequest(subjects=("Q1",)))]


def test_who_differs_is_listed_with_what_each_chose(study: Study) -> None:
    """In the order of the answers, agreed themes apart from those in dispute; what all chose alike is out."""
    found = listed(study)
    assert list(found) == [LOST, BEDS]
    lost = found[LOST]
    assert (lost.agreed, lost.disputed, lost.state) == (("staff",), ("pay",), "open")
    assert [(reader.coder_id, set(reader.words)) for reader in lost.readers] == [
        (ANN, {"staff"}),
        (BOB, {"staff", "pay"}),
    ]
    assert (found[BEDS].agreed, found[BEDS].disputed) == ((), ("beds",))


def test_an_answer_is_settled_beside_what_people_chose(study: Study) -> None:
    """Themes, nothing, why and how sure; the tables count it, and undo brings back what they said."""
    before, people = tables(study), originals(study)
    team = Settling(study, "cy")
    outcome = team.settle(LOST, Settlement(("staff", "pay"), why="  low pay is named ", is_sure=False))
    assert outcome.label.endswith(": Staff, Pay")
    nothing = team.settle(BEDS, Settlement(()))
    assert nothing.label.endswith(": nothing here")
    found = listed(study)
    assert (found[LOST].state, found[LOST].settled_on, found[LOST].settled_by) == (
        "settled",
        ("pay", "staff"),
        "cy",
    )
    assert (found[LOST].marks.memo, found[LOST].marks.done) == ("low pay is named", "unsure")
    assert found[BEDS].settled_on == ()
    assert originals(study) == people
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    assert {row.key: row.respondents for row in table.rows} == {"pay": 1, "staff": 1}
    assert not any("not settled" in note for note in table.notes)
    assert team.undo() is not None
    assert team.undo() is not None
    assert team.undo() is None
    assert tables(study) == before
    assert team.redo() is not None
    assert listed(study)[LOST].settled_on == ("pay", "staff")
    assert faults(study.database) == []


def test_a_parked_answer_waits_until_it_is_settled(study: Study) -> None:
    """It counts as before; settling takes it out, parking twice puts it back."""
    team = Settling(study, "cy")
    team.park(LOST, "ask the county")
    found = listed(study)[LOST]
    assert (found.state, found.marks.memo, found.settled_on) == ("parked", "ask the county", None)
    team.park(LOST)
    assert listed(study)[LOST].state == "open"
    team.park(LOST)
    team.settle(LOST, Settlement(("staff",)))
    assert listed(study)[LOST].state == "settled"
    team.reopen(LOST)
    assert (listed(study)[LOST].state, listed(study)[LOST].settled_on) == ("open", None)


def test_the_words_of_all_who_marked_them_are_kept(study: Study) -> None:
    """A theme that is settled on has the words that its readers marked for it."""
    CodingSession(study, ANN).mark_spans(LOST, "staff", [Span(3, 7)])
    CodingSession(study, BOB).mark_spans(LOST, "staff", [Span(8, 18)])
    Settling(study, "cy").settle(LOST, Settlement(("staff", "money")))
    spans = settled_marks(study.database, [LOST])[LOST].spans
    assert spans == {"staff": (Span(3, 7), Span(8, 18)), "money": ()}


def test_a_definition_is_to_change_until_it_has(study: Study) -> None:
    """The flag collects for the next revision; whoever redefines the theme has heard it."""
    team = Settling(study, "cy")
    team.settle(LOST, Settlement(("staff",), definitions=("pay",)))
    team.flag_definition(BEDS, "pay")
    assert list(definitions_to_change(study, listed(study).values())) == ["pay"]
    team.flag_definition(BEDS, "pay")
    (asking,) = definitions_to_change(study, listed(study).values())["pay"]
    assert asking.answer.number == LOST


def test_a_redefined_theme_is_settled_again(study: Study) -> None:
    """What a revision redefined waits in the layer, too, and is told; what is settled anew waits no more."""
    team = Settling(study, "cy")
    team.settle(LOST, Settlement(("staff", "money")))
    team.settle(BEDS, Settlement(("money",), definitions=("money",)))
    redefined(study)
    found = listed(study)
    assert {found[LOST].state, found[BEDS].state} == {"again"}
    assert definitions_to_change(study, found.values()) == {}
    team.settle(LOST, Settlement(("staff", "money")))
    assert listed(study)[LOST].state == "settled"
    assert faults(study.database) == []
    assert team.undo() is not None
    with pytest.raises(CoderError, match="revised"):
        team.undo()


def test_a_theme_that_was_split_goes_and_its_parts_are_chosen(study: Study) -> None:
    """A settled theme that a split took away is in the layer until the answer is settled again."""
    team = Settling(study, "cy")
    team.settle(LOST, Settlement(("staff",)))
    split(study)
    found = listed(study)[LOST]
    assert found.state == "again"
    assert faults(study.database) == []


def test_two_who_settle_do_not_undo_each_other(study: Study) -> None:
    """Undo is one's own; where somebody settled the answer since, it says so and takes back nothing."""
    cy, dee = Settling(study, "cy"), Settling(study, "dee")
    cy.settle(LOST, Settlement(("staff",)))
    dee.settle(BEDS, Settlement(("beds",)))
    assert dee.undo() is not None
    cy.settle(BEDS, Settlement(()))
    assert cy.undo() is not None
    dee.settle(LOST, Settlement(("pay",)))
    with pytest.raises(CoderError, match="dee has settled it since"):
        cy.undo()
    assert listed(study)[LOST].settled_on == ("pay",)


def test_what_is_not_in_use_is_no_decision(study: Study) -> None:
    """A retired or unknown theme is refused, unless somebody's coding has it; nothing is changed then."""
    team, people = Settling(study, "cy"), originals(study)
    for theme_id in ("old", "no such"):
        with pytest.raises(CoderError, match="no longer chosen"):
            team.settle(LOST, Settlement((theme_id,)))
    assert listed(study)[LOST].state == "open"
    assert originals(study) == people


def test_a_theme_that_came_later_is_told(study: Study) -> None:
    """Whoever read an answer before a theme existed has not left it out."""
    theme = add_theme(study, "Trains", "Q1", BOB)
    CodingSession(study, BOB).toggle(LOST, theme.id)
    found = listed(study)[LOST]
    ann, bob = found.readers
    assert theme.id in found.disputed
    assert set(ann.unoffered) == {theme.id}
    assert not bob.unoffered


def test_who_codes_a_settled_answer_anew_changes_no_decision(study: Study) -> None:
    """The decision stands and counts; the answer is listed with what they say now."""
    Settling(study, "cy").settle(LOST, Settlement(("staff",)))
    before = tables(study)[0]
    CodingSession(study, ANN).toggle(LOST, "money")
    assert listed(study)[LOST].disputed == ("pay", "money")
    assert tables(study)[0] == before


def test_what_was_adjudicated_by_a_person_is_settled(study: Study) -> None:
    """Adjudications of older studies, and of files, are decisions on their answers."""
    CodingSession(study, "panel").toggle(LOST, "pay", origin="adjudication")
    found = listed(study)[LOST]
    assert (found.state, found.settled_on, dict(found.adjudicated)) == (
        "settled",
        ("pay",),
        {"panel": ("pay",)},
    )
    Settling(study, "cy").settle(LOST, Settlement(("staff",)))
    assert listed(study)[LOST].settled_on == ("staff",)


DECISIONS = st.lists(
    st.one_of(
        st.tuples(st.just("settle"), st.integers(1, 10), st.frozensets(st.sampled_from(THEMES), max_size=3)),
        st.tuples(st.just("park"), st.integers(1, 10), st.just(frozenset())),
        st.tuples(st.just("reopen"), st.integers(1, 10), st.just(frozenset())),
    ),
    max_size=6,
)


@given(chosen=CODINGS, done=MARKS, decisions=DECISIONS)
@settings(max_examples=30, deadline=None)
def test_settling_never_changes_an_original_and_undo_restores_the_tables(
    chosen: set[tuple[int, str, str]],
    done: set[tuple[int, str]],
    decisions: list[tuple[str, int, frozenset[str]]],
) -> None:
    """Whatever is settled, parked, opened again: people's codings stay, and undoing it all is as before."""
    with TemporaryDirectory() as folder, closing(small_study(Path(folder) / "study")) as study:
        code(study, chosen, done)
        people, stages = originals(study), [tables(study)]
        team = Settling(study, "cy")
        steps = []
        for kind, response, theme_ids in decisions:
            number = study.database.value("SELECT MAX(number) FROM step")
            if kind == "settle":
                team.settle(response, Settlement(sorted(theme_ids)))
            elif kind == "park":
                team.park(response)
            else:
                team.reopen(response)
            if study.database.value("SELECT MAX(number) FROM step") != number:
                steps.append(kind)
                stages.append(tables(study))
            assert originals(study) == people
        for stage in reversed(stages[:-1]):
            assert team.undo() is not None
            assert tables(study) == stage
        assert team.undo() is None
        assert study.database.value("SELECT COUNT(*) FROM coding WHERE coder = ?", (SETTLED,)) == 0
        for stage in stages[1:]:
            assert team.redo() is not None
            assert tables(study) == stage
        assert originals(study) == people
        kept = study.database.rows("SELECT * FROM mark ORDER BY 1, 2, 3, 4")
        rebuild(study.database)
        assert study.database.rows("SELECT * FROM mark ORDER BY 1, 2, 3, 4") == kept
        assert faults(study.database) == []
