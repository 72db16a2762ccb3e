"""Themes that go together, and answers that have one theme alone."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.store.scope import among, counted_codings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.store.database import Database
    from coder.store.scope import Scope


InCommon = Literal["answers", "respondents"]
"""What two themes have in common: answers, or respondents who mention both in whichever answers."""


class Pair(NamedTuple):
    """Two themes on the same answers, or mentioned by the same respondents, whoever coded them."""

    theme_ids: tuple[str, str]
    both: int
    """Answers or respondents with both."""
    with_each: tuple[int, int]
    """Those with the one, and those with the other."""

    @property
    def either(self) -> int:
        """Those with one of them, or both."""
        return sum(self.with_each) - self.both


def together(database: Database, scope: Scope, least: int, shared: InCommon = "answers") -> list[Pair]:
    """Return the pairs of themes that go together.

    Args:
        database: The study.
        scope: Which codings are counted.
        least: Answers, or respondents, that must have both.
        shared: What they have in common.
    """
    having = _having(database, scope, shared)
    pairs = ((pair, having[pair[0]], having[pair[1]]) for pair in combinations(sorted(having), 2))
    candidates = (
        Pair(pair, (of_theme & of_partner).bit_count(), (of_theme.bit_count(), of_partner.bit_count()))
        for pair, of_theme, of_partner in pairs
    )
    return [pair for pair in candidates if pair.both >= least]


def _having(database: Database, scope: Scope, shared: InCommon) -> dict[str, int]:
    """Return for each theme the numbers of those that have it, as the bits that are set in an integer."""
    # Sets of bits compare far quicker than a join: a million codings are some ten million pairs of rows.
    codings = counted_codings(scope)
    column = {"answers": "response", "respondents": "respondent"}[shared]
    size = database.value(f"SELECT MAX({column}) FROM ({codings.text}) k", codings.parameters) or 0
    having: defaultdict[str, bytearray] = defaultdict(lambda: bytearray(size // 8 + 1))
    for theme_id, number in database.stream(
        f"SELECT theme, {column} FROM ({codings.text}) k", codings.parameters
    ):
        having[theme_id][number >> 3] |= 1 << (number & 7)
    return {theme_id: int.from_bytes(bits, "little") for theme_id, bits in having.items()}


def with_one_theme(database: Database, question_ids: Sequence[str], most: int) -> Iterator[tuple[str, str]]:
    """Yield the theme and the text of answers that have that theme alone.

    Args:
        database: The study.
        question_ids: The questions whose answers.
        most: Answers of each theme; the first are taken.
    """
    parameters: dict[str, object] = {"most": most}
    condition = among("question", question_ids, parameters)
    return database.stream(
        f"""SELECT k.theme, r.text FROM (
            SELECT response, MIN(theme) AS theme,
                ROW_NUMBER() OVER (PARTITION BY MIN(theme) ORDER BY response) AS place
            FROM coding WHERE {condition} GROUP BY response HAVING COUNT(DISTINCT theme) = 1) k
        JOIN response r ON r.number = k.response WHERE k.place <= :most ORDER BY k.theme, k.place""",
        parameters,
    )
