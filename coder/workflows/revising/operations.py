"""Operations on a codebook as somebody types them: `merge` with `Pay, Staff=Money`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.workflows.revising.adding_themes import checked_label, new_theme, refuse_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from coder.domain.codebook import Theme
    from coder.domain.revising.revisions import Revision
    from coder.workflows.revising.typed_operations import Operation

_SHAPES = {
    "merge": "--merge THEME,THEME=THEME",
    "split": "--split THEME=PART,PART",
    "rename": "--rename THEME=LABEL",
    "define": "--define THEME=TEXT",
    "move": "--move THEME=NET, or --move THEME= to take it out of its net",
}


def with_operations(
    revision: Revision, operations: Iterable[Operation], question_id: str | None = None
) -> Revision:
    """Return a revision with more operations, one after the other.

    Args:
        revision: The revision so far.
        operations: What to do further.
        question_id: The question that themes added by `add` are for; None means all.

    Raises:
        CoderError: One of them cannot be understood or makes no sense.
    """
    for operation in operations:
        if operation.name == "add":
            revision = revision.add(new_theme(revision, operation.text, question_id))
        else:
            revision = _DOING[operation.name](revision, operation.text)
    return revision


def _merge(revision: Revision, text: str) -> Revision:
    source_names, target_name = _sides("merge", text)
    sources = [_existing(revision, name).id for name in _names("merge", text, source_names)]
    named = revision.new.named(_plain(target_name))
    if named:
        return revision.merge(sources, _existing(revision, _plain(target_name)).id)
    new = new_theme(revision, _plain(target_name), like=sources[0])
    return _added(revision, new, sources[0]).merge(sources, new.id)


def _split(revision: Revision, text: str) -> Revision:
    source_name, part_names = _sides("split", text)
    source = _existing(revision, _plain(source_name))
    return split_into(revision, source, _names("split", text, part_names) if part_names else [])


def split_into(revision: Revision, source: Theme, part_names: Iterable[str]) -> Revision:
    """Return a revision that splits a theme into parts named by id or label; unknown names become themes.

    Raises:
        CoderError: A name stands for several themes, or the split makes no sense.
    """
    part_ids: list[str] = []
    for name in part_names:
        part = _beside(revision, source, name)
        if part is None:
            part = new_theme(revision, name, like=source.id)
            revision = _added(revision, part, part_ids[-1] if part_ids else source.id)
        part_ids.append(part.id)
    return revision.split(source.id, part_ids)


def _beside(revision: Revision, source: Theme, name: str) -> Theme | None:
    """Return the theme of this name that is for a question of another, or None: a new one is meant."""
    candidates = [
        theme
        for theme in revision.new.named(name)
        if theme.id == name
        or not (theme.questions and source.questions)
        or any(theme.serves(question) for question in source.questions)
    ]
    return candidates[0] if len(candidates) == 1 else _existing(revision, name) if candidates else None


def _added(revision: Revision, theme: Theme, after: str) -> Revision:
    return revision.add(theme, after if after in revision.new else None)


def _rename(revision: Revision, text: str) -> Revision:
    name, label = _sides("rename", text)
    theme, label = _existing(revision, _plain(name)), checked_label(label)
    refuse_label(revision, label, theme.questions, theme.id)
    return revision.change(theme.id, label=label)


def _define(revision: Revision, text: str) -> Revision:
    name, definition = _sides("define", text)
    return revision.change(_existing(revision, _plain(name)).id, definition=definition)


def _move(revision: Revision, text: str) -> Revision:
    name, net = _sides("move", text)
    parent = _existing(revision, _plain(net)).id if net else None
    return revision.move(_existing(revision, _plain(name)).id, parent)


_DOING: Mapping[str, Callable[[Revision, str], Revision]] = {
    "merge": _merge,
    "split": _split,
    "rename": _rename,
    "define": _define,
    "move": _move,
    "retire": lambda revision, text: revision.retire(_existing(revision, text).id),
    "bring-back": lambda revision, text: revision.bring_back(_existing(revision, text).id),
    "look-again": lambda revision, text: revision.recheck(_existing(revision, text).id),
    "keep": lambda revision, text: revision.keep_codings(_existing(revision, text).id),
}


def _existing(revision: Revision, name: str) -> Theme:
    """Return a theme by id or label; one that was deleted from the file counts."""
    deleted = [theme for theme in revision.old.named(name) if theme.id not in revision.new]
    if len(deleted) == 1 and not revision.new.named(name):
        return deleted[0]
    return revision.new.find(name)


def _sides(operation: str, text: str) -> tuple[str, str]:
    """Return what stands before and after the first = that is not escaped."""
    before_equals, equals, after_equals = _cut(text)
    if not equals or not before_equals:
        missing = "names no theme before" if equals else "has no"
        msg = f"--{operation} '{text}' {missing} '='."
        raise CoderError(msg, f"Write {_SHAPES[operation]}.")
    return before_equals, after_equals


def _cut(text: str) -> tuple[str, str, str]:
    equals = re.search(r"(?<!\\)=", text)
    if equals is None:
        return text.strip(), "", ""
    return text[: equals.start()].strip(), "=", text[equals.end() :].strip()


def _names(operation: str, text: str, listed: str) -> list[str]:
    names = [_plain(name) for name in re.split(r"(?<!\\),", listed)]
    if not all(names):
        msg = f"--{operation} '{text}' has a comma with no name beside it."
        raise CoderError(msg, f"Write {_SHAPES[operation]}; a comma within a label as '\\,'.")
    return names


def _plain(name: str) -> str:
    return re.sub(r"\\([,=])", r"\1", name).strip()
