"""The log in the order that every copy gives it: steps of others put in, those behind them numbered anew."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.store.privacy.answer_cuts import answer_cuts, changes_with_cuts
from coder.store.row_hashes import (
    CHANGE_COLUMNS,
    JOURNAL_COLUMNS,
    STEP_COLUMNS,
    change_hash,
    row_hash,
    step_hash,
)
from coder.store.surveys import insert_rows
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.act_rows import places_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.logged_steps import LateStep
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_GUARDED = ("change", "step", "exposure", "journal", "team_event", "act")
# The log's latest value of every coding and mark on some responses: see `current_state.LATEST`.
_LATEST_OF = """SELECT c.response, c.theme, s.coder, c.aspect, c.after,
    CASE c.aspect WHEN 'theme' THEN c.origin ELSE '' END AS origin,
    CASE c.aspect WHEN 'theme' THEN c.words_by ELSE '' END AS words_by
    FROM (SELECT MAX(k.number) AS number FROM json_each(:listed) j
        CROSS JOIN main.change k ON k.response = j.value JOIN main.step t ON t.number = k.step
        GROUP BY k.response, k.theme, k.aspect, t.coder) n
    JOIN main.change c ON c.number = n.number JOIN main.step s ON s.number = c.step
    WHERE c.after IS NOT NULL"""
_NAMED_ENTRIES = """SELECT a.writer || ':' || a.number,
    ROW_NUMBER() OVER (PARTITION BY j.step ORDER BY j.number), j.number
    FROM journal j JOIN act a ON a.kind = 'step' AND a.local = j.step"""
_WRONGLY_UNDONE = """SELECT s.number, COALESCE(u.kind = 'undo', 0) FROM main.step s
    LEFT JOIN (SELECT target, MAX(number) AS number FROM main.step WHERE target IS NOT NULL GROUP BY target) t
        ON t.target = s.number
    LEFT JOIN main.step u ON u.number = t.number
    WHERE s.kind = 'do' AND s.undone <> COALESCE(u.kind = 'undo', 0)"""
_REFERRING = (("step", "target"), ("exposure", "step"), ("journal", "step"))
_KEPT_WITH_STEPS = ("step.", "draft.")
"""What the names of settings begin with that belong to a step, by its number."""


@contextmanager
def unguarded(database: Database, *further: str) -> Iterator[None]:
    """Let the block number rows of the log anew, in the caller's transaction; what they say stays.

    Args:
        database: The study's.
        further: More tables whose rows may change, for what takes words out.
    """
    tables = (*_GUARDED, *further)
    guards = database.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN"
        f" ({', '.join('?' * len(tables))})",
        tables,
    )
    database.execute("PRAGMA defer_foreign_keys = ON")
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        database.execute(sql)


@contextmanager
def referring_indexed(database: Database) -> Iterator[None]:
    """Let the block delete steps: SQLite looks for what refers to each, otherwise through all rows."""
    for table, column in _REFERRING:
        database.execute(f"CREATE INDEX main.for_{table}_{column} ON {table} ({column})")
    yield
    for table, column in _REFERRING:
        database.execute(f"DROP INDEX main.for_{table}_{column}")


class LogTail(NamedTuple):
    """What stands in the log from some place on."""

    kept: int
    """The number of the last step that stands before it; 0 if none does."""
    steps: Mapping[ActPlace, Content]
    """The steps with a name."""
    numbers: Mapping[ActPlace, int]
    """Their numbers so far."""
    responses: frozenset[int]
    """The responses that steps changed which followed from others, and are worked out anew."""


def read_tail(database: Database, first: ActPlace) -> LogTail:
    """Return the log from a place on."""
    places = {local: place for local, place in places_of(database, "step").items() if place >= first}
    late = [
        step
        for (step,) in database.rows(
            "SELECT step FROM late_step WHERE (clock, writer, number) >= (?, ?, ?)", tuple(first)
        )
    ]
    beginning = min([*places, *late], default=None)
    kept = database.value("SELECT MAX(number) FROM main.step") if beginning is None else beginning - 1
    responses = database.rows(
        "SELECT DISTINCT response FROM main.change WHERE step IN (SELECT value FROM json_each(?))",
        (json.dumps(late),),
    )
    return LogTail(
        kept or 0,
        {places[local]: content for local, content in contents(database, "step", list(places))},
        {place: local for local, place in places.items()},
        frozenset(response for (response,) in responses),
    )


def replace_tail(
    database: Database,
    tail: LogTail,
    steps: Mapping[ActPlace, Content],
    late: Sequence[LateStep],
    versions: Mapping[str, int],
) -> None:
    """Write the log anew behind the steps that stay; call it where it is `unguarded`.

    Args:
        database: The study's.
        tail: What stands there so far.
        steps: All steps with a name that are to stand there.
        late: Those that follow from others.
        versions: The names of all versions of the codebook, with their numbers.
    """
    with referring_indexed(database):
        for table in ("change", "exposure", "journal", "late_step"):
            database.execute(f"DELETE FROM main.{table} WHERE step > ?", (tail.kept,))
        database.execute("DELETE FROM main.step WHERE number > ?", (tail.kept,))
    rows = _TailRows(database, tail.kept, versions)
    order: list[tuple[ActPlace, int, LateStep | None]] = [(place, 0, None) for place in steps]
    order += [(step.after, number, step) for number, step in enumerate(late, start=1)]
    order.sort(key=lambda entry: entry[:2])
    for place, _, late_step in order:
        if late_step is None:
            rows.add(place, steps[place])
        else:
            rows.add_late(late_step, steps.get(late_step.after))
    rows.write(database)
    moved = {old: rows.numbers[place] for place, old in tail.numbers.items()}
    move_settings(database, {old: new for old, new in moved.items() if old != new})


class _TailRows:
    """The rows of steps with what belongs to them, from some number on."""

    def __init__(self, database: Database, last: int, versions: Mapping[str, int]) -> None:
        self._last, self._versions = last, versions
        self._labels: dict[str, tuple[str, str]] = {
            name: database.row("SELECT at, label FROM codebook_version WHERE number = ?", (number,))
            for name, number in versions.items()
            if number
        }
        self.numbers: dict[ActPlace, int] = {}
        self._named: dict[str, int] = {
            str(place.name): local for local, place in places_of(database, "step").items() if local <= last
        }
        self._responses: dict[str, int] = dict(database.rows("SELECT id, number FROM response"))
        self._cuts = answer_cuts(database)
        self._entries = {f"{name}/{place}": number for name, place, number in database.rows(_NAMED_ENTRIES)}
        self._entry: int = database.value("SELECT COALESCE(MAX(number), 0) FROM journal")
        self._rows: dict[str, list[tuple[Any, ...]]] = {
            table: [] for table in ("step", "change", "exposure", "journal", "late_step")
        }

    def add(self, place: ActPlace, content: Content) -> None:
        """Add a step of which an act tells."""
        self._last += 1
        number, name = self._last, str(place.name)
        self.numbers[place] = self._named[name] = number
        responses = self._responses
        changes = [
            (responses[row[0]], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9])
            for row in changes_with_cuts(content["changes"], self._cuts)
        ]
        self._step(
            number,
            (
                content["at"], content["coder"], content["kind"],
                self._named[content["target"]] if content["target"] else None, content["label"],
                self._versions[content["knows"]], self._versions[content["revision"]] or None,
                content["came_by"], content["by"],
            ),
            changes,
        )  # fmt: skip
        self._rows["exposure"] += [
            (number, responses[cells[0]], *cells[1:]) for cells in content["exposures"]
        ]
        for index, (subject, about, text, replaces) in enumerate(content["journal"], start=1):
            self._entry += 1
            is_version = subject == "decision" and about in self._versions
            subject_id = str(self._versions[about]) if is_version and about else about
            cells = (number, subject, subject_id, text, self._entries[replaces] if replaces else None)
            self._entries[f"{name}/{index}"] = self._entry
            self._rows["journal"].append((self._entry, *cells, row_hash(self._entry, *cells)))

    def add_late(self, late: LateStep, after: Content | None) -> None:
        """Add a step that follows from others; its moment is that of the act that it stands behind."""
        self._last += 1
        version, (version_at, label) = self._versions[late.version], self._labels[late.version]
        revision: int | None = version
        if late.label:
            revision, label = None, late.label
        at = after["at"] if after else version_at
        changes = [
            (c.response, c.aspect, c.theme_id, c.old, c.new, c.origin, 0, None, None, c.words_by)
            for c in late.changes
        ]
        cells = (at, late.coder_id, "do", None, label, version, revision, "", "")
        self._step(self._last, cells, changes)
        self._rows["late_step"].append((self._last, *late.after))

    def _step(self, number: int, cells: tuple[Any, ...], changes: list[tuple[Any, ...]]) -> None:
        self._rows["step"].append((number, *cells, step_hash(cells, map(change_hash, changes))))
        self._rows["change"] += [(number, *change) for change in changes]

    def write(self, database: Database) -> None:
        """Write all of it, and note the numbers of the steps with their names."""
        columns = {
            "step": f"number, {STEP_COLUMNS}, by_person, row_hash",
            "change": f"step, {CHANGE_COLUMNS}, words_by",
            "exposure": "step, response, on_screen, rank, theme, probability",
            "journal": f"number, {JOURNAL_COLUMNS}, row_hash",
            "late_step": "step, clock, writer, number",
        }
        for table, rows in self._rows.items():
            insert_rows(database, f"main.{table}", columns[table], rows)
        database.execute_many(
            "UPDATE act SET local = ? WHERE writer = ? AND number = ?",
            [(number, place.writer, place.number) for place, number in self.numbers.items()],
        )


def move_settings(database: Database, moved: Mapping[int, int]) -> None:
    """Have what is noted of steps among the settings follow them to their new numbers."""
    if not moved:
        return
    rows = []
    for prefix in _KEPT_WITH_STEPS:
        for key, text in database.rows(
            "SELECT key, value FROM setting WHERE key >= ? AND key < ?", (prefix, f"{prefix[:-1]}/")
        ):
            number = key.removeprefix(prefix)
            if number.isdecimal() and int(number) in moved:
                rows.append((key, f"{prefix}{moved[int(number)]}", text))
    database.execute_many("DELETE FROM setting WHERE key = ?", [(key,) for key, _, _ in rows])
    for _, key, text in rows:
        database.set_setting(key, text)


def note_undone(database: Database) -> None:
    """Note of all steps which are undone, as their reversals say."""
    rows = database.rows(_WRONGLY_UNDONE)
    database.execute_many(
        "UPDATE main.step SET undone = ? WHERE number = ?", [(undone, n) for n, undone in rows]
    )


def stand_anew(database: Database, responses: Iterable[int]) -> None:
    """Work out what stands on some responses from the log."""
    listed = json.dumps(sorted(responses))
    for table in ("coding", "mark"):
        database.execute(
            f"DELETE FROM main.{table} WHERE response IN (SELECT value FROM json_each(:listed))",
            {"listed": listed},
        )
    database.execute(
        f"""INSERT INTO main.coding (response, theme, coder, question, respondent, spans, origin, words_by)
        SELECT l.response, l.theme, l.coder, r.question, r.respondent, l.after, l.origin, l.words_by
        FROM ({_LATEST_OF}) l JOIN response r ON r.number = l.response WHERE l.aspect = 'theme'""",
        {"listed": listed},
    )
    database.execute(
        f"""INSERT INTO main.mark (response, coder, aspect, theme, question, value)
        SELECT l.response, l.coder, l.aspect, l.theme, r.question, l.after
        FROM ({_LATEST_OF}) l JOIN response r ON r.number = l.response WHERE l.aspect <> 'theme'""",
        {"listed": listed},
    )
