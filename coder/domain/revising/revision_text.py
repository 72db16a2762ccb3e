"""A revision of the codebook in a researcher's words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.revising.revisions import Carried
from coder.domain.revising.version_differences import Difference, Words, compare, word_changes
from coder.domain.theme_fields import FIELD_NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.revising.revisions import Revision

_NOTHING = Carried()
MOST = 4
"""Parts of a revision that its name tells; of more, how many there are."""


def summary(revision: Revision) -> str:
    """Return what a revision does in a line: `merge 'Pay' into 'Money'; rename 'Beds' to 'Wards'`."""
    parts = [*_carried(revision), *_plain(revision)]
    more = [f"{len(parts) - MOST} more"] if len(parts) > MOST else []
    return "; ".join([*parts[:MOST], *more]) or "no change"


def _carried(revision: Revision) -> Iterator[str]:
    names = Names(revision.before, revision.after)
    for merge in revision.carried.merges:
        sources = " and ".join(f"'{names(each)}'" for each in merge.sources)
        yield f"merge {sources} into '{names(merge.target)}'"
    for split in revision.carried.splits:
        parts = ", ".join(f"'{names(part)}'" for part in split.parts)
        yield f"split '{names(split.source)}' into {parts}"


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
    for thing in _told_of_codebook(revision.before, revision.after):
        yield f"change the codebook's {thing.what}"


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
    }
    if FIELD_NAMED[field].redefines != "never":
        return f"redefine '{label}'"
    return words.get(field) or f"change {field_name(field)} of '{label}'"


def _under(parent: Any, codebook: Codebook) -> str:
    return f"under '{codebook.label(parent)}'" if parent else "out of its net"


def field_name(field: str) -> str:
    """Return what a sentence calls a field of a theme: `what to leave out`."""
    return FIELD_NAMED[field].in_sentence


class Told(NamedTuple):
    """One thing that differs between two versions of a codebook."""

    theme_id: str
    """Empty for what concerns the codebook itself."""
    what: str
    """In a word or two: `renamed`, `definition`."""
    text: str
    """The theme, and what became of it: `Beds -> Wards`."""
    words: tuple[Words, ...] = ()
    """Of a text that was edited, what went and what came."""


def told(before: Codebook, after: Codebook, carried: Carried = _NOTHING) -> list[Told]:
    """Tell what differs between two versions of a codebook, merges and splits first.

    Args:
        before: The one version.
        after: The other.
        carried: What happened to codings from the one to the other.
    """
    names = Names(before, after)
    found = [
        Told(merge.target, "merged", f"{', '.join(map(names, merge.sources))} -> {names(merge.target)}")
        for merge in carried.merges
    ]
    found += [
        Told(split.source, "split", f"{names(split.source)} -> {'; '.join(map(names, split.parts))}")
        for split in carried.splits
    ]
    gone = {source for merge in carried.merges for source in merge.sources}
    gone |= {split.source for split in carried.splits}
    for difference in compare(before, after):
        if not (difference.field == "status" and difference.theme_id in gone):
            found.append(_told(difference, names))
    return found + list(_told_of_codebook(before, after))


def marked(words: Sequence[Words]) -> str:
    """Return how one text becomes another: `[-what goes-] {+what comes+}`."""
    marks = {"same": "{}", "out": "[-{}-]", "in": "{{+{}+}}"}
    return " ".join(marks[kind].format(text) for kind, text in words)


class Names:
    """What the themes of two versions are called: the label, with the id where two themes share it."""

    def __init__(self, before: Codebook, after: Codebook) -> None:
        self._labels = {theme.id: theme.label for theme in (*before, *after)}
        self._times = Counter(label.casefold() for label in self._labels.values())

    def __call__(self, theme_id: str) -> str:
        """Return what a theme is called; its id if neither version has it."""
        label = self._labels.get(theme_id, theme_id)
        return f"{label} ({theme_id})" if self._times[label.casefold()] > 1 else label


def _told(difference: Difference, names: Names) -> Told:
    theme_id, field, after = difference.theme_id, difference.field, difference.after
    if difference.kind == "added":
        return Told(theme_id, "added", _described(after, names), word_changes("", after.definition))
    if difference.kind == "removed":
        return Told(theme_id, "removed", names(theme_id))
    if field in _BECAME:
        what, text = _BECAME[field](difference, names)
        return Told(theme_id, what, text)
    changes = _items if isinstance(after, tuple) else word_changes
    return Told(theme_id, FIELD_NAMED[field].in_list, names(theme_id), changes(difference.before, after))


def _moved(difference: Difference, names: Names) -> tuple[str, str]:
    before, after = difference.before, difference.after
    was = f", no longer under {names(before)}" if before and after else ""
    where = f"under {names(after)}" if after else f"out of {names(before)}"
    return "moved", f"{names(difference.theme_id)}: {where}{was}"


def _offered(difference: Difference, names: Names) -> tuple[str, str]:
    return "retired" if difference.after == "retired" else "brought back", names(difference.theme_id)


def _chosen(difference: Difference, names: Names) -> tuple[str, str]:
    now = "can be chosen" if difference.after else "only groups other themes"
    return "use", f"{names(difference.theme_id)}: {now} from now on"


def _served(difference: Difference, names: Names) -> tuple[str, str]:
    before, after = _questions(difference.before), _questions(difference.after)
    return "questions", f"{names(difference.theme_id)}: {before} -> {after}"


_BECAME: Mapping[str, Callable[[Difference, Names], tuple[str, str]]] = {
    "label": lambda difference, _: ("renamed", f"{difference.before} -> {difference.after}"),
    "parent": _moved,
    "status": _offered,
    "codable": _chosen,
    "questions": _served,
}


def _described(theme: Theme, names: Names) -> str:
    under = f", under {names(theme.parent)}" if theme.parent else ""
    return f"{theme.label} ({theme.id}), for {_questions(theme.questions)}{under}"


def _questions(questions: Sequence[str]) -> str:
    return ", ".join(questions) or "every question"


def _items(before: Sequence[str], after: Sequence[str]) -> tuple[Words, ...]:
    """Return the items of a list that went and that came; all of them where only the order changed."""
    went = [each for each in before if each not in after]
    came = [each for each in after if each not in before]
    if not went and not came:
        went, came = list(before), list(after)
    return (*(("out", each) for each in went), *(("in", each) for each in came))


def _told_of_codebook(before: Codebook, after: Codebook) -> Iterator[Told]:
    for what in ("title", "note"):
        old, new = getattr(before, what), getattr(after, what)
        if old != new:
            yield Told("", what, "of the codebook", word_changes(old, new))
    if [theme.id for theme in before if theme.id in after] != [t.id for t in after if t.id in before]:
        yield Told("", "order", "the themes stand in another order")
