"""Changes of a study's settings that are promised to `study.toml`: it lacks them so far."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.study_settings import read_changes
from coder.store.opening.damage import damaged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.study_settings import SettingChange
    from coder.store.database import Database

_PROMISED = "settings.promised"


def promised(database: Database) -> tuple[SettingChange, ...]:
    """Return the changes that are promised, in order."""
    written = database.setting(_PROMISED)
    try:
        return read_changes(json.loads(written)) if written else ()
    except ValueError as error:
        fault = "What is promised to study.toml cannot be read."
        raise damaged(fault) from error


def promise(database: Database, changes: Iterable[SettingChange]) -> None:
    """Promise changes in place of those that were; call it inside a transaction."""
    changes = tuple(changes)
    database.set_setting(_PROMISED, json.dumps(changes, ensure_ascii=False) if changes else "")
