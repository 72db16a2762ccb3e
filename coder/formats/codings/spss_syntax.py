"""Commands for SPSS, to stand beside a data file of it: how its numbers become those of weighted tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coder.formats.codings.matrix import weight_variable
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.files_out import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.tables.matrices import Matrix

_BEGINS = "* Encoding: UTF-8.\n* Written by coder beside "
"""By which these files are known again."""


def matrix_syntax(matrix: Matrix, name: str) -> str:
    """Return the commands that open a matrix's SPSS file and weight by its weights; empty without weights.

    Args:
        matrix: The matrix.
        name: The SPSS file's name.
    """
    weight = weight_variable(matrix)
    if not weight:
        return ""
    quoted = name.replace("'", "''")
    return f"""{_BEGINS}{_comment(name)}, {_comment(matrix.title)}.
* It lies beside this file: if it is not found, name the whole path.
GET FILE='{quoted}'.

* Percentages, and means of the ones, are those of the weighted tables. WEIGHT OFF counts respondents.
WEIGHT BY {weight}.
"""


def write_syntax(matrix: Matrix, data_file: Path) -> str:
    """Write the commands beside an SPSS file, if it has weights; return what is to be said of it.

    A file of that name which the program has not written stays as it is: somebody's own work is in it.

    Raises:
        CoderError: It cannot be written.
    """
    text, file = matrix_syntax(matrix, data_file.name), data_file.with_suffix(".sps")
    if not text or not data_file.is_file():
        return ""
    weighting = f"WEIGHT BY {weight_variable(matrix)}."
    if os.path.lexists(file) and not _is_own(file):
        return f"{file} stays as it is: it is not from here. The weights of this file: {weighting}"
    replace_file(file, text)
    return f"{file} opens it in SPSS with its weights: {weighting}"


def _is_own(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_BEGINS)).decode("ascii", "replace") == _BEGINS
    except OSError:
        return False


def _comment(text: str) -> str:
    """Return a text as it may stand in a comment, which a full stop ends where a line ends."""
    return " ".join(plain(text).split())
