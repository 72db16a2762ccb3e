"""A revision of the codebook in a researcher's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.differences import Difference, compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codebook import Codebook
    from coder.domain.revisions import Revision

_FIELDS = {
    "include": "what to include",
    "exclude": "what to leave out",
    "codable": "whether it can be chosen",
    "parent": "net",
}
MOST = 4
"""Parts of a revision that its name tells; of more, how many there are."""


def summary(revision: Revision) -> str:
    """Return what a revision does in a line: `merge 'Pay' into 'Money'; rename 'Beds' to 'Wards'`."""
    parts = [*_carried(revision), *_plain(revision)]
    more = [f"{len(parts) - MOST} more"] if len(parts) > MOST else []
    return "; ".join([*parts[:MOST], *more]) or "no change"


def _carried(revision: Revision) -> Iterator[str]:
    before, after = revision.before, revision.after
    for merge in revision.carried.merges:
        sources = " and ".join(f"'{before.label(each)}'" for each in merge.sources)
        yield f"merge {sources} into '{after.label(merge.target)}'"
    for split in revision.carried.splits:
        parts = ", ".join(f"'{after.label(part)}'" for part in split.parts)
        yield f"split '{before.label(split.source)}' into {parts}"


def _plain(revision: Revision) -> Iterator[str]:
    told = {source for merge in revision.carried.merges for source in merge.sources}
    told |= {each for split in revision.carried.splits for each in (split.source, *split.parts)}
    told |= {merge.target for merge in revision.carried.merges}
    seen: set[tuple[str, str]] = set()
    for difference in compare(revision.before, revision.after):
        words = in_words(difference, revision.before, revision.after)
        key = (difference.theme_id, words)
        if difference.theme_id not in told and key not in seen:
            seen.add(key)
            yield words


def in_words(difference: Difference, before: Codebook, after: Codebook) -> str:
    """Return what a difference is, without the texts of long fields: `rename 'Beds' to 'Wards'`."""
    theme_id, field = difference.theme_id, difference.field
    label = before.label(theme_id)
    if difference.kind != "changed":
        return f"add '{after.label(theme_id)}'" if difference.kind == "added" else f"delete '{label}'"
    words = {
        "label": f"rename '{difference.before}' to '{difference.after}'",
        "parent": f"move '{label}' {_under(difference.after, after)}",
        "status": f"{'retire' if difference.after == 'retired' else 'bring back'} '{label}'",
        "definition": f"redefine '{label}'",
        "include": f"redefine '{label}'",
        "exclude": f"redefine '{label}'",
    }
    return words.get(field) or f"change {field_name(field)} of '{label}'"


def _under(parent: Any, codebook: Codebook) -> str:
    return f"under '{codebook.label(parent)}'" if parent else "out of its net"


def field_name(field: str) -> str:
    """Return what a field of a theme is called: `what to leave out`."""
    return _FIELDS.get(field, field)
