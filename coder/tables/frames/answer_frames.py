"""Questions, themes, answers and codings as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import words_picked_by
from coder.domain.tables.matrices import attribute_columns
from coder.domain.tables.quotes import marked_words
from coder.domain.theme_fields import THEME_FIELDS
from coder.tables.frames.categories import attribute_column, categorical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Coding
    from coder.domain.responses import Question, Response
    from coder.domain.tables.matrices import MatrixAttribute

_RESPONSE = ("response_id", "respondent_id", "question_id", "item", "answered", "text")


class FramedCoding(NamedTuple):
    """A coding, the answer it is on, and whether its coder has finished that; without a theme: read so."""

    response: Response
    coding: Coding
    """With its coder's name."""
    label: str
    done: bool


def questions_frame(questions: Sequence[Question]) -> pd.DataFrame:
    """Return the open questions: their ids as index, wording and number of boxes."""
    import pandas as pd

    index = pd.Index([question.id for question in questions], name="question_id", dtype="str")
    columns = {
        "label": pd.array([question.label for question in questions], dtype="string"),
        "boxes": pd.array([question.items for question in questions], dtype="Int64"),
    }
    return pd.DataFrame(columns, index=index)


def themes_frame(codebook: Codebook) -> pd.DataFrame:
    """Return the codebook: the themes' ids as index, a column for each of their fields."""
    import pandas as pd

    index = pd.Index([theme.id for theme in codebook], name="theme_id", dtype="str")
    names = [field.name for field in THEME_FIELDS if field.name != "id"]
    return pd.DataFrame({name: [getattr(theme, name) for theme in codebook] for name in names}, index=index)


def responses_frame(
    responses: Iterable[Response],
    questions: Sequence[str],
    respondent_ids: Sequence[str],
    attributes: Sequence[MatrixAttribute],
    answer_attributes: Sequence[MatrixAttribute] = (),
) -> pd.DataFrame:
    """Return all responses, one a row and verbatim, with what is known of them and of who gave them.

    Args:
        responses: The responses; `answered` is False for blanks and non-responses.
        questions: The questions' ids, in order.
        respondent_ids: The respondents in the order of the attributes' cells.
        attributes: What is known of them.
        answer_attributes: What is known of the responses, in their order.
    """
    import pandas as pd

    rows = list(responses)
    place_of = {respondent_id: place for place, respondent_id in enumerate(respondent_ids)}
    places = [place_of[row.respondent_id] for row in rows]
    columns: dict[str, Any] = _of_responses(rows, questions)
    columns["answered"] = pd.array([row.answered for row in rows], dtype="boolean")
    columns["text"] = pd.array([row.text for row in rows], dtype="string")
    everything = [*attributes, *answer_attributes]
    names = attribute_columns([attribute.name for attribute in everything], _RESPONSE)
    for number, (name, attribute) in enumerate(zip(names, everything, strict=True)):
        of_each = places if number < len(attributes) else range(len(rows))
        columns[name] = attribute_column(attribute, of_each)
    frame = pd.DataFrame(columns)
    frame.attrs["labels"] = {attribute.name: attribute.label for attribute in everything if attribute.label}
    return frame


def _of_responses(rows: Sequence[Response], questions: Sequence[str]) -> dict[str, Any]:
    import pandas as pd

    return {
        "response_id": pd.array([row.id for row in rows], dtype="string"),
        "respondent_id": pd.array([row.respondent_id for row in rows], dtype="string"),
        "question_id": categorical([row.question_id for row in rows], questions),
        "item": pd.array([row.item for row in rows], dtype="Int64"),
    }


def codings_frame(
    records: Sequence[FramedCoding], questions: Sequence[str], codebook: Codebook
) -> pd.DataFrame:
    """Return codings, one a row: a theme on an answer by a coder, with the words that carry it.

    An answer that was read with nothing in it has a row without a theme. `spans` are pairs of places in the
    answer, in Unicode code points; where there are none, the coding is of the whole answer.
    """
    import pandas as pd

    codings = [record.coding for record in records]
    columns = _of_responses([record.response for record in records], questions)
    columns["theme_id"] = categorical(
        [coding.theme_id for coding in codings], [theme.id for theme in codebook], blank_is_missing=True
    )
    columns["theme"] = categorical(
        [record.label for record in records], [theme.label for theme in codebook], blank_is_missing=True
    )
    columns["coder"] = categorical([coding.coder_id for coding in codings])
    columns["origin"] = categorical(
        [coding.origin if coding.theme_id else "" for coding in codings], blank_is_missing=True
    )
    columns["spans"] = [tuple(map(tuple, coding.spans)) for coding in codings]
    columns["words"] = pd.array([_words(record) for record in records], dtype="string")
    columns["words_by"] = categorical(list(map(words_picked_by, codings)), blank_is_missing=True)
    columns["done"] = pd.array([record.done for record in records], dtype="boolean")
    return pd.DataFrame(columns)


def _words(record: FramedCoding) -> str | None:
    if not record.coding.theme_id:
        return None
    return marked_words(record.response.text, record.coding.spans)
