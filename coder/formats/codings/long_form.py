"""Who mentions what with one row a respondent and theme: as CSV, and as Parquet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from coder.domain.tables.matrices import LONG_COLUMNS, attribute_columns, long_rows
from coder.errors import CoderError
from coder.formats.shared.file_contents import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.matrices import Matrix, MatrixTheme


def long_csv(matrix: Matrix) -> str:
    """Return the long form as CSV: a row for each respondent that answered a question and each of its themes.

    `mentioned` is 1 or 0, so that its mean over a theme is the theme's share.
    """
    respondent, *about_theme = LONG_COLUMNS
    header = [respondent, *_attribute_heads(matrix), *about_theme]
    return csv_text(header, _rows(matrix))


def _attribute_heads(matrix: Matrix) -> list[str]:
    return attribute_columns([attribute.name for attribute in matrix.attributes], LONG_COLUMNS)


def _rows(matrix: Matrix) -> Iterator[Sequence[object]]:
    for place, theme, mentioned in long_rows(matrix):
        yield (
            matrix.respondent_ids[place],
            *(attribute.cells[place] for attribute in matrix.attributes),
            theme.question_id,
            theme.theme_id,
            theme.label,
            _kind(theme),
            mentioned,
        )


def _kind(theme: MatrixTheme) -> str:
    return "net" if theme.is_net else "theme"


def long_parquet(matrix: Matrix) -> bytes:
    """Return the long form as Parquet: texts as dictionaries in the order of tables, blanks as missing.

    The wording of attributes stands with their columns, title and notes with the file.

    Raises:
        CoderError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        msg = "Parquet needs pyarrow, which is not installed."
        raise CoderError(msg, 'Install it: pip install "theme-coder[parquet]"') from None
    rows = list(long_rows(matrix))
    places = [place for place, _, _ in rows]
    respondent, question, theme_id, label, kind, mentioned = LONG_COLUMNS
    columns: dict[str, Any] = {
        respondent: pa.array([matrix.respondent_ids[place] for place in places], pa.string())
    }
    for name, attribute in zip(_attribute_heads(matrix), matrix.attributes, strict=True):
        columns[name] = (
            pa.array([attribute.numbers[place] for place in places], pa.float64())
            if attribute.numbers
            else _dictionary([attribute.cells[place] or None for place in places], attribute.order)
        )
    themes = [theme for _, theme, _ in rows]
    # Whoever answers first may have answered the last question alone.
    in_order = matrix.themes
    columns[question] = _dictionary(
        [theme.question_id for theme in themes], [t.question_id for t in in_order]
    )
    columns[theme_id] = _dictionary([theme.theme_id for theme in themes], [t.theme_id for t in in_order])
    columns[label] = _dictionary([theme.label for theme in themes], [t.label for t in in_order])
    columns[kind] = _dictionary([_kind(theme) for theme in themes], ("theme", "net"))
    columns[mentioned] = pa.array([number for _, _, number in rows], pa.int8())
    wording = {
        name: {"label": attribute.label}
        for name, attribute in zip(_attribute_heads(matrix), matrix.attributes, strict=True)
        if attribute.label
    }
    fields = [pa.field(name, column.type, metadata=wording.get(name)) for name, column in columns.items()]
    about = {"title": matrix.title, "notes": "\n".join(filter(None, (matrix.note, *matrix.notes)))}
    file = io.BytesIO()
    pq.write_table(pa.table(list(columns.values()), schema=pa.schema(fields, metadata=about)), file)
    return file.getvalue()


def _dictionary(cells: Sequence[str | None], order: Sequence[str] = ()) -> Any:
    import pyarrow as pa

    texts = list(dict.fromkeys((*order, *(cell for cell in cells if cell is not None))))
    number_of = {text: number for number, text in enumerate(texts)}
    numbers = [None if cell is None else number_of[cell] for cell in cells]
    return pa.DictionaryArray.from_arrays(pa.array(numbers, pa.int32()), pa.array(texts, pa.string()))
