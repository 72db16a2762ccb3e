"""Files for other programs: in which format, how a CSV is written, and where they go."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coder.domain.path_names import on_one_line, unfit_for_windows
from coder.errors import CoderError
from coder.formats.shared.leftovers import sweep, unfinished_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")

Writer = Callable[[T], "str | bytes"]
"""Returns something as the content of a file: text, or bytes where the format is no text."""

BY_OPTION = ", or name the format with --format"
_PERMISSIONS = 0o777
_PAUSES = (0.05, 0.1, 0.25, 0.6)
"""Seconds between the attempts to put a file in its place, on Windows."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The wide forms count in East Asian versions of Excel."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def format_of(name: str | None, kinds: Iterable[str], otherwise: str = BY_OPTION) -> str:
    """Return the format that a file's name asks for; without a name, the first there is.

    Args:
        name: The file's name.
        kinds: The formats there are, as file suffixes.
        otherwise: What whoever asks can do instead of naming the file otherwise.

    Raises:
        CoderError: The suffix is none of the formats.
    """
    kinds = list(kinds)
    if name is None:
        return kinds[0]
    kind = Path(name).suffix.casefold().removeprefix(".")
    if kind not in kinds:
        msg = f"The name {name} does not say which format."
        raise CoderError(msg, f"End it in .{', .'.join(kinds)}{otherwise}.")
    return kind


def file_content(
    formats: Mapping[str, Writer[T]], kind: str, subject: T, *, excel: bool = False
) -> str | bytes:
    """Return something as the content of a file: text, or bytes where the format is no text.

    Args:
        formats: The formats there are.
        kind: One of them.
        subject: What is written: tables, quotes, a report.
        excel: Whether a CSV is for Excel: see `for_excel`.
    """
    content = formats[kind](subject)
    return for_excel(content) if excel and isinstance(content, str) and kind == "csv" else content


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, texts verbatim.

    They end in CR LF, as RFC 4180 has it: only then does every reader keep a lone CR inside a cell.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def for_excel(text: str) -> str:
    """Return a CSV so that Excel reads it as UTF-8 and takes no text in it for a formula.

    A byte order mark stands first, and an apostrophe before each cell that a formula could begin. Not for
    files that are read back: the apostrophe would become part of what they say.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    escaped = io.StringIO(newline="")
    writer = csv.writer(escaped)
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([f"'{cell}" if _like_formula(cell) else cell for cell in row])
    return in_utf8_for_excel(escaped.getvalue())


def in_utf8_for_excel(text: str) -> str:
    """Return a text with a byte order mark before it, by which Excel knows UTF-8."""
    return f"\ufeff{text}"


def _like_formula(cell: str) -> bool:
    return cell.startswith(_BEGINS_FORMULA) and not _NUMBER.fullmatch(cell)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file as a whole or leave it as it was, whatever happens meanwhile.

    A file that was there keeps its permissions. What a killed program left of an earlier writing is deleted.

    Raises:
        CoderError: It cannot be written, or is a link: whoever made the folder chose where that leads.
    """
    refuse_unfit_name(path)
    if target := link_target(path):
        msg = f"{path} is a link to {on_one_line(target)}, and nothing is written through a link."
        raise CoderError(msg, "Name that file itself, delete the link, or choose another name.")
    part = unfinished_path(path)
    try:
        write_new(part, content)
        if path.is_file():
            part.chmod(path.stat().st_mode & _PERMISSIONS)
        _put_in_place(part, path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Close it in other programs, or choose another place.") from None
    finally:
        _discard(part)
    sweep(path.parent, [path.name])


def write_new(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet; a text in UTF-8, line ends as they are.

    Raises:
        OSError: Something of that name is there, be it a link that leads nowhere, or it cannot be written.
    """
    with path.open("xb") as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def make_file(path: Path, content: str | bytes) -> None:
    """Write a file that is not there yet, whole or not at all; raise CoderError if that cannot be done."""
    refuse_unfit_name(path)
    part = unfinished_path(path)
    try:
        write_new(part, content)
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        _put_in_place(part, path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from None
    finally:
        _discard(part)


def refuse_unfit_name(path: Path) -> None:
    """Raise CoderError, on Windows, if a file's name is none there: its content would be lost in silence.

    What is written to `NUL.csv` is gone, and a colon leads into a second content of another file.
    """
    if sys.platform == "win32" and (fault := unfit_for_windows(path)):
        msg = f"{path} can be no file on Windows: its name {fault}."
        raise CoderError(msg, "Choose another name.")


def _put_in_place(part: Path, path: Path) -> None:
    """Give a written file its name, over what stood there.

    On Windows a scanner may have just opened the one or the other: it is tried again for a second.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            part.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(path)


def _discard(part: Path) -> None:
    """Delete an unfinished file if there is one; of what cannot be deleted nothing more is said."""
    with suppress(OSError):
        if sys.platform == "win32":
            # A file that nobody may write to is not deleted there either.
            part.chmod(_PERMISSIONS)
        part.unlink(missing_ok=True)


def link_target(path: Path) -> Path | None:
    """Return where a link leads, followed to its end; None if it is no link."""
    return Path(os.path.realpath(path)) if path.is_symlink() else None
