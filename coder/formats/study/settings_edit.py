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
            text = _edited(text, change)
        if settings_of(path, text) != wanted_settings:
            msg = f"{path} is written so that {change.key} cannot be changed here."
            raise CoderError(msg, "Change it in a text editor.")
    return text


def _edited(text: str, change: SettingChange) -> str:
    # Here, where something is changed: it takes 19 ms to load.
    import tomlkit

    without_mark = text.removeprefix(BYTE_ORDER_MARK)
    document: Any = tomlkit.parse(without_mark)
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
