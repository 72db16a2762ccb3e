"""The merges of people as taking in acts needs them, with what stood of these people before some place."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from coder.domain.codings import Change
from coder.domain.copies.acts import ActPlace
from coder.domain.copies.late_people import LatePeople, MergedPerson
from coder.domain.copies.logged_steps import LoggedStep
from coder.store.team.copies.act_contents import EVENT_OF, STEPS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_OF_PEOPLE = """SELECT s.number, a.clock, a.writer, a.number, s.coder, s.kind,
        COALESCE((SELECT t.writer || ':' || t.number FROM act t
            WHERE t.kind = 'step' AND t.local = s.target), ''),
        COALESCE(s.revision, ''), c.response, c.aspect, c.before, c.after, c.theme, c.origin, c.words_by
    FROM main.step s JOIN main.change c ON c.step = s.number
    LEFT JOIN act a ON a.kind = 'step' AND a.local = s.number
    WHERE s.coder IN (SELECT value FROM json_each(:people)) AND s.number <= :kept ORDER BY c.number"""


def people_merges(events: Mapping[ActPlace, Content]) -> list[MergedPerson]:
    """Return the merges of people, with where each was taken back."""
    ends = {
        content["content"].get(EVENT_OF): place
        for place, content in sorted(events.items(), reverse=True)
        if content["kind"] == "parted"
    }
    return [
        MergedPerson(
            place,
            content["content"]["id"],
            content["content"]["into"],
            frozenset(map(str, content["content"].get(STEPS_OF, ()))),
            ends.get(str(place.name)),
        )
        for place, content in sorted(events.items())
        if content["kind"] == "merged"
    ]


def people_until(
    database: Database, merges: Iterable[MergedPerson], kept: int, first: ActPlace
) -> LatePeople | None:
    """Return people who turned out to be others as they stood before a place; None where there are none.

    Args:
        database: The study's.
        merges: The merges of people.
        kept: The number of the last step that stands before the place.
        first: The place.
    """
    people = LatePeople(merges)
    if not people.concerned:
        return None
    listed = {"people": json.dumps(sorted(people.concerned)), "kept": kept}
    for _, rows in groupby(database.stream(_OF_PEOPLE, listed), key=itemgetter(0)):
        of_step = list(rows)
        _, clock, writer, number, coder_id, kind, target, revision, *_ = of_step[0]
        changes = [
            Change(response, aspect, old, new, theme_id, origin, words_by=words_by)
            for *_, response, aspect, old, new, theme_id, origin, words_by in of_step
        ]
        if writer is None:
            for change in changes:
                people.take(coder_id, change, "revision" if revision else "merge")
        else:
            place = ActPlace(clock, writer, number)
            people.begin_before(place)
            people.take_step(LoggedStep(place, coder_id, kind, target, "", str(revision), changes))
    people.start_at(first)
    return people
