"""Who has which attribute, who answered, and who mentions what, for a matrix of respondents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.scope import counted_codings, is_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.store.database import Database
    from coder.store.scope import Scope

_CODED = "EXISTS (SELECT 1 FROM coding k WHERE k.response = r.number)"


def respondents(database: Database) -> dict[int, str]:
    """Map every respondent's number to its id, in the survey's order."""
    return dict(database.rows("SELECT number, id FROM respondent ORDER BY number"))


def attribute_values(database: Database) -> Iterator[tuple[str, int, str]]:
    """Yield each attribute's name with a respondent's number and value."""
    yield from database.stream("SELECT attribute, respondent, value FROM attribute_value")


def answered(database: Database) -> Iterator[tuple[str, int]]:
    """Yield each question with the respondents that answered it, as tables count them."""
    yield from database.stream(
        f"SELECT DISTINCT question, respondent FROM response r WHERE {is_answer(_CODED)}"
    )


def mentioned(database: Database, scope: Scope) -> Iterator[tuple[str, int]]:
    """Yield each theme with the respondents that mention it, by the codings that are counted."""
    codings = counted_codings(scope)
    yield from database.stream(
        f"SELECT DISTINCT theme, respondent FROM ({codings.text}) k", codings.parameters
    )
