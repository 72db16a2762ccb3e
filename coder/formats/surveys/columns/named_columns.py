"""The columns that a person means: by name, wording, pattern or stem, and as boxes of a question."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import combinations
from typing import TYPE_CHECKING

from coder.domain.grammar import listed, listed_few
from coder.domain.near_names import fold_name, listed_names, name_and_value, nearest
from coder.domain.surveys.box_choices import JoinedBoxes
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.formats.surveys.columns.column_names import ID_WIDTH, box_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn
    from coder.formats.surveys.raw_tables import RawTable

_WRITE_BOXES = 'Write it like --boxes "Q15=q15_1,q15_2,q15_3", names with a comma in quotation marks.'
_SHOWN = 3


def find_columns(raw: RawTable, arguments: Sequence[str]) -> list[int]:
    """Return the positions of the columns that arguments stand for.

    An argument that is the whole name or wording of a column is that column. Any other is a line of CSV: of
    names, wordings, patterns (`q15*`) and stems (`q15`), those with a comma in them in quotation marks.

    Raises:
        CoderError: No column answers to one of them.
    """
    positions: dict[int, None] = {}
    for argument in arguments:
        hits = of_whole_name(raw, argument)
        names = [] if hits else listed_names(argument)
        if not hits and not names:
            msg = "A column's name is empty."
            raise CoderError(msg, f"The columns are: {', '.join(raw.names)}.")
        for name in names:
            columns = of_whole_name(raw, name) or _of_pattern(raw, name)
            if not columns:
                msg = f"{raw.path.name} has no column '{name}'."
                raise CoderError(msg, nearest(name, raw.names) or f"Its columns are: {', '.join(raw.names)}.")
            hits += columns
        positions |= dict.fromkeys(hits)
    return list(positions)


def find_one_column(raw: RawTable, option: str, argument: str) -> int:
    """Return the position of the one column that an option's argument stands for.

    Raises:
        CoderError: No column answers to it, or several do.
    """
    positions = find_columns(raw, [argument])
    if len(positions) > 1:
        names = listed_few([f"'{raw.names[position]}'" for position in positions], _SHOWN)
        msg = f"{option} takes one column; '{argument}' stands for {len(positions)}: {names}."
        raise CoderError(msg, "Give the whole name of one of them.")
    return positions[0]


def named_whole(raw: RawTable, arguments: Sequence[str]) -> frozenset[int]:
    """Return those columns that arguments give by whole name or wording, not by a pattern or stem."""
    names = [name for a in arguments for name in ([a] if of_whole_name(raw, a) else listed_names(a))]
    return frozenset(position for name in names for position in of_whole_name(raw, name))


def of_whole_name(raw: RawTable, name: str) -> list[int]:
    """Return the positions of the columns that have this name or wording, whatever the case."""
    wanted = fold_name(name)
    if not wanted:
        return []
    folded = [(fold_name(name), fold_name(label)) for name, label in zip(raw.names, raw.labels, strict=True)]
    return [position for position, name_and_label in enumerate(folded) if wanted in name_and_label]


def _of_pattern(raw: RawTable, pattern: str) -> list[int]:
    folded = fold_name(pattern)
    return [
        position
        for position, name in enumerate(map(fold_name, raw.names))
        if fnmatchcase(name, folded) or box_of(name).stem == folded
    ]


def boxes_joined(raw: RawTable, arguments: Sequence[str]) -> tuple[JoinedBoxes, ...]:
    """Return the questions that `NAME=COLUMN,COLUMN` arguments make; one name may come again.

    Raises:
        CoderError: An argument is not of that form, has no such column, or one that is a box already.
    """
    joined: dict[str, list[int]] = {}
    for argument in arguments:
        sides = name_and_value(argument, ())
        if sides is None or not sides[1]:
            msg = f"--boxes '{argument}' does not say which columns are boxes of which question."
            raise CoderError(msg, _WRITE_BOXES)
        name = re.sub(r"[^\w.-]+", "_", sides[0]).strip("_")[:ID_WIDTH] or "Q"
        positions = find_columns(raw, [sides[1]])
        taken = {position for others in joined.values() for position in others}
        if twice := [raw.names[position] for position in positions if position in taken]:
            msg = f"--boxes names '{twice[0]}' twice."
            raise CoderError(msg, "A column is a box of one question.")
        joined.setdefault(name, []).extend(positions)
    return tuple(JoinedBoxes(name, tuple(positions)) for name, positions in joined.items())


def columns_parted(
    raw: RawTable, columns: Sequence[SurveyColumn], arguments: Sequence[str]
) -> frozenset[int]:
    """Return the columns that are to be a question each: named, or boxes of a question that is.

    Args:
        raw: The file's rows.
        columns: The columns with their questions as they are worked out.
        arguments: Names of columns or ids of questions.

    Raises:
        CoderError: There is neither such a question nor such a column, or nothing of it is open.
    """
    positions: set[int] = set()
    for argument in arguments:
        of_question = [
            column.position
            for column in columns
            if column.role == "open" and fold_name(column.question_id) == fold_name(argument)
        ]
        whole = of_whole_name(raw, argument) or of_question or find_columns(raw, [argument])
        closed = [columns[position] for position in whole if columns[position].role != "open"]
        if len(closed) == len(whole):
            msg = f"--apart '{argument}': '{closed[0].name}' is no open question ({closed[0].reason})."
            raise CoderError(msg, f"To have it coded, name it as well: --open {quoted(closed[0].name)}")
        positions.update(whole)
    return frozenset(positions)


def refuse_two_uses(raw: RawTable, uses: Sequence[tuple[str, Collection[int]]]) -> None:
    """Refuse a column that is named by two options of which one alone can be right.

    Args:
        raw: The file's rows.
        uses: Options, each with the columns that it names.

    Raises:
        CoderError: There is one.
    """
    for (option, columns), (another, others) in combinations(uses, 2):
        for position in sorted({*columns} & {*others}):
            msg = f"'{raw.names[position]}' is named by {listed([option, another])}."
            raise CoderError(msg, "Leave it out of one of them.")
