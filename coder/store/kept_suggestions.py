"""What was suggested when a response was first decided about, and what its coder did then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.exposures import KeptSuggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codings import Aspect, Origin, StepKind
    from coder.domain.exposures import Exposure
    from coder.store.database import Database


class LoggedChange(NamedTuple):
    """One thing that a coder changed about a response: a theme on it, or whether it is done."""

    step: int
    kind: StepKind
    response: int
    coder_id: str
    question_id: str
    aspect: Aspect
    theme_id: str
    stands: bool
    """Whether the theme, or the mark, stands after it."""
    spans_only: bool
    """Whether it stood before as well: only the words that carry it changed."""
    origin: Origin
    on_screen: bool
    """Whether suggestions were on screen."""
    rank: int | None


_OF = "(:coder IS NULL OR s.coder = :coder) AND (:question IS NULL OR r.question = :question)"


def keep(database: Database, step: int, exposure: Exposure) -> None:
    """Keep what was suggested when a step was made; call it in the step's transaction."""
    database.execute_many(
        """INSERT INTO main.exposure (step, response, on_screen, rank, theme, probability)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (
            (step, exposure.response, exposure.on_screen, rank, theme_id, probability)
            for rank, (theme_id, probability) in enumerate(exposure.suggestions, start=1)
            if theme_id
        ),
    )


def kept_on_screen(database: Database, coder_id: str, response: int) -> set[bool]:
    """Return whether suggestions kept for a response were on screen: empty where none are kept."""
    rows = database.rows(
        """SELECT DISTINCT e.on_screen FROM exposure e JOIN step s ON s.number = e.step
        WHERE e.response = ? AND s.coder = ? AND s.undone = 0""",
        (response, coder_id),
    )
    return {bool(on_screen) for (on_screen,) in rows}


def all_kept(
    database: Database, coder_id: str | None = None, question_id: str | None = None
) -> list[KeptSuggestion]:
    """Return every suggestion kept with a step that stands, in the order of the steps and by rank.

    Args:
        database: The study's.
        coder_id: Whose decisions; None takes everybody's.
        question_id: The question; None takes all.
    """
    rows = database.stream(
        f"""SELECT e.step, e.response, s.coder, r.question, e.on_screen, e.rank, e.theme, e.probability
        FROM exposure e JOIN step s ON s.number = e.step JOIN response r ON r.number = e.response
        WHERE s.undone = 0 AND {_OF} ORDER BY e.step, e.response, e.rank""",
        {"coder": coder_id, "question": question_id},
    )
    return [KeptSuggestion(*row) for row in rows]


class Confirmation(NamedTuple):
    """A step that said of one answer that it is done, and stands."""

    at: str
    """When, in UTC, as the log writes moments."""
    takes_first: bool
    """Whether it took the first suggestion as well: it came by Space."""


def confirmations(database: Database, coder_id: str, question_id: str | None = None) -> list[Confirmation]:
    """Return every step with which a coder confirmed one answer, in order; without those taken back.

    Those that say the same in the same words, and were confirmed with it, are not counted.

    Args:
        database: The study's.
        coder_id: Who.
        question_id: The question; None takes all.
    """
    rows = database.rows(
        """SELECT s.at, EXISTS (SELECT 1 FROM change t WHERE t.step = s.number AND t.origin = 'space')
        FROM step s JOIN change c ON c.step = s.number JOIN response r ON r.number = c.response
        WHERE s.coder = :coder AND (:question IS NULL OR r.question = :question) AND s.kind = 'do'
            AND s.undone = 0 AND s.revision IS NULL
            AND c.aspect = 'done' AND c.after IS NOT NULL AND c.origin <> 'same'
        GROUP BY s.number HAVING COUNT(*) = 1 ORDER BY s.number""",
        {"coder": coder_id, "question": question_id},
    )
    return [Confirmation(at, bool(takes_first)) for at, takes_first in rows]


def logged_changes(
    database: Database, coder_id: str | None = None, question_id: str | None = None
) -> Iterator[LoggedChange]:
    """Yield what coders changed about themes and about what is done, in order, without what revisions did.

    Args:
        database: The study's.
        coder_id: Who; None takes everybody.
        question_id: The question; None takes all.
    """
    rows = database.stream(
        f"""SELECT s.number, s.kind, c.response, s.coder, r.question, c.aspect, c.theme,
            c.after IS NOT NULL, c.after IS NOT NULL AND c.before IS NOT NULL, c.origin, c.on_screen, c.rank
        FROM change c JOIN step s ON s.number = c.step JOIN response r ON r.number = c.response
        WHERE c.aspect IN ('theme', 'done') AND s.revision IS NULL AND {_OF} ORDER BY c.number""",
        {"coder": coder_id, "question": question_id},
    )
    for row in rows:
        yield LoggedChange(*row)
