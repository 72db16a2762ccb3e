"""What the screen has shown as saved, and whether it stands in the database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.faults.coding_screen import CODER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.faults.coding_screen import View

Claim = tuple[str, str]
"""A response and what is said of it: a theme's id, `done` or `flag`."""
DONE, FLAG = "done", "flag"


class Ledger:
    """Every change that a coder was shown as saved.

    Attributes:
        claims: Whether it was shown as standing or, later, as taken away.
        changes: How many changes were shown.
        done_count: The most answers that the header said were done.
        taken_off: Themes shown as saved that a later key took off before the screen showed it.
    """

    def __init__(self) -> None:
        self.claims: dict[Claim, bool] = {}
        self.changes = 0
        self.done_count = 0
        self.taken_off = 0
        self._undoing: tuple[str, frozenset[str]] | None = None

    def enter(self, view: View) -> None:
        """Take in a frame. What is not shown as saved is not entered."""
        if view.status != "saved":
            return
        if self._undoing and self._undoing != (view.answer, view.themes):
            self._undoing = None
        self.done_count = max(self.done_count, view.done_count)
        for theme in view.themes:
            self._claim((view.answer, theme), stands=True)
        for answer, subject in list(self.claims):
            if answer == view.answer and subject not in {*view.themes, DONE, FLAG}:
                self._claim((answer, subject), stands=False)
        for answer in view.done:
            self._claim((answer, DONE), stands=True)
        for answer in {*view.flagged, *([view.answer] if view.is_flagged else ())}:
            self._claim((answer, FLAG), stands=True)

    @property
    def awaits_undo(self) -> bool:
        """Whether an undo is on its way."""
        return self._undoing is not None

    def undo_sent(self, view: View) -> None:
        """Know that an undo is on its way: until its effect is shown, a theme on this answer may be gone."""
        self._undoing = view.answer, view.themes

    def knows(self, answer: str) -> bool:
        """Return whether anything was ever shown about a response."""
        return any(answer == named for named, _ in self.claims)

    def missing(self, database: Path) -> Iterator[str]:
        """Yield each change shown as saved that does not stand in a database, and forget it.

        An undo that was on its way when the program was killed may have been done, or not. A theme that the
        log has chosen, and taken off again by a later step, is not lost: where an answer was left half coded,
        the order of its suggestions may change under a key.
        """
        standing = read_standing(database)
        if self._undoing:
            answer, themes = self._undoing
            for theme in themes:
                self.claims[answer, theme] = (answer, theme) in standing
            self._undoing = None
        for claim, stands in list(self.claims.items()):
            if stands != (claim in standing):
                del self.claims[claim]
                if stands and claim in _read_taken_off(database):
                    self.taken_off += 1
                    continue
                yield f"{' '.join(claim)} was shown as {'saved' if stands else 'taken away'}"
        done = sum(subject == DONE for _, subject in standing)
        if done < self.done_count:
            yield f"{self.done_count} answers were shown as done, and {done} are"
            self.done_count = done

    def _claim(self, claim: Claim, *, stands: bool) -> None:
        if self.claims.get(claim, False) != stands:
            self.changes += 1
        self.claims[claim] = stands


_CODER_ID = "(SELECT id FROM person WHERE name = ?)"


def _read_taken_off(database: Path) -> set[Claim]:
    """Return the themes that a step of the log has put on a response, and a later one has taken off last."""
    with closing(sqlite3.connect(database)) as connection:
        changes = connection.execute(
            "SELECT r.id, c.theme, c.before, c.after FROM change c JOIN step s ON s.number = c.step"
            f" JOIN response r ON r.number = c.response WHERE s.coder = {_CODER_ID} AND c.aspect = 'theme'"
            " ORDER BY c.number",
            (CODER,),
        ).fetchall()
    latest = {(answer, theme): (before, after) for answer, theme, before, after in changes}
    return {claim for claim, (before, after) in latest.items() if before is not None and after is None}


def read_standing(database: Path) -> set[Claim]:
    """Return what stands in a database for the coder, read by SQLite alone."""
    with closing(sqlite3.connect(database)) as connection:
        themes = connection.execute(
            "SELECT r.id, c.theme FROM coding c JOIN response r ON r.number = c.response"
            f" WHERE c.coder = {_CODER_ID}",
            (CODER,),
        ).fetchall()
        marks = connection.execute(
            "SELECT r.id, m.aspect FROM mark m JOIN response r ON r.number = m.response"
            f" WHERE m.coder = {_CODER_ID} AND m.aspect IN ('done', 'flag')",
            (CODER,),
        ).fetchall()
    return {*themes, *marks}


def torn_groups(database: Path) -> list[str]:
    """Return the answers of which some that say the same have other themes, or are done where others are not.

    Whoever codes here decides about each group as a whole.
    """
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(
            """SELECT MIN(id), COUNT(DISTINCT decided) FROM (
                SELECT r.id, r.same_words, COALESCE((SELECT group_concat(theme || ' ' || spans) FROM (
                    SELECT c.theme, c.spans FROM coding c WHERE c.response = r.number ORDER BY c.theme)), '')
                || '/' || (SELECT COUNT(*) FROM mark m WHERE m.response = r.number AND m.aspect = 'done')
                AS decided FROM response r WHERE r.same_words IS NOT NULL)
            GROUP BY same_words HAVING COUNT(DISTINCT decided) > 1"""
        ).fetchall()
    return [f"{answer} and those of the same words are coded in {ways} ways" for answer, ways in rows]
