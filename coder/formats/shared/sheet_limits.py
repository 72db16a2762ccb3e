"""What a worksheet holds, by Excel's rules: whatever is more is refused, never cut or left out."""

from __future__ import annotations

from coder.errors import CoderError

MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 1_048_576, 16_384, 32_767
OTHER_FORMAT = "Write it as csv or html, which have no such limit."


def refuse_large(rows: int, columns: int, name: str) -> None:
    """Raise CoderError if a worksheet has no room for so many rows or columns.

    Args:
        rows: All that are written, headings and notes included.
        columns: The same.
        name: What is written, as the message names it.
    """
    for number, most, noun in ((rows, MOST_ROWS, "rows"), (columns, MOST_COLUMNS, "columns")):
        if number > most:
            msg = f"{name} has {number:,} {noun}; a worksheet holds {most:,}."
            raise CoderError(msg, OTHER_FORMAT)


def refuse_long(text: str, name: str, hint: str = OTHER_FORMAT) -> None:
    """Raise CoderError if a cell has no room for a text.

    Args:
        text: The text. Excel counts letters outside Unicode's first plane, such as emoji, twice.
        name: What it is, as the message names it.
        hint: What to do instead.
    """
    length = len(text)
    if 2 * length > MOST_CHARACTERS:
        length += sum(letter > "\uffff" for letter in text)
    if length > MOST_CHARACTERS:
        msg = f"{name} has {length:,} characters; a cell of a workbook holds {MOST_CHARACTERS:,}."
        raise CoderError(msg, hint)


def written(code: object, name: str) -> None:
    """Raise CoderError if XlsxWriter has not written something as a whole; it returns 0 if it has."""
    if code:
        msg = f"{name} does not fit into a workbook ({code})."
        raise CoderError(msg, OTHER_FORMAT)
