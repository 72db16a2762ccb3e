"""Questions to the team: asked, answered, closed; hidden where they might tell how somebody codes blind."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.domain.team.question_threads import questions_told
from coder.errors import CoderError
from coder.store.team.question_rows import questions_seen, team_questions, waiting_for
from coder.store.team.team_rows import events
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.checking import check_study
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.asking_team import (
    answer_question,
    ask_team,
    close_question,
    question_lines,
    question_named,
)
from coder.workflows.team.membership import add_people, event_text
from coder.workflows.team.rounds.leading import NewRound, begin_round, end_round
from coder.workflows.team.rounds.round_draws import Draw, candidates, for_everybody

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Return a small study of jo and sam, whom anna leads."""
    made = small_study(tmp_path / "study")
    add_people(made, ["jo", "sam", "anna"], "anna")
    yield made
    made.close()


def test_a_question_is_asked_answered_and_closed(study: Study) -> None:
    """It waits for those who have not had the last word; once it is closed, for nobody."""
    name = ask_team(study, "jo", " Is agency staff pay? ", response_id="R1.Q1.1")
    assert [waiting_for(study.database, person) for person in ("jo", "sam")] == [0, 1]
    question = question_named(study, "sam", name[:3])
    assert (question.text, question.by, question.response_id) == ("Is agency staff pay?", "jo", "R1.Q1.1")
    answer_question(study, "sam", question, "No: staff.")
    assert [waiting_for(study.database, person) for person in ("jo", "sam")] == [1, 0]
    close_question(study, "jo", question)
    assert [waiting_for(study.database, person) for person in ("jo", "sam")] == [0, 0]
    (question,) = team_questions(study.database)
    lines = question_lines(study, question)
    assert (lines[0], lines[2], lines[-1]) == ("Is agency staff pay?", "No: staff.", "Closed.")
    assert lines[3].startswith("  sam, ")
    assert check_study(study.folder) == []


def test_what_makes_no_sense_is_refused(study: Study) -> None:
    """No text, an answer to what is closed, closing it twice, an id that none or two have."""
    with pytest.raises(CoderError, match="has no text"):
        ask_team(study, "jo", " \n", theme_id="pay")
    question = question_named(study, "jo", ask_team(study, "jo", "Why?", theme_id="pay"))
    close_question(study, "jo", question)
    (question,) = team_questions(study.database)
    with pytest.raises(CoderError, match="is closed") as caught:
        answer_question(study, "sam", question, "Because.")
    assert question.id in caught.value.hint
    with pytest.raises(CoderError, match="closed already"):
        close_question(study, "sam", question)
    close_question(study, "sam", question, again=True)
    assert waiting_for(study.database, "sam") == 1
    for name in ("zz", question.id[:1], ""):
        with pytest.raises(CoderError, match="No questions to the team begin"):
            question_named(study, "jo", name)
    assert check_study(study.folder) == []


def test_any_order_of_what_was_done_gives_the_same_questions() -> None:
    """Copies of a study that receive them in different orders show the same."""
    asked = {"question": "a", "text": "Why?", "response": "R1", "theme": ""}
    told = [
        ("2026-11-21T10:00:00.000Z", "jo", "asked", asked),
        ("2026-11-21T11:00:00.000Z", "sam", "answered", {"question": "a", "text": "So."}),
        ("2026-11-21T11:00:00.000Z", "ann", "answered", {"question": "a", "text": "Hm."}),
        ("2026-11-21T12:00:00.000Z", "jo", "question closed", {"question": "a"}),
        (
            "2026-11-21T13:00:00.000Z",
            "jo",
            "answered",
            {"question": "b", "text": "To what is not here."},
        ),
    ]
    (question,) = questions_told(told)
    assert [reply.text for reply in question.replies] == ["Hm.", "So."]
    assert question.is_closed
    assert all(questions_told(order) == [question] for order in permutations(told))


def test_a_question_names_nobodys_codings(study: Study) -> None:
    """Neither it nor the history of the team says what its asker has chosen there."""
    CodingSession(study, "jo").toggle(1, "beds")
    ask_team(study, "jo", "Is this one?", response_id="R1.Q1.1")
    told = events(study.database, "asked")
    assert "beds" not in str(told).casefold()
    assert [event_text(event) for event in told] == ["asked the team about R1.Q1.1"]


def test_questions_of_others_about_blind_answers_are_hidden(study: Study) -> None:
    """Members of a blind round read their own; whoever leads reads all, and so does everybody afterwards."""
    answers = for_everybody(candidates(study, Draw()), ("jo", "sam"))
    begin_round(study, NewRound("Pilot", answers), "anna")
    ask_team(study, "jo", "I took Pay: right?", response_id="R1.Q1.1")
    ask_team(study, "jo", "What is Pay?", theme_id="pay")

    def read_by(person: str) -> tuple[int, int, int]:
        look_as(study, person)
        seen = questions_seen(study.database, person)
        return len(seen.questions), seen.hidden, waiting_for(study.database, person)

    assert [read_by(person) for person in ("jo", "sam", "anna")] == [(2, 0, 0), (1, 1, 1), (2, 0, 2)]
    look_as(study, "anna")
    end_round(study, "Pilot", "anna")
    assert read_by("sam") == (2, 0, 2)
