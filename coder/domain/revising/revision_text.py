"""A revision of the codebook in a researcher's words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.domain.revising.revisions import Carried
from coder.domain.revising.version_differences import (
    Difference,
    WordChange,
    compare,
    compare_texts,
    word_changes,
)
from coder.domain.theme_fields import FIELD_NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.revising.revisions import Revision

_NOTHING = Carried()
CHANGE_MARKS = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
"""What marks words that stay, go and come."""
MOST = 4
"""Operations of a revision that its summary names; of more, how many there are."""


def summary(revision: Revision) -> str:
    """Return what a revision does in a line: `merge 'Pay' into 'Money'; rename 'Beds' to 'Wards'`."""
    operations = [*_carried(revision), *_other_operations(revision)]
    more = [f"{len(operations) - MOST} more"] if len(operations) > MOST else []
    return "; ".join([*operations[:MOST], *more]) or "no change"


def _carried(revision: Revision) -> Iterator[str]:
    names = ThemeNames(revision.old, revision.new)
    for merge in revision.carried.merges:
        sources = listed([f"'{names(theme_id)}'" for theme_id in merge.sources])
        yield f"merge {sources} into '{names(merge.target)}'"
    for split in revision.carried.splits:
        part_names = ", ".join(f"'{names(part)}'" for part in split.parts)
        yield f"split '{names(split.source)}' into {part_names}"


def _other_operations(revision: Revision) -> Iterator[str]:
    """Yield the operations on themes that are neither merged nor split, each once."""
    carried = {theme_id for merge in revision.carried.merges for theme_id in (*merge.sources, merge.target)}
    carried |= {theme_id for split in revision.carried.splits for theme_id in (split.source, *split.parts)}
    operations: dict[tuple[str, str], None] = {}
    for difference in compare(revision.old, revision.new):
        if difference.theme_id not in carried:
            operations[difference.theme_id, operation(difference, revision.old, revision.new)] = None
    yield from (text for _, text in operations)
    for change in _changes_of_codebook(revision.old, revision.new):
        yield f"change the codebook's {change.kind}"


def operation(difference: Difference, old: Codebook, new: Codebook) -> str:
    """Return what makes a difference, without the texts of long fields: `rename 'Beds' to 'Wards'`."""
    theme_id, name = difference.theme_id, difference.field
    label = old.label(theme_id)
    if difference.kind != "changed":
        return f"add '{new.label(theme_id)}'" if difference.kind == "added" else f"delete '{label}'"
    if FIELD_NAMED[name].redefines != "never":
        return f"redefine '{label}'"
    operations = {
        "label": f"rename '{difference.old}' to '{difference.new}'",
        "parent": f"move '{label}' {_under(difference.new, new)}",
        "status": f"{'retire' if difference.new == 'retired' else 'bring back'} '{label}'",
    }
    return operations.get(name) or f"change {field_name(name)} of '{label}'"


def _under(parent: Any, codebook: Codebook) -> str:
    return f"under '{codebook.label(parent)}'" if parent else "out of its net"


def field_name(name: str) -> str:
    """Return what a sentence calls a field of a theme: `what to leave out`."""
    return FIELD_NAMED[name].in_sentence


class VersionChange(NamedTuple):
    """One thing that differs between two versions of a codebook."""

    theme_id: str
    """Empty for what concerns the codebook itself."""
    kind: str
    """In a word or two: `renamed`, `definition`."""
    text: str
    """The theme, and what became of it: `Beds -> Wards`."""
    wording: tuple[WordChange, ...] = ()
    """Of a text that was edited, what went and what came."""


def version_changes(old: Codebook, new: Codebook, carried: Carried = _NOTHING) -> list[VersionChange]:
    """Return what differs between two versions of a codebook, merges and splits first.

    Args:
        old: The one version.
        new: The other.
        carried: What happened to codings from the one to the other.
    """
    names = ThemeNames(old, new)
    changes = [
        VersionChange(
            merge.target, "merged", f"{', '.join(map(names, merge.sources))} -> {names(merge.target)}"
        )
        for merge in carried.merges
    ]
    changes += [
        VersionChange(split.source, "split", f"{names(split.source)} -> {'; '.join(map(names, split.parts))}")
        for split in carried.splits
    ]
    gone = {source for merge in carried.merges for source in merge.sources}
    gone |= {split.source for split in carried.splits}
    differences = compare(old, new)
    changed = {difference.theme_id for difference in differences if difference.field == "status"}
    for difference in differences:
        is_said = difference.theme_id in gone and difference.field in ("status", "became")
        # A theme that comes back has nothing left that it became.
        is_cleared = difference.field == "became" and not difference.new and difference.theme_id in changed
        if not (is_said or is_cleared):
            changes.append(_change(difference, names))
    return changes + list(_changes_of_codebook(old, new))


def with_marks(wording: Sequence[WordChange]) -> str:
    """Return how one text becomes another: `[-what goes-] {+what comes+}`."""
    return " ".join(CHANGE_MARKS[kind].format(text) for kind, text in wording)


class ThemeNames:
    """What the themes of two versions are called: the label, with the id where two themes share it."""

    def __init__(self, old: Codebook, new: Codebook) -> None:
        self._labels = {theme.id: theme.label for theme in (*old, *new)}
        self._times = Counter(map(fold_name, self._labels.values()))

    def __call__(self, theme_id: str) -> str:
        """Return what a theme is called; its id if neither version has it."""
        label = self._labels.get(theme_id, theme_id)
        return f"{label} ({theme_id})" if self._times[fold_name(label)] > 1 else label


def _change(difference: Difference, names: ThemeNames) -> VersionChange:
    theme_id, new = difference.theme_id, difference.new
    if difference.kind == "added":
        wording = word_changes("", new.definition)
        return VersionChange(theme_id, "added", _described(new, names), wording)
    if difference.kind == "removed":
        return VersionChange(theme_id, "removed", names(theme_id))
    if difference.field in _IN_WORDS:
        kind, text = _IN_WORDS[difference.field](difference, names)
        return VersionChange(theme_id, kind, text)
    wording_of = _item_changes if isinstance(new, tuple) else word_changes
    kind = FIELD_NAMED[difference.field].in_list
    return VersionChange(theme_id, kind, names(theme_id), wording_of(difference.old, new))


def _moved(difference: Difference, names: ThemeNames) -> tuple[str, str]:
    old, new = difference.old, difference.new
    away = f", no longer under {names(old)}" if old and new else ""
    to = f"under {names(new)}" if new else f"out of {names(old)}"
    return "moved", f"{names(difference.theme_id)}: {to}{away}"


def _offered(difference: Difference, names: ThemeNames) -> tuple[str, str]:
    return "retired" if difference.new == "retired" else "brought back", names(difference.theme_id)


def _codable(difference: Difference, names: ThemeNames) -> tuple[str, str]:
    use = "can be chosen" if difference.new else "only groups other themes"
    return "use", f"{names(difference.theme_id)}: {use} from now on"


def _served(difference: Difference, names: ThemeNames) -> tuple[str, str]:
    old, new = _questions(difference.old), _questions(difference.new)
    return "questions", f"{names(difference.theme_id)}: {old} -> {new}"


def _became(difference: Difference, names: ThemeNames) -> tuple[str, str]:
    ends = "; ".join(map(names, difference.new)) or "nothing else"
    return "became", f"{names(difference.theme_id)} -> {ends}"


_IN_WORDS: Mapping[str, Callable[[Difference, ThemeNames], tuple[str, str]]] = {
    "label": lambda difference, _: ("renamed", f"{difference.old} -> {difference.new}"),
    "parent": _moved,
    "status": _offered,
    "codable": _codable,
    "questions": _served,
    "became": _became,
}
"""The fields whose changes are told in words of their own; of others the texts are shown."""


def _described(theme: Theme, names: ThemeNames) -> str:
    under = f", under {names(theme.parent)}" if theme.parent else ""
    return f"{theme.label} ({theme.id}), for {_questions(theme.questions)}{under}"


def _questions(questions: Sequence[str]) -> str:
    return ", ".join(questions) or "every question"


def _item_changes(old: Sequence[str], new: Sequence[str]) -> tuple[WordChange, ...]:
    """Return the texts of a list that went and that came; all of them where only the order changed."""
    went = [text for text in old if text not in new]
    came = [text for text in new if text not in old]
    if not went and not came:
        went, came = list(old), list(new)
    return (*(("out", text) for text in went), *(("in", text) for text in came))


def _changes_of_codebook(old: Codebook, new: Codebook) -> Iterator[VersionChange]:
    for name, old_text, new_text in compare_texts(old, new):
        yield VersionChange("", name, "of the codebook", word_changes(old_text, new_text))
    if [theme.id for theme in old if theme.id in new] != [theme.id for theme in new if theme.id in old]:
        yield VersionChange("", "order", "the themes stand in another order")
