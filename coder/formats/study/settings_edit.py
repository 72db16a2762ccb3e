"""Changing a setting in the text of `study.toml`: every other line, and every comment, stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES, normalise
from coder.domain.study_settings import REMOVE_NON_RESPONSE, SettingChange, changed
from coder.errors import CoderError
from coder.formats.study.study_file import BYTE_ORDER_MARK, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coder.domain.study_settings import Settings

_LIST = "non_responses"


def changed_text(path: Path, text: str, changes: Iterable[SettingChange]) -> str:
    """Return the text of a `study.toml` after changes of its settings; unchanged where they stand already.

    Args:
        path: The file, for messages.
        text: What stands in it.
        changes: What is to be changed, in order.

    Raises:
        CoderError: It has faults, or is written so that it cannot be changed here.
    """
    for change in changes:
        settings = settings_of(path, text)
        wanted_settings = changed(settings, change)
        if wanted_settings != settings:
            text = _edited(path, text, change)
            if not _says(path, text, wanted_settings):
                raise _unchangeable(path)
    return text


def _says(path: Path, text: str, settings: Settings) -> bool:
    try:
        return settings_of(path, text) == settings
    except CoderError:
        return False


def _unchangeable(path: Path) -> CoderError:
    msg = f"{path} is written so that it cannot be changed without touching other lines."
    return CoderError(msg, "Change the setting in a text editor.")


def _edited(path: Path, text: str, change: SettingChange) -> str:
    # Here, where something is changed: it takes 19 ms to load.
    import tomlkit

    without_mark = text.removeprefix(BYTE_ORDER_MARK)
    try:
        document: Any = tomlkit.parse(without_mark)
    except tomlkit.exceptions.TOMLKitError as error:
        # It is right, or had been refused: what the library stumbles over is none of the person's.
        raise _unchangeable(path) from error
    if not change.is_of_list:
        document[change.key] = change.setting
    else:
        if _LIST not in document:
            document[_LIST] = tomlkit.array().multiline(multiline=True)
            document[_LIST].extend(DEFAULT_NON_RESPONSES)
        _change_list(document[_LIST], change)
    return text[: len(text) - len(without_mark)] + tomlkit.dumps(document)


def _change_list(entries: Any, change: SettingChange) -> None:
    """Add an entry to the list of non-responses, or take out all that are compared as it is."""
    if change.key != REMOVE_NON_RESPONSE:
        entries.append(change.setting)
        return
    entry = normalise(str(change.setting))
    for index in reversed([index for index, text in enumerate(entries) if normalise(text) == entry]):
        del entries[index]
