"""What somebody decides on places in answers: noted as they decide, taken out when they say so."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.privacy.noted_places import NAME_COLUMN
from coder.domain.privacy.placeholders import same_words_key
from coder.domain.privacy.removals import Removal
from coder.store import log
from coder.store.privacy.place_rows import note_places, note_reviewed, noted_places
from coder.store.privacy.told_decisions import tell_decisions
from coder.workflows.privacy.finding import noted_place
from coder.workflows.privacy.taking_out import take_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.workflows.privacy.finding import FoundPlace
    from coder.workflows.privacy.taking_out import TakenOut
    from coder.workflows.study.study import Study


def alike(place: FoundPlace, places: Sequence[FoundPlace]) -> list[int]:
    """Return which of some places have the words of one, case and possessive aside, and its kind."""
    key = same_words_key(place.words)
    return [
        number
        for number, other in enumerate(places)
        if other.finding.kind == place.finding.kind and same_words_key(other.words) == key
    ]


def note_decisions(
    study: Study, before: Iterable[FoundPlace], places: Iterable[FoundPlace], *, reviewed: bool
) -> None:
    """Note places as they were decided upon, in one transaction.

    Args:
        study: The study.
        before: The same places as they were: what is noted of them goes.
        places: As they are now.
        reviewed: Whether nothing that was found is left to decide.
    """
    was = defaultdict(set)
    for place in before:
        was[place.response].add((place.finding.start, place.finding.end))
    now = defaultdict(list)
    for place in places:
        if place.decision or place.finding.finder == NAME_COLUMN:
            now[place.response].append(noted_place(place))
    with study.database.transaction():
        noted = noted_places(study.database)
        note_places(
            study.database,
            {
                number: sorted(
                    [one for one in noted.get(number, ()) if (one.start, one.end) not in gone] + now[number]
                )
                for number, gone in was.items()
            },
        )
        if reviewed:
            note_reviewed(study.database, log.utc_now())


def tell_places(study: Study, by: str) -> None:
    """Tell other copies of the study what was decided here on places and was not told yet.

    It goes along with whatever is next sent.

    Args:
        study: The study; where it can only be read nothing is told.
        by: The id of who tells it.
    """
    if not study.read_only:
        with study.database.transaction():
            tell_decisions(study.database, log.utc_now(), by)


def take_out_decided(study: Study, places: Sequence[FoundPlace], by: str) -> TakenOut:
    """Take out the places that somebody decided to; it cannot be undone.

    Where two overlap, as edges were decided differently on two copies, both go as one passage.

    Args:
        study: The study.
        places: Those to take out.
        by: The id of who does it.
    """
    return take_out(study, _removals_of(places), by)


def _removals_of(places: Sequence[FoundPlace]) -> list[Removal]:
    removals: list[Removal] = []
    for place in sorted(places, key=lambda place: (place.response_id, place.finding.start)):
        removal = removal_of(place)
        before = removals[-1] if removals else None
        if before and before.response_id == removal.response_id and removal.start < before.end:
            end = max(before.end, removal.end)
            removals[-1] = before._replace(end=end, seen=place.text[before.start : end])
        else:
            removals.append(removal)
    return removals


def removal_of(place: FoundPlace) -> Removal:
    """Return what takes a place out."""
    finding = place.finding
    return Removal(
        place.response_id, finding.start, finding.end, finding.kind, place.replacement, place.words
    )
