"""Kill a withdrawal at any place: nothing of it is done, or the next opening leaves no byte of theirs."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.faults.coded_study import STUDY, make_coded_study
from benchmarks.faults.redactions import CODED, RESPONSES, keep_beside
from benchmarks.faults.removals import Removal, kill_removals
from benchmarks.faults.tally import Tally
from coder.workflows.coding.journal import write_note
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
from coder.workflows.team.asking_team import ask_team

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NUMBER = 7
"""Of the answer of the respondent who withdraws."""
_RESPONDENT = f"R{_NUMBER}"
_OF_THEIRS = f"response = {_NUMBER}"


def kill_withdrawals(
    room: Path, count: int, seed: int = 6, after_kill: Callable[[Path], None] | None = None
) -> Tally:
    """Kill a withdrawal at so many places: statements of SQL, and files opened, renamed and deleted.

    Args:
        room: An empty folder.
        count: How many kills.
        seed: Of the places.
        after_kill: What a test does to the study behind the program's back.
    """
    tally = Tally("withdrawals", count)
    kill_removals(room, _prepare(room / "template"), tally, seed, after_kill)
    return tally


def _prepare(template: Path) -> Removal:
    """Make the study, with an answer that is coded, asked about and quoted; return what is taken out."""
    template.mkdir()
    make_coded_study(template / STUDY, RESPONSES, CODED)
    with closing(open_study(template / STUDY, "jo")) as study:
        text: str = study.database.value("SELECT text FROM response WHERE number = ?", (_NUMBER,))
        answer_id: str = study.database.value("SELECT id FROM response WHERE number = ?", (_NUMBER,))
        session = CodingSession(study, "jo")
        session.toggle(_NUMBER, "housing")
        session.write_memo(_NUMBER, "theirs alone")
        session.write_memo(_NUMBER + 1, f"Unlike: {text}")
        write_note(session, f"One says: {text}", "study")
        ask_team(study, "jo", "What of this one?", answer_id)
        keep_beside(study)
    return Removal(
        "withdraw",
        _RESPONDENT,
        [text, "theirs alone", "What of this one?"],
        {
            "respondent": f"SELECT COUNT(*) FROM respondent WHERE id = '{_RESPONDENT}'",
            "attributes": f"SELECT COUNT(*) FROM attribute_value WHERE respondent = {_NUMBER}",
            "answers": f"SELECT COUNT(*) FROM response WHERE number = {_NUMBER}",
            "changes": f"SELECT COUNT(*) FROM change WHERE {_OF_THEIRS}",
            "codings": f"SELECT COUNT(*) FROM coding WHERE {_OF_THEIRS}",
            "marks": f"SELECT COUNT(*) FROM mark WHERE {_OF_THEIRS}",
            "memos of others": f"SELECT COUNT(*) FROM mark WHERE instr(value, '{text}')",
            "notes": f"SELECT COUNT(*) FROM journal WHERE instr(text, '{text}')",
            "questions": "SELECT COUNT(*) FROM team_event WHERE instr(content, 'What of this one?')",
        },
        {
            "answers": f"SELECT COUNT(*) FROM response WHERE number <> {_NUMBER}",
            "codings": f"SELECT COUNT(*) FROM coding WHERE response <> {_NUMBER}",
            "changes": f"SELECT COUNT(*) FROM change WHERE response <> {_NUMBER} AND aspect = 'theme'",
            "attributes": f"SELECT COUNT(*) FROM attribute_value WHERE respondent <> {_NUMBER}",
            "memos": f"SELECT COUNT(*) FROM mark WHERE aspect = 'memo' AND response <> {_NUMBER}",
        },
        "withdrawn",
    )
