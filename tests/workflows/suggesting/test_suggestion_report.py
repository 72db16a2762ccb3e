"""How good suggestions have been: by place, by theme, lately, and what is left to do."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, small_study

from coder.domain.codebook import Codebook, Theme
from coder.domain.codings import Span, SuggestionSeen
from coder.domain.exposures import Exposure
from coder.errors import CoderError
from coder.store import kept_suggestions
from coder.workflows.coding.same_words import ALL
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.revising.operations import with_operations
from coder.workflows.revising.typed_operations import Operation
from coder.workflows.suggesting.suggestion_report import Pace, RemainingWork, Tally, suggestion_report
from coder.workflows.suggesting.suggestion_report_text import report_json, report_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.suggesting.suggestion_report import SuggestionReport

ORDER = ("pay", "staff", "money", "beds")
MOMENTS = ((0, 0), (0, 2), (0, 6), (0, 26), (1, 0), (1, 1), (20, 0))
"""Minutes and seconds of steps."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[CodingSession]:
    """Give a coder at work on a small study."""
    study = small_study(tmp_path / "study")
    yield CodingSession(study, "jo")
    study.close()


def decide(session: CodingSession, response: int, *theme_ids: str, hidden: bool = False) -> None:
    """Choose themes while four are suggested, and confirm."""
    offered = tuple((theme_id, 0.5) for theme_id in ORDER)
    exposure = Exposure(response, "file", offered, on_screen=not hidden)
    for theme_id in theme_ids:
        rank = ORDER.index(theme_id) + 1 if theme_id in ORDER and not hidden else None
        shown = None if hidden else SuggestionSeen(rank, 0.5 if rank else None)
        session.toggle(
            response, theme_id, origin="suggestion" if rank else "hand", suggestion=shown, exposure=exposure
        )
    session.confirm(response, exposure=exposure)


def report(session: CodingSession, question_id: str | None = None) -> SuggestionReport:
    """Return the report on this coder."""
    return suggestion_report(session.study, "jo", question_id)


def test_words_that_move_are_no_choice(session: CodingSession) -> None:
    """They change no fate and no count of choices, and take one key each."""
    decide(session, 1, "pay")
    earlier = report(session)
    session.mark_spans(1, "pay", [Span(0, 2)], SuggestionSeen(1, 0.5))
    session.mark_spans(1, "pay", [], SuggestionSeen(1, 0.5))
    later = report(session)
    assert (later.ranks, later.chosen_shown, later.chosen_hidden) == (earlier.ranks, 1, 0)
    (was,), (now,) = (
        [remaining.keys_an_answer for remaining in quality.remaining] for quality in (earlier, later)
    )
    assert (was, now) == (2, 4)


def test_each_place_has_its_fates(session: CodingSession) -> None:
    """Chosen counts as accepted; confirmed without as passed over; an answer still open counts nothing."""
    decide(session, 1, "pay", "money")
    decide(session, 2, "pay")
    session.toggle(3, "pay", exposure=Exposure(3, "file", (("pay", 0.9),)))
    summary = report(session)
    assert list(summary.ranks) == [1, 2, 3, 4]
    assert (summary.ranks[1], summary.ranks[2]) == (Tally(accepted=2), Tally(passed_over=2))
    assert summary.ranks[3] == Tally(accepted=1, passed_over=1)
    assert list(summary.themes) == ["beds", "money", "pay", "staff"]
    assert summary.themes["pay"] == Tally(accepted=2)


def test_taken_off_later_is_a_fate_of_its_own(session: CodingSession) -> None:
    """A theme accepted and then taken off is told apart; what undo took back never was."""
    decide(session, 1, "pay", "beds")
    session.toggle(1, "pay")
    session.toggle(1, "money")
    session.undo()
    assert report(session).themes == {
        "beds": Tally(accepted=1), "money": Tally(passed_over=1),
        "pay": Tally(removed=1), "staff": Tally(passed_over=1),
    }  # fmt: skip


def test_a_revision_takes_nothing_off(session: CodingSession) -> None:
    """A coding that a merge made another was accepted all the same."""
    decide(session, 1, "pay")
    revision = with_operations(revising.begin(session.study), [Operation("merge", "pay=money")])
    revising.apply(session.study, revising.plan(session.study, revision), "kim")
    assert session.standing(1).theme_ids == ("money",)
    assert report(session).themes["pay"] == Tally(accepted=1)
    assert report(session).lately[0].among_first == {1: 1.0, 3: 1.0, 9: 1.0}


def test_lately_counts_the_themes_chosen(session: CodingSession) -> None:
    """Of the themes chosen, those among the first suggestions are counted, unsuggested ones included."""
    decide(session, 1, "pay", "beds")
    decide(session, 2, "people")
    decide(session, 3)
    (fifty, _) = report(session).lately
    assert (fifty.answers, fifty.theme_count) == (3, 3)
    assert fifty.among_first == {1: pytest.approx(1 / 3), 3: pytest.approx(1 / 3), 9: pytest.approx(2 / 3)}
    assert report(session).themes["people"] == Tally(unseen=1)


def test_the_latest_answers_count(session: CodingSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lately means the answers confirmed last, whenever they were first looked at."""
    monkeypatch.setattr("coder.workflows.suggesting.suggestion_report.RECENT", (1, 2))
    decide(session, 1, "beds")
    decide(session, 2, "pay")
    session.confirm(1, done=False)
    session.confirm(1)
    assert [quality.among_first[1] for quality in report(session).lately] == [0, 0.5]


def test_hidden_suggestions_are_told_apart(session: CodingSession) -> None:
    """What was chosen before suggestions appeared says how good they are, and nothing was accepted."""
    decide(session, 1, "pay", hidden=True)
    decide(session, 2, "staff")
    summary = report(session)
    assert summary.ranks[1] == Tally(passed_over=1)
    assert (summary.hidden.answers, summary.hidden.among_first[1]) == (1, 1.0)
    assert (summary.lately[0].answers, summary.lately[0].among_first[1]) == (1, 0.0)
    assert (summary.chosen_shown, summary.chosen_hidden) == (1, 1)


def test_a_theme_chosen_before_suggestions_appeared_was_no_suggestion(session: CodingSession) -> None:
    """Chosen while they were hidden it stands ticked among them later: nobody accepted it, it was found."""
    offered = (("pay", 0.9), ("beds", 0.4))
    session.toggle(1, "pay", exposure=Exposure(1, "file", offered, on_screen=False))
    shown = Exposure(1, "file", offered)
    session.toggle(1, "beds", origin="suggestion", suggestion=SuggestionSeen(2, 0.4), exposure=shown)
    session.confirm(1, exposure=shown)
    summary = report(session)
    assert summary.ranks == {2: Tally(accepted=1)}
    assert (summary.themes["beds"], summary.themes["pay"]) == (Tally(accepted=1), Tally(unseen=1))
    assert (summary.hidden.theme_count, summary.hidden.among_first[1]) == (1, 1.0)


def test_the_pace_says_how_much_is_left(session: CodingSession) -> None:
    """A suggestion costs a key, another theme six, done one; what nobody confirmed has no pace."""
    decide(session, 1, "pay")
    session.toggle(2, "beds")
    session.confirm(2)
    session.nothing_here(3)
    (remaining,) = report(session).remaining
    assert (remaining.question_id, remaining.answers, remaining.pace_of) == ("Q1", 2, 3)
    assert remaining.keys_an_answer == pytest.approx((2 + 7 + 1) / 3)
    assert remaining.keys == 7
    assert RemainingWork("Q1", 2, 0, None).keys is None


def test_answers_of_the_same_words_count_once(tmp_path: Path) -> None:
    """What became of suggestions is that of the one that was read; copies take no key, now or later."""
    texts = [("Beds!",), ("beds",), ("pay",), ("PAY",), ("pay.",), ("money",)]
    with closing(small_study(tmp_path / "study", texts=texts)) as study:
        session = CodingSession(study, "jo")
        exposure = Exposure(1, "file", (("beds", 0.9),))
        seen = SuggestionSeen(1, 0.9)
        session.toggle(1, "beds", origin="suggestion", suggestion=seen, exposure=exposure, listed=ALL)
        session.confirm(1, exposure=exposure, listed=ALL)
        session.undo()
        session.redo()
        summary = report(session)
        assert len(kept_suggestions.confirmations(study.database, "jo")) == 1
    assert (summary.ranks, summary.chosen_shown) == ({1: Tally(accepted=1)}, 1)
    (remaining,) = summary.remaining
    assert (remaining.answers, remaining.repeats, remaining.pace_of) == (4, 2, 1)
    assert remaining.keys_an_answer is not None
    assert remaining.keys == 2 * remaining.keys_an_answer


def test_it_is_told_in_words_and_as_json(session: CodingSession) -> None:
    """Each section has its figures; JSON has them all."""
    decide(session, 1, "pay", "beds")
    decide(session, 2, "people", hidden=True)
    summary = report(session)
    lines = list(report_lines(summary, CODEBOOK))
    heading = lines.index("  The last 1 answer, 2 themes chosen on them:")
    assert lines[heading + 1] == "    50% first, 50% among the first three, 100% on a number key"
    assert "    0% first, 0% among the first three, 0% on a number key" in lines
    assert "  1          1      100%         0%           0%" in lines
    assert "  Q1: 3 answers left, about 15 keys (5.0 an answer, of the last 2 confirmed)" in lines
    content = json.loads(report_json(summary))
    assert content["ranks"]["1"] == {"shown": 1, "accepted": 1, "removed": 0, "passed_over": 0, "unseen": 0}
    assert content["left"][0]["keys"] == 15


def test_the_seconds_of_answers_are_told_by_key(
    session: CodingSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Space does to haste can be seen: its answers apart, a pause and what was taken back left out."""
    moments = iter(f"2026-11-21T21:{minute:02}:{second:02}.000Z" for minute, second in MOMENTS)
    monkeypatch.setattr("coder.store.log.utc_now", lambda: next(moments))
    seen = SuggestionSeen(1, 0.5)
    session.confirm(1)
    session.take_and_confirm(2, "pay", seen)
    session.take_and_confirm(3, "pay", seen)
    session.confirm(5)
    session.take_and_confirm(8, "beds", seen)
    session.undo()
    session.take_and_confirm(8, "pay", seen)
    summary = report(session)
    assert summary.paces == (
        Pace(takes_first=True, answers=2, median_seconds=3.0),
        Pace(takes_first=False, answers=1, median_seconds=20.0),
    )
    text = "\n".join(report_lines(summary, CODEBOOK))
    assert "3.0 by Space, with the first suggestion (2 answers)" in text
    assert "20.0 by other keys (1 answer)" in text
    assert json.loads(report_json(summary))["seconds"][0]["takes_first"] is True


def test_lines_keep_to_the_width(session: CodingSession) -> None:
    """Long labels are cut where there is no room for them."""
    decide(session, 1, "pay")
    long = Codebook((Theme("pay", "A label that goes on and on and on until nobody reads it any more"),))
    lines = list(report_lines(report(session), long, 76))
    assert max(map(len, lines)) <= 76
    assert any("A label that g" in line and "…" in line for line in lines)


def test_nothing_yet_is_said(session: CodingSession) -> None:
    """Before anything was confirmed, the report says so."""
    session.toggle_flag(1)
    lines = list(report_lines(report(session), CODEBOOK))
    assert "  No answer with suggestions on screen is confirmed yet." in lines
    assert "  Q1: 5 answers left" in lines


def test_who_is_meant(session: CodingSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """The only coder is meant, else who is logged in; misspelt names and questions get the nearest."""
    with pytest.raises(CoderError, match="has not worked"):
        suggestion_report(session.study, "jo")
    session.toggle(1, "pay")
    assert suggestion_report(session.study).coder == "jo"
    CodingSession(session.study, "sam").toggle(1, "pay")
    monkeypatch.setattr("coder.workflows.study.coders.default_coder", lambda: "root")
    with pytest.raises(CoderError) as caught:
        suggestion_report(session.study)
    assert "jo, sam" in caught.value.hint
    with pytest.raises(CoderError, match="no open question 'Q2'"):
        report(session, "Q2")
