"""People who turn out to be one, and who turn out not to be after all.

What it does to codings is a step of each of the two in the log. They belong together, as the list of what was
done to the team says: a coder's undo takes back neither, `part` takes back both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Aspect, Change, Origin, WordsBy
from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.near_names import fold_name
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.store import codebook_versions, log
from coder.store.database import refuse_changes, rehearsal
from coder.store.steps.reversing import reverse
from coder.store.team.round_rows import write_rounds
from coder.store.team.team_rows import note_event, put_person, standing_merges, steps_of_event, team
from coder.workflows.study.codebook_file import codebook_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.codings import Step
    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.store.team.team_rows import TeamEvent
    from coder.workflows.study.study import Study


_ANSWERS_NAMED = 10
_PEOPLE_NAMED = 5
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


class PeopleParted(NamedTuple):
    """What became of the codings of two people who had been taken for one."""

    source: Person
    target: Person
    returned: int
    """Codings that are the source's again."""
    given_up: int
    """How many of them are the target's no longer."""


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
    source = _exactly(people.people, source_name) or people.meant(source_name)
    target = _exactly(people.people, target_name) or people.meant(target_name)
    if source.id == target.id:
        msg = f"'{source_name}' and '{target_name}' are both {target.name}."
        raise CoderError(msg, "See: coder team list")
    return _move(study.database, source, target)


def _exactly(people: Iterable[Person], name: str) -> Person | None:
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
        if standing is None:
            taken += [change_of(response, key, None, content) for key, content in contents.items()]
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
    return PeopleMerge(source, target, moved, shared, tuple(_ids(database, differing))), steps


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


def _ids(database: Database, responses: Iterable[int]) -> Iterator[str]:
    for number in responses:
        yield database.value("SELECT id FROM response WHERE number = ?", (number,))


def part(study: Study, name: str, by: str) -> PeopleParted:
    """Take back that two people are one: each has the codings again that they had before that.

    Args:
        study: The study.
        name: What the one is called who turned out to be the other.
        by: The id of who does it.

    Raises:
        CoderError: Nobody of that name turned out to be another, a later merge or a revision of the
            codebook stands on it, or somebody has changed since what it made theirs.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        database = study.database
        merge_event = _merge_to_take_back(database, name)
        everybody = {person.id: person for person in team(database).everybody}
        source = everybody[merge_event.content["id"]]._replace(merged_into="")
        target = everybody[merge_event.content["into"]]
        numbers = steps_of_event(merge_event)
        if not all(isinstance(number, int) for number in numbers):
            # A pack leaves out what others coded: there such a step is a name alone.
            msg = "What the merge did to codings is not in this copy of the study."
            raise CoderError(msg, "Take it back in the copy of whoever leads the team, and receive that.")
        steps = [log.step(database, number) for number in numbers]
        changes = {step.coder_id: log.changes_of(database, step.number) for step in steps}
        _refuse_changed_since(database, target, changes.get(target.id, ()))
        _refuse_revised_since(study, steps, changes.get(source.id, ()))
        put_person(database, source)
        for step in reversed(steps):
            reverse(database, step)
        note_event(
            database, log.utc_now(), by, "parted",
            {"id": source.id, "name": source.name, "into": target.id, "into_name": target.name,
             "merge": merge_event.number},
        )  # fmt: skip
        write_rounds(database)
    returned, given_up = (
        sum(change.aspect == "theme" for change in changes.get(person.id, ())) for person in (source, target)
    )
    return PeopleParted(source, target, returned, given_up)


def _merge_to_take_back(database: Database, name: str) -> TeamEvent:
    """Return the merge of somebody of a name into another; raise CoderError if it cannot be taken back."""
    people = team(database)
    source = _merged_person([person for person in people.everybody if person.merged_into], name)
    standing = standing_merges(database)
    merge_event = [event for event in standing if event.content["id"] == source.id][-1]
    concerned = {source.id, source.merged_into}
    later = [
        event
        for event in standing
        if event.number > merge_event.number and concerned & {event.content["id"], event.content["into"]}
    ]
    if later:
        later_name = later[-1].content["name"]
        msg = f"{later_name} was made one with {later[-1].content['into_name']} after that."
        raise CoderError(msg, f"Take that back first: coder team part {quoted(later_name)}")
    if _exactly(people.people, source.name):
        msg = f"Another person of the team is called '{source.name}' by now."
        raise CoderError(msg, f"Give them another name first: coder team rename {quoted(source.name)} NEW")
    return merge_event


def _merged_person(merged: Sequence[Person], name: str) -> Person:
    """Return whom a name means among those who turned out to be another."""
    exactly = _exactly(merged, name)
    namesakes = [exactly] if exactly else [person for person in merged if person.is_called(fold_name(name))]
    if len(namesakes) == 1:
        return namesakes[0]
    names = listed_few([f"'{person.name}'" for person in namesakes or merged], _PEOPLE_NAMED)
    if namesakes:
        msg = f"'{name}' may be any of several who turned out to be others: {names}."
        raise CoderError(msg, "Give the name as it is written there.")
    msg = f"Nobody called '{name}' has turned out to be another."
    raise CoderError(msg, f"Who did: {names}." if merged else "See: coder team list --history")


def _refuse_changed_since(database: Database, target: Person, taken: Iterable[Change]) -> None:
    """Raise CoderError if what a merge has made somebody's does not stand as it was, or not alone."""
    standing = standing_of(database, target.id)
    made = {(change.response, change.aspect, change.theme_id): change.new for change in taken}
    wholly_taken = {response for response, aspect, _ in made if aspect != "memo"}
    stands = {
        (response, *key): content.logged
        for response in {response for response, *_ in made}
        for key, content in standing.get(response, {}).items()
        if response in wholly_taken or (response, *key) in made
    }
    keys = sorted(key for key in made.keys() | stands.keys() if made.get(key) != stands.get(key))
    if keys:
        responses = list(dict.fromkeys(response for response, *_ in keys))
        msg = f"{target.name} has changed since what became theirs, on {counted(len(responses), 'answer')}:"
        msg += f" {listed_few([*_ids(database, responses)], _ANSWERS_NAMED)}."
        them = agreeing(len(responses), "it", "them")
        raise CoderError(msg, f"Nothing is taken back. Code {them} as the merge left {them}, then try again.")


def _refuse_revised_since(study: Study, steps: Iterable[Step], given: Iterable[Change]) -> None:
    """Raise CoderError if a theme that somebody gets back is not the theme that it was at the merge."""
    database = study.database
    numbers = [log.version_of_step(database, step.number) for step in steps]
    version = codebook_versions.version(database, numbers[0]) if numbers else None
    if version is None:
        return
    codebook = codebook_now(study)
    theme_ids = dict.fromkeys(change.theme_id for change in given if change.aspect == "theme")
    revised = [
        version.codebook.label(theme_id)
        for theme_id in theme_ids
        if version.codebook.by_id.get(theme_id) != codebook.by_id.get(theme_id)
    ]
    if revised:
        labels = listed_few([f"'{label}'" for label in revised], _THEMES_NAMED)
        msg = f"The codebook was revised since the merge: {labels}."
        raise CoderError(msg, "Take that back first: coder codebook undo (coder codebook history lists it).")


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


def parted_text(parted: PeopleParted) -> str:
    """Return what parting two people has done, in words."""
    source, target = parted.source.name, parted.target.name
    return (
        f"{source} and {target} are two people again: {counted(parted.returned, 'coding')} of {source} are"
        f" back, {parted.given_up:,} of them {target}'s no longer."
    )
