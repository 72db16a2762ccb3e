"""How much of the survey was read, by whom, and what they noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codings import Aspect
    from coder.store.database import Database


class Mark(NamedTuple):
    """Something other than a theme that stands on a response."""

    response: int
    coder_id: str
    aspect: Aspect
    theme_id: str
    """The theme, for a memo on a coding."""
    value: str


def unread(database: Database, question_id: str, coder_ids: Sequence[str] = ()) -> int:
    """Count a question's answers that none of the coders (of all, if none is named) coded or confirmed."""
    names = {f"coder{place}": coder_id for place, coder_id in enumerate(coder_ids)}
    by = f"AND k.coder IN ({', '.join(':' + name for name in names)})" if names else ""
    count: int = database.value(
        f"""SELECT COUNT(*) FROM response r WHERE r.question = :question AND r.answered = 1
        AND NOT EXISTS (SELECT 1 FROM coding k WHERE k.response = r.number {by})
        AND NOT EXISTS (SELECT 1 FROM mark k WHERE k.response = r.number AND k.aspect = 'done' {by})""",
        {"question": question_id, **names},
    )
    return count


def coders_of(database: Database, question_id: str) -> list[str]:
    """Return who has codings that stand on a question, in alphabetical order."""
    sql = "SELECT DISTINCT coder FROM coding WHERE question = ? ORDER BY coder"
    return [coder_id for (coder_id,) in database.rows(sql, (question_id,))]


def all_marks(database: Database, coder_id: str | None = None) -> Iterator[Mark]:
    """Yield the marks that stand, of one coder or of all, in the order of the responses."""
    by = "" if coder_id is None else "WHERE coder = :coder"
    columns = "response, coder, aspect, theme, value"
    sql = f"SELECT {columns} FROM mark {by} ORDER BY response, coder, aspect, theme"
    for row in database.execute(sql, {"coder": coder_id}):
        yield Mark(*row)
