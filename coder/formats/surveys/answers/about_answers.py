"""What a person says that columns tell something about: answers to a question, a box of it, respondents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.near_names import fold_name, name_and_value, nearest
from coder.domain.surveys.survey_layout import About
from coder.errors import CoderError
from coder.formats.surveys.columns.column_names import box_of
from coder.formats.surveys.columns.named_columns import find_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

RESPONDENTS, ANSWERS = "respondents", "answers"
_WRITE = "Write it like --about Q15=q15_sentiment, names with a comma in quotation marks."
_OF_RESPONDENTS = "of respondents, as you said"
_OF_ROW = "of the answers of its row, as you said"
_BETWEEN = r"[ _.\-:/\[\]()]+"
_USES = {
    "id": "says who answered", "open": "holds answers to an open question", "text": "holds the answers",
    "question": "names the question", "item": "numbers the boxes", "response": "is the answers' own id",
}  # fmt: skip


def with_about(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> SurveyLayout:
    """Return the layout in which the columns are kept of which a person says what they tell something about.

    Raises:
        CoderError: There is no such column or question, or the file is not such that it can be.
    """
    columns = [_as_before(column) for column in layout.columns]
    layout = replace(layout, columns=tuple(columns))
    subjects: dict[int, str] = {}
    for subject, position in _said(raw, layout, choices):
        column = columns[position]
        if column.role not in ("attribute", "ignore"):
            msg = f"--about names '{column.name}', which {_USES[column.role]}."
            raise CoderError(msg, "What tells something about answers is a column of its own.")
        if fold_name(subjects.setdefault(position, subject)) != fold_name(subject):
            msg = f"'{column.name}' cannot be about {subjects[position]} and about {subject}."
            raise CoderError(msg, "Leave it out of one of them.")
        columns[position] = _about(layout, column, subject)
        if column.is_weight and columns[position].about != About("respondent"):
            msg = f"'{column.name}' holds the weights, which are of respondents, not about {subject}."
            raise CoderError(msg, "Leave it out of --about, or leave --weight out.")
    return replace(layout, columns=tuple(map(_by_day, _named(columns))))


def _by_day(column: SurveyColumn) -> SurveyColumn:
    """Return a column with a reason that says that of exact times the day is kept."""
    if column.about is None or column.dates != "stamps":
        return column
    return replace(column, reason=f"{column.reason}; of exact times the day")


def _said(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> list[tuple[str, int]]:
    """Return what columns are said to be about, with their positions; what was said on screen goes before."""
    chosen = {raw.names.index(name): about for name, about in choices.about_chosen if name in raw.names}
    named = [pair for pair in _named_columns(raw, layout, choices.about) if pair[1] not in chosen]
    return [*named, *((subject, position) for position, subject in chosen.items() if subject)]


def _named_columns(raw: RawTable, layout: SurveyLayout, arguments: Iterable[str]) -> list[tuple[str, int]]:
    """Return the columns that `SUBJECT=COLUMN,COLUMN` arguments name: what each is about, and its position.

    Raises:
        CoderError: An argument is not of that form, or has no such column.
    """
    pairs = []
    known = [*raw.names, *(column.question_id for column in layout.of_role("open"))]
    for argument in arguments:
        sides = name_and_value(argument, known)
        if sides is None or not sides[1]:
            msg = f"--about '{argument}' does not say which columns tell something about what."
            raise CoderError(msg, _WRITE)
        pairs += [(sides[0], position) for position in find_columns(raw, [sides[1]])]
    return pairs


def _as_before(column: SurveyColumn) -> SurveyColumn:
    """Return a column of which nobody has said what it is about."""
    return replace(column, about=None) if column.about else column


def _about(layout: SurveyLayout, column: SurveyColumn, subject: str) -> SurveyColumn:
    kept = replace(column, role="attribute")
    boxes = _open_columns(layout, subject)
    if boxes:
        name = _attribute_name(column.name, subject, boxes)
        about = About("answer", tuple(box.position for box in boxes), name)
        return replace(kept, about=about, reason=f"of the answers to {_called(layout, boxes)}")
    word = fold_name(subject)
    if word in (RESPONDENTS, RESPONDENTS[:-1]):
        return replace(kept, about=About("respondent"), reason=_OF_RESPONDENTS)
    if word in (ANSWERS, ANSWERS[:-1]):
        if layout.shape == "wide":
            msg = f"--about answers={column.name}: each row has answers to every question."
            raise CoderError(msg, "Name the question, or the column of a box: --about Q15=COLUMN")
        return replace(kept, about=About("answer"), reason=_OF_ROW)
    raise _unknown(layout, subject)


def _open_columns(layout: SurveyLayout, subject: str) -> list[SurveyColumn]:
    """Return the open columns of a question, or the one that is a box, by id, name, wording or stem."""
    word = fold_name(subject)
    columns = layout.of_role("open")
    for hits in (
        [column for column in columns if fold_name(column.name) == word],
        [column for column in columns if fold_name(column.question_id) == word],
        [column for column in columns if column.label and fold_name(column.label) == word],
        [column for column in columns if fold_name(box_of(column.name).stem) == word],
    ):
        if hits:
            return hits
    return []


def _unknown(layout: SurveyLayout, subject: str) -> CoderError:
    if layout.shape == "long":
        msg = f"--about '{subject}': each row of this file is an answer, to whatever question."
        return CoderError(msg, "Say --about answers=COLUMN, or --about respondents=COLUMN.")
    questions = list(dict.fromkeys(column.question_id for column in layout.of_role("open")))
    names = [*questions, *(column.name for column in layout.of_role("open"))]
    closed = [column for column in layout.columns if fold_name(column.name) == fold_name(subject)]
    which = f"'{closed[0].name}' is no open question ({closed[0].reason})" if closed else "no open question"
    msg = f"--about '{subject}': {which if closed else f'there is {which} of that name'}."
    return CoderError(
        msg, nearest(subject, names) or f"The open questions: {', '.join(questions) or 'none'}."
    )


def _called(layout: SurveyLayout, boxes: Sequence[SurveyColumn]) -> str:
    """Return what the open columns are called: a question, or one or some of its boxes."""
    question = boxes[0].question_id
    every = [column for column in layout.of_role("open") if column.question_id == question]
    if len(boxes) == len(every):
        return question
    return f"{question}, {listed([f'box {box.item}' for box in boxes])}"


def _attribute_name(name: str, subject: str, boxes: Sequence[SurveyColumn]) -> str:
    """Return a column's name without the question's in front or behind: `q15_sentiment` is `sentiment`."""
    of_question = {subject, *(box.name for box in boxes), *(box.question_id for box in boxes)}
    of_question |= {box_of(box.name).stem for box in boxes}
    for part in sorted(of_question, key=len, reverse=True):
        for pattern in (rf"{re.escape(part)}{_BETWEEN}(.+)", rf"(.+?){_BETWEEN}{re.escape(part)}"):
            match = re.fullmatch(pattern, name, re.IGNORECASE)
            if match and (rest := match[1].strip(" _.-:[]()")) and not rest.isdigit():
                return rest
    return name


def _named(columns: Sequence[SurveyColumn]) -> list[SurveyColumn]:
    """Return the columns with a name for each attribute of answers that nothing else has.

    Columns about different boxes are one attribute if what remains of their names is the same.
    """
    taken = {
        fold_name(column.name)
        for column in columns
        if column.role == "attribute" and not (column.about and column.about.boxes)
    }
    spelled: dict[str, str] = {}
    boxes = Counter(
        (fold_name(column.about.attribute), position)
        for column in columns
        if column.about
        for position in column.about.boxes
    )
    named = []
    for column in columns:
        about = column.about
        if about is None or not about.boxes:
            named.append(column)
            continue
        short = fold_name(about.attribute)
        clashes = short in taken or any(boxes[short, position] > 1 for position in about.boxes)
        called = column.name if clashes else spelled.setdefault(short, about.attribute)
        reason = column.reason if called == column.name else f"{column.reason}, as {called}"
        named.append(replace(column, about=replace(about, attribute=called), reason=reason))
    return named
