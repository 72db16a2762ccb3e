"""What came with a bundle, and what came of it: read from the study once it is taken in."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.logged_steps import GIVEN, OWN_STANDS, TAKEN
from coder.errors import CoderError
from coder.formats.study.study_file import settings_of
from coder.store.team.copies.stored_versions import stored_versions
from coder.store.team.decision_rows import rival_decisions
from coder.store.team.round_rows import person_in_layer
from coder.store.team.team_rows import events, rival_people, team
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.study import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.copies.bundles import BundleHead
    from coder.domain.copies.joined_themes import Clash
    from coder.domain.copies.received_acts import ReceivedAct
    from coder.domain.team.team_people import Person, RivalMerges
    from coder.store.database import Database
    from coder.workflows.study.study import Study
    from coder.workflows.team.copies.words_first import WordsGone

_WORKED_HERE_ALONE = """SELECT EXISTS (SELECT 1 FROM main.step s
    JOIN act a ON a.kind = 'step' AND a.local = s.number
    WHERE s.coder = :coder AND a.writer NOT IN (SELECT value FROM json_each(:writers)))"""
_CARRIED = """SELECT COUNT(*) FROM main.change WHERE step IN (SELECT l.step FROM late_step l
    JOIN main.step s ON s.number = l.step WHERE s.revision IS NOT NULL)"""
# What somebody is given stands behind what is taken from the other, at the same place.
_MOVED = """SELECT s.coder, COALESCE(t.coder, ''), COUNT(*) FROM late_step l
    JOIN main.step s ON s.number = l.step JOIN main.change c ON c.step = s.number
    LEFT JOIN late_step f ON f.step = l.step + 1
        AND (f.clock, f.writer, f.number) = (l.clock, l.writer, l.number)
    LEFT JOIN main.step t ON t.number = f.step AND t.label = :taken
    WHERE s.label = :given AND c.aspect = 'theme' AND c.after IS NULL GROUP BY 1, 2"""
_OVERRULED = """SELECT DISTINCT s.coder, r.id FROM late_step l JOIN main.step s ON s.number = l.step
    JOIN main.change c ON c.step = s.number JOIN response r ON r.number = c.response
    WHERE s.label = ? AND c.aspect <> 'memo'"""


class FromPerson(NamedTuple):
    """What came of one person."""

    steps: int
    codings: int
    """Themes put on answers, or taken off."""
    answers: int


class MovedBetween(NamedTuple):
    """Between whom codings moved that were made for somebody who turned out to be another."""

    source: str
    """The name of that somebody."""
    target: str
    are_parted: bool
    """Whether it was taken back since that they are one: what has moved stays."""


class Receipt(NamedTuple):
    """What a bundle brought."""

    made_by: str
    people: dict[str, FromPerson]
    """By name; of what was settled, or done for another, by whom as well: `settled, by jo`."""
    versions: int
    """Of the codebook."""
    events: int
    """Of the team."""
    new_answers: int
    carried: int
    """Codings that were made without knowing a revision, and were carried or put before their coder."""
    moved: Mapping[MovedBetween, int]
    """Codings made for somebody who turned out to be another, by between whom they moved."""
    overruled: Mapping[str, Sequence[str]]
    """Names of people who had decided on answers without knowing that another is them, with the ids of these:
    what they decided stands."""
    clashes: Sequence[Clash]
    """What of the codebook waits for a decision."""
    settled_differently: int
    """Answers that people settled differently, without knowing of each other, and that are open again."""
    alike: Sequence[tuple[Person, Person]]
    """People of one name."""
    rivals: Sequence[RivalMerges]
    """People who were made one with different others."""
    both_worked: Sequence[str]
    """Names of people who worked in both copies, and whose ids are from before these were drawn at random."""
    codebook_changes: bool
    other_settings: bool
    """Whether the copies count otherwise: their study.toml differ."""
    places: int = 0
    """Places in answers on which others decided whether they give somebody away."""
    redacted: int = 0
    """Answers that words were taken out of here too."""
    withdrawn: int = 0
    """Respondents who withdrew, and are gone here too."""
    unaware: Sequence[str] = ()
    """Where notes stand of copies that do not know all that was taken out here, in words."""
    unfinished: str = ""
    """What is still to be cleaned after words left this copy; empty if nothing is."""

    @property
    def is_empty(self) -> bool:
        """Whether all of it was known."""
        brought = self.people or self.versions or self.events or self.new_answers
        return not (brought or self.redacted or self.withdrawn)


class StoodBefore(NamedTuple):
    """What stood in a study before something was taken in: against it is told what that has changed."""

    codebook: bytes
    """The hash of the version in use."""
    carried: int
    moved: Mapping[MovedBetween, int]
    overruled: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, study: Study) -> StoodBefore:
        """Read it."""
        database = study.database
        carried: int = database.value(_CARRIED)
        return cls(in_use(study).hash, carried, _moved(database), _overruled(database))


def receipt_of(
    study: Study,
    head: BundleHead,
    fresh: Sequence[ReceivedAct],
    gone: WordsGone,
    before: StoodBefore,
    new_answers: int,
) -> Receipt:
    """Return what a bundle brought, once it is taken in; what only the copy before it tells is still empty.

    Args:
        study: The copy that took it in.
        head: What the bundle says of itself.
        fresh: The acts that the copy lacked.
        gone: What left the copy by it.
        before: What stood before.
        new_answers: How many answers came.
    """
    database = study.database
    version = in_use(study)
    people: dict[str, list[str]] = defaultdict(list)
    for name, response_id in sorted(_overruled(database) - before.overruled):
        people[name].append(response_id)
    return Receipt(
        head.by,
        _by_person(database, fresh),
        sum(act.kind == "version" for act in fresh),
        sum(act.kind == "event" for act in fresh),
        new_answers,
        max(0, database.value(_CARRIED) - before.carried),
        +Counter(_moved(database)) - Counter(before.moved),
        dict(people),
        stored_versions(database).graph.clashes(),
        len(rival_decisions(database, version.codebook)),
        team(database).alike(),
        rival_people(database),
        (),
        version.hash != before.codebook,
        _counts_otherwise(study, head),
        redacted=gone.redacted,
        withdrawn=gone.withdrawn,
    )


def both_worked(database: Database, head: BundleHead, fresh: Sequence[ReceivedAct]) -> list[str]:
    """Return who did something in each copy that the other lacks, of those whose id is a mere name.

    Call it before it is taken in.
    """
    people = team(database)
    coders = {act.content["coder"] for act in fresh if act.kind == "step" and act.content is not None}
    return [
        person.name
        for coder in sorted(coders)
        if (person := people.by_id(coder)) and coder == person.name
        if database.value(_WORKED_HERE_ALONE, {"coder": coder, "writers": json.dumps(list(head.chains))})
    ]


def _by_person(database: Database, fresh: Sequence[ReceivedAct]) -> dict[str, FromPerson]:
    steps, codings = Counter[str](), Counter[str]()
    answers: dict[str, set[str]] = defaultdict(set)
    people = team(database)
    for act in fresh:
        if act.kind == "step" and act.content is not None:
            person_id = person_in_layer(database, act.content["coder"])
            name = people.name_of(person_id or act.content["coder"]).strip()
            name += ", set apart" if person_id else ""
            name += f", by {people.name_of(act.content['by'])}" if act.content["by"] else ""
            steps[name] += 1
            codings[name] += sum(row[1] == "theme" for row in act.content["changes"])
            answers[name] |= {row[0] for row in act.content["changes"]}
    return {name: FromPerson(steps[name], codings[name], len(answers[name])) for name in sorted(steps)}


def _moved(database: Database) -> dict[MovedBetween, int]:
    """Count the codings that went from people to those who they turned out to be."""
    people = team(database)
    own = {person.id: person for person in people.everybody}
    # Where the other had decided about all of it, nothing was given to them.
    into = {event.content["id"]: event.content["into"] for event in events(database, "merged")}
    moved = Counter[MovedBetween]()
    for source, target, times in database.rows(_MOVED, {"given": GIVEN, "taken": TAKEN}):
        person = own.get(source)
        between = MovedBetween(
            person.name if person else source,
            people.name_of(target or into.get(source, source)),
            are_parted=person is not None and not person.merged_into,
        )
        moved[between] += times
    return moved


def _overruled(database: Database) -> frozenset[tuple[str, str]]:
    """Return who kept what they had decided on which answers, where a merge had given them other things."""
    people = team(database)
    rows = database.rows(_OVERRULED, (OWN_STANDS,))
    return frozenset((people.name_of(coder_id), response_id) for coder_id, response_id in rows)


def _counts_otherwise(study: Study, head: BundleHead) -> bool:
    """Tell whether another copy's study.toml says otherwise what counts as an answer."""
    try:
        theirs = settings_of(study.folder / SETTINGS_FILE, head.settings)
    except CoderError:
        return False
    return theirs.non_responses != study.settings.non_responses
