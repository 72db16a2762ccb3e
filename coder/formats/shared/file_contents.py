"""What a file for other programs holds: in which format, and how a CSV is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from coder.errors import CoderError
from coder.formats.shared.escaping.spreadsheets import inert_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")

Writer = Callable[[T], "str | bytes"]
"""Returns something as the content of a file: text, or bytes where the format is no text."""

BY_OPTION = ", or name the format with --format"


def written_late(module: str, function: str) -> Writer[Any]:
    """Return a writer whose module is loaded when it first writes: a command loads its own format alone.

    Args:
        module: The module's full name.
        function: The writer in it.
    """

    def write(subject: object) -> str | bytes:
        content: str | bytes = getattr(import_module(module), function)(subject)
        return content

    return write


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
        writer.writerow(map(inert_cell, row))
    return in_utf8_for_excel(escaped.getvalue())


def in_utf8_for_excel(text: str) -> str:
    """Return a text with a byte order mark before it, by which Excel knows UTF-8."""
    return f"\ufeff{text}"
