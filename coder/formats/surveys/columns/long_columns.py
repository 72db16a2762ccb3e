"""Files with one row per answer: which column is the respondent, the question and the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.texts.invisible import tidy
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.columns.column_names import is_wording, respondent_names
from coder.formats.surveys.columns.column_roles import Verdict, role_of

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from coder.formats.surveys.columns.column_facts import ColumnFacts
    from coder.formats.surveys.raw_tables import RawTable

_RESPONSE_ID = "responseid"
"""In a long file this is the answer's own id, not the respondent's."""
_RESPONSE = (_RESPONSE_ID, "answerid", "commentid", "id")
_QUESTION = (
    "questionid",
    "question",
    "qid",
    "questionname",
    "questiontext",
    "questionwording",
    "questionlabel",
)
_TEXT_ALONE = ("text", "verbatim", "responsetext", "answertext", "verbatimtext")
_TEXT = (*_TEXT_ALONE, "response", "answer", "comment", "comments")
_ITEM = ("item", "itemnumber", "itemno", "itemid", "box")
_PROMPTS = frozenset(
    {*_QUESTION, "prompt", "topic", "questionno", "questionnumber", "frage", "pregunta", "domanda"}
)
"""What columns are called whose values stand for questions, also where they are single words."""
_MOST_QUESTIONS = 50
_REPEATED = 0.9
_MOSTLY = 0.5

_QUESTION_NAME = re.compile(r"(q|question|frage|pregunta|item)[ ._]?\d+[a-z]?", re.IGNORECASE)

RolesByPosition = dict[int, Verdict]


def find_long_roles(
    raw: RawTable,
    facts: Sequence[ColumnFacts],
    *,
    row_is_answer: bool = False,
    chosen_id: int | None = None,
) -> RolesByPosition | None:
    """Return the role and reason of each column that makes a file long, by position; None if it is not long.

    Args:
        raw: The file's rows.
        facts: What their values are like, by position.
        row_is_answer: Whether a person says so: then no column has to name the questions.
        chosen_id: The column of which a person says that it tells who answered.
    """
    names = [squeeze(name) for name in raw.names]
    # What its platform adds says nothing of who answered, although another platform's column is called so.
    added = [n for n, reason in raw.left_out.items() if reason.startswith("added by")]
    respondent = _first_position(names, _respondent_names(), added) if chosen_id is None else chosen_id
    roles = _by_names(names, respondent)
    if roles is None:
        return _by_shape(raw, names, facts, respondent, row_is_answer=row_is_answer)
    item_position = _first_position(names, _ITEM)
    if item_position is not None:
        roles[item_position] = _item_role(raw.column(item_position))
    return None if _could_be_wide(raw, facts, roles) else roles


def _could_be_wide(raw: RawTable, facts: Sequence[ColumnFacts], roles: RolesByPosition) -> bool:
    """Tell whether each respondent has one row and answers in other columns too."""
    named = {role: position for position, (role, _) in roles.items()}
    if "question" in named or facts[named["id"]].distinct < len(raw.rows):
        return False
    other_positions = [n for n in range(len(raw.names)) if n not in roles]
    return any(role_of(raw.names[n], facts[n])[0] == "open" for n in other_positions)


def _item_role(cells: Sequence[str]) -> Verdict:
    """Return the role of a column that is called as those are that number the items of a question."""
    numbers = [cell.isdecimal() for cell in map(tidy, cells)]
    if sum(numbers) > _MOSTLY * len(cells) and "0" not in cells:
        return "item", "its name says the number among the items"
    return (
        "ignore",
        "its name says the number among the items, but its values do not count from 1: they are counted",
    )


def _by_names(names: Sequence[str], respondent: int | None) -> RolesByPosition | None:
    text_position = _first_position(names, _TEXT)
    questions = [n for n, name in enumerate(names) if name in _QUESTION]
    if respondent is None:
        respondent = _first_position(names, _RESPONSE)
    if text_position is None or respondent is None:
        return None
    response = _first_position(names, _RESPONSE, {respondent})
    if not questions and response is None and names[text_position] not in _TEXT_ALONE:
        return None
    roles: RolesByPosition = {
        respondent: ("id", "its name says who answered"),
        text_position: ("text", "its name says answers"),
    }
    if response is not None and response != text_position:
        roles[response] = ("response", "its name says the answer's own id")
    roles |= dict.fromkeys(questions, ("question", "its name says the question"))
    return roles


def _by_shape(
    raw: RawTable,
    names: Sequence[str],
    facts: Sequence[ColumnFacts],
    respondent: int | None,
    *,
    row_is_answer: bool,
) -> RolesByPosition | None:
    """Take a file for long if its respondents repeat, one column holds free text, and one the questions."""
    texts = [n for n, name in enumerate(raw.names) if role_of(name, facts[n])[0] == "open"]
    if respondent is None or len(texts) != 1 or facts[respondent].distinct >= _REPEATED * len(raw.rows):
        return None
    roles: RolesByPosition = {
        respondent: ("id", f"{facts[respondent].distinct:,} different values in {len(raw.rows):,} rows"),
        texts[0]: ("text", role_of(raw.names[texts[0]], facts[texts[0]])[1]),
    }
    ids = raw.column(respondent)
    for position, fact in enumerate(facts):
        if position in roles or not 1 < fact.distinct <= _MOST_QUESTIONS or fact.filled < len(raw.rows):
            continue
        if fact.dates > _MOSTLY:
            continue  # when answers were given
        is_named = row_is_answer or names[position] in _PROMPTS
        if not is_named and not all(map(_is_question, set(raw.column(position)))):
            continue  # waves, events, visits: parts of what one respondent said
        if len(set(zip(ids, raw.column(position), strict=True))) == len(raw.rows):
            roles[position] = ("question", "each respondent has each of its values once at most")
            return roles
    return roles if row_is_answer else None


def _is_question(cell: str) -> bool:
    """Tell whether a cell names a question (`Q15`, `15b`) or holds the wording of one."""
    return _QUESTION_NAME.fullmatch(cell.strip()) is not None or "?" in cell or is_wording(cell)


def _respondent_names() -> list[str]:
    return [name for name in respondent_names() if name != _RESPONSE_ID]


def _first_position(
    names: Sequence[str], wanted_names: Sequence[str], without: Container[int] = ()
) -> int | None:
    for name in wanted_names:
        for position, column_name in enumerate(names):
            if column_name == name and position not in without:
                return position
    return None
