"""`study.toml` with some settings changed: everything else in it, comments too, stays as people wrote it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.formats.study.study_tables import toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def with_settings(source: str, changes: Mapping[str, object]) -> str:
    """Return the text of a `study.toml` with settings changed; those it lacks are added above its tables.

    In a list that stands on several lines, texts that stay keep their lines, with the comments behind them.

    Args:
        source: The text of the file.
        changes: Setting to what it is from now on: a text, a truth value, or a list of texts.

    Raises:
        CoderError: The text is no TOML, or a setting is written in a way that cannot be changed line by line.
    """
    for key, setting in changes.items():
        source = _with_setting(source, key, setting)
    return source


def _with_setting(source: str, key: str, setting: object) -> str:
    content = _parsed(source) or {}
    wanted = {**content, key: list(setting) if isinstance(setting, tuple) else setting}
    # Whether a candidate says the right thing is read back: a line that looks like the key may be in a text.
    for candidate in _candidates(source, key, setting):
        if _parsed(candidate) == wanted:
            return candidate
    msg = f"The setting {key} cannot be changed in study.toml without touching other lines."
    raise CoderError(msg, "Edit the file in a text editor.")


def _candidates(source: str, key: str, setting: object) -> Iterator[str]:
    """Yield texts that may say what is wanted, the most careful first."""
    for match in re.finditer(rf"^[ \t]*{key}[ \t]*=[ \t]*", source, re.MULTILINE):
        start, end = match.end(), _end_of_value(source, match.start())
        written = source[start:end]
        if isinstance(setting, tuple):
            yield f"{source[:start]}{_edited_list(written, setting)}{source[end:]}"
            yield f"{source[:start]}{_list(setting)}{source[end:]}"
        else:
            yield f"{source[:start]}{toml(setting)}{source[end:]}"
    line = f"{key} = {_list(setting) if isinstance(setting, tuple) else toml(setting)}\n"
    first_table = _TABLE.search(source)
    at = first_table.start() if first_table else len(source)
    before = source[:at]
    yield f"{before}{'' if not before or before.endswith(chr(10)) else chr(10)}{line}{source[at:]}"


def _end_of_value(source: str, start: int) -> int:
    """Return where the value ends that is set on the line that begins at `start`, before any comment."""
    end = start
    while end < len(source):
        line_end = source.find("\n", end)
        line_end = len(source) if line_end < 0 else line_end
        for at in (*(m.start() for m in re.finditer(r"[ \t]*#", source[end:line_end])), line_end - end):
            if _parsed(source[start : end + at]):
                return end + at
        end = line_end + 1
    return len(source)


def _list(texts: Sequence[str]) -> str:
    return "".join(["[\n", *(f"    {toml(text)},\n" for text in texts), "]"])


def _edited_list(written: str, texts: Sequence[str]) -> str:
    """Return a list as it is written, without the lines of texts that go, and with lines for new ones."""
    first, *lines = written.splitlines(keepends=True)
    if not lines or first.strip() != "[" or lines[-1].strip() != "]":
        return _list(texts)
    kept_lines, kept_texts = [first], []
    for line in lines[:-1]:
        on_line = _parsed(f"texts = [{line}\n]")
        if on_line is None:
            return _list(texts)
        if all(text in texts for text in on_line["texts"]):
            kept_lines.append(_ending_in_comma(line, on_line["texts"]))
            kept_texts += on_line["texts"]
    new_lines = [f"    {toml(text)},\n" for text in texts if text not in kept_texts]
    return "".join([*kept_lines, *new_lines, lines[-1]])


def _ending_in_comma(line: str, texts: Sequence[str]) -> str:
    """Return a line of a list so that another line may follow: with a comma before its comment."""
    ends = (len(line.rstrip()), *(match.start() for match in re.finditer(r"[ \t]*#", line)))
    for candidate in (line, *(f"{line[:end]},{line[end:]}" for end in ends)):
        if _parsed(f"texts = [{candidate}\n'']") == {"texts": [*texts, ""]}:
            return candidate
    return line


def _parsed(source: str) -> dict[str, Any] | None:
    """Return what a text says; None if it is no TOML."""
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError):
        return None
