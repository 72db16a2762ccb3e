"""The journal of a study: dated notes on the study, a question, a theme, and on what was decided.

An entry belongs to a step of the log, which says who wrote it and when. It stands while the step does: undo
and redo take it back and bring it again. Nothing is changed or deleted: another wording replaces an entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.store.row_hashes import JOURNAL_COLUMNS, row_hash

if TYPE_CHECKING:
    from coder.store.database import Database

Subject = Literal["study", "question", "theme", "decision"]
"""What an entry is about. `decision`: what was decided; in a version of the codebook, if it names one."""


class JournalEntry(NamedTuple):
    """An entry of the journal that stands."""

    number: int
    at: str
    """When, in UTC: `2026-11-21T21:04:05.123Z`."""
    coder_id: str
    subject: Subject
    subject_id: str
    """The question, the theme, or the number of the codebook's version; empty for the study."""
    text: str


_STANDING = """FROM journal j JOIN step s ON s.number = j.step WHERE s.undone = 0 AND j.text <> ''
    AND NOT EXISTS (SELECT 1 FROM journal n JOIN step t ON t.number = n.step
        WHERE n.replaces = j.number AND t.undone = 0)"""


def add_entry(
    database: Database,
    step: int,
    text: str,
    subject: Subject,
    subject_id: str = "",
    replaces: int | None = None,
) -> int:
    """Write an entry that belongs to a step; call it inside the step's transaction.

    Args:
        database: The study's.
        step: The number of the step: who writes it, and when.
        text: The entry; an empty one, in place of another, takes that away.
        subject: What it is about.
        subject_id: The question, the theme, or the number of the codebook's version.
        replaces: The number of the entry of which it is another wording.

    Returns:
        The entry's number.
    """
    number: int = database.value("SELECT COALESCE(MAX(number), 0) + 1 FROM main.journal")
    cells = (number, step, subject, subject_id, text, replaces)
    database.execute(
        f"INSERT INTO main.journal (number, {JOURNAL_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*cells, row_hash(*cells)),
    )
    return number


def has_entries(database: Database, step: int) -> bool:
    """Tell whether a step wrote an entry."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM journal WHERE step = ?)", (step,)))


def entries(
    database: Database, subject: Subject | None = None, subject_id: str | None = None
) -> list[JournalEntry]:
    """Return the entries that stand, oldest first.

    Args:
        database: The study's.
        subject: Those about such a thing alone; None: all.
        subject_id: Those about this one alone; None: all.
    """
    rows = database.rows(
        f"""SELECT j.number, s.at, s.coder, j.subject, j.subject_id, j.text {_STANDING}
            AND (:subject IS NULL OR j.subject = :subject)
            AND (:subject_id IS NULL OR j.subject_id = :subject_id) ORDER BY j.number""",
        {"subject": subject, "subject_id": subject_id},
    )
    return [JournalEntry(*row) for row in rows]
