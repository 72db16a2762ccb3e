"""A response in the list: how it is called, and the themes on it in few cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.store.codings import ListRow

STATE_MARKS = {"open": "○", "coded": "◐", "done": "●", "nothing": "∅"}
"""How far a response has come, by shape and not by colour."""

NAME_CELLS = 10
"""Cells that the name of a response takes at most."""
_LEAST = 4
"""Cells of a theme's name below which it says nothing."""
_BETWEEN = ", "
_SMALL_WORDS = {
    "a",
    "an",
    "and",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "of",
    "on",
    "or",
    "the",
    "to",
    "with",
}
_DRAWN_BY_LOT = re.compile(r"(?=[^\W_]*[^\W\d_])(?=[^\W_]*\d)[^\W_]{8,}|\d{11,}")
"""Eight letters and digits in a row, or a number of eleven digits: nobody knows a respondent by that."""


def is_hash(respondent_id: str) -> bool:
    """Tell whether a respondent's id is one that a program drew, too long to be read as a name."""
    return len(respondent_id) > NAME_CELLS and bool(_DRAWN_BY_LOT.search(respondent_id))


def short_name(row: ListRow) -> str:
    """Return how the list calls a response, in ten cells: `C017.1`, without the question that all share.

    Where the respondent's id is a long hash, their place in the survey file stands for it: `#17.1`.
    """
    if is_hash(row.respondent_id):
        return f"#{row.respondent}.{row.item}"
    return short_id(row.id, row.question_id)


def short_id(response_id: str, question_id: str) -> str:
    """Return a response's id without the question that all share, the end of it where it is long."""
    name = inert(response_id.replace(f".{question_id}.", ".", 1))
    return name if len(name) <= NAME_CELLS else f"…{name[1 - NAME_CELLS :]}"


def short_theme_names(themes: Iterable[Theme]) -> dict[str, str]:
    """Return a name for each theme from which it is known though it be cut.

    What several labels begin with is left out: of "Development of crisis services" and "Development of the
    workforce" remain "crisis services" and "workforce".
    """
    words_of = {theme.id: inert(theme.label).split() for theme in themes}
    beginnings: dict[tuple[str, ...], int] = {}
    for words in words_of.values():
        for end in range(1, len(words) + 1):
            beginnings[*words[:end],] = beginnings.get((*words[:end],), 0) + 1
    return {theme_id: " ".join(_telling(words, beginnings)) for theme_id, words in words_of.items()}


def _telling(words: Sequence[str], beginnings: Mapping[tuple[str, ...], int]) -> Sequence[str]:
    shared = next((end for end in range(len(words)) if beginnings[*words[: end + 1],] == 1), 0)
    telling = words[shared:]
    while len(telling) > 1 and shared and telling[0].lower() in _SMALL_WORDS:
        telling = telling[1:]
    return telling


def themes_in_brief(names: Sequence[str], cells: int) -> str:
    """Return the names of themes in so many cells at most: `Recruitment, Housing`; `Recr, Hous +2`."""
    if not names:
        return ""
    for count in range(len(names), 0, -1):
        more = f" +{len(names) - count}" if count < len(names) else ""
        room = cells - len(more) - len(_BETWEEN) * (count - 1)
        if room >= count * _LEAST:
            break
    return f"{_BETWEEN.join(_cut_to_share(names[:count], room))}{more}"


def _cut_to_share(names: Sequence[str], room: int) -> Iterator[str]:
    """Yield names cut so that they take `room` cells together; what short ones leave is for the others."""
    widths = sorted(map(cell_len, names))
    share = room // len(names)
    for index, width in enumerate(widths):
        share = room // (len(names) - index)
        if width > share:
            break
        room -= width
    yield from (_cut(name, share) for name in names)


def _cut(name: str, cells: int) -> str:
    """Cut a name to whole words where any fit, else to letters."""
    if cell_len(name) <= cells:
        return name
    words = name.split()
    while len(words) > 1 and (cell_len(" ".join(words)) > cells or words[-1].lower() in _SMALL_WORDS):
        words.pop()
    short = " ".join(words)
    return short if cell_len(short) <= cells else set_cell_size(short, cells).rstrip()
