"""Deciding what several copies of a study said of the codebook in different ways: a revision as any other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coder.domain.near_names import fold_name, nearest
from coder.domain.revising.revisions import Revision
from coder.errors import CoderError
from coder.workflows.study.codebook_file import in_use
from coder.workflows.study.waiting_clashes import CODEBOOK_FIELDS, ITSELF, waiting_clashes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.workflows.study.study import Study
    from coder.workflows.study.waiting_clashes import WaitingClash


def settling(study: Study, theme_name: str, field: str, choice: int) -> Revision:
    """Return the revision that settles a clash; it is planned and applied as any other.

    Args:
        study: The study.
        theme_name: The theme, by id or label; `codebook` for the title or the note of the codebook itself.
        field: The name of the field.
        choice: From 1 the place of a choice; 0 leaves what is in use.

    Raises:
        CoderError: Nothing of that name waits, or there is no such choice.
    """
    clash = _clash_named(study, waiting_clashes(study.database), theme_name, field)
    if not 0 <= choice <= len(clash.choices):
        msg = f"There is no choice {choice}."
        raise CoderError(msg, f"Choose 1 to {len(clash.choices)}, or 0 to leave what is in use.")
    content = clash.choices[choice - 1].content if choice else clash.in_use
    revision = Revision.of(in_use(study).codebook)
    return replace(_said(revision, clash, content), settled=((clash.theme_id, clash.field),))


def _said(revision: Revision, clash: WaitingClash, content: Any) -> Revision:
    if not clash.theme_id:
        return revision.entitle(**{clash.field: content})
    match clash.field:
        case "parent":
            return revision.move(clash.theme_id, content)
        case "status":
            status = revision.new.by_id[clash.theme_id].status
            if content == status:
                return revision
            return (
                revision.retire(clash.theme_id)
                if content == "retired"
                else revision.bring_back(clash.theme_id)
            )
    if isinstance(content, list):
        content = tuple(content)
    return revision.change(clash.theme_id, **{clash.field: content})


def _clash_named(study: Study, clashes: Sequence[WaitingClash], theme_name: str, field: str) -> WaitingClash:
    theme_id = theme_decided_on(study, theme_name, field)
    fields = [clash.field for clash in clashes if clash.theme_id == theme_id]
    for clash in clashes:
        if (clash.theme_id, clash.field) == (theme_id, field):
            return clash
    msg = f"The {field} of '{theme_name}' does not wait for a decision."
    hint = nearest(field, fields) or (f"What does: {', '.join(fields)}." if fields else _WHAT_WAITS)
    raise CoderError(msg, hint)


def theme_decided_on(study: Study, theme_name: str, field: str) -> str:
    """Return the id of the theme that a decision is about; empty where it is about the codebook itself.

    No field of a theme is called `title` or `note`: so a theme may well be called `codebook`.

    Raises:
        CoderError: There is no such theme.
    """
    if field in CODEBOOK_FIELDS and fold_name(theme_name) == ITSELF:
        return ""
    return study.codebook.find(theme_name).id


_WHAT_WAITS = "See what waits: coder team clashes"
