"""How a study's answers were read and coded: what its methods note says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from coder.domain.codings import Origin
    from coder.store.database import Database


class NonAnswer(NamedTuple):
    """A text that counts as no answer."""

    question_id: str
    text: str
    times: int
    """How often it stands in the question's answers."""
    taken: int
    """Of these, how many somebody coded all the same."""


class OriginCount(NamedTuple):
    """Codings that stand and came about in one way."""

    origin: Origin
    codings: int
    beside: int
    """Of these, made while suggestions were on screen."""


class Period(NamedTuple):
    """From when to when people coded: moments in UTC, as the log writes them."""

    begun: str
    ended: str


def non_answers(database: Database) -> list[NonAnswer]:
    """Return the texts that count as no answer, blank ones too."""
    rows = database.rows(
        """SELECT question, text, COUNT(*), COUNT(c.response) FROM response r
        LEFT JOIN (SELECT DISTINCT response FROM coding) c ON c.response = r.number
        WHERE answered = 0 GROUP BY question, text ORDER BY question, text"""
    )
    return [NonAnswer(*row) for row in rows]


def origins(database: Database) -> list[OriginCount]:
    """Return how the codings that stand came about.

    What was on screen is what it was when the coder last chose the theme: an undo, or a revision of the
    codebook, that puts a coding back says nothing of it.
    """
    rows = database.rows(
        f"""SELECT k.origin, COUNT(*), COALESCE(SUM((
            SELECT c.on_screen FROM change c JOIN step s ON s.number = c.step
            WHERE c.response = k.response AND c.aspect = 'theme' AND c.theme = k.theme AND c.before IS NULL
                AND s.coder = k.coder AND s.kind = 'do' AND s.undone = 0 AND s.revision IS NULL
            ORDER BY c.number DESC LIMIT 1)), 0)
        FROM coding k WHERE k.coder <> '{SETTLED}' GROUP BY k.origin"""
    )
    return [OriginCount(*row) for row in rows]


def first_sights(database: Database) -> tuple[int, int]:
    """Count first decisions about an answer made with suggestions on screen, and those made without.

    Only decisions for which there were suggestions at all are noted.
    """
    row: tuple[int, int] = database.row(
        """SELECT COUNT(*) FILTER (WHERE shown = 1), COUNT(*) FILTER (WHERE shown = 0) FROM (
            SELECT MIN(e.on_screen) AS shown FROM exposure e JOIN step s ON s.number = e.step
            WHERE s.undone = 0 GROUP BY e.response, s.coder) f"""
    )
    return row


def period(database: Database) -> Period | None:
    """Return when people first and last coded anything, revisions of the codebook left out; None: never."""
    begun, ended = database.row(
        "SELECT MIN(at), MAX(at) FROM step WHERE revision IS NULL AND coder <> ?", (SETTLED,)
    )
    return None if begun is None else Period(begun, ended)


def waiting(database: Database) -> tuple[int, int]:
    """Count the codings that wait to be recoded, and the answers they are on."""
    row: tuple[int, int] = database.row(
        "SELECT COUNT(*), COUNT(DISTINCT response) FROM mark WHERE aspect = 'recode'"
    )
    return row
