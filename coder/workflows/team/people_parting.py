"""People who turn out not to be one after all: a merge of two people taken back as a whole.

What came in for the one where the merge was not known stays with the other; which that is, is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.logged_steps import GIVEN
from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.near_names import fold_name
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.store import codebook_versions, log
from coder.store.privacy.withdrawals import withdrawn_answers
from coder.store.steps.reversing import reverse
from coder.store.team.copies.act_rows import is_known_act
from coder.store.team.round_rows import write_rounds
from coder.store.team.team_rows import (
    note_event,
    put_person,
    rival_people,
    standing_merges,
    steps_of_event,
    team,
)
from coder.workflows.study.codebook_file import codebook_now
from coder.workflows.team.people_merging import answer_ids, person_exactly_called, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.codings import Change, Step
    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.store.team.team_rows import TeamEvent
    from coder.workflows.study.study import Study


_ANSWERS_NAMED = 10
_PEOPLE_NAMED = 5
_THEMES_NAMED = 3


class CameLate(NamedTuple):
    """Codings made for somebody in copies that did not know that they were another, and what became of them.

    They are the other's since, or in the log alone, and stay so.
    """

    codings: int
    staying: tuple[str, ...]
    """Ids of answers on which they stand as the other's."""
    overruled: tuple[str, ...]
    """Ids of those that the other had decided about, or has changed since."""


class PeopleParted(NamedTuple):
    """What became of the codings of two people who had been taken for one."""

    source: Person
    target: Person
    returned: int
    """Codings that are the source's again."""
    given_up: int
    """How many of them are the target's no longer."""
    late: CameLate
    """What was made for the source where it was not known that they were one."""
    other_names: tuple[str, ...]
    """The names of others whom the source was made one with elsewhere, which does not hold either."""


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
        late = came_late(database, merge_event)
        others = next((r.targets[:-1] for r in rival_people(database) if r.source_id == source.id), ())
        _refuse_missing_steps(database, merge_event)
        steps = [log.step(database, number) for number in steps_of_event(merge_event)]
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
    return PeopleParted(source, target, returned, given_up, late, others)


_LATE = """SELECT c.response, c.theme FROM act e
    JOIN late_step l ON (l.clock, l.writer, l.number) >= (e.clock, e.writer, e.number)
    JOIN main.step s ON s.number = l.step JOIN main.change c ON c.step = s.number
    WHERE e.kind = 'event' AND e.local = ? AND s.coder = ? AND s.label = ?
        AND c.aspect = 'theme' AND c.after IS NULL"""


def came_late(database: Database, merge_event: TeamEvent) -> CameLate:
    """Return what came in for somebody, as another's, since it was said that the two are one."""
    source_id, target_id = merge_event.content["id"], merge_event.content["into"]
    made = set(database.rows(_LATE, (merge_event.number, source_id, GIVEN)))
    standing = standing_of(database, target_id)
    stays = {response for response, theme_id in made if ("theme", theme_id) in standing.get(response, {})}
    return CameLate(
        len(made),
        tuple(answer_ids(database, sorted(stays))),
        tuple(answer_ids(database, sorted({response for response, _ in made} - stays))),
    )


def _refuse_missing_steps(database: Database, merge_event: TeamEvent) -> None:
    """Raise CoderError if what a merge did to codings is not here, but for what withdrew with its respondent.

    A pack leaves out what others coded: there such a step is a name alone.
    """
    missing = [name for name in merge_event.content.get("steps", ()) if not isinstance(name, int)]
    if missing and not (withdrawn_answers(database) and all(is_known_act(database, n) for n in missing)):
        msg = "What the merge did to codings is not in this copy of the study."
        raise CoderError(msg, "Take it back in the copy of whoever leads the team, and receive that.")


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
    if person_exactly_called(people.people, source.name):
        msg = f"Another person of the team is called '{source.name}' by now."
        raise CoderError(msg, f"Give them another name first: coder team rename {quoted(source.name)} NEW")
    return merge_event


def _merged_person(merged: Sequence[Person], name: str) -> Person:
    """Return whom a name means among those who turned out to be another."""
    exactly = person_exactly_called(merged, name)
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
        if (response in wholly_taken and key[0] != "memo") or (response, *key) in made
    }
    keys = sorted(key for key in made.keys() | stands.keys() if made.get(key) != stands.get(key))
    if keys:
        responses = list(dict.fromkeys(response for response, *_ in keys))
        msg = f"{target.name} has changed since what became theirs, on {counted(len(responses), 'answer')}:"
        msg += f" {listed_few([*answer_ids(database, responses)], _ANSWERS_NAMED)}."
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


def parted_text(parted: PeopleParted) -> str:
    """Return what parting two people has done, in words."""
    source, target = parted.source.name, parted.target.name
    lines = [
        f"{source} and {target} are two people again: {counted(parted.returned, 'coding')} of {source}"
        f" {agreeing(parted.returned, 'is', 'are')} back, {parted.given_up:,} of them {target}'s no longer."
    ]
    lines += _late_lines(parted)
    for name in parted.other_names:
        lines.append(
            f"Elsewhere {source} was made one with {name}, which does not hold either. If it is so:"
            f" coder team merge {quoted(source)} {quoted(name)}"
        )
    return "\n".join(lines)


def _late_lines(parted: PeopleParted) -> Iterator[str]:
    """Yield what does not go back, as it was made where the merge was not known."""
    source, target, late = parted.source.name, parted.target.name, parted.late
    if late.staying or late.overruled:
        yield (
            f"{counted(late.codings, 'coding')} made elsewhere for {source} came in while the two were one,"
            f" and {agreeing(late.codings, 'goes', 'go')} not back:"
        )
    if late.staying:
        yield f"  {target}'s they are, and stay, on {listed_few(late.staying, _ANSWERS_NAMED)}."
    if late.overruled:
        yield (
            f"  What {target} decided stands, and they are in the log alone, on"
            f" {listed_few(late.overruled, _ANSWERS_NAMED)}."
        )
    if late.staying or late.overruled:
        yield f"  To have them as {source}'s, code them anew: coder code --coder {quoted(source)}"
