"""Copies of a study become one: whatever was done in each, and in whichever order it is received."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from making import add_theme
from study_copies import assert_whole, copies, everything_in, exchange

from coder.domain.codings import Span
from coder.domain.privacy.noted_places import NotedPlace
from coder.domain.privacy.removals import Removal
from coder.domain.privacy.told_places import place_as_it_stands
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.privacy.answer_cuts import answer_cuts
from coder.store.privacy.place_rows import note_places, noted_places
from coder.store.privacy.told_decisions import told_decisions
from coder.store.team.copies import act_rows
from coder.store.team.decision_rows import decisions_on
from coder.store.team.settled_rows import SettledMarks, settled_marks
from coder.store.team.team_rows import team
from coder.workflows.coding.session import CodingSession
from coder.workflows.privacy.taking_out import take_out
from coder.workflows.privacy.withdrawing import carry_out_withdrawal
from coder.workflows.revising import revising
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.coders import join
from coder.workflows.team import people_merging, people_parting
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.privacy.noted_places import PlaceDecision
    from coder.domain.revising.revisions import Revision
    from coder.workflows.study.study import Study

COPIES = st.sampled_from([0, 1, 2])
ANSWERS = st.sampled_from([1, 2, 3, 5, 6, 8])
CODERS = st.sampled_from(["ann", "bo", "cy"])
THEMES = st.sampled_from(["pay", "staff", "money", "beds", "q1-parking"])


def assert_layer_says_what_was_decided(study: Study) -> None:
    """Check that an answer is settled where all decisions say the same, and that no theme is left over."""
    answers = range(1, 11)
    marks = settled_marks(study.database, answers)
    for answer, decisions in decisions_on(study.database, answers).items():
        stands = marks.get(answer, SettledMarks())
        themes, done = decisions.agreed(study.codebook)
        assert (stands.done or None) == done
        if themes is None:
            assert not stands.spans
    for answer, stands in marks.items():
        assert stands.done or not stands.spans, answer


def assert_nobody_merged_has_codings(study: Study) -> None:
    """Check that nothing stands of people who turned out to be others."""
    merged = [person.id for person in team(study.database).everybody if person.merged_into]
    standing = {coding.coder_id for coding in codings.all_codings(study.database)}
    standing |= {mark.coder_id for mark in codings.all_marks(study.database)}
    assert standing.isdisjoint(merged)


def assert_told_is_noted(study: Study) -> None:
    """Check that what copies told each other of places in answers is what this one has noted."""
    numbers = dict(study.database.rows("SELECT id, number FROM response"))
    cuts, noted = answer_cuts(study.database), noted_places(study.database)
    for key, place in told_decisions(study.database).items():
        standing = place_as_it_stands(place, cuts.get(key.response_id, ()))
        if standing is not None and key.response_id in numbers:
            there = [one for one in noted.get(numbers[key.response_id], ()) if one[:2] == standing[:2]]
            assert there == ([standing] if standing.decision else [])


class Laptops(RuleBasedStateMachine):
    """Three laptops with copies of one study."""

    @initialize(clock=st.sampled_from(["none", "good", "bad"]))
    def begin(self, clock: str) -> None:
        """Make the copies. Their clocks may be good, or bad; without any, acts are counted alone."""
        self.folder = Path(tempfile.mkdtemp())
        self.clock, calls = act_rows._now, count()
        if clock != "good":
            act_rows._now = lambda: 0 if clock == "none" else next(calls) * 7919 % 1000
        self.studies = copies(self.folder)
        # They are people whatever becomes of their work: all of it may be on answers that go.
        for coder in ("ann", "bo", "cy"):
            join(self.studies[0].database, coder)
        for receiver in self.studies[1:]:
            exchange(self.studies[0], receiver)

    def teardown(self) -> None:
        """See that the copies become one, however they exchange what they have."""
        try:
            first, second, third = self.studies
            for sender, receiver in ((first, second), (third, second), (second, first), (second, third)):
                exchange(sender, receiver)
            exchange(first, third)
            # What the third wrote before it heard of words that were taken out, it has cleaned since.
            for sender, receiver in ((third, second), (second, first), (first, third)):
                exchange(sender, receiver)
            ends = [everything_in(study) for study in self.studies]
            for name in ends[0]:
                assert ends[0][name] == ends[1][name], name
                assert ends[0][name] == ends[2][name], name
            for study in self.studies:
                assert_whole(study)
                assert in_use(study).codebook == study.codebook
                assert_layer_says_what_was_decided(study)
                assert_nobody_merged_has_codings(study)
                assert_told_is_noted(study)
        finally:
            act_rows._now = self.clock
            for study in self.studies:
                study.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    @rule(copy=COPIES, coder=CODERS, answer=ANSWERS, themes=st.sets(THEMES, min_size=1))
    def code(self, copy: int, coder: str, answer: int, themes: set[str]) -> None:
        """Choose themes for an answer, or take them off."""
        for theme in sorted(themes & set(self.studies[copy].codebook.by_id)):
            with suppress(CoderError):
                CodingSession(self.studies[copy], coder).toggle(answer, theme)

    @rule(copy=COPIES, coder=CODERS, answer=ANSWERS)
    def confirm(self, copy: int, coder: str, answer: int) -> None:
        """Say that an answer is done."""
        with suppress(CoderError):
            CodingSession(self.studies[copy], coder).confirm(answer)

    @rule(copy=COPIES, coder=CODERS, is_redo=st.booleans())
    def reverse(self, copy: int, coder: str, is_redo: bool) -> None:
        """Undo or redo."""
        session = CodingSession(self.studies[copy], coder)
        with suppress(CoderError):
            (session.redo if is_redo else session.undo)()

    @rule(copy=COPIES, person=CODERS, answer=ANSWERS, themes=st.sets(THEMES), is_sure=st.booleans())
    def settle(self, copy: int, person: str, answer: int, themes: set[str], is_sure: bool) -> None:
        """Settle an answer."""
        offered = sorted(themes & set(self.studies[copy].codebook.by_id))
        with suppress(CoderError):
            Settling(self.studies[copy], person).settle(answer, Settlement(offered, is_sure=is_sure))

    @rule(copy=COPIES, person=CODERS, answer=ANSWERS, parks=st.booleans())
    def reopen_or_park(self, copy: int, person: str, answer: int, parks: bool) -> None:
        """Open a settled answer again, or put one aside."""
        settling = Settling(self.studies[copy], person)
        with suppress(CoderError):
            (settling.park if parks else settling.reopen)(answer)

    @rule(copy=COPIES, person=CODERS, is_redo=st.booleans())
    def reverse_settling(self, copy: int, person: str, is_redo: bool) -> None:
        """Undo or redo what somebody settled."""
        settling = Settling(self.studies[copy], person)
        with suppress(CoderError):
            (settling.redo if is_redo else settling.undo)()

    @rule(copy=COPIES, person=CODERS, other=CODERS, parts=st.booleans())
    def merge_people(self, copy: int, person: str, other: str, parts: bool) -> None:
        """Say that two people are one, or take it back."""
        with suppress(CoderError):
            if parts:
                people_parting.part(self.studies[copy], person, "bo")
            else:
                people_merging.merge(self.studies[copy], person, other, "bo")

    @rule(copy=COPIES, theme=THEMES, label=st.sampled_from(["Wages", "Nurses", "Cash"]))
    def rename(self, copy: int, theme: str, label: str) -> None:
        """Rename a theme."""
        self.revise(copy, lambda revision: revision.change(theme, label=label))

    @rule(copy=COPIES, theme=THEMES, definition=st.sampled_from(["wide", "narrow"]))
    def redefine(self, copy: int, theme: str, definition: str) -> None:
        """Redefine a theme, its codings to be looked at again."""
        self.revise(copy, lambda revision: revision.change(theme, definition=definition).recheck(theme))

    @rule(copy=COPIES, source=THEMES, into=THEMES)
    def merge(self, copy: int, source: str, into: str) -> None:
        """Merge a theme into another."""
        self.revise(copy, lambda revision: revision.merge([source], into))

    @rule(copy=COPIES, source=THEMES, one=THEMES, other=THEMES)
    def split(self, copy: int, source: str, one: str, other: str) -> None:
        """Split a theme."""
        self.revise(copy, lambda revision: revision.split(source, [one, other]))

    @rule(copy=COPIES, theme=THEMES, net=THEMES)
    def move(self, copy: int, theme: str, net: str) -> None:
        """Put a theme under another."""
        self.revise(copy, lambda revision: revision.move(theme, net))

    @rule(copy=COPIES, theme=THEMES)
    def retire(self, copy: int, theme: str) -> None:
        """Retire a theme."""
        self.revise(copy, lambda revision: revision.retire(theme))

    @rule(copy=COPIES)
    def add_parking(self, copy: int) -> None:
        """Add a theme."""
        with suppress(CoderError):
            add_theme(self.studies[copy], "Parking", "Q1", "ann")

    @rule(copy=COPIES)
    def take_back(self, copy: int) -> None:
        """Take back the latest revision, be it a new theme, which so is gone."""
        with suppress(CoderError):
            revising.apply(self.studies[copy], revising.plan_undo(self.studies[copy]), "ann")

    @rule(copy=COPIES, answer=ANSWERS, start=st.integers(0, 20), length=st.integers(1, 12))
    def redact(self, copy: int, answer: int, start: int, length: int) -> None:
        """Take words out of an answer."""
        study = self.studies[copy]
        with suppress(CoderError):
            response = surveys.response(study.database, answer)
            if response is not None:
                end = min(len(response.text), start + length)
                take_out(study, [Removal(response.id, start, end, "other", "[out]")], "ann")

    @rule(copy=COPIES, respondent=st.sampled_from(["R1", "R4"]))
    def withdraw(self, copy: int, respondent: str) -> None:
        """Have a respondent withdraw."""
        with suppress(CoderError):
            carry_out_withdrawal(self.studies[copy], respondent, "asked", "bo")

    @rule(
        copy=COPIES,
        answer=ANSWERS,
        place=st.sampled_from([(0, 3), (2, 4), (4, 8)]),
        decision=st.sampled_from(["take", "keep", ""]),
        instead=st.sampled_from(["", "somebody"]),
    )
    def decide(
        self, copy: int, answer: int, place: tuple[int, int], decision: PlaceDecision, instead: str
    ) -> None:
        """Decide on a place in an answer, or open it again."""
        database = self.studies[copy].database
        response = surveys.response(database, answer)
        if response is not None and place[1] <= len(response.text):
            others = [one for one in noted_places(database).get(answer, ()) if one[:2] != place]
            decided = NotedPlace(*place, "name", "likely name", decision, instead if decision else "")
            with database.transaction():
                note_places(database, {answer: sorted([*others, *([decided] if decision else [])])})

    @rule(copy=COPIES, coder=CODERS, answer=ANSWERS, start=st.integers(0, 12), length=st.integers(1, 9))
    def mark(self, copy: int, coder: str, answer: int, start: int, length: int) -> None:
        """Select the words that carry a theme."""
        study = self.studies[copy]
        with suppress(CoderError):
            response = surveys.response(study.database, answer)
            if response is not None and start < len(response.text):
                end = min(len(response.text), start + length)
                CodingSession(study, coder).mark_spans(answer, "pay", (Span(start, end),))

    @rule(copy=COPIES, coder=CODERS, answer=ANSWERS)
    def note(self, copy: int, coder: str, answer: int) -> None:
        """Write a memo that quotes the answer as it stands."""
        study = self.studies[copy]
        with suppress(CoderError):
            response = surveys.response(study.database, answer)
            if response is not None:
                CodingSession(study, coder).write_memo(answer, f"says: {response.text}")

    def revise(self, copy: int, operation: Callable[[Revision], Revision]) -> None:
        """Plan a revision and apply it."""
        study = self.studies[copy]
        with suppress(CoderError):
            revising.apply(study, revising.plan(study, operation(revising.begin(study))), "bo")

    @rule(sender=COPIES, receiver=COPIES)
    def receive(self, sender: int, receiver: int) -> None:
        """Have a copy receive what another has, twice: that is the same as once."""
        if sender == receiver:
            return
        exchange(self.studies[sender], self.studies[receiver])
        assert_whole(self.studies[receiver])
        everything = everything_in(self.studies[receiver])
        exchange(self.studies[sender], self.studies[receiver])
        assert everything_in(self.studies[receiver]) == everything


TestLaptops = Laptops.TestCase
TestLaptops.settings = settings(
    max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
