"""The journal: dated notes on the study, a question or a theme, and on what was decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.log_moments import local_moment
from coder.domain.near_names import fold_case
from coder.store.journal import JournalEntry, entries
from coder.tui.kit.fitting import fit
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.coding.journal import about, write_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.store.journal import Subject
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk

NOTE_LINES = 8
"""Lines of a note's window; there may be more."""

_ABOUT_CELLS = 16
"""Cells that a list of notes has for what each is about."""


class NewNote(NamedTuple):
    """A note that is yet to be written."""

    subject: Subject
    subject_id: str
    text: str
    """What was typed already."""


def open_journal(view: CodingView) -> None:
    """List the notes, the latest first, and ways to write one; picking a note of one's own rewords it."""
    desk = view.desk
    notes = [_listed(desk, entry) for entry in reversed(entries(desk.study.database))]

    def options(typed: str) -> Sequence[Option[JournalEntry | NewNote]]:
        words = fold_case(typed).split()
        fitting = [
            note for note in notes if all(word in fold_case(f"{note.detail} {note.note}") for word in words)
        ]
        return [*fitting, *_new_notes(desk, typed)] if typed else [*_new_notes(desk, ""), *fitting]

    hint = "words of a note, a theme, a name, a date; or a new note"
    view.ask(Pick("Journal", options, placeholder=hint, may_be_text=True), partial(_write, view))


def _new_notes(desk: Desk, typed: str) -> Iterator[Option[JournalEntry | NewNote]]:
    """Yield the ways to write a note: on the theme at the cursor, the question, the study, a decision."""
    question_id, theme_id = desk.listing.question().id, desk.here.cursor_theme
    subjects: list[tuple[Subject, str]] = [("question", question_id), ("study", "")]
    if theme_id is not None and not desk.hides:
        subjects.insert(0, ("theme", theme_id))
    subjects.append(("decision", str(desk.study.version)))
    for subject, subject_id in subjects:
        label = f"+ note on {about(desk.study, subject, subject_id)}{f': {typed}' if typed else ''}"
        yield Option(label, NewNote(subject, subject_id, typed), "Dated, searched here, and printed in the "
                     "report if wanted (coder report --journal). u takes it back.")  # fmt: skip


def _listed(desk: Desk, entry: JournalEntry) -> Option[JournalEntry | NewNote]:
    subject = about(desk.study, entry.subject, entry.subject_id)
    when = f"{local_moment(entry.at):%Y-%m-%d %H:%M}"
    detail = f"{entry.text}\n\n{subject}, {entry.coder_id}, {when}"
    note = f"{fit(_bare(desk, entry), _ABOUT_CELLS).rstrip()} · {entry.coder_id} · {when[:10]}"
    return Option(entry.text.split("\n", 1)[0], entry, detail, note)


def _bare(desk: Desk, entry: JournalEntry) -> str:
    """Return what an entry is about in as few words as there are."""
    if entry.subject == "theme":
        return desk.study.codebook.label(entry.subject_id)
    return "decided" if entry.subject == "decision" else entry.subject_id or "study"


def _write(view: CodingView, choice: JournalEntry | NewNote | None) -> None:
    """Ask for the text of a note, and write it."""
    session = view.desk.session
    if choice is None:
        return
    if isinstance(choice, JournalEntry) and choice.coder_id != session.coder_id:
        view.tell(f"{choice.coder_id} wrote this note: only they reword it.", 4)
        return
    replaces = choice.number if isinstance(choice, JournalEntry) else None

    def save(text: str | None) -> None:
        if text is None or (text.strip() == choice.text and replaces) or not (text.strip() or replaces):
            return
        view.stepped(write_note(session, text, choice.subject, choice.subject_id, replaces))
        view.tell("The note is in the journal. u takes it back." if text.strip() else
                  "The note is taken away. u brings it back.", 4)  # fmt: skip

    title = f"Note on {about(view.desk.study, choice.subject, choice.subject_id)}"
    hint = "⏎ next line · ^s saves; an empty text takes the note away" if replaces else ""
    stands = choice.text if replaces else ""
    view.ask(Ask(title, choice.text, hint, lines=NOTE_LINES, stands=stands), save)
