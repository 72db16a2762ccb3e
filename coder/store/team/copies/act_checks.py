"""Do the acts of a study say what their digests and links say?"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.copies.acts import canonical, digest_of, link_of
from coder.store.team.copies.act_contents import contents
from coder.store.team.copies.act_rows import acts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.copies.acts import ActKind
    from coder.store.database import Database
    from coder.store.team.copies.act_rows import ActRow

_NAMELESS = """SELECT 'step', COUNT(*) FROM main.step s WHERE NOT EXISTS
        (SELECT 1 FROM act WHERE kind = 'step' AND local = s.number)
        AND s.number NOT IN (SELECT step FROM late_step) HAVING COUNT(*) > 0
    UNION ALL SELECT 'version', COUNT(*) FROM codebook_version v WHERE v.derived = '' AND NOT EXISTS
        (SELECT 1 FROM act WHERE kind = 'version' AND local = v.number) HAVING COUNT(*) > 0
    UNION ALL SELECT 'event', COUNT(*) FROM team_event e WHERE NOT EXISTS
        (SELECT 1 FROM act WHERE kind = 'event' AND local = e.number) HAVING COUNT(*) > 0"""


def changed_acts(database: Database) -> Iterator[str]:
    """Yield, in words, the acts that are not what left this copy or came to it, and those without a name."""
    for kind, count in database.rows(_NAMELESS):
        yield f"{count:,} rows of kind '{kind}' have no name that other copies of the study know."
    sealed: dict[ActKind, dict[int, ActRow]] = defaultdict(dict)
    for (writer,) in database.rows("SELECT DISTINCT writer FROM act ORDER BY writer"):
        link = b""
        for act in acts_of(database, writer):
            if act.link is None or act.digest is None:
                continue
            if act.link != link_of(link, act.kind, act.place, act.digest):
                yield f"The chain of writer {writer} does not hold at {act.kind} {act.place.number}."
                break
            link = act.link
            if act.local is not None and not act.altered:
                sealed[act.kind][act.local] = act
    for kind, by_local in sealed.items():
        for local, content in contents(database, kind, list(by_local)):
            act = by_local[local]
            if digest_of(act.salt, canonical(content)) != act.digest:
                yield f"{kind} {local} is not what its writer, {act.place.name}, made."
