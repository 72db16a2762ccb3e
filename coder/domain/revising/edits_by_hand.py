"""What somebody has edited in codebook.yaml, held against a revision by command that would say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.theme_fields import EDITED_FIELDS, FIELD_NAMED

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook
    from coder.domain.revising.revisions import Revision


_FIELDS = (*EDITED_FIELDS, FIELD_NAMED["parent"])


class LostEdit(NamedTuple):
    """A field of a theme that was edited by hand, and that a revision gives another content."""

    theme_id: str
    field_name: str


def lost_edits(revision: Revision, edited: Codebook) -> list[LostEdit]:
    """Return the edits of a codebook file that a revision would replace, in the order of the themes.

    Args:
        revision: From the codebook in use to what a command makes of it.
        edited: What the file says.
    """
    old, new = revision.old.by_id, revision.new.by_id
    return [
        LostEdit(theme.id, field.in_sentence or field.name)
        for theme in edited
        if theme.id in old and theme.id in new
        for field in _FIELDS
        if not _stays(field.of(old[theme.id]), field.of(theme), field.of(new[theme.id]))
    ]


def _stays(in_use: Any, edited: Any, new: Any) -> bool:
    """Tell whether an edit stays in what becomes of a field; a list may have grown, as by a merge."""
    if edited in (in_use, new):
        return True
    if not isinstance(edited, tuple):
        return False
    brought_back = (set(in_use) - set(edited)) & set(new)
    return set(edited) <= set(new) and not brought_back
