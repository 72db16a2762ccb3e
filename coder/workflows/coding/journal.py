"""Writing in the journal of a study, as one durable step that undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import log
from coder.store.journal import add_entry
from coder.workflows.coding.session import StepOutcome
from coder.workflows.study.finished_rounds import refuse_apart

if TYPE_CHECKING:
    from coder.store.journal import Subject
    from coder.workflows.coding.session import CodingSession
    from coder.workflows.study.study import Study


def about(study: Study, subject: Subject, subject_id: str) -> str:
    """Return what a note is about, in words: `the theme Housing`, `Q16`, `the study`, `what was decided`."""
    if subject == "theme":
        return f"the theme {study.codebook.label(subject_id)}"
    if subject == "decision":
        return f"what was decided (codebook version {subject_id})" if subject_id else "what was decided"
    return subject_id or "the study"


def write_note(
    session: CodingSession, text: str, subject: Subject, subject_id: str = "", replaces: int | None = None
) -> StepOutcome:
    """Write a note, or another wording of one; an empty text takes that away.

    Args:
        session: Who writes it, in which study.
        text: The note.
        subject: What it is about.
        subject_id: The question, the theme, or the number of the codebook's version.
        replaces: The number of the entry that it is another wording of.
    """
    refuse_apart(session.coder_id, "Notes are written")
    database = session.study.database

    def again() -> StepOutcome:
        return write_note(session, text, subject, subject_id, replaces)

    label = f"note on {about(session.study, subject, subject_id)}"
    with session.waiting.transaction(database, again):
        step = log.append_entry(database, log.Entry(session.coder_id, label, is_note=True), ())
        add_entry(database, step, text.strip(), subject, subject_id, replaces)
    return StepOutcome(label, ())
