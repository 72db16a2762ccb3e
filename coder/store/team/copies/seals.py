"""Digests and links of acts, worked out when they are first to leave this copy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.copies.acts import canonical, digest_of, link_of
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.act_rows import acts_of

if TYPE_CHECKING:
    from coder.domain.copies.acts import ActKind
    from coder.store.database import Database
    from coder.store.team.copies.act_rows import ActRow

_UNSEALED = "SELECT DISTINCT writer FROM act WHERE link IS NULL ORDER BY writer"


def seal(database: Database) -> None:
    """Give each act that has none yet its digest and link; call it inside a transaction."""
    for (writer,) in database.rows(_UNSEALED):
        _seal_writer(database, acts_of(database, writer))


def _seal_writer(database: Database, acts: list[ActRow]) -> None:
    open_acts: dict[ActKind, dict[int, ActRow]] = defaultdict(dict)
    for act in acts:
        if act.link is None and act.local is not None:
            open_acts[act.kind][act.local] = act
    digests = {
        act.place.number: digest_of(act.salt, canonical(content))
        for kind, by_local in open_acts.items()
        for local, content in contents(database, kind, list(by_local))
        if (act := by_local[local])
    }
    sealed = []
    link = b""
    for act in acts:
        if act.link is not None:
            link = act.link
            continue
        digest = digests[act.place.number]
        link = link_of(link, act.kind, act.place, digest)
        sealed.append((digest, link, act.place.writer, act.place.number))
    database.execute_many("UPDATE act SET digest = ?, link = ? WHERE writer = ? AND number = ?", sealed)
