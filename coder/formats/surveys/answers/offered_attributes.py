"""What columns make likely, and a person alone can say: whose an attribute is, which date makes a trend."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.domain.surveys.survey_layout import AttributeOffer
from coder.domain.texts.shell_quoting import quoted
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.columns.column_names import box_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout

_OF_ANSWERS = re.compile(
    r"(?:sentiment|mood|tone|polarity|valence|emotion|date|day|month|time|language|lang|channel|source|wave|"
    r"stimmung|datum|monat|sprache|kanal|welle|fecha|idioma|mois|langue|sentimiento)s?"
)
"""What a column is called that tells something of the answer beside which it stands, without the question."""
_LAST_FIRST = (
    "recorded", "submit", "complet", "fin", "end", "abgegeben", "abgeschlossen", "absend", "start", "begin",
    "created",
)  # fmt: skip
"""What the platform's own dates are called, the one in which an answer was given first."""
_ADDED = "added by"


def with_offers(layout: SurveyLayout) -> SurveyLayout:
    """Return the layout with what could be kept as well, or kept of answers, if a person says so."""
    offers = tuple(_of_questions(layout)) if layout.shape != "long" else ()
    return replace(layout, offers=(*offers, *_dates_of_platform(layout)))


def _of_questions(layout: SurveyLayout) -> Iterator[AttributeOffer]:
    """Yield the attributes that are called like an open question, or a box, and what is known of answers."""
    names: dict[str, str] = {}
    for column in layout.of_role("open"):
        for name in (box_of(column.name).stem, column.question_id):
            names.setdefault(fold_name(name), column.question_id)
    names |= {fold_name(column.name): column.name for column in layout.of_role("open")}
    for column in layout.of_role("attribute"):
        subject = None if column.about or column.is_weight else _subject(column, names)
        if subject:
            text = f"'{column.name}' seems to tell something about the answers to {subject}"
            yield AttributeOffer(text, f"--about {quoted(f'{subject}={column.name}')}", column.name)


def _subject(column: SurveyColumn, names: dict[str, str]) -> str | None:
    """Return what is called as a column is, but for a word such as `date` in front or behind; or None."""
    words = [word for word in re.split(r"[ _.\-:/\[\]()]+", fold_name(column.name)) if word]
    for kind, of_question in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        if of_question and _OF_ANSWERS.fullmatch("".join(kind)):
            wanted = squeeze("".join(of_question))
            hits = [subject for name, subject in names.items() if squeeze(name) == wanted]
            if hits:
                return hits[-1]
    return None


def _dates_of_platform(layout: SurveyLayout) -> Iterator[AttributeOffer]:
    """Yield the date that the platform added, where no other is kept: a trend needs one."""
    if any(column.dates for column in layout.of_role("attribute")):
        return
    added = [c for c in layout.of_role("ignore") if c.dates and c.reason.startswith(_ADDED)]
    if added:
        column = min(added, key=_rank)
        whose = "answers" if layout.shape != "wide" else "respondents"
        text = f"'{column.name}' is left out, a date that the platform added; its day can be kept, for trends"
        yield AttributeOffer(text, f"--about {quoted(f'{whose}={column.name}')}", column.name)


def _rank(column: SurveyColumn) -> int:
    name = squeeze(f"{column.name} {column.label}")  # old exports of Qualtrics call it V9
    return next((n for n, word in enumerate(_LAST_FIRST) if word in name), len(_LAST_FIRST))
