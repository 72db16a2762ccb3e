"""Themes that stand on the same answers, and answers that have one theme alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.store.counted import among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.store.database import Database


class Together(NamedTuple):
    """Two themes that stand on the same answers, whoever coded them."""

    theme_ids: tuple[str, str]
    both: int
    """Answers with both."""
    either: int
    """Answers with one of them, or both."""


def together(database: Database, question_ids: Sequence[str], least: int) -> list[Together]:
    """Return the pairs of themes that stand on the same answers of some questions.

    Args:
        database: The study.
        question_ids: The questions.
        least: Answers that must have both.
    """
    values: dict[str, object] = {"least": least}
    asked = among("question", question_ids, values)
    found = database.rows(
        f"""WITH times (theme, answers) AS (
            SELECT theme, COUNT(DISTINCT response) FROM coding WHERE {asked} GROUP BY theme)
        SELECT p.one, p.other, p.answers, a.answers + b.answers - p.answers FROM (
            SELECT x.theme AS one, y.theme AS other, COUNT(DISTINCT x.response) AS answers
            FROM (SELECT response, theme FROM coding WHERE {asked}) x
            JOIN coding y ON y.response = x.response AND y.theme > x.theme
            GROUP BY x.theme, y.theme HAVING COUNT(DISTINCT x.response) >= :least) p
        JOIN times a ON a.theme = p.one JOIN times b ON b.theme = p.other""",
        values,
    )
    return [Together((one, other), both, either) for one, other, both, either in found]


def with_one_theme(database: Database, question_ids: Sequence[str], most: int) -> Iterator[tuple[str, str]]:
    """Yield the theme and the text of answers that have that theme alone.

    Args:
        database: The study.
        question_ids: The questions whose answers.
        most: Answers of each theme; the first are taken.
    """
    values: dict[str, object] = {"most": most}
    asked = among("question", question_ids, values)
    return database.stream(
        f"""SELECT k.theme, r.text FROM (
            SELECT response, MIN(theme) AS theme,
                ROW_NUMBER() OVER (PARTITION BY MIN(theme) ORDER BY response) AS place
            FROM coding WHERE {asked} GROUP BY response HAVING COUNT(DISTINCT theme) = 1) k
        JOIN response r ON r.number = k.response WHERE k.place <= :most ORDER BY k.theme, k.place""",
        values,
    )
