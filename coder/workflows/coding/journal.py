"""Writing in the journal of a study, as one durable step that undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.journal import write_entry
from coder.workflows.coding.session import StepOutcome

if TYPE_CHECKING:
    from coder.store.journal import Subject
    from coder.workflows.coding.session import CodingSession


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
    database = session.study.database

    def again() -> StepOutcome:
        return write_note(session, text, subject, subject_id, replaces)

    with session.waiting.transaction(database, again):
        write_entry(database, session.coder_id, text.strip(), subject, subject_id, replaces)
    about = " ".join(filter(None, (subject, subject_id)))
    return StepOutcome(f"journal: {about}", ())
