"""Blind means: whatever the first coder did, all that the second sees and exports is the same to the byte."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from all_that_is_seen import ANSWERS, THEMES, TIME, logged_in, printed, read
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rounds_at_work import ANNA, JO, LOST, PAY, SAM, begin, code, study_with_people
from study_copies import assert_whole, everything_in, exchange

from coder.errors import CoderError
from coder.store.database import one_moment
from coder.store.journal import entries
from coder.store.team.seeing import everything_seen
from coder.store.team.workers import coders_with_codings
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising.adding_themes import adding, revise_at_once
from coder.workflows.study.opening import open_study
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.rounds.leading import assign, end_round, finish

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

NON_RESPONSE = 4

actions = st.lists(
    st.tuples(
        st.sampled_from((*ANSWERS, NON_RESPONSE)),
        st.sampled_from(("theme", "done", "nothing", "flag", "memo", "note", "undo")),
        st.sampled_from(THEMES),
    ),
    max_size=12,
)


def act(study: Study, taken: list[tuple[int, str, str]]) -> None:
    """Have Jo do things to answers of the round."""
    session = CodingSession(study, JO)
    for number, kind, theme_id in taken:
        match kind:
            case "theme":
                session.toggle(number, theme_id)
            case "done":
                session.confirm(number)
            case "nothing":
                session.nothing_here(number)
            case "flag":
                session.toggle_flag(number)
            case "memo":
                session.write_memo(number, f"about {theme_id}", theme_id)
            case "note":
                write_note(session, f"{theme_id} is never this", "theme", theme_id)
            case _:
                session.undo()


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # To make an example smaller takes minutes; it has few actions as it is.
    phases=[Phase.explicit, Phase.generate],
)
@given(actions, actions)
def test_what_the_first_coder_does_changes_nothing_for_the_second(
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    taken: list[tuple[int, str, str]],
    others: list[tuple[int, str, str]],
) -> None:
    """Screens, exports and engine of the second are the same, whichever of two things the first one did."""
    seen = []
    for of_first in (taken, others):
        folder = tmp_path_factory.mktemp("blind") / "study"
        study = study_with_people(folder)
        begin(study)
        # It was an answer when the round began, and is none since.
        assign(study, "Pilot", {JO: ["R2.Q1.2"]}, ANNA)
        code(study, SAM, LOST, "pay")
        code(study, SAM, PAY, done=False)
        act(study, of_first)
        study.close()
        with pytest.MonkeyPatch.context() as patch, logged_in(patch, SAM):
            texts = printed(folder, capsys)
            study = open_study(folder)
            seen.append((texts, TIME.sub("(time)", str(read(study)))))
            study.close()
    for first, second in zip(seen[0][0], seen[1][0], strict=True):
        assert first == second
    assert seen[0][1] == seen[1][1]


def test_the_law_can_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For the lead, who is in no round, the same commands and reads tell what the first coder did."""
    differing = set()
    texts = []
    for number, theme_id in enumerate(("money", "beds")):
        folder = tmp_path / str(number)
        study = study_with_people(folder)
        begin(study)
        code(study, SAM, LOST, "pay")
        act(study, [(PAY, "theme", theme_id), (PAY, "done", "")])
        texts.append(printed(folder, capsys))
        study.close()
    for first, second in zip(*texts, strict=True):
        if first != second:
            differing.add(first.split()[0])
    assert differing == {"tables", "quotes", "report", "codings"}


def test_after_all_have_finished_everybody_sees_everything(tmp_path: Path) -> None:
    """Not before the last one has, nor for one who has finished first; ended by the lead, at once."""
    study = study_with_people(tmp_path / "study")
    begin(study)
    for coder_id, theme_id in ((JO, "pay"), (SAM, "staff")):
        for number in ANSWERS:
            code(study, coder_id, number, theme_id)
    finish(study, "Pilot", JO, JO)
    look_as(study, JO)
    assert coders_with_codings(study.database) == {JO: 5}
    finish(study, "Pilot", SAM, SAM)
    look_as(study, JO)
    assert coders_with_codings(study.database) == {JO: 5, SAM: 5}
    end_round(study, "Pilot", ANNA)
    study.close()


def test_answers_outside_the_round_are_seen(tmp_path: Path) -> None:
    """A round of one answer hides nothing of the others; other rounds, and those not blind, hide nothing."""
    study = study_with_people(tmp_path / "study")
    begin(study, "Open", blind=False)
    begin(study, "Of others", (ANNA,))
    code(study, JO, LOST, "pay")
    look_as(study, SAM)
    assert coders_with_codings(study.database) == {JO: 1}
    look_as(study, ANNA)
    assert coders_with_codings(study.database) == {}
    with everything_seen(study.database):
        assert coders_with_codings(study.database) == {JO: 1}
    assert coders_with_codings(study.database) == {}
    study.close()


def test_notes_of_others_are_not_seen_in_a_blind_round(tmp_path: Path) -> None:
    """Those from before it began are; so is one's own; and all are, once it is over or to who leads it."""
    study = study_with_people(tmp_path / "study")
    write_note(CodingSession(study, JO), "Agency staff is staff", "theme", "staff")
    begin(study)
    look_as(study, JO)
    write_note(CodingSession(study, JO), "Wages are pay", "theme", "pay")
    look_as(study, SAM)
    write_note(CodingSession(study, SAM), "Rotas are staff", "theme", "staff")

    def seen_by(person: str) -> list[str]:
        look_as(study, person)
        return [entry.text for entry in entries(study.database)]

    assert seen_by(SAM) == ["Agency staff is staff", "Rotas are staff"]
    assert seen_by(JO) == ["Agency staff is staff", "Wages are pay"]
    everything = ["Agency staff is staff", "Wages are pay", "Rotas are staff"]
    assert seen_by(ANNA) == everything
    end_round(study, "Pilot", ANNA)
    assert seen_by(SAM) == everything
    assert_whole(study)
    study.close()


def test_a_name_with_a_quote_is_a_name(tmp_path: Path) -> None:
    """A view takes no parameters: a name is written into it as SQL has it."""
    study = study_with_people(tmp_path / "study")
    from coder.workflows.team.membership import add_people

    add_people(study, ["O'Neil\"; --"], ANNA)
    begin(study, members=("O'Neil\"; --", JO))
    code(study, JO, LOST, "pay")
    code(study, "O'Neil\"; --", PAY, "pay")
    look_as(study, "O'Neil\"; --")
    assert coders_with_codings(study.database) == {"O'Neil\"; --": 1}
    study.close()


def test_the_codebook_of_a_blind_round_stays(tmp_path: Path) -> None:
    """Its members make no theme; an edit of the file waits, whoever opens the study; the lead may revise."""
    study = study_with_people(tmp_path / "study")
    begin(study)
    look_as(study, SAM)

    def at_once(_theme: object, carry_out: object) -> None:
        with study.database.transaction():
            carry_out()  # type: ignore[operator]

    with pytest.raises(CoderError, match="codebook of a blind round stays"):
        revise_at_once(study, SAM, adding("New", "Q1"), at_once)
    path = study.codebook_path
    path.write_text(path.read_text().replace("label: Beds", "label: Beds and wards"))
    study.close()
    for who in (SAM, ANNA):
        again = open_study(tmp_path / "study", who)
        assert again.edits_wait
        assert again.codebook.label("beds") == "Beds"
        again.close()


def test_who_does_not_see_them_changes_no_codings_of_others(tmp_path: Path) -> None:
    """A step in another's name would be made without knowing what stands: it is refused."""
    study = study_with_people(tmp_path / "study")
    begin(study)
    code(study, JO, LOST, "pay")
    look_as(study, SAM)
    with pytest.raises(CoderError, match="Codings of others are not changed"):
        CodingSession(study, JO).toggle(PAY, "pay")
    with one_moment(study.database):
        assert CodingSession(study, SAM).standing(LOST).spans == {}
    study.close()


def test_copies_exchange_all_whoever_is_blind(tmp_path: Path) -> None:
    """A bundle sent or received by somebody in a blind round is the whole one; they go on seeing theirs."""
    study_with_people(tmp_path / "a").close()
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    a, b = (open_study(tmp_path / name, ANNA) for name in "ab")
    begin(a)
    code(a, JO, LOST, "pay")
    look_as(a, SAM)
    exchange(a, b)
    assert coders_with_codings(b.database) == {JO: 1}
    code(b, JO, PAY, "pay")
    look_as(b, SAM)
    exchange(b, a)
    for study in (a, b):
        assert coders_with_codings(study.database) == {}
        look_as(study, ANNA)
        assert coders_with_codings(study.database) == {JO: 2}
        assert_whole(study)
    assert everything_in(a) == everything_in(b)
    a.close()
    b.close()
