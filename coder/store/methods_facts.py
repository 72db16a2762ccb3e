"""How a study's answers were read and coded: what its methods note says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


class CoderWork(NamedTuple):
    """What one person has done."""

    coder_id: str
    read: int
    """Answers with a coding of theirs, or that they confirmed."""
    nothing: int
    """Of these, confirmed without a theme."""
    codings: int


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


class SharedReadings(NamedTuple):
    """Answers to a question that several coders read, and what they chose there."""

    readers: dict[int, int]
    """For each number of readers, how many answers had so many."""
    choices: dict[tuple[int, int], int]
    """For each number of readers and of those who chose a theme, on how many answers one was chosen so."""
    theme_ids: frozenset[str]
    """The themes that anybody chose there."""


def non_answers(database: Database) -> list[NonAnswer]:
    """Return the texts that count as no answer, blank ones too."""
    rows = database.rows(
        """SELECT question, text, COUNT(*), COUNT(c.response) FROM response r
        LEFT JOIN (SELECT DISTINCT response FROM coding) c ON c.response = r.number
        WHERE answered = 0 GROUP BY question, text ORDER BY question, text"""
    )
    return [NonAnswer(*row) for row in rows]


_READ = """SELECT response, coder FROM coding
    UNION SELECT response, coder FROM mark WHERE aspect = 'done'"""


def coder_work(database: Database) -> list[CoderWork]:
    """Return what each person has done, who read most first."""
    rows = database.rows(
        f"""SELECT r.coder, COUNT(*), COUNT(*) FILTER (WHERE c.codings IS NULL), COALESCE(SUM(c.codings), 0)
        FROM ({_READ}) r LEFT JOIN
            (SELECT response, coder, COUNT(*) AS codings FROM coding GROUP BY response, coder) c
            ON c.response = r.response AND c.coder = r.coder
        GROUP BY r.coder ORDER BY COUNT(*) DESC, r.coder"""
    )
    return [CoderWork(*row) for row in rows]


def answers_read(database: Database) -> tuple[int, int]:
    """Count the answers that anybody has coded or confirmed, and those that several people have."""
    row: tuple[int, int] = database.row(
        f"""SELECT COUNT(*), COUNT(*) FILTER (WHERE people > 1)
        FROM (SELECT COUNT(*) AS people FROM ({_READ}) r GROUP BY response) n"""
    )
    return row


def origins(database: Database) -> list[OriginCount]:
    """Return how the codings that stand came about.

    What was on screen is what it was when the coder last chose the theme: an undo, or a revision of the
    codebook, that puts a coding back says nothing of it.
    """
    rows = database.rows(
        """SELECT k.origin, COUNT(*), COALESCE(SUM((
            SELECT c.on_screen FROM change c JOIN step s ON s.number = c.step
            WHERE c.response = k.response AND c.aspect = 'theme' AND c.theme = k.theme AND c.before IS NULL
                AND s.coder = k.coder AND s.kind = 'do' AND s.undone = 0 AND s.revision IS NULL
            ORDER BY c.number DESC LIMIT 1)), 0)
        FROM coding k GROUP BY k.origin"""
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
    begun, ended = database.row("SELECT MIN(at), MAX(at) FROM step WHERE revision IS NULL")
    return None if begun is None else Period(begun, ended)


def waiting(database: Database) -> tuple[int, int]:
    """Count the codings that wait to be recoded, and the answers they are on."""
    row: tuple[int, int] = database.row(
        "SELECT COUNT(*), COUNT(DISTINCT response) FROM mark WHERE aspect = 'recode'"
    )
    return row


_READERS = """SELECT response, coder FROM coding WHERE question = :question AND origin <> 'adjudication'
    UNION SELECT response, coder FROM mark m WHERE question = :question AND aspect = 'done'
        AND NOT EXISTS (SELECT 1 FROM coding c WHERE c.response = m.response AND c.coder = m.coder
            AND c.origin = 'adjudication')"""
_MANY = f"SELECT response, COUNT(*) AS readers FROM ({_READERS}) r GROUP BY response HAVING COUNT(*) > 1"


def shared_readings(database: Database, question_id: str) -> SharedReadings:
    """Return what coders chose on the answers that several of them coded or confirmed.

    What settled a difference between them, an adjudication, is nobody's own reading.
    """
    parameters = {"question": question_id}
    readers = database.rows(f"SELECT readers, COUNT(*) FROM ({_MANY}) m GROUP BY readers", parameters)
    chose = f"""SELECT m.readers, k.theme, COUNT(*) AS coders FROM ({_MANY}) m
        JOIN coding k ON k.response = m.response AND k.origin <> 'adjudication'
        GROUP BY m.response, m.readers, k.theme"""
    rows = database.rows(
        f"SELECT theme, readers, coders, COUNT(*) FROM ({chose}) c GROUP BY theme, readers, coders",
        parameters,
    )
    times_chosen: dict[tuple[int, int], int] = {}
    for _, read, coders, times in rows:
        times_chosen[read, coders] = times_chosen.get((read, coders), 0) + times
    return SharedReadings(dict(readers), times_chosen, frozenset(theme_id for theme_id, *_ in rows))
