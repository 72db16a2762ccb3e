"""Columns whose place in the file says what they hold: text beside a choice, notes beside the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.formats.surveys.columns.column_names import is_nameless
from coder.formats.surveys.columns.column_roles import Verdict, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.formats.surveys.columns.column_facts import ColumnFacts

_FEW = 10
_SELDOM = 0.1
_BESIDE_TICKS = "Other"
_BESIDE_CHOICE = "Other (please specify)"
_OF_OTHER = re.compile(
    r"(.{2,}?)[ _.]?"
    r"(?:oth(?:er)?|specify|autres?|otr[oa]s?|outr[oa]s?|altro|sonst(?:iges)?|andere|anders|inne)",
    re.IGNORECASE,
)
"""`reason_other`, `reasonoth`: the text beside the choice `reason`, as forms name it."""


def placed_verdicts(names: Sequence[str], facts: Sequence[ColumnFacts]) -> dict[int, Verdict]:
    """Return the roles of columns that the columns around them settle, by position."""
    return _beside_choices(names, facts) | _nameless(names, facts)


def _beside_choices(names: Sequence[str], facts: Sequence[ColumnFacts]) -> dict[int, Verdict]:
    """Return the verdicts on columns named after a closed one: what people wrote beside it is open."""
    taken = {name.casefold() for name in names}
    matches = {position: _OF_OTHER.fullmatch(name) for position, name in enumerate(names)}
    return {
        position: role_of(names[position], facts[position], _BESIDE_CHOICE)
        for position, match in matches.items()
        if match and match[1].casefold() in taken
    }


def _nameless(names: Sequence[str], facts: Sequence[ColumnFacts]) -> dict[int, Verdict]:
    """Return the verdicts on columns without a name.

    Behind a column of ticks (one value, in some rows) a column without a name has what people wrote beside
    them. A few cells elsewhere are notes, unless most columns of the file have no name.
    """
    nameless = [position for position, name in enumerate(names) if is_nameless(name)]
    most_have_names = 2 * len(nameless) < len(names)
    verdicts: dict[int, Verdict] = {}
    for position in nameless:
        column, before = facts[position], facts[position - 1] if position else None
        if before is not None and before.distinct == 1 and before.filled < before.rows:
            verdicts[position] = role_of(names[position], column, _BESIDE_TICKS)
        elif most_have_names and 0 < column.filled < _FEW and column.filled <= _SELDOM * column.rows:
            verdicts[position] = "ignore", f"has no name, and {counted(column.filled, 'cell')} filled"
    return verdicts
