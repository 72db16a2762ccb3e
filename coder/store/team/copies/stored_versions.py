"""The versions of the codebook as a graph, and their numbers in the order that every copy gives them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codebook import Codebook
from coder.domain.copies.version_graph import Derived, MadeVersion, VersionGraph
from coder.domain.revising.revisions import read_carried
from coder.store.codebook_versions import (
    codebook_from_json,
    codebook_to_json,
    source_hash,
    version_name,
)
from coder.store.row_hashes import VERSION_COLUMNS, row_hash_of
from coder.store.team.copies.act_rows import places_of
from coder.store.team.copies.version_contents import version_content

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

SourceEditing = Callable[[str, Codebook], str]
"""Returns the text of codebook.yaml, edited to say a codebook."""
_MERGED = "codebooks of several copies joined"
_DECIDED = "decided"


def made_version(place: ActPlace, content: Content) -> MadeVersion:
    """Return a version of which an act tells."""
    return MadeVersion(
        str(place.name),
        next(iter(content["parents"]), ""),
        place,
        codebook_from_json(json.dumps(content["themes"])),
        read_carried(content["carried"]),
        content["undoes"],
        frozenset((str(theme_id), str(name)) for theme_id, name in content["carried"].get(_DECIDED, ())),
    )


def stored_derived(database: Database) -> dict[str, Derived]:
    """Return the versions that the program worked out, by name."""
    rows = database.rows("SELECT derived, parents, carried FROM codebook_version WHERE derived <> ''")
    return {
        name: Derived(frozenset(json.loads(parents)), frozenset(json.loads(carried).get("kept", ())))
        for name, parents, carried in rows
    }


class StoredVersions(NamedTuple):
    """The versions of a study, as acts and as a graph."""

    acts: Mapping[ActPlace, Content]
    derived: Mapping[str, Derived]
    graph: VersionGraph


def stored_versions(
    database: Database,
    further: Mapping[ActPlace, Content] | None = None,
    further_derived: Iterable[Derived] = (),
) -> StoredVersions:
    """Return all versions of a study, and further ones that are to be taken in."""
    places = places_of(database, "version")
    acts = {places[local]: version_content(database, local) for local in sorted(places)}
    acts |= further or {}
    derived = stored_derived(database) | {version.name: version for version in further_derived}
    made = [made_version(place, content) for place, content in acts.items()]
    return StoredVersions(acts, derived, VersionGraph(made, derived.values()))


def _in_order(versions: StoredVersions, names: Iterable[str]) -> list[tuple[str, ActPlace]]:
    """Return the names of versions in their order, each with its place: its own, or its last parent's."""
    place_of = {str(place.name): place for place in versions.acts}
    order: list[tuple[tuple[Any, ...], str]] = [((place, 0), str(place.name)) for place in versions.acts]
    for name in names:
        version = versions.derived[name]
        last = max(place_of[parent] for parent in version.parents)
        # What knows more comes later: so the one in use is the last of all.
        order.append(((last, 1, versions.graph.knowledge(name), len(version.kept), name), name))
    order.sort()
    return [(name, key[0]) for key, name in order]


def first_moved(database: Database, versions: StoredVersions, names: Iterable[str]) -> ActPlace | None:
    """Return the place from which on versions have other numbers once these are written; None: none has."""
    stored = {number: name for name, number in numbers_by_name(database).items()}
    for number, (name, place) in enumerate(_in_order(versions, names), start=1):
        if stored.get(number) != name:
            return place
    return None


def write_versions(
    database: Database, versions: StoredVersions, names: Collection[str], write: SourceEditing
) -> None:
    """Write the versions that people made, and some of those worked out, numbered in their order.

    Args:
        database: The study's, in a transaction in which references are looked at last.
        versions: All versions.
        names: The names of those worked out that are to stay.
        write: Returns the text of codebook.yaml for one of these.
    """
    graph = versions.graph
    place_of = {str(place.name): place for place in versions.acts}
    ordered = _in_order(versions, names)
    numbers = {name: number for number, (name, _) in enumerate(ordered, start=1)}
    sources: dict[str, str] = {}
    rows = []
    for name, number in numbers.items():
        if name in place_of:
            content = versions.acts[place_of[name]]
            undoes = numbers[content["undoes"]] if content["undoes"] else None
            carried, parents_cell = json.dumps(content["carried"]), json.dumps(content["parents"])
            cells = (
                number, content["at"], content["coder"], content["source"],
                json.dumps(content["themes"], ensure_ascii=False), content["label"], content["reason"],
                carried, undoes,
            )  # fmt: skip
            derived = ""
        else:
            version = versions.derived[name]
            codebook = graph.codebook_of(version)
            latest = max(version.parents, key=place_of.__getitem__)
            content = versions.acts[place_of[latest]]
            carried = json.dumps({"kept": sorted(version.kept)} if version.kept else {})
            cells = (
                number, content["at"], "", write(sources[latest], codebook), codebook_to_json(codebook),
                _MERGED, "", carried, None,
            )  # fmt: skip
            derived, parents_cell = name, json.dumps(sorted(version.parents))
        sources[name] = cells[3]
        hashed = (*cells[:3], source_hash(cells[3]), *cells[3:])
        rows.append((*hashed, row_hash_of(*hashed, parents_cell, derived), parents_cell, derived))
    _replace(database, rows)
    _note_undone(database)
    for name, place in place_of.items():
        database.execute(
            "UPDATE act SET local = ? WHERE writer = ? AND number = ?",
            (numbers[name], place.writer, place.number),
        )


def _replace(database: Database, rows: list[tuple[Any, ...]]) -> None:
    """Write the rows of versions that are not as they are to be."""
    columns = f"{VERSION_COLUMNS}, row_hash, parents, derived"
    stored = {row[0]: tuple(row) for row in database.rows(f"SELECT {columns} FROM codebook_version")}
    others = [row for row in rows if stored.get(row[0]) != row]
    database.execute_many("DELETE FROM codebook_version WHERE number = ?", [(row[0],) for row in others])
    database.execute("DELETE FROM codebook_version WHERE number > ?", (len(rows),))
    marks = ", ".join("?" * len(columns.split(",")))
    database.execute_many(f"INSERT INTO codebook_version ({columns}) VALUES ({marks})", others)


def _note_undone(database: Database) -> None:
    """Note of all versions which are taken back, as it was noted one by one."""
    undone: dict[int, bool] = {}
    undoes_of: dict[int, int | None] = dict(
        database.rows("SELECT number, undoes FROM codebook_version ORDER BY number")
    )
    for number, undoes in undoes_of.items():
        undone[number] = False
        if undoes is not None:
            undone[undoes] = True
            again = undoes_of.get(undoes)
            if again is not None:
                undone[again] = False
    database.execute_many(
        "UPDATE codebook_version SET undone = ? WHERE number = ? AND undone <> ?",
        [(is_undone, number, is_undone) for number, is_undone in undone.items()],
    )


def numbers_by_name(database: Database) -> dict[str, int]:
    """Map the names of all versions to their numbers in this copy; no name is 0."""
    numbers = [number for (number,) in database.rows("SELECT number FROM codebook_version")]
    return {"": 0} | {version_name(database, number): number for number in numbers}
