"""The matrix of respondents and themes as CSV and as an SPSS file."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.codings.response_sets import ResponseSet, with_response_sets
from coder.formats.shared.file_contents import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme

_WEIGHT_FORMAT = "F12.6"
"""How SPSS shows survey weights; it keeps all their places."""
RESPONDENT = "respondent_id"
VALUE_LABELS: dict[int | float, str] = {0: "not mentioned", 1: "mentioned"}
_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_LINE = 64, 256, 64, 32_767, 80
"""In bytes, of SPSS."""
_MOMENT = slice(92, 109)
"""Where the header has the day and time of writing (the record "File Header" in the manual of PSPP)."""
_NO_MOMENT = b"01 Jan 7000:00:00"
_RESERVED = frozenset(["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"])


def matrix_csv(matrix: Matrix) -> str:
    """Return a matrix as CSV: 1 mentioned, 0 not, empty where the respondent did not answer.

    A theme's column is headed by its question and label: `Q16: Pay`.
    """
    columns = [
        matrix.respondent_ids,
        *(attribute.cells for attribute in matrix.attributes),
        *(theme.cells for theme in matrix.themes),
    ]
    header = [
        RESPONDENT,
        *(attribute.name for attribute in matrix.attributes),
        *(f"{theme.question_id}: {theme.label}" for theme in matrix.themes),
    ]
    return csv_text(header, zip(*columns, strict=True))


def matrix_sav(matrix: Matrix) -> bytes:
    """Return a matrix as an SPSS data file, labels included; who did not answer is system-missing.

    Variables are named after their attributes and themes, cut and changed where SPSS needs it. The themes of
    a question are a multiple response set, `$Q16`, nets apart: they count what their themes count.

    Raises:
        CoderError: An attribute's value is longer than SPSS can hold.
    """
    import pyreadstat

    _refuse_long(matrix)
    names = _names_of(matrix)
    themes = names[1 + len(matrix.attributes) :]
    weights = _weights(matrix, names)
    labels = ["", *map(_label_of, matrix.attributes), *(theme.label for theme in matrix.themes)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.sav"
        pyreadstat.write_sav(
            _frame(matrix, names),
            path,
            row_compress=True,
            file_label=_cut(matrix.title, _LONGEST_TITLE),
            column_labels=[_cut(label, _LONGEST_LABEL) or None for label in labels],
            note=[line for note in (matrix.note, *matrix.notes) for line in _document(note)] or None,
            variable_value_labels=dict.fromkeys(themes, VALUE_LABELS),
            variable_measure=dict.fromkeys(names, "nominal") | dict.fromkeys(weights, "scale"),
            variable_format=dict.fromkeys(themes, "F1.0") | dict.fromkeys(weights, _WEIGHT_FORMAT),
        )
        content = path.read_bytes()
    return with_response_sets(_without_moment(content), _response_sets(matrix, themes))


def weight_variable(matrix: Matrix) -> str:
    """Return what the variable with the survey weights is called in the SPSS file; empty without weights."""
    return next(iter(_weights(matrix, _names_of(matrix))), "")


def _names_of(matrix: Matrix) -> list[str]:
    attributes = (attribute.name for attribute in matrix.attributes)
    return _variable_names([RESPONDENT, *attributes, *map(_wanted_name, matrix.themes)])


def _weights(matrix: Matrix, names: Sequence[str]) -> list[str]:
    return [name for name, a in zip(names[1:], matrix.attributes, strict=False) if a.numbers]


def _label_of(attribute: MatrixAttribute) -> str:
    return attribute.label or ("Survey weight" if attribute.numbers else "")


def _response_sets(matrix: Matrix, variables: Sequence[str]) -> list[ResponseSet]:
    """Return a set for each question, of its themes' variables."""
    of_questions: dict[str, list[str]] = {}
    for theme, variable in zip(matrix.themes, variables, strict=True):
        if not theme.is_net:
            of_questions.setdefault(theme.question_id, []).append(variable)
    names = _variable_names(of_questions, _LONGEST_NAME - 1)
    return [
        ResponseSet(f"${name}", _cut(matrix.questions.get(question_id, ""), _LONGEST_LABEL), tuple(themes))
        for name, (question_id, themes) in zip(names, of_questions.items(), strict=True)
    ]


def _without_moment(content: bytes) -> bytes:
    """Return an SPSS file that does not say when it was written: two equal ones are to be alike."""
    return content[: _MOMENT.start] + _NO_MOMENT + content[_MOMENT.stop :]


def _frame(matrix: Matrix, names: list[str]) -> pd.DataFrame:
    import pandas as pd

    columns: list[pd.Series] = [pd.Series(list(matrix.respondent_ids), dtype="object")]
    for attribute in matrix.attributes:
        dtype = "float64" if attribute.numbers else "object"
        columns.append(pd.Series(list(attribute.numbers or attribute.cells), dtype=dtype))
    columns += [pd.Series(list(theme.cells), dtype="float64") for theme in matrix.themes]
    return pd.concat(columns, axis="columns", keys=names)


def _wanted_name(theme: MatrixTheme) -> str:
    """Return a theme's id with its question before it, unless it begins with that."""
    begins = theme.theme_id.casefold().startswith(theme.question_id.casefold())
    return theme.theme_id if begins else f"{theme.question_id}_{theme.theme_id}"


def _variable_names(texts: Iterable[str], longest: int = _LONGEST_NAME) -> list[str]:
    """Return names that SPSS allows, and no two alike whatever the case."""
    taken: set[str] = set()
    names = []
    for text in texts:
        name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
        if not name[:1].isalpha() or name.casefold() in _RESERVED:
            name = f"v_{name}".rstrip("_")
        name = name[:longest].rstrip("_")
        stem, times = name, 1
        while name.casefold() in taken:
            times += 1
            name = f"{stem[: longest - len(str(times)) - 1]}_{times}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, longest: int) -> str:
    """Return a text of so many bytes of UTF-8 at most."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - 3].decode(errors="ignore") + "..."


def _document(text: str) -> list[str]:
    """Return a text as the lines of a file's documents, none longer than SPSS has them, words whole."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word):
            longer = f"{lines[-1]} {piece}".lstrip()
            if len(longer.encode()) <= _LONGEST_LINE:
                lines[-1] = longer
            else:
                lines.append(piece)
    return list(filter(None, lines))


def _pieces(word: str) -> Iterator[str]:
    """Yield a word, in parts where it is longer than a line."""
    while len(word.encode()) > _LONGEST_LINE:
        piece = word.encode()[:_LONGEST_LINE].decode(errors="ignore")
        yield piece
        word = word[len(piece) :]
    yield word


def _refuse_long(matrix: Matrix) -> None:
    for attribute in matrix.attributes:
        for respondent, cell in zip(matrix.respondent_ids, attribute.cells, strict=True):
            if len(cell.encode()) > _LONGEST_TEXT:
                msg = (
                    f"Respondent {respondent}, attribute '{attribute.name}': SPSS cannot hold a text so long."
                )
                raise CoderError(
                    msg, "Export the matrix as CSV, or mark the attribute private in study.toml."
                )
