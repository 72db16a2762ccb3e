"""People made one in several copies, whatever these know of each other: nothing is lost, nothing is mixed."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from contextlib import suppress
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from study_copies import assert_whole, copies, everything_in, exchange

from coder.errors import CoderError
from coder.store import codings
from coder.store.team.copies import act_rows
from coder.store.team.team_rows import team
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.coders import join
from coder.workflows.team import people_merging

COPIES = st.sampled_from([0, 1, 2])
ANSWERS = st.sampled_from([1, 2, 3])
CODERS = st.sampled_from(["ann", "bo", "cy"])
THEMES = st.sampled_from(["pay", "staff", "money"])


class MergingLaptops(RuleBasedStateMachine):
    """Three laptops on which people code, and are made one; nobody takes anything off, or parts anybody."""

    @initialize(clock=st.sampled_from(["none", "good", "bad"]))
    def begin(self, clock: str) -> None:
        """Make the copies. Their clocks may be good, or bad; without any, acts are counted alone."""
        self.folder = Path(tempfile.mkdtemp())
        self.clock, calls = act_rows._now, count()
        if clock != "good":
            act_rows._now = lambda: 0 if clock == "none" else next(calls) * 7919 % 1000
        self.studies = copies(self.folder)
        self.chosen: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        """Themes that each has chosen themselves, by answer and coder."""
        for coder in ("ann", "bo", "cy"):
            join(self.studies[0].database, coder)
        for receiver in self.studies[1:]:
            exchange(self.studies[0], receiver)

    def teardown(self) -> None:
        """See that the copies become one, and that each answer has what somebody chose for it."""
        try:
            first, second, third = self.studies
            for sender, receiver in ((first, second), (third, second), (second, first), (second, third)):
                exchange(sender, receiver)
            ends = [everything_in(study) for study in self.studies]
            assert ends[0] == ends[1] == ends[2]
            assert_whole(first)
            self.assert_nothing_is_lost()
        finally:
            act_rows._now = self.clock
            for study in self.studies:
                study.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def assert_nothing_is_lost(self) -> None:
        """See that who somebody turned out to be has something wherever they chose something."""
        people = team(self.studies[0].database)
        standing: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for coding in codings.all_codings(self.studies[0].database):
            standing[coding.response][coding.coder_id].add(coding.theme_id)
        for answer, by_coder in self.chosen.items():
            chosen_as: dict[str, set[str]] = defaultdict(set)
            for coder, themes in by_coder.items():
                person = people.by_id(coder)
                assert person is not None
                chosen_as[person.id] |= themes
            assert standing[answer].keys() == chosen_as.keys()
            for person_id, themes in chosen_as.items():
                assert standing[answer][person_id] <= themes

    @rule(copy=COPIES, coder=CODERS, answer=ANSWERS, theme=THEMES)
    def code(self, copy: int, coder: str, answer: int, theme: str) -> None:
        """Choose a theme for an answer, and mark it done."""
        session = CodingSession(self.studies[copy], coder)
        with suppress(CoderError):
            if theme not in session.standing(answer).spans:
                session.toggle(answer, theme)
                self.chosen[answer][coder].add(theme)
            session.confirm(answer)

    @rule(copy=COPIES, person=CODERS, other=CODERS)
    def merge_people(self, copy: int, person: str, other: str) -> None:
        """Say that two people are one."""
        with suppress(CoderError):
            people_merging.merge(self.studies[copy], person, other, "bo")

    @rule(sender=COPIES, receiver=COPIES)
    def receive(self, sender: int, receiver: int) -> None:
        """Have a copy receive what another has."""
        if sender != receiver:
            exchange(self.studies[sender], self.studies[receiver])


TestMergingLaptops = MergingLaptops.TestCase
TestMergingLaptops.settings = settings(
    max_examples=10, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
