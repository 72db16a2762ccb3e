"""The journal in a window: dated notes on the study, a question or a theme, and on what was decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.log_moments import local_moment
from coder.domain.near_names import fold_case
from coder.store.journal import JournalEntry, entries
from coder.tui.kit.fitting import fit
from coder.tui.kit.windows.window_values import Ask, Option, Pick
from coder.workflows.coding.journal import about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coder.store.journal import Subject
    from coder.workflows.study.study import Study

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


class Notes(NamedTuple):
    """A study's notes as one person reads and writes them."""

    study: Study
    coder_id: str
    subjects: Sequence[tuple[Subject, str]]
    """What a new note may be about, the likeliest first: each with the id of the theme or question."""
    write: Callable[[str, Subject, str, int | None], object]
    """Writes a note: its text, what it is about, the id, and the number of the entry that it rewords."""
    undone_by: str = "u"
    """The key that takes a note back."""


class _Asking(Protocol):
    def ask(self, window: Pick[JournalEntry | NewNote] | Ask, take: Callable[..., object]) -> None:
        """Open a window; `take` is given what it returns."""

    def tell(self, text: str, seconds: float) -> None:
        """Say something for some seconds."""


def open_journal(view: _Asking, notes: Notes) -> None:
    """List the notes, the latest first, and ways to write one; picking a note of one's own rewords it."""
    listed = [_listed(notes.study, entry) for entry in reversed(entries(notes.study.database))]

    def options(typed: str) -> Sequence[Option[JournalEntry | NewNote]]:
        words = fold_case(typed).split()
        fitting = [
            note for note in listed if all(word in fold_case(f"{note.detail} {note.note}") for word in words)
        ]
        return [*fitting, *_new_notes(notes, typed)] if typed else [*_new_notes(notes, ""), *fitting]

    hint = "words of a note, a theme, a name, a date; or a new note"
    view.ask(Pick("Journal", options, placeholder=hint, may_be_text=True), partial(_write, view, notes))


def _new_notes(notes: Notes, typed: str) -> Iterator[Option[JournalEntry | NewNote]]:
    """Yield the ways to write a note; what was decided comes last."""
    for subject, subject_id in (*notes.subjects, ("decision", str(notes.study.version))):
        label = f"+ note on {about(notes.study, subject, subject_id)}{f': {typed}' if typed else ''}"
        detail = "Dated, searched here, and printed in the report if wanted (coder report --journal)."
        yield Option(label, NewNote(subject, subject_id, typed), f"{detail} {notes.undone_by} takes it back.")


def _listed(study: Study, entry: JournalEntry) -> Option[JournalEntry | NewNote]:
    subject = about(study, entry.subject, entry.subject_id)
    when = f"{local_moment(entry.at):%Y-%m-%d %H:%M}"
    name = study.name_of(entry.coder_id)
    detail = f"{entry.text}\n\n{subject}, {name}, {when}"
    note = f"{fit(_bare(study, entry), _ABOUT_CELLS).rstrip()} · {name} · {when[:10]}"
    return Option(entry.text.split("\n", 1)[0], entry, detail, note)


def _bare(study: Study, entry: JournalEntry) -> str:
    """Return what an entry is about in as few words as there are."""
    if entry.subject == "theme":
        return study.codebook.label(entry.subject_id)
    return "decided" if entry.subject == "decision" else entry.subject_id or "study"


def _write(view: _Asking, notes: Notes, choice: JournalEntry | NewNote | None) -> None:
    """Ask for the text of a note, and write it."""
    if choice is None:
        return
    if isinstance(choice, JournalEntry) and choice.coder_id != notes.coder_id:
        view.tell(f"{notes.study.name_of(choice.coder_id)} wrote this note: only they reword it.", 4)
        return
    replaces = choice.number if isinstance(choice, JournalEntry) else None

    def save(text: str | None) -> None:
        if text is None or (text.strip() == choice.text and replaces) or not (text.strip() or replaces):
            return
        notes.write(text, choice.subject, choice.subject_id, replaces)
        view.tell(f"The note is in the journal. {notes.undone_by} takes it back." if text.strip() else
                  f"The note is taken away. {notes.undone_by} brings it back.", 4)  # fmt: skip

    title = f"Note on {about(notes.study, choice.subject, choice.subject_id)}"
    hint = "⏎ next line · ^s saves; an empty text takes the note away" if replaces else ""
    stands = choice.text if replaces else ""
    view.ask(Ask(title, choice.text, hint, lines=NOTE_LINES, stands=stands), save)
