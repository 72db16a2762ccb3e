"""The acts of a study as chains, one for each writer: what leaves a copy, and how far each copy has come."""

from __future__ import annotations

import json
from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from coder.domain.copies.acts import ActName, ActPlace, blank_digest
from coder.domain.copies.bundles import ChainEnd, text_version
from coder.domain.copies.received_acts import ReceivedAct
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.seals import seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from coder.domain.copies.acts import ActKind
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_ACTS = (
    "SELECT clock, writer, number, kind, local, salt, digest, link, altered FROM act ORDER BY writer, number"
)


def sealed_chains(
    database: Database, left_out: Mapping[ActKind, Collection[int]] = MappingProxyType({})
) -> dict[str, Sequence[ReceivedAct]]:
    """Return all acts by writer; call it inside a transaction, as what has no digest yet gets one.

    Args:
        database: The study's.
        left_out: Acts that are left out, by kind and number here: chains of which nothing remains as a whole;
            of others, as they were written before each subject had a chain, it is told that they were made.
    """
    seal(database)
    rows = database.rows(_ACTS)
    said: dict[tuple[ActKind, int], Content] = {}
    numbers: dict[ActKind, list[int]] = defaultdict(list)
    for _, _, _, kind, local, *_ in rows:
        if local is not None and local not in left_out.get(kind, ()):
            numbers[kind].append(local)
    for kind, locals_ in numbers.items():
        said |= {(kind, local): content for local, content in contents(database, kind, locals_)}
    chains: dict[str, list[ReceivedAct]] = defaultdict(list)
    for clock, writer, number, kind, local, salt, digest, link, altered in rows:
        place, content = ActPlace(clock, writer, number), said.get((kind, local))
        cuts = "" if content is None else altered
        chains[writer].append(ReceivedAct(place, kind, salt, digest, link, content, cuts))
    if left_out:
        return {writer: acts for writer, acts in chains.items() if any(act.content for act in acts)}
    return dict(chains)


class KnownChain:
    """How far a copy knows the acts of a writer.

    Args:
        links: Of its acts, in order.
        stubs: The numbers of those of which it only knows that they were made.
        blank: The number of the first whose digest was replaced, as it could be guessed: from there on other
            copies may have other links. None: of none was it.
    """

    def __init__(self, links: Sequence[bytes], stubs: Collection[int], blank: int | None = None) -> None:
        self._links = links
        self._stubs = stubs
        self._blank = blank

    def has_all(self, end: ChainEnd) -> bool:
        """Tell whether all acts up to an end are here, with what they say."""
        is_known = end.acts <= len(self._links) and (
            self._links[end.acts - 1] == end.link or self._is_beyond(end.acts, None)
        )
        return is_known and all(number > end.acts for number in self._stubs)

    def differs(self, number: int, link: bytes, blank: int | None = None) -> bool:
        """Tell whether another act is here under the name of one.

        Args:
            number: Of the act.
            link: Of the act.
            blank: The number of the first act whose digest was replaced where it comes from.
        """
        is_here = number <= len(self._links)
        return is_here and self._links[number - 1] != link and not self._is_beyond(number, blank)

    def lacks(self, act: ReceivedAct) -> bool:
        """Tell whether an act, or what it says, is not here."""
        number = act.place.number
        return number > len(self._links) or (number in self._stubs and act.content is not None)

    def _is_beyond(self, number: int, blank: int | None) -> bool:
        return any(first is not None and number >= first for first in (self._blank, blank))


def known_chain(database: Database, writer: str) -> KnownChain:
    """Return how far a copy knows the acts of a writer; they have their links."""
    sql = "SELECT number, link, local, digest FROM act WHERE writer = ? ORDER BY number"
    rows = database.rows(sql, (writer,))
    return KnownChain(
        [link for _, link, _, _ in rows],
        {number for number, _, local, _ in rows if local is None},
        first_blank((ActName(writer, number), digest) for number, _, _, digest in rows),
    )


def first_blanks(acts: Iterable[ReceivedAct]) -> dict[str, int]:
    """Map writers to the number of the first of their acts whose digest was replaced; others are lacking."""
    blanks: dict[str, int] = {}
    for act in acts:
        if act.digest == blank_digest(act.place.name):
            blanks.setdefault(act.place.writer, act.place.number)
    return blanks


def first_blank(digests: Iterable[tuple[ActName, bytes | None]]) -> int | None:
    """Return the number of the first act of a writer whose digest was replaced; None if none was."""
    return next((name.number for name, digest in digests if digest == blank_digest(name)), None)


def text_versions(database: Database, response_ids: Iterable[str]) -> dict[str, str]:
    """Map the ids of responses that are there to the version of the text of each."""
    rows = database.rows(
        "SELECT r.id, r.hash FROM json_each(?) j CROSS JOIN response r ON r.id = j.value",
        (json.dumps(list(response_ids)),),
    )
    return {response_id: text_version(text_hash) for response_id, text_hash in rows}
