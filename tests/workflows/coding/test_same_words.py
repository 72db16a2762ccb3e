"""Answers of the same words: one decision for all of them, one step."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import small_study

from coder.domain.codings import PickedWords, Span
from coder.domain.exposures import Exposure
from coder.domain.texts.equal_words import words_key
from coder.errors import CoderError
from coder.store import checks, codings, counts, surveys
from coder.store.scope import Scope
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.workflows.study.study import Study

TEXTS = (
    ("Pay, and beds", "Nobody stays"),
    ("pay and  BEDS!", "..."),
    ("Pay and beds", "n/a"),
    ("PAY: and “beds”", "N/A"),
)
"""The first boxes, with the numbers 1, 3, 5 and 7, say the same."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a study with four answers of the same words."""
    study = small_study(tmp_path / "study", texts=TEXTS)
    yield CodingSession(study, "jo")
    study.close()


def coded(session: CodingSession, *numbers: int) -> list[tuple[str, ...]]:
    """Return the themes that stand on some answers."""
    return [session.standing(number).theme_ids for number in numbers]


def test_a_decision_goes_to_all_as_one_step(session: CodingSession) -> None:
    """It says so, and undo and redo take all of it."""
    outcome = session.toggle(3, "pay", listed=ALL)
    assert outcome.label == "+ Pay on R2.Q1.1 ×4"
    assert (outcome.responses, outcome.decided) == ((3, 1, 5, 7), (3,))
    session.confirm(3, listed=ALL)
    assert coded(session, 1, 3, 5, 7) == [("pay",)] * 4
    assert all(session.standing(number).done for number in (1, 3, 5, 7))
    session.undo()
    undone = session.undo()
    assert undone is not None
    assert undone.decided == (3,)
    assert coded(session, 1, 3, 5, 7) == [()] * 4
    redone = session.redo()
    assert redone is not None
    assert (redone.decided, redone.copies) == ((3,), 3)
    assert checks.faults(session.study.database) == []


def test_copies_say_what_they_are(session: CodingSession) -> None:
    """Every change of one has the origin `same`; what was on screen is kept of the answer that was read."""
    session.toggle(3, "pay", exposure=Exposure(3, "file", (("pay", 0.5),)), listed=ALL)
    session.nothing_here(3, listed=ALL)
    rows = session.study.database.rows("SELECT DISTINCT response = 3, origin FROM change ORDER BY 1")
    assert rows == [(0, "same"), (1, "hand")]
    assert session.study.database.rows("SELECT response FROM exposure") == [(3,)]


def test_words_are_found_anew_in_each_text(session: CodingSession) -> None:
    """Each coding has the words where its own text has them."""
    session.toggle(1, "beds", words=PickedWords((Span(9, 13),), "engine"), listed=ALL)
    session.mark_spans(1, "pay", [Span(0, 3)], listed=ALL)
    texts = surveys.texts_of(session.study.database, (1, 3, 5, 7))
    marked = {
        (theme_id, text[start:end])
        for number, text in texts.items()
        for theme_id, ((start, end),) in session.standing(number).spans.items()
    }
    assert marked == {
        ("beds", "beds"), ("beds", "BEDS"), ("pay", "Pay"), ("pay", "pay"), ("pay", "PAY"),
    }  # fmt: skip


def test_what_is_coded_otherwise_is_left_and_told(session: CodingSession) -> None:
    """A group never closes over an answer that somebody coded in another way."""
    session.toggle(5, "money")
    outcome = session.toggle(1, "pay", listed=ALL)
    assert outcome.apart == (5,)
    session.confirm(1, listed=ALL)
    assert coded(session, 1, 3, 5, 7) == [("pay",), ("pay",), ("money",), ("pay",)]
    assert not session.standing(5).done
    # Once it is coded as the others are, it goes with them.
    session.toggle(5, "money", listed=ALL)
    session.toggle(5, "pay", listed=ALL)
    session.confirm(5, listed=ALL)
    assert session.toggle(5, "beds", listed=ALL).responses == (5, 1, 3, 7)


def test_what_the_list_leaves_out_is_named_and_not_coded(session: CodingSession) -> None:
    """A filter says what a coder has before them; the others are told by number."""
    outcome = session.nothing_here(1, listed={1, 3})
    assert (outcome.responses, outcome.unlisted, outcome.apart) == ((1, 3), (5, 7), ())
    assert not session.standing(5).done


def test_each_coder_has_their_own_group(session: CodingSession) -> None:
    """What somebody else coded neither follows nor stands apart."""
    CodingSession(session.study, "sam").toggle(5, "money")
    assert session.toggle(1, "pay", listed=ALL).apart == ()
    assert [coding.coder_id for coding in codings.codings_of(session.study.database, 5)] == ["sam", "jo"]


@pytest.mark.parametrize("number", [4, 6])
def test_what_says_nothing_stays_alone(session: CodingSession, number: int) -> None:
    """Texts without a letter, and non-responses that somebody takes for answers, have no group."""
    assert session.toggle(number, "pay", listed=ALL).responses == (number,)


def test_flags_and_memos_are_an_answers_own(session: CodingSession) -> None:
    """They say something of one answer, and part no group."""
    session.toggle_flag(1)
    session.write_memo(3, "who?")
    assert session.toggle(1, "pay", listed=ALL).copies == 3
    assert [session.standing(number).flag for number in (1, 3)] == [True, False]


def test_several_at_once_take_those_that_say_the_same_along(session: CodingSession) -> None:
    """Of a group of which two are decided on, each takes along those that are coded as it is."""
    session.toggle(5, "money")
    outcome = session.code_many([1, 2, 5], "pay", listed=ALL)
    assert outcome.label == "+ Pay on 5 answers"
    assert (outcome.responses, outcome.decided) == ((1, 2, 5, 3, 7), (1, 2, 5))
    assert session.undo() is not None
    assert coded(session, 1, 2, 3, 5, 7) == [(), (), (), ("money",), ()]


Act = tuple[str, int, str]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["toggle", "words", "confirm", "open", "nothing"]),
        st.integers(1, 6),
        st.sampled_from(["pay", "beds"]),
    ),
    max_size=8,
)
SAYINGS = st.lists(
    st.sampled_from(["Pay beds", "pay, BEDS", "  pay beds.", "Beds pay", "Beds: pay", "!"]),
    min_size=6,
    max_size=6,
)


def act(session: CodingSession, way: str, number: int, theme_id: str, **listed: Any) -> None:
    """Do something about an answer."""
    text = surveys.texts_of(session.study.database, [number])[number]
    start = text.casefold().find("pay")
    if way == "toggle":
        session.toggle(number, theme_id, **listed)
    elif way == "words":
        session.mark_spans(number, theme_id, [Span(start, start + 3)] if start >= 0 else [], **listed)
    elif way == "nothing":
        session.nothing_here(number, **listed)
    else:
        session.confirm(number, done=way == "confirm", **listed)


def by_hand(session: CodingSession, way: str, number: int, theme_id: str) -> None:
    """Do something about an answer, and about each that says the same and is coded alike, one by one."""
    texts = surveys.texts_of(session.study.database, range(1, 7))
    key, coded_as = words_key(texts[number]), session.standing(number).coded_as
    alike = [
        other
        for other, text in texts.items()
        if key and words_key(text) == key and session.standing(other).coded_as == coded_as
    ]
    for other in alike or [number]:
        act(session, way, other, theme_id)


def state(study: Study) -> tuple[Any, ...]:
    """Return what stands, and what is counted."""
    counted = counts.theme_counts(study.database, Scope(["Q1"]))
    rows = study.database.rows("SELECT response, theme, spans FROM coding ORDER BY response, theme")
    marks = study.database.rows("SELECT response, aspect, value FROM mark ORDER BY response, aspect")
    return rows, marks, counted


def logged(study: Study) -> list[tuple[Any, ...]]:
    """Return what was changed on each response, in order, but for how that came about."""
    return study.database.rows(
        "SELECT response, aspect, theme, before, after FROM change ORDER BY response, number"
    )


@settings(max_examples=40)
@given(SAYINGS, ACTS)
def test_a_group_is_coded_as_each_of_it_by_hand(texts: list[str], acts: list[Act]) -> None:
    """The same tables, marks, words and log come of both; and undo goes back through every state.

    Redo goes through them all again.
    """
    with TemporaryDirectory() as folder:
        together = small_study(Path(folder) / "together", texts=[(text,) for text in texts])
        apart = small_study(Path(folder) / "apart", texts=[(text,) for text in texts])
        with closing(together), closing(apart):
            session, other = CodingSession(together, "jo"), CodingSession(apart, "jo")
            states = [state(together)]
            for way, number, theme_id in acts:
                act(session, way, number, theme_id, listed=ALL)
                by_hand(other, way, number, theme_id)
                assert state(together) == state(apart)
                if state(together) != states[-1]:
                    states.append(state(together))
            assert logged(together) == logged(apart)
            assert checks.faults(together.database) == []
            for earlier in reversed(states[:-1]):
                assert session.undo() is not None
                assert state(together) == earlier
            assert session.undo() is None
            for later in states[1:]:
                assert session.redo() is not None
                assert state(together) == later
            assert checks.faults(together.database) == []


@pytest.mark.parametrize("number", [1, 3])
def test_a_coding_that_the_log_lacks_is_not_left_out(session: CodingSession, number: int) -> None:
    """In a damaged log an undo brings all codings of a group back or none, and says why."""
    session.toggle(1, "pay", listed=ALL)
    session.toggle(1, "pay", listed=ALL)
    database = session.study.database
    database.execute("DROP TRIGGER change_is_kept")
    database.execute("DELETE FROM change WHERE response = ? AND after IS NOT NULL", (number,))
    with pytest.raises(CoderError, match=r"damaged\. The log lacks a coding that step 2 took off\."):
        session.undo()
    assert coded(session, 1, 3, 5, 7) == [()] * 4


def statements_of_a_group(folder: Path, equal: int) -> list[str]:
    """Return the statements that SQLite runs for some decisions about so many equal answers."""
    study, statements = small_study(folder, texts=[("Pay!",)] * equal), list[str]()
    with closing(study):
        session = CodingSession(study, "jo")
        study.database._connection.set_trace_callback(lambda sql: statements.append(sql.split("(")[0]))
        session.toggle(1, "pay", words=PickedWords((Span(0, 3),), "engine"), listed=ALL)
        session.confirm(1, listed=ALL)
        session.undo()
        session.redo()
        session.toggle(1, "pay", listed=ALL)
        session.undo()
    return statements


def test_a_key_takes_as_many_statements_however_many_are_equal(tmp_path: Path) -> None:
    """What is the same on all of a group is read, logged, made and taken back as a set, not one by one."""
    few, many = (statements_of_a_group(tmp_path / str(equal), equal) for equal in (3, 60))
    assert many == few
    assert any(statement.startswith("INSERT INTO main.change") for statement in few)
