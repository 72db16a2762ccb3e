"""Changing a study's settings: in the database at once, in `study.toml` by a promise that is kept.

A change is one transaction, which does what it means (of the list of non-responses: answers are told from
non-responses anew) and promises in the database to write it to `study.toml`. Once that is done, the promise
is cleared. Where the program ends in between, whoever opens the study next keeps it. It holds the changes,
not the file's text: made twice they do nothing more, and what people edit in the file meanwhile stays.

The file is written while the database is locked against others that write, so that two programs never write
it over each other.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted, listed, listed_few
from coder.domain.study_settings import ADD_NON_RESPONSE, REMOVE_NON_RESPONSE, SettingChange, changed
from coder.errors import CoderError
from coder.formats.shared.files_out import replace_file
from coder.formats.study.settings_edit import changed_text
from coder.formats.study.study_file import settings_of, settings_text
from coder.store import journal, log
from coder.store.noted import step_notes
from coder.store.noted.promised_settings import promise, promised
from coder.store.noted.step_notes import StepNotes
from coder.workflows.study import non_responses
from coder.workflows.study.finished_rounds import refuse_apart
from coder.workflows.study.study import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from coder.domain.codings import Step
    from coder.domain.study_settings import Settings
    from coder.store.database import Database
    from coder.workflows.study.non_responses import NonResponseEffect
    from coder.workflows.study.study import Study

_KEEPING_SECONDS = 0.5
"""How long it is tried to keep the promise while another program is writing."""
_ENTRIES, _ENTRY_LENGTH = 3, 40
"""Entries of the list that a step's label names, and how many characters of each."""


class SettingsChanged(NamedTuple):
    """What a change of the settings has done."""

    label: str
    """The step that it is in the log, in words; empty where it is none."""
    effect: NonResponseEffect | None = None
    """What it did to answers; None where it did not change the list of non-responses."""
    unwritten: str = ""
    """Why study.toml lacks it for now; empty where it has it."""

    @property
    def in_file(self) -> str:
        """Whether study.toml has it, as a sentence."""
        return f"Not yet in its file: {self.unwritten}" if self.unwritten else "It is in study.toml."


def change_settings(
    study: Study, coder_id: str, changes: Sequence[SettingChange], stood_at: int | None = None
) -> SettingsChanged:
    """Change a study's settings, in the database and in study.toml.

    A change of the list of non-responses is a step of the coder's, with an entry in the journal; undo takes
    it back. Other changes are none.

    Args:
        study: The study; its settings are those of the file afterwards.
        coder_id: Who changes them.
        changes: What is changed, in order; what stands already stays.
        stood_at: The response at which the coder stood.

    Raises:
        CoderError: study.toml has a fault, or is written so that it cannot be changed.
        ReadOnlyError: The study can only be read.
        BusyError: Another program went on writing.
    """
    refuse_apart(coder_id, "Settings are changed")
    with study.database.transaction():
        effective, effect = _change(study, changes)
        label = _label(effective, effect) if effect else ""
        if effect:
            step = log.append_entry(study.database, log.Entry(coder_id, label, is_note=True), ())
            lines = non_responses.effect_lines(effect, study.settings.respondents)
            text = " ".join([f"{label}.", *lines])
            journal.add_entry(study.database, step, text, "decision")
            step_notes.write_notes(study.database, step, StepNotes(stood_at, effective))
    return SettingsChanged(label, effect, keep_promise(study))


def reverse_settings(study: Study, step: Step, *, undoes: bool) -> bool:
    """Take back or make again what a step changed of the settings, inside the transaction that does so.

    `keep_promise` is to follow once that is saved.

    Returns:
        Whether the step had changed any.
    """
    changes = step_notes.notes_of(study.database, step.number).settings
    if undoes:
        changes = tuple(change.inverse() for change in reversed(changes))
    if changes:
        _change(study, changes)
    return bool(changes)


def effect_of_changes(study: Study, changes: Iterable[SettingChange]) -> NonResponseEffect:
    """Work out what changes of the list of non-responses would do; nothing is changed."""
    settings = settings_in_use(study.folder, study.database)
    for change in changes:
        settings = changed(settings, change)
    return non_responses.effect_of(study.database, settings)


def settings_in_use(folder: Path, database: Database) -> Settings:
    """Return the settings of a study: what study.toml says, and what is promised to it."""
    path = folder / SETTINGS_FILE
    settings = settings_of(path, settings_text(path))
    for change in promised(database):
        settings = changed(settings, change)
    return settings


def is_promised(study: Study) -> bool:
    """Tell whether study.toml lacks something."""
    return bool(promised(study.database))


def keep_promise(study: Study) -> str:
    """Write to study.toml what is promised to it, and go on with the settings that it has then.

    Returns:
        Why it could not be written; empty if it could, or nothing was promised. It is tried again when the
        study is next opened.
    """
    reason = ""
    if is_promised(study) and not study.read_only:
        try:
            with study.database.transaction(_KEEPING_SECONDS):
                _write_promised(study)
        except CoderError as error:
            reason = error.message
    # A file that was damaged since is told of when the study is next opened.
    with suppress(CoderError):
        study.settings = settings_in_use(study.folder, study.database)
    return reason


def _write_promised(study: Study) -> None:
    path = study.folder / SETTINGS_FILE
    text = settings_text(path)
    new_text = changed_text(path, text, promised(study.database))
    if new_text != text:
        replace_file(path, new_text)
    promise(study.database, ())


def _change(
    study: Study, changes: Iterable[SettingChange]
) -> tuple[tuple[SettingChange, ...], NonResponseEffect | None]:
    """Promise changes, and do in the database what they mean.

    Returns:
        Those that changed something, and what that does to answers.
    """
    database, path = study.database, study.folder / SETTINGS_FILE
    settings, effective = settings_in_use(study.folder, database), []
    for change in changes:
        older, settings = settings, changed(settings, change)
        if settings != older:
            effective.append(change)
    all_promised = (*promised(database), *effective)
    # Refused at once, rather than promised for ever.
    changed_text(path, settings_text(path), all_promised)
    promise(database, all_promised)
    is_of_list = any(change.is_of_list for change in effective)
    return tuple(effective), non_responses.apply_effect(database, settings) if is_of_list else None


def _label(changes: Sequence[SettingChange], effect: NonResponseEffect) -> str:
    """Return what a change of the list did: `“see above” says nothing: 12 answers`."""
    clauses = []
    for key, verb in ((ADD_NON_RESPONSE, "nothing"), (REMOVE_NON_RESPONSE, "something again")):
        entries = [f"“{_short(str(change.setting))}”" for change in changes if change.key == key]
        if entries:
            clauses.append(f"{listed_few(entries, _ENTRIES)} say{'s' * (len(entries) == 1)} {verb}")
    return f"{listed(clauses)}: {counted(effect.total, 'answer')}"


def _short(text: str) -> str:
    return text if len(text) <= _ENTRY_LENGTH else f"{text[: _ENTRY_LENGTH - 1].rstrip()}…"
