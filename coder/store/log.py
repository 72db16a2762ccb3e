"""The append-only log of what coders did, and the current state that follows from it.

Every step holds the changes it made with their values before and after. Undo appends the inverse
changes; nothing is ever taken out. The tables `coding` and `mark` are the log's latest values and
are written in the same transaction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import Aspect, Change, Step, StepKind, SuggestionSeen
from coder.errors import CoderError
from coder.store.codebook_versions import latest_number
from coder.store.codings import marks_on, words_on
from coder.store.row_hashes import CHANGE_COLUMNS, STEP_COLUMNS, row_hash, step_hash
from coder.store.scope import like

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.reading_orders import CameBy
    from coder.store.database import Database

_STEP = "SELECT number, at, coder, kind, label, target FROM step"
_CHANGE = "SELECT response, aspect, before, after, theme, origin, on_screen, rank, probability FROM change"


def utc_now() -> str:
    """Return the time as the log writes it: `2026-11-21T21:04:05.123Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Entry(NamedTuple):
    """What a new step is, apart from its changes."""

    coder_id: str
    label: str
    kind: StepKind = "do"
    target: int | None = None
    revision: int | None = None
    """The version of the codebook that the step belongs to, if a revision made it."""
    at: str = ""
    """When, in UTC; empty means now."""
    came_by: CameBy = ""
    """How the answer came before the coder."""


def append(
    database: Database, coder_id: str, label: str, changes: Sequence[Change], came_by: CameBy = ""
) -> int:
    """Log a step and make its changes; call it inside a transaction.

    Returns:
        The step's number.
    """
    return _append(database, Entry(coder_id, label, came_by=came_by), changes)


def append_revision(
    database: Database, version: int, at: str, label: str, changes: Mapping[str, Sequence[Change]]
) -> None:
    """Log what a revision of the codebook does to each coder's codings, in steps that belong to it."""
    for coder_id, coder_changes in changes.items():
        if coder_changes:
            _append(database, Entry(coder_id, label, revision=version, at=at), coder_changes)


def revision_steps(database: Database, version: int) -> list[Step]:
    """Return the steps that a revision made, the latest first."""
    rows = database.rows(f"{_STEP} WHERE revision = ? ORDER BY number DESC", (version,))
    return [Step(*row) for row in rows]


def reversal(database: Database, step: Step) -> list[Change]:
    """Return the changes that take a step back, the last one first."""
    return [_inverse(database, step, change) for change in reversed(changes_of(database, step.number))]


def step_to_undo(database: Database, coder_id: str) -> Step | None:
    """Return the coder's latest step that stands; revisions of the codebook are taken back as such."""
    row = database.row(
        f"""{_STEP} WHERE coder = ? AND kind = 'do' AND undone = 0 AND revision IS NULL
        ORDER BY number DESC LIMIT 1""",
        (coder_id,),
    )
    return Step(*row) if row else None


def step_to_redo(database: Database, coder_id: str) -> Step | None:
    """Return the step undone last, unless something new was done since."""
    row = database.row(
        f"""{_STEP} WHERE coder = :coder AND kind = 'do' AND undone = 1 AND number = (
            SELECT u.target FROM step u JOIN step d ON d.number = u.target
            WHERE u.coder = :coder AND u.kind = 'undo' AND d.undone = 1
            AND u.number > (SELECT COALESCE(MAX(number), 0) FROM step WHERE coder = :coder AND kind = 'do')
            ORDER BY u.number DESC LIMIT 1)""",
        {"coder": coder_id},
    )
    return Step(*row) if row else None


def step_at(database: Database, moment: str) -> int:
    """Return the number of the last step made by a moment in UTC, or 0."""
    number: int = database.value("SELECT COALESCE(MAX(number), 0) FROM step WHERE at <= ?", (moment,))
    return number


def step_of_version(database: Database, version: int) -> int:
    """Return the number of the last step made with a version of the codebook or one before it, or 0."""
    sql = "SELECT COALESCE(MAX(number), 0) FROM step WHERE codebook <= ?"
    number: int = database.value(sql, (version,))
    return number


def version_of_first_step(database: Database, step: int) -> int | None:
    """Return the version of the codebook that a step was made with, if it was the first step made with it."""
    number: int | None = database.value(
        """SELECT s.codebook FROM step s WHERE s.number = ? AND s.codebook > COALESCE(
            (SELECT e.codebook FROM step e WHERE e.number < s.number ORDER BY e.number DESC LIMIT 1), 0)""",
        (step,),
    )
    return number


def version_before_reversal(database: Database, step: int) -> int:
    """Return the version of the codebook in use when a step just undone or redone was last made."""
    sql = "SELECT codebook FROM step WHERE number = ? OR target = ? ORDER BY number DESC LIMIT 1 OFFSET 1"
    number: int = database.value(sql, (step, step))
    return number


def last_touched(database: Database, coder_id: str) -> int | None:
    """Return the number of the response this coder changed last."""
    number: int | None = database.value(
        """SELECT response FROM change WHERE step =
            (SELECT s.number FROM step s WHERE s.coder = ? AND s.revision IS NULL
                AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.number) ORDER BY s.number DESC LIMIT 1)
        ORDER BY origin = 'same', number DESC LIMIT 1""",
        (coder_id,),
    )
    return number


def reverse(database: Database, step: Step) -> list[Change]:
    """Undo a step that stands, or redo one that was undone; call it inside a transaction.

    Returns:
        The changes that were made to do so.

    Raises:
        CoderError: A revision of the codebook has changed since what the step is about.
    """
    undone = bool(database.value("SELECT undone FROM step WHERE number = ?", (step.number,)))
    kind: StepKind = "redo" if undone else "undo"
    applied = changes_of(database, step.number) if undone else reversal(database, step)
    _refuse_revised(database, step, applied)
    _append(database, Entry(step.coder_id, step.label, kind, step.number), applied)
    database.execute("UPDATE step SET undone = ? WHERE number = ?", (not undone, step.number))
    return applied


def _refuse_revised(database: Database, step: Step, changes: Sequence[Change]) -> None:
    # A coder's steps are undone in order: only a revision of the codebook can have come in between.
    first_changes: dict[tuple[int, Aspect, str], Change] = {}
    for change in changes:
        first_changes.setdefault((change.response, change.aspect, change.theme_id), change)
    standing = _current_values(database, step.coder_id, {change.response for change in changes})
    afterwards = {(c.response, c.aspect, c.theme_id): c.new is not None for c in changes}
    for key, change in first_changes.items():
        queued: tuple[int, Aspect, str] = (change.response, "recode", change.theme_id)
        goes = change.aspect == "theme" and change.new is None
        coding: tuple[int, Aspect, str] = (change.response, "theme", change.theme_id)
        waits = change.aspect == "recode" and change.new is not None
        # A revision after the step may also have put a coding that would go into the queue, or have taken
        # away one that would wait again.
        if (
            standing.get(key) != change.old
            or (goes and queued in standing and queued not in first_changes)
            or (waits and not afterwards.get(coding, coding in standing))
        ):
            msg = f"'{step.label}' is from before the codebook was revised, and was changed by that."
            raise CoderError(
                msg, "Change the answer itself; or take the revision back (coder codebook undo)."
            )


def _current_values(
    database: Database, coder_id: str, responses: Iterable[int]
) -> dict[tuple[int, Aspect, str], str]:
    """Return what stands on responses as the log writes it, by response, aspect and theme."""
    numbers = list(responses)
    logged: dict[tuple[int, Aspect, str], str] = {}
    for response, theme_id, spans in words_on(database, coder_id, numbers):
        logged[response, "theme", theme_id] = spans
    for mark in marks_on(database, coder_id, numbers):
        logged[mark.response, mark.aspect, mark.theme_id] = mark.content
    return logged


def _inverse(database: Database, step: Step, change: Change) -> Change:
    """Return the change that takes one back; a coding it restores has the origin it had before."""
    inverse = change.inverse()
    if inverse.aspect != "theme" or inverse.new is None:
        return inverse
    origin = database.value(
        """SELECT c.origin FROM change c JOIN step s ON s.number = c.step
        WHERE c.response = ? AND c.aspect = 'theme' AND c.theme = ? AND s.coder = ? AND s.number < ?
        ORDER BY c.number DESC LIMIT 1""",
        (change.response, change.theme_id, step.coder_id, step.number),
    )
    return replace(inverse, origin=origin)


class ListedStep(NamedTuple):
    """A step as a list shows it."""

    number: int
    at: str
    label: str
    undone: bool
    response: int | None
    """The first response it changed; None where it changed none."""
    responses: int


def steps_of(database: Database, coder_id: str, part: str, limit: int) -> list[ListedStep]:
    """Return the latest steps of a coder whose label contains a text, the latest first.

    Undoing and redoing are no steps of their own here: a step that was taken back is marked.
    """
    rows = database.rows(
        """SELECT s.number, s.at, s.label, s.undone,
            (SELECT c.response FROM change c WHERE c.step = s.number ORDER BY c.number LIMIT 1),
            (SELECT COUNT(DISTINCT c.response) FROM change c WHERE c.step = s.number)
        FROM step s WHERE s.coder = ? AND s.kind = 'do' AND nfc(s.label) LIKE ? ESCAPE '\\'
        ORDER BY s.number DESC LIMIT ?""",
        (coder_id, like(part), limit),
    )
    return [
        ListedStep(number, at, label, bool(undone), response, responses)
        for number, at, label, undone, response, responses in rows
    ]


def changes_of(database: Database, step: int) -> list[Change]:
    """Return what a step changed, in order."""
    return [_change(row) for row in database.rows(f"{_CHANGE} WHERE step = ? ORDER BY number", (step,))]


def history(database: Database, response: int) -> list[tuple[Step, Change]]:
    """Return everything that was ever done to a response, oldest first."""
    rows = database.rows(
        """SELECT s.number, s.at, s.coder, s.kind, s.label, s.target,
            c.response, c.aspect, c.before, c.after, c.theme, c.origin, c.on_screen, c.rank, c.probability
        FROM change c JOIN step s ON s.number = c.step WHERE c.response = ? ORDER BY c.number""",
        (response,),
    )
    return [(Step(*row[:6]), _change(row[6:])) for row in rows]


def _append(database: Database, entry: Entry, changes: Sequence[Change]) -> int:
    codebook = latest_number(database)
    cells = (
        entry.at or utc_now(), entry.coder_id, entry.kind, entry.target, entry.label, codebook,
        entry.revision, entry.came_by,
    )  # fmt: skip
    rows = [_change_row(change) for change in changes]
    step = database.execute(
        f"INSERT INTO step ({STEP_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*cells, step_hash(cells, (row_hash(*row) for row in rows))),
    )
    database.execute_many(
        f"INSERT INTO change (step, {CHANGE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((step, *row) for row in rows),
    )
    apply_changes(database, entry.coder_id, changes)
    return step


def apply_changes(database: Database, coder_id: str, changes: Iterable[Change]) -> None:
    """Bring the current state in line with the changes, without logging them."""
    latest = {(change.response, change.aspect, change.theme_id): change for change in changes}.values()
    themes = [change for change in latest if change.aspect == "theme"]
    marks = [change for change in latest if change.aspect != "theme"]
    database.execute_many(
        "DELETE FROM coding WHERE response = ? AND theme = ? AND coder = ?",
        [(change.response, change.theme_id, coder_id) for change in themes if change.new is None],
    )
    database.execute_many(
        """INSERT INTO coding (response, theme, coder, question, respondent, spans, origin)
        SELECT number, ?, ?, question, respondent, ?, ? FROM response WHERE number = ?
        ON CONFLICT (response, theme, coder)
        DO UPDATE SET spans = excluded.spans, origin = excluded.origin""",
        [
            (change.theme_id, coder_id, change.new, change.origin, change.response)
            for change in themes
            if change.new is not None
        ],
    )
    database.execute_many(
        "DELETE FROM mark WHERE response = ? AND coder = ? AND aspect = ? AND theme = ?",
        [
            (change.response, coder_id, change.aspect, change.theme_id)
            for change in marks
            if change.new is None
        ],
    )
    database.execute_many(
        """INSERT INTO mark (response, coder, aspect, theme, question, value)
        SELECT number, ?, ?, ?, question, ? FROM response WHERE number = ?
        ON CONFLICT (response, coder, aspect, theme) DO UPDATE SET value = excluded.value""",
        [
            (coder_id, change.aspect, change.theme_id, change.new, change.response)
            for change in marks
            if change.new is not None
        ],
    )


def _change_row(change: Change) -> tuple[Any, ...]:
    """Return the cells of `CHANGE_COLUMNS`, each of the type that the database gives back."""
    suggestion = change.suggestion or SuggestionSeen()
    probability = None if suggestion.probability is None else float(suggestion.probability)
    return (
        change.response, change.aspect, change.theme_id, change.old, change.new, change.origin,
        int(change.suggestion is not None), suggestion.rank, probability,
    )  # fmt: skip


def _change(row: Sequence[Any]) -> Change:
    response, aspect, old, new, theme_id, origin, on_screen, rank, probability = row
    suggestion = SuggestionSeen(rank, probability) if on_screen else None
    return Change(response, aspect, old, new, theme_id, origin, suggestion)
