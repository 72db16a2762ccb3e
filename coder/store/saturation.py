"""When each theme was first used, counted in answers read by then."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from coder.store.scope import counted_codings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.store.database import Database
    from coder.store.scope import Scope


class Arrival(NamedTuple):
    """A theme's first use, among the codings that stand."""

    theme_id: str
    place: int
    """How many answers had been read by then, this one among them."""
    response: int
    """The answer it was used on."""


class Saturation(NamedTuple):
    """How many answers to a question were read, in the order of coding, and when each theme came."""

    answers: int
    """Answers that are coded or confirmed, by whomever."""
    arrivals: Sequence[Arrival]
    """The earliest first."""
    imported: bool
    """Whether codings came from a file: these count in its order, whatever the order of reading was."""


# An answer has its place once somebody chose a theme for it or confirmed it, unless nothing of that stands.
_READ = """SELECT c.response, MIN(c.number) AS moment
    FROM change c JOIN response r ON r.number = c.response
    WHERE r.question = :question AND c.aspect IN ('theme', 'done') AND c.after IS NOT NULL
        AND (EXISTS (SELECT 1 FROM coding k WHERE k.response = r.number)
            OR EXISTS (SELECT 1 FROM mark m WHERE m.response = r.number AND m.aspect = 'done'))
    GROUP BY c.response"""

# A theme is used by the changes that chose it where it stands, by hand or by revisions of the codebook.
_USED = """FROM change c JOIN step s ON s.number = c.step
    WHERE c.aspect = 'theme' AND c.after IS NOT NULL AND EXISTS (
        SELECT 1 FROM coding k WHERE k.response = c.response AND k.theme = c.theme AND k.coder = s.coder
        AND k.question = :question)"""
_BY_HAND = f"SELECT c.theme, MIN(c.number) {_USED} AND s.revision IS NULL {{where}} GROUP BY c.theme"
_REVISED = f"SELECT c.theme, c.response {_USED} AND s.revision IS NOT NULL {{where}}"


def saturation(database: Database, scope: Scope) -> Saturation:
    """Return how the themes of a question came up, one answer after the other.

    Args:
        database: The study.
        scope: Which codings of one question are counted.
    """
    codings = counted_codings(scope)
    (question_id,) = scope.question_ids
    parameters = {**codings.parameters, "question": question_id}
    # By the rule of several coders a theme is there where it counts, whoever chose it first.
    where = ""
    if scope.agreed != "any":
        where = f"AND (c.response, c.theme) IN (SELECT response, theme FROM ({codings.text}) n)"
    read = dict(database.rows(_READ, parameters))
    first_used = dict(database.rows(_BY_HAND.format(where=where), parameters))
    for theme_id, response in database.stream(_REVISED.format(where=where), parameters):
        # What a revision put on an answer was read there when the answer was.
        first_used[theme_id] = min(first_used.get(theme_id, read[response]), read[response])
    moments = sorted(read.values())
    arrivals = (
        Arrival(
            theme_id,
            bisect_right(moments, moment),
            database.value("SELECT response FROM change WHERE number = ?", (moment,)),
        )
        for theme_id, moment in first_used.items()
    )
    imported = "SELECT EXISTS (SELECT 1 FROM coding WHERE question = :question AND origin = 'import')"
    return Saturation(
        len(moments),
        sorted(arrivals, key=lambda arrival: (arrival.place, arrival.theme_id)),
        imported=bool(database.value(imported, parameters)),
    )
