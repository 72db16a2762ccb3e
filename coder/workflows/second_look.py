"""The second look: which doubts still wait for their coder, and when one may come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Aspect, Change
from coder.store import codings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.second_look import Doubted
    from coder.store.database import Database
    from coder.workflows.coding import Standing


def forgotten(standing: Standing, theme_ids: Iterable[str]) -> list[Change]:
    """Return the changes after which themes on a response may come up again in the second look."""
    return [
        Change(standing.response, "kept", standing.kept[theme_id], None, theme_id)
        for theme_id in theme_ids
        if theme_id in standing.kept
    ]


def still_doubted(database: Database, coder_id: str, found: Iterable[Doubted]) -> list[Doubted]:
    """Return the doubts that their coder has not answered: neither kept what is doubted nor changed it."""
    return [doubted for doubted in found if not _answered(database, coder_id, doubted)]


def _answered(database: Database, coder_id: str, doubted: Doubted) -> bool:
    def value(aspect: Aspect, theme_id: str) -> str | None:
        return codings.current_value(database, coder_id, doubted.response, aspect, theme_id)

    stands = value("theme", doubted.theme_id) is not None
    changed = value("done", "") is None or stands != (doubted.kind == "wrong")
    return changed or value("kept", doubted.theme_id) == doubted.kind
