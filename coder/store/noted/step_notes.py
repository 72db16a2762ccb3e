"""What is noted of a step of the log beside its changes: for whoever takes it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.study_settings import SettingChange, read_changes
from coder.store.opening.damage import damaged

if TYPE_CHECKING:
    from coder.store.database import Database


class StepNotes(NamedTuple):
    """What is noted of a step."""

    stood_at: int | None = None
    """The response at which its coder stood, where that does not follow from the changes."""
    settings: tuple[SettingChange, ...] = ()
    """How it changed the study's settings."""


def write_notes(database: Database, step: int, notes: StepNotes) -> None:
    """Note something of a step; call it inside the step's transaction."""
    database.set_setting(_key(step), json.dumps(notes._asdict(), ensure_ascii=False))


def notes_of(database: Database, step: int) -> StepNotes:
    """Return what is noted of a step."""
    written = database.setting(_key(step))
    if written is None:
        return StepNotes()
    try:
        notes = json.loads(written)
        stood_at = notes["stood_at"]
        return StepNotes(None if stood_at is None else int(stood_at), read_changes(notes["settings"]))
    except (ValueError, TypeError, KeyError) as error:
        fault = f"What is noted of step {step} cannot be read."
        raise damaged(fault) from error


def _key(step: int) -> str:
    return f"step.{step}"
