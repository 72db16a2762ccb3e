"""What an act says, in words that every copy of the study understands: ids and names, never local numbers."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from coder.store.codebook_versions import version_name
from coder.store.privacy.answer_cuts import answer_cuts, changes_before_cuts
from coder.store.team.copies.act_rows import names_of
from coder.store.team.copies.version_contents import version_content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.copies.acts import ActKind
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_LISTED = "FROM json_each(?) j CROSS JOIN"
_STEPS = f"""SELECT s.number, s.at, s.coder, s.by_person, s.kind, s.target, s.label, s.codebook, s.revision,
    s.came_by {_LISTED} main.step s ON s.number = j.value ORDER BY s.number"""
_CHANGES = f"""SELECT c.step, r.id, c.aspect, c.theme, c.before, c.after, c.origin, c.on_screen, c.rank,
    c.probability, c.words_by {_LISTED} main.change c ON c.step = j.value
    CROSS JOIN response r ON r.number = c.response ORDER BY c.number"""
_EXPOSURES = """SELECT e.step, r.id, e.on_screen, e.rank, e.theme, e.probability FROM main.exposure e
    JOIN response r ON r.number = e.response WHERE e.step IN (SELECT value FROM json_each(?))
    ORDER BY e.step, r.id, e.rank"""
_JOURNAL = """SELECT j.step, j.number, j.subject, j.subject_id, j.text, j.replaces FROM journal j
    WHERE j.step IN (SELECT value FROM json_each(?)) ORDER BY j.number"""
_ENTRIES = """SELECT number, step, ROW_NUMBER() OVER (PARTITION BY step ORDER BY number) FROM journal"""


def contents(database: Database, kind: ActKind, locals_: Sequence[int]) -> Iterator[tuple[int, Content]]:
    """Yield acts of one kind, by their numbers in this copy, with what they say; in order."""
    if kind == "step":
        yield from _steps(database, locals_)
    else:
        content_of = version_content if kind == "version" else _event
        for local in sorted(locals_):
            yield local, content_of(database, local)


def _steps(database: Database, numbers: Sequence[int]) -> Iterator[tuple[int, Content]]:
    listed = json.dumps(numbers)
    names = names_of(database, "step")
    versions = _VersionNames(database)
    changes = _by_step(database.stream(_CHANGES, (listed,)))
    exposures = _grouped(database.rows(_EXPOSURES, (listed,)))
    journal = _journal_of(database, listed, names, versions)
    cuts = answer_cuts(database)
    ahead = next(changes, None)
    for number, at, coder, by, kind, target, label, codebook, revision, came_by in database.rows(
        _STEPS, (listed,)
    ):
        own: list[Any] = []
        if ahead is not None and ahead[0] == number:
            own, ahead = ahead[1], next(changes, None)
            own = changes_before_cuts(own, cuts) if cuts else own
        yield number, {
            "at": at, "coder": coder, "by": by, "kind": kind, "target": names.get(target, ""),
            "label": label, "knows": versions[codebook], "revision": versions[revision or 0],
            "came_by": came_by, "changes": own, "exposures": exposures.get(number, []),
            "journal": journal.get(number, []),
        }  # fmt: skip


class _VersionNames(dict[int, str]):
    """The names of versions by their numbers here; of none, nothing."""

    def __init__(self, database: Database) -> None:
        super().__init__({0: ""})
        self._database = database

    def __missing__(self, number: int) -> str:
        self[number] = version_name(self._database, number)
        return self[number]


def _by_step(rows: Iterator[Sequence[Any]]) -> Iterator[tuple[int, list[Any]]]:
    for step, of_step in groupby(rows, key=itemgetter(0)):
        yield step, [list(row[1:]) for row in of_step]


def _grouped(rows: Iterable[Sequence[Any]]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for step, *cells in rows:
        grouped.setdefault(step, []).append(cells)
    return grouped


def _journal_of(
    database: Database, listed: str, names: Mapping[int, str], versions: _VersionNames
) -> dict[int, list[Any]]:
    rows = database.rows(_JOURNAL, (listed,))
    replaced = {replaces for *_, replaces in rows if replaces is not None}
    places = (
        {number: f"{names.get(step, '')}/{place}" for number, step, place in database.rows(_ENTRIES)}
        if replaced
        else {}
    )
    grouped: dict[int, list[Any]] = {}
    for step, _, subject, subject_id, text, replaces in rows:
        about = subject_id
        if subject == "decision" and subject_id.isdecimal():
            about = versions[int(subject_id)]
        grouped.setdefault(step, []).append([subject, about, text, places.get(replaces, "")])
    return grouped


STEPS_OF = "steps"
"""Under this an event of the team names the steps made with it."""
EVENT_OF = "merge"
"""Under this an event names the one that it takes back."""


def _event(database: Database, number: int) -> Content:
    at, by, kind, content = database.row(
        "SELECT at, by, kind, content FROM team_event WHERE number = ?", (number,)
    )
    return {"at": at, "by": by, "kind": kind, "content": portable_event(database, kind, json.loads(content))}


def portable_event(database: Database, kind: str, content: Content) -> Content:
    """Return what an event says with names of acts in the place of numbers; those it has stay."""
    portable = dict(content)
    if kind in {"merged", "parted"}:
        steps, events = names_of(database, "step"), names_of(database, "event")
        if STEPS_OF in portable:
            portable[STEPS_OF] = [steps.get(step, step) for step in portable[STEPS_OF]]
        if EVENT_OF in portable:
            portable[EVENT_OF] = events.get(portable[EVENT_OF], portable[EVENT_OF])
    return portable
