"""Packs tell nothing of what others did on answers: not even how much it was, nor when."""

from __future__ import annotations

import json
import os
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING
from zipfile import ZipFile

from making import small_study
from study_copies import assert_whole, everything_in, exchange

from coder.domain.codings import Span
from coder.store import log
from coder.store.team.copies import act_rows
from coder.store.team.question_rows import team_questions
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.revising import revising
from coder.workflows.study.opening import open_study
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.asking_team import answer_question, ask_team
from coder.workflows.team.copies.opening_packs import open_pack
from coder.workflows.team.copies.sending import pack
from coder.workflows.team.membership import add_people
from coder.workflows.team.rounds.leading import NewRound, begin_round
from coder.workflows.team.rounds.theme_proposals import propose_theme
from coder.workflows.team.settling.settling_answers import Settlement, Settling

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from coder.domain.team.question_threads import TeamQuestion
    from coder.workflows.study.study import Study

ANSWERS = ["R1.Q1.1", "R1.Q1.2", "R2.Q1.1"]
OWN_QUESTION = "Is agency pay?"


class Draws:
    """What is drawn at random, and the time: the same in each phase of the work, however much others did."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.begin(0)
        patch.setattr(os, "urandom", self.urandom)
        patch.setattr(log, "utc_now", lambda: f"2026-11-29T10:{self._phase:02}:00.000Z")
        patch.setattr(act_rows, "_now", lambda: 60_000_000 + 100_000 * self._phase)

    def begin(self, phase: int) -> None:
        """Begin another phase."""
        self._phase, self._times = phase, 0

    def urandom(self, size: int) -> bytes:
        """Return bytes: all salts of a phase are alike, as others' acts draw some, too."""
        self._times += size != act_rows.SALT_BYTES
        times = 0 if size == act_rows.SALT_BYTES else self._times
        return sha256(f"{self._phase} {times}".encode()).digest()[:size]


def own_question(study: Study) -> TeamQuestion:
    """Return what jo asked."""
    return next(question for question in team_questions(study.database) if question.text == OWN_QUESTION)


def a_lot(study: Study) -> None:
    """Have sam code, take back, propose and ask, and whoever leads settle."""
    look_as(study, "sam")
    session = CodingSession(study, "sam")
    for answer in (1, 2, 3):
        for theme in ("staff", "pay", "beds"):
            session.toggle(answer, theme)
        session.write_memo(answer, "as I see it")
        session.confirm(answer)
    session.mark_spans(1, "staff", [Span(0, 3)])
    session.undo()
    propose_theme(study, "Weather", 1, "sam")
    ask_team(study, "sam", "Is that staff?", "R1.Q1.1")
    look_as(study, "lead")
    Settling(study, "lead").settle(1, Settlement(("staff",)))
    Settling(study, "lead").undo()


def a_bit(study: Study) -> None:
    """Have adam code with the theme that is merged afterwards."""
    look_as(study, "lead")
    CodingSession(study, "adam").toggle(3, "pay")


def packed(folder: Path, patch: pytest.MonkeyPatch, *, others_work: bool, blind: bool) -> Path:
    """Return a pack for jo, where others worked too, or did not."""
    draws = Draws(patch)
    with closing(small_study(folder / "lead")) as study:
        add_people(study, ["lead", "jo", "sam", "adam"], "lead")
        answers = {"jo": ANSWERS, "sam": ANSWERS}
        begin_round(study, NewRound("Pilot", answers, blind, False, 1), "lead")
    for phase, work in enumerate((a_lot, jo_works, a_bit, the_lead_works), start=1):
        draws.begin(phase)
        with closing(open_study(folder / "lead")) as study:
            if others_work or work in (jo_works, the_lead_works):
                work(study)
    draws.begin(9)
    with closing(open_study(folder / "lead")) as study:
        pack(study, "jo", folder / "jo.coderbundle", "lead")
    return folder / "jo.coderbundle"


def jo_works(study: Study) -> None:
    """Have jo code, write a note in the journal, take back one, and ask something."""
    look_as(study, "jo")
    session = CodingSession(study, "jo")
    session.toggle(1, "staff")
    session.toggle(2, "pay")
    session.confirm(1)
    session.undo()
    write_note(session, "Agency staff is staff", "theme", "staff")
    ask_team(study, "jo", OWN_QUESTION, "R1.Q1.1")


def the_lead_works(study: Study) -> None:
    """Have whoever leads revise the codebook, also in what is coded, answer jo, and take a note back."""
    look_as(study, "lead")
    revision = revising.begin(study).change("money", label="Budgets")
    revising.apply(study, revising.plan(study, revision), "lead")
    merge = revising.begin(study).merge(["pay"], "money")
    revising.apply(study, revising.plan(study, merge), "lead")
    answer_question(study, "lead", own_question(study), "It is.")
    session = CodingSession(study, "lead")
    write_note(session, "Ask the county", "study")
    write_note(session, "never mind", "study")
    session.undo()


def test_a_pack_is_the_same_whatever_others_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte, in a blind round; what she may know is in it, and she can work with it."""
    idle = packed(tmp_path / "idle", monkeypatch, others_work=False, blind=True)
    busy = packed(tmp_path / "busy", monkeypatch, others_work=True, blind=True)
    assert busy.read_bytes() == idle.read_bytes()
    monkeypatch.undo()
    with closing(open_study(tmp_path / "busy" / "lead")) as lead:
        assert lead.database.value("SELECT COUNT(*) FROM step WHERE coder = 'sam'") > 10
        opened = open_pack(busy)
        with closing(open_study(opened.folder)) as study:
            texts = {text for (text,) in study.database.rows("SELECT text FROM journal")}
            assert texts == {"Agency staff is staff", "Ask the county", "never mind"}
            assert study.codebook.by_id["money"].label == "Budgets"
            question = own_question(study)
            assert [reply.text for reply in question.replies] == ["It is."]
            CodingSession(study, "jo").toggle(3, "beds")
            assert_whole(study)
            exchange(study, lead)
            exchange(lead, study)
            everything = everything_in(lead)
            differing = {name for name in everything if everything[name] != everything_in(study)[name]}
            # Hers are a part of the answers.
            assert differing <= {"file", "answers", "respondents"}
            assert_whole(lead)
            assert_whole(study)


def test_where_nothing_is_blind_questions_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others coded does not, here either: of their steps nothing is in it."""
    path = packed(tmp_path, monkeypatch, others_work=True, blind=False)
    with ZipFile(path) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("acts/")]
    acts = [json.loads(line) for text in texts for line in text.splitlines()]
    assert any("Is that staff?" in text for text in texts)
    assert not any("as I see it" in text for text in texts)
    _, _, kind, *_ = acts[0]
    assert kind in ("step", "version", "event")
    # Of what is left out not even a digest is there.
    assert all(len(act) == len(("number", "clock", "kind", "salt", "content")) for act in acts)
