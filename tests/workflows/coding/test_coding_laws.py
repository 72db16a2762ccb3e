"""Laws of the log, for whatever two coders do in whatever order, about answers alone and about equal ones."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from making import small_study

from coder.domain.codings import Origin, PickedWords, Span, SuggestionSeen
from coder.domain.exposures import Exposure
from coder.domain.second_look import DoubtKind
from coder.store import checks, counts, kept_suggestions, log
from coder.store.scope import Scope
from coder.workflows.coding.same_words import ALL, ALONE
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from coder.domain.tables.counts import Count
    from coder.workflows.coding.same_words import Numbers

CODERS = ("jo", "sam")
WHO = st.sampled_from(CODERS)
THEME = st.sampled_from(["pay", "beds"])
TEXTS = (("Pay, and beds", "pay and  BEDS!"), ("Pay, and beds", "Nobody stays"))
"""The first three say the same, in two ways."""
RESPONSE = st.integers(1, 4)
LISTED: st.SearchStrategy[Numbers] = st.sampled_from([ALONE, ALL, frozenset({1, 2, 4})])
SPANS = st.sampled_from([(), (Span(0, 2),), (Span(0, 2), Span(3, 5))])
ORIGIN: st.SearchStrategy[Origin] = st.sampled_from(["hand", "suggestion"])
MEMO = st.sampled_from(["", " ", "again", "who?"])
DOUBT: st.SearchStrategy[DoubtKind] = st.sampled_from(get_args(DoubtKind))
SHOWN = st.sampled_from([None, SuggestionSeen(), SuggestionSeen(2, 0.25)])

Facts = frozenset[tuple[Any, ...]]


class LogMachine(RuleBasedStateMachine):
    """Two coders at work; beside each, the states their undo should lead back through."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.patch = pytest.MonkeyPatch()

    @initialize()
    def begin(self) -> None:
        """Make a study in which no two steps have the same time."""
        ticks = count()
        self.patch.setattr(log, "utc_now", lambda: f"2026-01-01T00:00:00.{next(ticks):06}Z")
        self.study = small_study(Path(self.folder.name) / "study", texts=TEXTS)
        self.past: dict[str, list[Facts]] = {coder_id: [frozenset()] for coder_id in CODERS}
        self.future: dict[str, list[Facts]] = {coder_id: [] for coder_id in CODERS}
        self.log: list[tuple[Any, ...]] = []
        self.noted: list[tuple[int, dict[str, Count]]] = []

    def teardown(self) -> None:
        """Close and remove the study."""
        if hasattr(self, "study"):
            self.study.close()
        self.patch.undo()
        self.folder.cleanup()

    def session(self, who: str) -> CodingSession:
        """Return a coder's session: it keeps nothing between steps."""
        return CodingSession(self.study, who)

    def standing(self, who: str) -> Facts:
        """Return all that stands of a coder, origins and who picked words included."""
        return frozenset(
            self.study.database.rows(
                """SELECT response, 'theme', theme, spans, origin, words_by FROM coding WHERE coder = :who
                UNION ALL SELECT response, aspect, theme, value, '', '' FROM mark WHERE coder = :who""",
                {"who": who},
            )
        )

    def entries(self) -> list[tuple[Any, ...]]:
        """Return the log, all but the column that says whether a step stands."""
        found: list[tuple[Any, ...]] = self.study.database.rows(
            """SELECT s.number, s.at, s.coder, s.kind, s.target, s.label, s.codebook, c.*
            FROM step s LEFT JOIN change c ON c.step = s.number ORDER BY s.number, c.number"""
        )
        return found

    def done(self, who: str) -> None:
        """Take note of what a coder's new step led to."""
        after = self.standing(who)
        if after != self.past[who][-1]:
            self.past[who].append(after)
            self.future[who].clear()

    @rule(who=WHO, response=RESPONSE, theme=THEME, origin=ORIGIN, shown=SHOWN, spans=SPANS, listed=LISTED)
    def toggle(
        self,
        who: str,
        response: int,
        theme: str,
        origin: Origin,
        shown: SuggestionSeen | None,
        spans: tuple[Span, ...],
        listed: Numbers,
    ) -> None:
        """Choose a theme or take it away."""
        words = PickedWords(spans, "engine" if spans else "")
        self.session(who).toggle(response, theme, origin=origin, suggestion=shown, words=words, listed=listed)
        self.done(who)

    @rule(who=WHO, response=RESPONSE, theme=THEME, spans=SPANS, listed=LISTED)
    def mark_spans(
        self, who: str, response: int, theme: str, spans: tuple[Span, ...], listed: Numbers
    ) -> None:
        """Say which words carry a theme."""
        self.session(who).mark_spans(response, theme, spans, listed=listed)
        self.done(who)

    @rule(who=WHO, responses=st.lists(RESPONSE, max_size=4), theme=THEME, listed=LISTED, done=st.booleans())
    def code_many(self, who: str, responses: list[int], theme: str, listed: Numbers, *, done: bool) -> None:
        """Code several responses at once."""
        self.session(who).code_many(responses, theme, listed, done=done)
        self.done(who)

    @rule(who=WHO, response=RESPONSE, done=st.booleans(), on_screen=st.booleans(), listed=LISTED)
    def confirm(self, who: str, response: int, listed: Numbers, *, done: bool, on_screen: bool) -> None:
        """Confirm a response or open it again, with suggestions on screen or hidden."""
        seen = Exposure(response, "random", (("pay", 0.75), ("beds", None)), on_screen=on_screen)
        self.session(who).confirm(response, done=done, exposure=seen, listed=listed)
        self.done(who)

    @rule(who=WHO, response=RESPONSE, theme=THEME, doubt=DOUBT)
    def keep(self, who: str, response: int, theme: str, doubt: DoubtKind) -> None:
        """Leave a theme as it is in the second look."""
        self.session(who).keep(response, {theme: doubt})
        self.done(who)

    @rule(who=WHO, response=RESPONSE, listed=LISTED)
    def nothing_here(self, who: str, response: int, listed: Numbers) -> None:
        """Say that no theme is in a response."""
        self.session(who).nothing_here(response, listed=listed)
        self.done(who)

    @rule(who=WHO, response=RESPONSE)
    def flag(self, who: str, response: int) -> None:
        """Flag a response or take the flag away."""
        self.session(who).toggle_flag(response)
        self.done(who)

    @rule(
        who=WHO, response=RESPONSE, text=st.sampled_from(["", " ", "again", "who?"]), on=st.just("") | THEME
    )
    def memo(self, who: str, response: int, text: str, on: str) -> None:
        """Write a memo on a response or a coding."""
        self.session(who).write_memo(response, text, on)
        self.done(who)

    @rule(who=WHO)
    def undo(self, who: str) -> None:
        """Undo leads to the coder's state before, and says so only if there is one."""
        outcome = self.session(who).undo()
        assert (outcome is not None) == (len(self.past[who]) > 1)
        if outcome is not None:
            self.future[who].append(self.past[who].pop())

    @rule(who=WHO)
    def redo(self, who: str) -> None:
        """Redo leads to the state that undo left, unless something new was done since."""
        outcome = self.session(who).redo()
        assert (outcome is not None) == bool(self.future[who])
        if outcome is not None:
            self.past[who].append(self.future[who].pop())

    @rule(who=WHO)
    def undo_all_and_redo_all(self, who: str) -> None:
        """Undoing everything leaves nothing; redoing everything brings all of it back."""
        before = self.standing(who)
        session = self.session(who)
        times = 0
        while session.undo():
            times += 1
        assert self.standing(who) == frozenset()
        assert times == len(self.past[who]) - 1
        for _ in range(times):
            assert session.redo()
        assert self.standing(who) == before

    @rule()
    def reopen(self) -> None:
        """Close the study and open it again: undo and redo go on as before."""
        self.study.close()
        self.study = open_study(self.study.folder, "jo")

    @rule()
    def note_counts(self) -> None:
        """Note the counts of this moment."""
        self.noted.append(
            (
                log.step_at(self.study.database, log.utc_now()),
                counts.theme_counts(self.study.database, Scope(["Q1"])),
            )
        )

    @invariant()
    def each_coder_has_what_they_did(self) -> None:
        """What stands of each coder is theirs alone: the other's steps do not touch it."""
        for who in self.past:
            assert self.standing(who) == self.past[who][-1]

    @invariant()
    def the_log_only_grows(self) -> None:
        """What was in the log stays there as it was."""
        entries = self.entries()
        assert entries[: len(self.log)] == self.log
        self.log = entries

    @invariant()
    def what_was_suggested_counts_once(self) -> None:
        """Of the steps that stand, one at most keeps what a coder saw of a response, one what was hidden."""
        found = kept_suggestions.all_kept(self.study.database)
        places = [(each.coder_id, each.response, each.on_screen, each.rank) for each in found]
        assert len(places) == len(set(places))

    @invariant()
    def the_state_is_the_fold_of_the_log(self) -> None:
        """The check finds no fault."""
        assert checks.faults(self.study.database) == []

    @invariant()
    def the_past_can_be_asked_for(self) -> None:
        """The counts as of a moment are those noted at it."""
        for step, noted in self.noted:
            assert counts.theme_counts(self.study.database, Scope(["Q1"], as_of=step)) == noted


# Few responses and themes, so that steps meet each other often.
LogMachine.TestCase.settings = settings(max_examples=50, stateful_step_count=40)
TestLogLaws = LogMachine.TestCase
