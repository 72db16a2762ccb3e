"""People who turn out to be one; `people_parting` takes it back.

What it does to codings is a step of each of the two in the log. They belong together, as the list of what was
done to the team says: a coder's undo takes back neither, parting the two takes back both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Aspect, Change, Origin, WordsBy
from coder.domain.grammar import counted, listed_few
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.store import log
from coder.store.database import refuse_changes, rehearsal
from coder.store.team.round_rows import write_rounds
from coder.store.team.team_rows import (
    note_event,
    put_person,
    team,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.workflows.study.study import Study


_ANSWERS_NAMED = 10
_PEOPLE_NAMED = 5
_THEMES_NAMED = 3


class PeopleMerge(NamedTuple):
    """What became of the codings of somebody who turned out to be another."""

    source: Person
    target: Person
    moved: int
    """Codings that are the target's now."""
    shared: int
    """Codings that both had."""
    differing: tuple[str, ...]
    """Ids of answers on which they had chosen otherwise: the target's choice stands."""


def merge(study: Study, source_name: str, target_name: str, by: str) -> PeopleMerge:
    """Make two people one: what the first has coded is the second's, and the first name means them.

    Where both have coded or confirmed an answer and chose otherwise, the second's choice stands.

    Raises:
        CoderError: One of them is nobody of the team, or they are one already.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        merged, steps = _merged(study, source_name, target_name)
        source, target = merged.source, merged.target
        put_person(study.database, source._replace(merged_into=target.id))
        note_event(
            study.database, log.utc_now(), by, "merged",
            {
                "id": source.id, "name": source.name, "into": target.id, "into_name": target.name,
                "steps": steps,
            },
        )  # fmt: skip
        write_rounds(study.database)
    return merged


def rehearse_merge(study: Study, source_name: str, target_name: str) -> PeopleMerge:
    """Work out what making two people one would do; nothing is changed. It raises what `merge` does."""
    refuse_changes(study.database)
    with rehearsal(study.database):
        return _merged(study, source_name, target_name)[0]


def _merged(study: Study, source_name: str, target_name: str) -> tuple[PeopleMerge, list[int]]:
    people = team(study.database)
    source = person_exactly_called(people.people, source_name) or people.meant(source_name)
    target = person_exactly_called(people.people, target_name) or people.meant(target_name)
    if source.id == target.id:
        msg = f"'{source_name}' and '{target_name}' are both {target.name}."
        raise CoderError(msg, "See: coder team list")
    return _move(study.database, source, target)


def person_exactly_called(people: Iterable[Person], name: str) -> Person | None:
    """Return the one person of this very name: people whose names are alike are merged by it."""
    namesakes = [person for person in people if person.name == name]
    return namesakes[0] if len(namesakes) == 1 else None


def _move(database: Database, source: Person, target: Person) -> tuple[PeopleMerge, list[int]]:
    """Make what stands of one person another's: a step of each, in the transaction of the caller.

    Returns:
        What it comes to, and the numbers of the steps.
    """
    own = standing_of(database, source.id)
    theirs = standing_of(database, target.id)
    taken: list[Change] = []
    shared, differing = 0, []
    for response, contents in own.items():
        standing = theirs.get(response)
        if standing is None or all(aspect == "memo" for aspect, _ in standing):
            decided = {key: content for key, content in contents.items() if key[0] != "memo"}
            taken += [change_of(response, key, None, content) for key, content in decided.items()]
            taken += _memos_joined(response, contents, {**(standing or {}), **decided})
            continue
        taken += _memos_joined(response, contents, standing)
        both = {key for key in contents if key[0] == "theme" and key in standing}
        shared += len(both)
        if {key for key in contents if key[0] != "memo"} != {key for key in standing if key[0] != "memo"}:
            differing.append(response)
    gone = [
        change_of(response, key, content, None)
        for response, contents in own.items()
        for key, content in contents.items()
    ]
    steps = [
        log.append(database, person.id, f"codings {where}, who is the same person", changes)
        for person, where, changes in (
            (source, f"go to {target.name}", gone),
            (target, f"of {source.name}", taken),
        )
        if changes
    ]
    moved = sum(change.aspect == "theme" for change in taken)
    return PeopleMerge(source, target, moved, shared, tuple(answer_ids(database, differing))), steps


_Key = tuple[Aspect, str]
"""An aspect and a theme."""


class _Content(NamedTuple):
    """What stands, as the log writes it; of a coding how it came about, and who picked its words."""

    logged: str
    origin: Origin = "hand"
    words_by: WordsBy = ""


def standing_of(database: Database, coder_id: str) -> dict[int, dict[_Key, _Content]]:
    """Return what stands of a person's: by answer, by aspect and theme."""
    standing: dict[int, dict[_Key, _Content]] = {}
    rows = database.rows(
        """SELECT response, 'theme', theme, spans, origin, words_by FROM coding WHERE coder = :coder
        UNION ALL SELECT response, aspect, theme, value, 'hand', '' FROM mark WHERE coder = :coder
        ORDER BY 1, 2, 3""",
        {"coder": coder_id},
    )
    for response, aspect, theme, *content in rows:
        standing.setdefault(response, {})[aspect, theme] = _Content(*content)
    return standing


def _memos_joined(
    response: int, contents: Mapping[_Key, _Content], standing: Mapping[_Key, _Content]
) -> list[Change]:
    """Return the changes by which memos on an answer that both have decided about are kept.

    One on a theme that the target has not chosen there becomes one on the answer.
    """
    memos = {key: content.logged for key, content in standing.items() if key[0] == "memo"}
    for (aspect, theme_id), content in contents.items():
        if aspect == "memo":
            key: _Key = ("memo", theme_id if ("theme", theme_id) in standing else "")
            if content.logged not in memos.get(key, "").split("\n"):
                memos[key] = "\n".join(filter(None, (memos.get(key), content.logged)))
    return [
        change_of(response, key, standing.get(key), _Content(memo))
        for key, memo in memos.items()
        if key not in standing or standing[key].logged != memo
    ]


def change_of(response: int, key: _Key, old: _Content | None, new: _Content | None) -> Change:
    """Return the change of something on an answer from what stood there to what is to."""
    aspect, theme_id = key
    content = new or old or _Content("")
    return Change(
        response,
        aspect,
        old.logged if old else None,
        new.logged if new else None,
        theme_id,
        content.origin,
        words_by=content.words_by if new else "",
    )


def answer_ids(database: Database, responses: Iterable[int]) -> Iterator[str]:
    """Yield the ids of some answers."""
    for number in responses:
        yield database.value("SELECT id FROM response WHERE number = ?", (number,))


def merge_text(merged: PeopleMerge) -> str:
    """Return what a merge of two people does, in words."""
    source, target = merged.source.name, merged.target.name
    shared = f"; {merged.shared:,} that both have stay {target}'s" if merged.shared else ""
    lines = [
        f"{source} is {target}: {counted(merged.moved, 'coding')} of {source} become {target}'s{shared}."
    ]
    if merged.differing:
        lines.append(
            f"On {counted(len(merged.differing), 'answer')} the two differ, and what {target} chose stands:"
            f" {listed_few(merged.differing, _ANSWERS_NAMED)}."
        )
    lines.append(
        f"Until {target} changes what becomes theirs, all of it is taken back by:"
        f" coder team part {quoted(source)}"
    )
    return "\n".join(lines)
