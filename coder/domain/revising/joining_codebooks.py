"""Taking another codebook's themes into a revision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coder.domain.near_names import fold_case, fold_name
from coder.domain.theme_fields import EDITED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.revising.revisions import Revision


def match_themes(codebook: Codebook, other: Codebook, guids: Mapping[str, str]) -> dict[str, str]:
    """Return which themes of two codebooks are the same: ids of the other's to ids of the first.

    They have the same id, whatever the case; else the same guid; else the same label and a question in
    common. Each theme is matched once.

    Args:
        codebook: The one.
        other: The other.
        guids: For each theme of the first its guid.
    """
    by_guid = {guid: theme_id for theme_id, guid in guids.items() if theme_id in codebook}
    by_id = {fold_case(theme.id): theme.id for theme in codebook}
    matched: dict[str, str] = {}

    def note(theme: Theme, own_id: str | None) -> None:
        if own_id and theme.id not in matched and own_id not in matched.values():
            matched[theme.id] = own_id

    for theme in other:
        note(theme, by_id.get(fold_case(theme.id)))
    for theme in other:
        note(theme, by_guid.get(theme.guid))
    # A retired one may have the label of what it was merged into.
    for theme in sorted(other, key=lambda theme: theme.status == "retired"):
        note(theme, _of_label(codebook, theme))
    return matched


def join_codebooks(revision: Revision, other: Codebook, guids: Mapping[str, str]) -> Revision:
    """Return a revision with another codebook's themes: new ones added, the fields of others taken over.

    Nothing is removed, a field the other codebook leaves empty stays as it is, and a theme goes on to serve
    the questions it served. What is retired there is retired, and where it was merged or split there, codings
    are carried as by that; what is retired here stays so.

    Args:
        revision: The revision so far.
        other: The codebook to take in.
        guids: For each theme of the revision its guid.

    Raises:
        CoderError: A theme would lie under itself.
    """
    same = match_themes(revision.new, other, guids)
    last_id: str | None = None
    for theme in other:
        if theme.id in same:
            last_id = same[theme.id]
            revision = revision.change(last_id, **_news(revision.new.by_id[last_id], theme, guids))
        else:
            revision = revision.add(replace(theme, parent=None, became=()), last_id)
            last_id = theme.id
    for theme in other:
        if theme.parent:
            parent = same.get(theme.parent, theme.parent)
            revision = _placed(revision, same.get(theme.id, theme.id), parent)
    revision = _retired(revision, other, same)
    title, note = revision.new.title or other.title, revision.new.note or other.note
    return replace(revision, new=replace(revision.new, title=title, note=note))


def _retired(revision: Revision, other: Codebook, same: Mapping[str, str]) -> Revision:
    """Return a revision that retires what is retired in another codebook, with what it became."""
    for theme in other:
        own_id = same.get(theme.id, theme.id)
        if theme.status == "active":
            continue
        if revision.new.by_id[own_id].status == "active":
            revision = revision.retire(own_id)
        ends = tuple(same.get(end, end) for end in theme.became)
        if ends and not revision.new.by_id[own_id].became:
            revision = revision.change(own_id, became=ends)
    return revision.as_became()


def _placed(revision: Revision, theme_id: str, parent: str) -> Revision:
    return revision if revision.new.by_id[theme_id].parent == parent else revision.move(theme_id, parent)


def _of_label(codebook: Codebook, theme: Theme) -> str | None:
    for candidate in codebook:
        if fold_name(candidate.label) == fold_name(theme.label) and candidate.shares_question(theme):
            return candidate.id
    return None


def _news(theme: Theme, other: Theme, guids: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields in which another codebook's theme says something else."""
    # What is retired here, or only groups others, stays so: a codebook that does not say it cannot be told
    # from one that says the contrary.
    news = {field.name: field.of(other) for field in EDITED_FIELDS if field.of(other)}
    if theme.questions and other.questions:
        news["questions"] = tuple(dict.fromkeys((*theme.questions, *other.questions)))
    if not theme.guid and other.guid not in guids.values():
        news["guid"] = other.guid
    return {name: content for name, content in news.items() if content != getattr(theme, name)}
