"""Texts cut or filled to a number of cells."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from coder.text.inert import inert

_LONGEST_TITLE = 40
"""Cells of what an attribute is called, which may be the whole wording of a question."""


def fit(text: str, cells: int) -> str:
    """Return a text on one line, inert and exactly that wide; what is cut ends in an ellipsis."""
    plain = inert(text.replace("\n", " "))
    if cell_len(plain) <= cells:
        return set_cell_size(plain, cells)
    return set_cell_size(set_cell_size(plain, max(0, cells - 1)).rstrip() + "…", cells)


def shortened(text: str, cells: int) -> str:
    """Return a text on one line, inert and at most that wide; what is cut ends in an ellipsis."""
    return fit(text, min(cells, cell_len(inert(text.replace("\n", " "))))).rstrip()


def fact(title: str, text: str) -> str:
    """Return what is known of a respondent in one respect, `region: London`; a long title is cut."""
    return f"{shortened(title, _LONGEST_TITLE)}: {text}"


def cut_in_middle(text: str, cells: int) -> str:
    """Return a text on one line, inert and at most that wide; an ellipsis stands for what is cut out."""
    plain = inert(text.replace("\n", " "))
    if cell_len(plain) <= cells:
        return plain
    end = plain[len(plain) - cells // 2 :]
    while cell_len(end) > cells // 2:
        end = end[1:]
    return f"{set_cell_size(plain, max(0, cells - cell_len(end) - 1)).rstrip()}…{end.lstrip()}"


def plain_title(text: str) -> str:
    """Return a text that a border title takes as it is."""
    return inert(" ".join(text.split())).replace("[", "\\[")


def spread(left: str, right: str, cells: int) -> str:
    """Return a line with one text at its left end, cut if need be, and another at its right end."""
    room = cells - cell_len(right) - 3
    return f" {fit(left, max(room, 0))} {inert(right)} "


def bar(share: float, cells: int) -> str:
    """Return a bar of that share of the cells, apart from the bars above and below; a cell at least."""
    filled = min(round(share * cells), cells)
    return "▆" * max(filled, 1 if share > 0 else 0)
