"""Taking in acts of other copies: the union by name, and all that follows from it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from coder.domain.codings import Change
from coder.domain.copies.acts import ActPlace, blank_digest
from coder.domain.copies.late_carrying import revision_of
from coder.domain.copies.late_codings import LateCodings
from coder.domain.copies.logged_steps import CellContent, LateStep, LoggedStep
from coder.domain.copies.version_graph import VersionGraph
from coder.store.privacy.altered_acts import forget_salt
from coder.store.privacy.answer_cuts import answer_cuts, changes_with_cuts
from coder.store.team.copies.merged_people import people_merges, people_until
from coder.store.team.copies.placed_events import stored_events, write_events
from coder.store.team.copies.placed_log import (
    LogTail,
    note_undone,
    read_tail,
    replace_tail,
    stand_anew,
    unguarded,
)
from coder.store.team.copies.settled_before import settled_before
from coder.store.team.copies.stored_versions import (
    StoredVersions,
    first_moved,
    numbers_by_name,
    stored_derived,
    stored_versions,
    write_versions,
)
from coder.store.team.team_rows import PRIVACY_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.copies.acts import ActKind
    from coder.domain.copies.late_people import LatePeople, MergedPerson
    from coder.domain.copies.logged_steps import CodingCell
    from coder.domain.copies.received_acts import Content, ReceivedAct
    from coder.domain.copies.version_graph import Derived
    from coder.store.database import Database
    from coder.store.team.copies.stored_versions import SourceEditing


def take_in(
    database: Database, received: Sequence[ReceivedAct], derived: Iterable[Derived], write: SourceEditing
) -> None:
    """Take in acts that this copy lacks, or of which it has stubs; call it inside a transaction.

    Args:
        database: The study's.
        received: The acts. Whatever they refer to is here or among them.
        derived: The versions of the codebook that they refer to and that the program works out.
        write: Returns the text of codebook.yaml, edited to say a codebook.
    """
    fresh: dict[ActKind, dict[ActPlace, Content]] = defaultdict(dict)
    for act in received:
        if act.content is not None:
            fresh[act.kind][act.place] = act.content
    versions = stored_versions(database, fresh["version"], derived)
    referred = _referred(database, versions, fresh["step"].values())
    merged = [place for place, content in fresh["event"].items() if content["kind"] in ("merged", "parted")]
    places = [*fresh["step"], *fresh["version"], *merged]
    moved = first_moved(database, versions, referred) if places else None
    first = min([*places, moved] if moved else places, default=None)
    # Read by the numbers that versions and steps have so far.
    tail = read_tail(database, first) if first else None
    events = stored_events(database) | fresh["event"]
    of_privacy = {
        place: content for place, content in fresh["event"].items() if content["kind"] in PRIVACY_EVENTS
    }
    with unguarded(database):
        _note(database, received)
        if of_privacy:
            # Steps are written as they say of the texts: see `store.privacy.answer_cuts`.
            write_events(database, stored_events(database) | of_privacy)
        if tail and first:
            write_versions(database, versions, referred, write)
            _take_in_steps(database, fresh["step"], first, versions, tail, people_merges(events))
            _go_on_with(database, versions, write)
        if fresh["event"] or fresh["step"]:
            write_events(database, events)


def _note(database: Database, received: Sequence[ReceivedAct]) -> None:
    database.execute_many(
        """INSERT INTO act (writer, number, clock, kind, salt, digest, link, altered)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (writer, number)
        DO UPDATE SET salt = excluded.salt, altered = excluded.altered""",
        [
            (*act.place.name, act.place.clock, act.kind, act.salt, act.digest, act.link, act.altered)
            for act in received
        ],
    )
    for act in received:
        if act.digest == blank_digest(act.place.name):
            forget_salt(database, act.place.name, had_salt=False)


def _referred(database: Database, versions: StoredVersions, fresh: Iterable[Content] = ()) -> set[str]:
    """Return the names of versions worked out that a step or a version refers to."""
    names = {
        name
        for (name,) in database.rows(
            """SELECT derived FROM codebook_version v WHERE derived <> ''
            AND EXISTS (SELECT 1 FROM main.step s WHERE s.codebook = v.number)"""
        )
    }
    names |= {content["knows"] for content in fresh}
    names |= {parent for content in versions.acts.values() for parent in content["parents"]}
    return names & versions.derived.keys()


def _take_in_steps(
    database: Database,
    fresh: Mapping[ActPlace, Content],
    first: ActPlace,
    versions: StoredVersions,
    tail: LogTail,
    merges: Sequence[MergedPerson],
) -> None:
    steps = {**tail.steps, **fresh}
    people = people_until(database, merges, tail.kept, first)
    late = _late_steps(database, steps, first, versions, tail.kept, people)
    replace_tail(database, tail, steps, late, numbers_by_name(database))
    note_undone(database)
    numbers: dict[str, int] = dict(database.rows("SELECT id, number FROM response"))
    touched = {numbers[row[0]] for content in fresh.values() for row in content["changes"]}
    touched |= {change.response for step in late for change in step.changes}
    stand_anew(database, touched | tail.responses)


def _go_on_with(database: Database, versions: StoredVersions, write: SourceEditing) -> None:
    """See to it that the version in use is the latest, where the program has to work it out."""
    coded = [theme_id for (theme_id,) in database.rows("SELECT DISTINCT theme FROM main.coding")]
    names = _referred(database, versions)
    referred = {name: versions.derived[name] for name in names}
    graph = VersionGraph(versions.graph.made, referred.values())
    in_use = graph.in_use(coded)
    if not isinstance(in_use, str):
        referred[in_use.name] = in_use
    if referred.keys() != stored_derived(database).keys():
        graph = VersionGraph(graph.made, referred.values())
        everything = StoredVersions(versions.acts, referred, graph)
        write_versions(database, everything, referred.keys(), write)


def _late_steps(
    database: Database,
    steps: Mapping[ActPlace, Content],
    first: ActPlace,
    versions: StoredVersions,
    kept: int,
    people: LatePeople | None,
) -> list[LateStep]:
    graph = versions.graph
    themes = {theme for version in graph.made for theme in revision_of(version, graph).themes()}
    waits = database.value("SELECT EXISTS (SELECT 1 FROM main.change WHERE aspect = 'recode')")
    settled = settled_before(database, steps.values(), kept)
    is_revised = themes or waits or any(version.undoes for version in graph.made)
    if not is_revised and settled is None and people is None:
        return []
    numbers: dict[str, int] = dict(database.rows("SELECT id, number FROM response"))
    cuts = answer_cuts(database)
    logged = [
        LoggedStep(
            place, content["coder"], content["kind"], content["target"], content["knows"],
            content["revision"],
            [_change(numbers[row[0]], row) for row in changes_with_cuts(content["changes"], cuts)],
        )
        for place, content in sorted(steps.items())
    ]  # fmt: skip
    fold = LateCodings(
        graph,
        _standing(database, themes, kept) | (settled.standing if settled else {}),
        _carried_before(database, versions, kept),
        _late_before(database, versions, kept),
        lambda coder, response, theme: _by_hand(database, kept, coder, response, theme),
        settled.before if settled else None,
        people,
    )
    return fold.run(logged, first)


def _change(response: int, row: Sequence[Any]) -> Change:
    _, aspect, theme_id, old, new, origin, _, _, _, words_by = row
    return Change(response, aspect, old, new, theme_id, origin, words_by=words_by)


def _standing(database: Database, themes: Iterable[str], kept: int) -> dict[CodingCell, CellContent]:
    """Return what stood after a step of what revisions concern."""
    rows = database.rows(
        """WITH concerned AS (SELECT value AS theme FROM json_each(:themes) UNION
            SELECT DISTINCT theme FROM main.change WHERE aspect = 'recode')
        SELECT c.response, s.coder, c.aspect, c.theme, c.after, c.words_by
        FROM (SELECT MAX(k.number) AS number FROM main.change k JOIN main.step t ON t.number = k.step
            WHERE k.step <= :kept AND k.aspect IN ('theme', 'memo', 'recode')
            AND k.theme IN (SELECT theme FROM concerned)
            GROUP BY k.response, k.theme, k.aspect, t.coder) n
        JOIN main.change c ON c.number = n.number JOIN main.step s ON s.number = c.step
        WHERE c.after IS NOT NULL""",
        {"themes": json.dumps(sorted(themes)), "kept": kept},
    )
    return {
        (response, coder, aspect, theme): CellContent(after, words_by)
        for response, coder, aspect, theme, after, words_by in rows
    }


_BY_HAND = """SELECT CASE WHEN s.revision IS NULL THEN c.after IS NOT NULL END
    FROM main.change c JOIN main.step s ON s.number = c.step
    WHERE c.response = ? AND c.aspect = 'theme' AND c.theme = ? AND s.coder = ? AND c.step <= ?
    AND (s.revision IS NULL OR c.after IS NOT NULL)
    ORDER BY c.number DESC LIMIT 1"""


def _by_hand(database: Database, kept: int, coder_id: str, response: int, theme_id: str) -> bool | None:
    """Tell whether a coder put a theme on (True) or took it off (False) last, up to a step."""
    was_put_on = database.value(_BY_HAND, (response, theme_id, coder_id, kept))
    return None if was_put_on is None else bool(was_put_on)


# What a revision made without knowing of a coding says that nothing was there: here what was there is.
_OF_REVISIONS = """SELECT s.number, s.revision, s.coder, c.response, c.aspect, c.theme,
    CASE WHEN c.before IS NULL THEN (SELECT k.after FROM main.change k JOIN main.step t ON t.number = k.step
        WHERE k.response = c.response AND k.aspect = c.aspect AND k.theme = c.theme AND t.coder = s.coder
        AND k.number < c.number ORDER BY k.number DESC LIMIT 1) ELSE c.before END,
    c.after, c.origin, c.words_by FROM main.step s JOIN main.change c ON c.step = s.number
    WHERE s.revision IS NOT NULL AND s.number <= ? ORDER BY c.number"""


def _carried_before(
    database: Database, versions: StoredVersions, kept: int
) -> dict[tuple[str, str, int], list[Change]]:
    """Return what revisions changed before a step, by version, coder and response."""
    if not any(version.carried.merges for version in versions.graph.made):
        return {}
    names = {number: name for name, number in numbers_by_name(database).items()}
    carried: dict[tuple[str, str, int], list[Change]] = defaultdict(list)
    for _, revision, coder, response, aspect, theme, before, after, origin, words_by in database.stream(
        _OF_REVISIONS, (kept,)
    ):
        change = Change(response, aspect, before, after, theme, origin, words_by=words_by)
        carried[names[revision], coder, response].append(change)
    return carried


def _late_before(database: Database, versions: StoredVersions, kept: int) -> list[LateStep]:
    """Return the steps before one that follow from others, of revisions that were taken back."""
    undone = {version.undoes for version in versions.graph.made if version.undoes}
    if not undone:
        return []
    names = {number: name for name, number in numbers_by_name(database).items()}
    places = {
        step: ActPlace(*place)
        for step, *place in database.rows("SELECT step, clock, writer, number FROM late_step")
    }
    changes: dict[tuple[int, str, str], list[Change]] = defaultdict(list)
    for step, revision, coder, response, aspect, theme, before, after, origin, words_by in database.stream(
        _OF_REVISIONS, (kept,)
    ):
        if step in places and names[revision] in undone:
            changes[step, names[revision], coder].append(
                Change(response, aspect, before, after, theme, origin, words_by=words_by)
            )
    return [LateStep(places[step], name, coder, of_step) for (step, name, coder), of_step in changes.items()]
