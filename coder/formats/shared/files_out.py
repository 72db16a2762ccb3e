"""Files for other programs: in which format, how a CSV is written, and where they go."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")

Writer = Callable[[T], "str | bytes"]
"""Returns something as the content of a file: text, or bytes where the format is no text."""

BY_OPTION = ", or name the format with --format"
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

    A byte order mark stands first, and an apostrophe before each cell that a formula could begin.
    """
    escaped = io.StringIO(newline="")
    writer = csv.writer(escaped)
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([f"'{cell}" if _like_formula(cell) else cell for cell in row])
    return "\ufeff" + escaped.getvalue()


def _like_formula(cell: str) -> bool:
    return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(cell)


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file as a whole or leave it as it was, whatever happens meanwhile.

    Raises:
        CoderError: It cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        write_file(part, content)
        part.replace(path)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Close it in other programs, or choose another place.") from None
    finally:
        part.unlink(missing_ok=True)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file; a text in UTF-8, line ends as they are.

    Raises:
        CoderError: It cannot be written.
    """
    try:
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise CoderError(msg, "Choose another place.") from None
