"""Who mentions what as frames: one row a respondent, or one row a respondent and theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.tables.matrices import LONG_COLUMNS, attribute_columns, long_rows
from coder.tables.frames.categories import attribute_column, categorical

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd

    from coder.domain.tables.matrices import Matrix


def matrix_frame(matrix: Matrix) -> pd.DataFrame:
    """Return a matrix with one row a respondent, whose ids are the index.

    Attributes are categories. A theme's column, `Q16: Pay`, has 1 for mentioned, 0 for not, and is missing
    where the respondent did not answer the question. `attrs["themes"]` has each column's question and theme.
    """
    import pandas as pd

    everybody = range(len(matrix.respondent_ids))
    columns: list[Any] = [attribute_column(attribute, everybody) for attribute in matrix.attributes]
    columns += [pd.array(list(theme.cells), dtype="Int8") for theme in matrix.themes]
    heads = [f"{theme.question_id}: {theme.label}" for theme in matrix.themes]
    index = pd.Index(list(matrix.respondent_ids), name="respondent_id", dtype="str")
    frame = pd.DataFrame(dict(enumerate(columns)), index=index)
    frame.columns = pd.Index([*(attribute.name for attribute in matrix.attributes), *heads])
    frame.attrs = _about(matrix) | {
        "themes": tuple(
            (head, theme.question_id, theme.theme_id)
            for head, theme in zip(heads, matrix.themes, strict=True)
        )
    }
    return frame


def long_frame(matrix: Matrix) -> pd.DataFrame:
    """Return a matrix with one row for each theme and respondent that answered its question.

    The mean of `mentioned` is the theme's share of those who answered.
    """
    import pandas as pd

    rows = list(long_rows(matrix))
    places = [place for place, _, _ in rows]
    themes = [theme for _, theme, _ in rows]
    respondent, question, theme_id, label, kind, mentioned = LONG_COLUMNS
    columns: dict[str, Any] = {respondent: pd.array(_taken(matrix.respondent_ids, places), dtype="string")}
    names = attribute_columns([attribute.name for attribute in matrix.attributes], LONG_COLUMNS)
    for name, attribute in zip(names, matrix.attributes, strict=True):
        columns[name] = attribute_column(attribute, places)
    columns[question] = categorical(
        [theme.question_id for theme in themes], [theme.question_id for theme in matrix.themes]
    )
    columns[theme_id] = categorical(
        [theme.theme_id for theme in themes], [theme.theme_id for theme in matrix.themes]
    )
    columns[label] = categorical([theme.label for theme in themes], [theme.label for theme in matrix.themes])
    columns[kind] = categorical(["net" if theme.is_net else "theme" for theme in themes], ["theme", "net"])
    columns[mentioned] = pd.array([number for _, _, number in rows], dtype="Int8")
    frame = pd.DataFrame(columns)
    frame.attrs = _about(matrix)
    return frame


def _taken(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    return [cells[place] for place in places]


def _about(matrix: Matrix) -> dict[Hashable | None, Any]:
    labels = {attribute.name: attribute.label for attribute in matrix.attributes if attribute.label}
    return {
        "title": matrix.title,
        "notes": tuple(filter(None, (matrix.note, *matrix.notes))),
        "labels": labels,
        "unread": matrix.unread,
    }
