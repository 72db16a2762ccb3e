"""The append-only log of what coders did, and the current state that follows from it.

Every step holds the changes it made with their values before and after. Undo appends the inverse
changes; nothing is ever taken out. The tables `coding` and `mark` are the log's latest values and
are written in the same transaction.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codings import Change, Step, StepKind, SuggestionSeen
from coder.domain.team.settled_layer import is_person
from coder.store.codebook_versions import latest_number
from coder.store.equal_answers.copied_changes import IS_COPY, copy_hashes, write_copies
from coder.store.row_hashes import CHANGE_COLUMNS, STEP_COLUMNS, change_hash, step_hash
from coder.store.scope import like
from coder.store.steps.current_state import make_changes
from coder.store.team.copies.act_rows import SHARED, next_clock, note_act, of_coder, writer_of
from coder.store.team.seeing import refuse_for_others
from coder.store.team.team_rows import ensure_person, events, steps_of_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codings import CopiedChange
    from coder.domain.reading_orders import CameBy
    from coder.store.database import Database

_STEP = "SELECT number, at, coder, kind, label, target FROM step"
_CHANGE_CELLS = "response, aspect, before, after, theme, origin, on_screen, rank, probability, words_by"
_CHANGE = f"SELECT {_CHANGE_CELLS} FROM change"


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
    by_person: str = ""
    """Who acted, where it is not the coder: in the settled layer, or for somebody who has left."""
    is_note: bool = False
    """Whether it is about an entry of the journal, which everybody may read; then it has no changes."""
    clock: int | None = None
    """Its place among all acts; None: behind all that are there."""


def append(
    database: Database,
    coder_id: str,
    label: str,
    changes: Sequence[Change],
    came_by: CameBy = "",
    copies: Sequence[CopiedChange] = (),
) -> int:
    """Log a step and make its changes; call it inside a transaction.

    Returns:
        The step's number.
    """
    return append_entry(database, Entry(coder_id, label, came_by=came_by), changes, copies)


def append_revision(
    database: Database, version: int, at: str, label: str, changes: Mapping[str, Sequence[Change]]
) -> None:
    """Log what a revision of the codebook does to each coder's codings, in steps that belong to it."""
    # All at one place: that of one coder's step must not tell whether others have one.
    clock = next_clock(database)
    in_order = sorted(changes.items(), key=lambda entry: writer_of(database, of_coder(entry[0])))
    for coder_id, coder_changes in in_order:
        if coder_changes:
            entry = Entry(coder_id, label, revision=version, at=at, clock=clock)
            append_entry(database, entry, coder_changes)


def revision_steps(database: Database, version: int) -> list[Step]:
    """Return the steps that a revision made, the latest first."""
    rows = database.rows(f"{_STEP} WHERE revision = ? ORDER BY number DESC", (version,))
    return [Step(*row) for row in rows]


def step_to_undo(database: Database, coder_id: str) -> Step | None:
    """Return the coder's latest step that stands; revisions of the codebook are taken back as such."""
    row = database.row(
        f"""{_STEP} WHERE coder = ? AND kind = 'do' AND undone = 0 AND revision IS NULL
        AND number NOT IN (SELECT step FROM late_step) ORDER BY number DESC LIMIT 1""",
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


def step(database: Database, number: int) -> Step:
    """Return the step of a number, which there is."""
    return Step(*database.row(f"{_STEP} WHERE number = ?", (number,)))


def step_at(database: Database, moment: str) -> int:
    """Return the number of the last step made by a moment in UTC, or 0."""
    number: int = database.value("SELECT COALESCE(MAX(number), 0) FROM step WHERE at <= ?", (moment,))
    return number


def step_of_version(database: Database, version: int) -> int:
    """Return the number of the last step made with a version of the codebook or one before it, or 0."""
    sql = "SELECT COALESCE(MAX(number), 0) FROM step WHERE codebook <= ?"
    number: int = database.value(sql, (version,))
    return number


def version_of_step(database: Database, step: int) -> int:
    """Return the version of the codebook that a step was made with."""
    number: int = database.value("SELECT codebook FROM step WHERE number = ?", (step,))
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
    """Return the number of the response this coder changed last; what came with a merge of people is not."""
    merges = [
        number for event in events(database, "merged", "handed over") for number in steps_of_event(event)
    ]
    number: int | None = database.value(
        """SELECT response FROM change WHERE step =
            (SELECT s.number FROM step s WHERE s.coder = :coder AND s.revision IS NULL
                AND COALESCE(s.target, s.number) NOT IN (SELECT value FROM json_each(:merges))
                AND s.number NOT IN (SELECT step FROM late_step)
                AND EXISTS (SELECT 1 FROM change c WHERE c.step = s.number) ORDER BY s.number DESC LIMIT 1)
        ORDER BY origin = 'same', number DESC LIMIT 1""",
        {"coder": coder_id, "merges": json.dumps(merges)},
    )
    return number


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


def size_of(database: Database, step: int) -> int:
    """Return how many changes a step made."""
    number: int = database.value("SELECT COUNT(*) FROM change WHERE step = ?", (step,))
    return number


def changes_of(database: Database, step: int) -> list[Change]:
    """Return what a step changed, in order."""
    return [_change(row) for row in database.rows(f"{_CHANGE} WHERE step = ? ORDER BY number", (step,))]


def uncopied_changes_of(database: Database, step: int) -> list[Change]:
    """Return what a step changed, in order, but for what `copies_of` returns."""
    sql = f"{_CHANGE} WHERE step = ? AND NOT ({IS_COPY}) ORDER BY number"
    return [_change(row) for row in database.rows(sql, (step,))]


def history(database: Database, response: int) -> list[tuple[Step, Change]]:
    """Return everything that was ever done to a response, oldest first."""
    rows = database.rows(
        """SELECT s.number, s.at, s.coder, s.kind, s.label, s.target,
            c.response, c.aspect, c.before, c.after, c.theme, c.origin, c.on_screen, c.rank, c.probability,
            c.words_by
        FROM change c JOIN step s ON s.number = c.step WHERE c.response = ? ORDER BY c.number""",
        (response,),
    )
    return [(Step(*row[:6]), _change(row[6:])) for row in rows]


def append_entry(
    database: Database, entry: Entry, changes: Sequence[Change], copies: Sequence[CopiedChange] = ()
) -> int:
    """Log a step of any kind and make its changes, those that are copied last; return its number."""
    refuse_for_others(database, entry.coder_id, _responses(changes, copies))
    if any(change.aspect == "theme" and change.new for change in (*changes, *(c.change for c in copies))):
        changes, copies = _with_whole_replacements(database, changes, copies)
    codebook = latest_number(database)
    cells = (
        entry.at or utc_now(), entry.coder_id, entry.kind, entry.target, entry.label, codebook,
        entry.revision, entry.came_by, entry.by_person,
    )  # fmt: skip
    rows = [_change_row(change) for change in changes]
    hashes = chain(
        map(change_hash, rows),
        chain.from_iterable(copy_hashes(copied, _change_row(copied.change)) for copied in copies),
    )
    for person_id in filter(is_person, (entry.coder_id, entry.by_person or entry.coder_id)):
        ensure_person(database, person_id)
    step = database.execute(
        f"INSERT INTO main.step ({STEP_COLUMNS}, by_person, row_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*cells, step_hash(cells, hashes)),
    )
    database.execute_many(
        f"""INSERT INTO main.change (step, {CHANGE_COLUMNS}, words_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        ((step, *row) for row in rows),
    )
    write_copies(database, step, copies)
    subject = SHARED if entry.is_note else of_coder(entry.coder_id)
    note_act(database, "step", step, subject, entry.clock)
    make_changes(database, entry.coder_id, changes, copies)
    return step


def _with_whole_replacements(
    database: Database, changes: Sequence[Change], copies: Sequence[CopiedChange]
) -> tuple[Sequence[Change], Sequence[CopiedChange]]:
    """Return changes whose words hold what stands in the place of words that were taken out as a whole."""
    if not database.value("SELECT EXISTS (SELECT 1 FROM team_event WHERE kind = 'redacted')"):
        return changes, copies
    # Of most studies nothing was ever taken out: they need not load it.
    from coder.store.privacy.coded_words import with_whole_replacements

    of_copies = with_whole_replacements(database, (copied.change for copied in copies))
    return with_whole_replacements(database, changes), [
        copied._replace(change=change) for copied, change in zip(copies, of_copies, strict=True)
    ]


def _responses(changes: Iterable[Change], copies: Iterable[CopiedChange]) -> set[int]:
    own = {change.response for change in changes}
    return own.union(*(copied.responses for copied in copies))


def _change_row(change: Change) -> tuple[Any, ...]:
    """Return the cells of `CHANGE_COLUMNS` and `words_by`, each of the type that the database gives back."""
    suggestion = change.suggestion or SuggestionSeen()
    probability = None if suggestion.probability is None else float(suggestion.probability)
    return (
        change.response, change.aspect, change.theme_id, change.old, change.new, change.origin,
        int(change.suggestion is not None), suggestion.rank, probability, change.words_by,
    )  # fmt: skip


def _change(row: Sequence[Any]) -> Change:
    response, aspect, old, new, theme_id, origin, on_screen, rank, probability, words_by = row
    suggestion = SuggestionSeen(rank, probability) if on_screen else None
    return Change(response, aspect, old, new, theme_id, origin, suggestion, words_by)
