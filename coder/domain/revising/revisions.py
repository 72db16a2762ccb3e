"""Revising a codebook: what a revision makes of it, and what that means for the codings."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.version_differences import put_back
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Merge:
    """Themes whose codings become codings of another; they are retired."""

    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Split:
    """A theme whose codings need a person to choose among its parts."""

    source: str
    parts: tuple[str, ...]
    """May hold the source itself: then it goes on, narrower than it was."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a revision does to codings."""

    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    look_again: tuple[str, ...] = ()
    """Redefined themes whose codings need a fresh look."""

    def themes(self) -> set[str]:
        """Return the themes whose codings may change."""
        merged = {theme_id for merge in self.merges for theme_id in (*merge.sources, merge.target)}
        return merged | {split.source for split in self.splits} | set(self.look_again)


@dataclass(frozen=True)
class Revision:
    """A change to a codebook: what it is after it, and what happens to the codings.

    Each method returns the revision with one operation more, and raises CoderError for one that
    makes no sense; nothing is written anywhere. Themes may be named by id or by label: the revision holds
    ids alone.
    """

    old: Codebook
    """The codebook before it."""
    new: Codebook
    """The codebook after it."""
    carried: Carried = Carried()
    keep: tuple[str, ...] = ()
    """Redefined themes whose codings are to stay as they are."""
    settled: tuple[tuple[str, str], ...] = ()
    """Fields that several copies said in different ways, and that it settles: theme id and name."""

    @classmethod
    def of(cls, codebook: Codebook) -> Revision:
        """Return the revision that changes nothing."""
        return cls(codebook, codebook)

    def add(self, theme: Theme, after: str | None = None) -> Revision:
        """Add a theme, after another or at the end."""
        if theme.id in self.new:
            msg = f"The id '{theme.id}' is taken by '{self.new.label(theme.id)}'."
            raise CoderError(msg, "Choose another.")
        themes = list(self.new.themes)
        position = len(themes) if after is None else [t.id for t in themes].index(_id(self, after)) + 1
        return self._with([*themes[:position], theme, *themes[position:]])

    def change(self, theme_id: str, **fields: Any) -> Revision:
        """Change fields of a theme: its label, definition, notes, examples, keywords, questions or net."""
        theme = replace(self._theme(theme_id), **fields)
        return self._with([theme if t.id == theme.id else t for t in self.new])

    def entitle(self, title: str | None = None, note: str | None = None) -> Revision:
        """Change the title of the codebook itself, or its note; None leaves what there is."""
        new = self.new
        title, note = new.title if title is None else title, new.note if note is None else note
        return replace(self, new=replace(new, title=title, note=note))

    def move(self, theme_id: str, parent: str | None) -> Revision:
        """Put a theme under a net, or under none."""
        if parent is not None:
            theme_id, parent = _id(self, theme_id), _id(self, parent)
            self._refuse_circle(theme_id, parent)
            above = self._theme(parent)
            if above.status == "retired" and self._theme(theme_id).status == "active":
                msg = f"'{above.label}' is retired."
                raise CoderError(msg, "Bring it back first, or choose another net.")
            if not self.new.is_net(parent) and above.codable:
                # A theme that was chosen until now stays one that can be chosen.
                return self.change(parent, codable=True).change(theme_id, parent=parent)
        return self.change(theme_id, parent=parent)

    def retire(self, theme_id: str) -> Revision:
        """Offer a theme no longer; its codings stay. One that was deleted comes back, retired."""
        theme_id = _id(self, theme_id)
        if theme_id not in self.new:
            return self._with_deleted([theme_id]).retire(theme_id)
        theme = self._theme(theme_id)
        if theme.status == "retired":
            msg = f"'{theme.label}' is retired already."
            raise CoderError(msg, "Bring it back, or choose another theme.")
        self._refuse_parent(theme, "retired")
        return self.change(theme_id, status="retired")

    def bring_back(self, theme_id: str) -> Revision:
        """Offer a retired theme again."""
        theme = self._theme(theme_id)
        if theme.status == "active":
            msg = f"'{theme.label}' is not retired."
            raise CoderError(msg, "Choose a retired theme.")
        above = self.new.by_id.get(theme.parent or "")
        if above is not None and above.status == "retired":
            msg = f"'{theme.label}' lies under '{above.label}', which is retired."
            raise CoderError(msg, "Bring that back first, or move the theme.")
        return self.change(theme_id, status="active", became=())

    def merge(self, source_ids: Sequence[str], target_id: str) -> Revision:
        """Make codings of some themes codings of another, which serves their questions from now on.

        Of those some may have been deleted: they come back, retired.
        """
        sources, target_id = _ids(self, source_ids), _id(self, target_id)
        deleted = [source for source in sources if source not in self.new]
        if deleted:
            return self._with_deleted(deleted).merge(sources, target_id)
        if not sources or target_id in sources:
            msg = f"'{self.new.label(target_id)}' cannot be merged into itself."
            raise CoderError(msg, "Name the themes to merge, and another one to merge them into.")
        self._refuse_chain((*sources, target_id))
        target = self._theme(target_id)
        if target.status == "retired":
            msg = f"'{target.label}' is retired."
            raise CoderError(msg, "Bring it back first, or merge into another theme.")
        merged = self._carrying(merges=(*self.carried.merges, Merge(sources, target_id)))
        for source in sources:
            theme = self._theme(source)
            self._refuse_parent(theme, "merged away")
            merged = merged.change(source, status="retired", became=(target_id,))
        served = _served([target, *(self._theme(source) for source in sources)])
        if served != target.questions:
            merged = merged.change(target_id, questions=served)
        if not target.codable:
            merged = merged.change(target_id, codable=True)
        return merged

    def split(self, source_id: str, part_ids: Sequence[str]) -> Revision:
        """Put the codings of a theme before a person, who chooses among its parts; it is retired.

        A split whose parts hold the theme itself leaves it in use. One that was deleted comes back, retired.
        """
        source_id, parts = _id(self, source_id), _ids(self, part_ids)
        if source_id not in self.new:
            return self._with_deleted([source_id]).split(source_id, parts)
        source = self._theme(source_id)
        if not parts or parts == (source_id,):
            msg = f"'{source.label}' cannot be split into nothing."
            raise CoderError(msg, "Name two or more parts; to give it another name, rename it.")
        if len(parts) == 1:
            msg = f"'{source.label}' would be split into one theme, '{self.new.label(parts[0])}'."
            raise CoderError(msg, "Name another part, or merge the one into the other.")
        self._refuse_chain((source_id,))
        for part in parts:
            if self._theme(part).status == "retired":
                msg = f"'{self.new.label(part)}' is retired."
                raise CoderError(msg, "Bring it back first, or name another part.")
        split = self._carrying(splits=(*self.carried.splits, Split(source_id, parts)))
        if source_id in parts:
            return split
        self._refuse_parent(source, "split")
        return split.change(source_id, status="retired", became=parts)

    def recheck(self, theme_id: str) -> Revision:
        """Put the codings of a redefined theme before a person."""
        theme_id = _id(self, theme_id)
        self._refuse_chain((theme_id,))
        again = dict.fromkeys((*self.carried.look_again, self._theme(theme_id).id))
        return self._carrying(look_again=tuple(again))

    def keep_codings(self, theme_id: str) -> Revision:
        """Leave the codings of a redefined theme as they are: only the wording has changed."""
        return replace(self, keep=(*self.keep, self._theme(theme_id).id))

    def as_became(self) -> Revision:
        """Carry codings to what their themes became, where the codebook after it says so by itself.

        That is how a merge or a split looks that was done in another copy of the study, once its
        codebook.yaml has come here.
        """
        merges, splits = list(self.carried.merges), list(self.carried.splits)
        settled = {split.source for split in splits} | {id_ for merge in merges for id_ in merge.sources}
        for theme in self.new:
            earlier = self.old.by_id.get(theme.id)
            if earlier is None or theme.became == earlier.became or theme.id in settled:
                continue
            ends = tuple(end for end in theme.became if self._is_in_use(end))
            if len(ends) == 1:
                merges.append(Merge((theme.id,), ends[0]))
            elif ends:
                splits.append(Split(theme.id, ends))
        return self._carrying(merges=tuple(merges), splits=tuple(splits))

    def _is_in_use(self, theme_id: str) -> bool:
        theme = self.new.by_id.get(theme_id)
        return theme is not None and theme.status == "active"

    def _carrying(self, **operations: Any) -> Revision:
        return replace(self, carried=replace(self.carried, **operations))

    def _with(self, themes: Iterable[Theme]) -> Revision:
        new = Codebook(tuple(themes), title=self.new.title, note=self.new.note)
        return replace(self, new=new)

    def _with_deleted(self, theme_ids: Iterable[str]) -> Revision:
        new = self.new
        for theme_id in theme_ids:
            theme = self.old.by_id[theme_id]
            parent = theme.parent if theme.parent and theme.parent in new else None
            new = put_back(new, replace(theme, parent=parent), self.old)
        return replace(self, new=new)

    def _theme(self, name: str) -> Theme:
        return self.new.find(name)

    def _refuse_circle(self, theme_id: str, parent: str) -> None:
        if parent == theme_id or theme_id in self.new.ancestors(parent):
            labels = self.new.label(theme_id), self.new.label(parent)
            msg = "'{}' cannot lie under '{}': that is a circle.".format(*labels)
            raise CoderError(msg, "Choose a net that does not lie under the theme.")

    def _refuse_parent(self, theme: Theme, done: str) -> None:
        active = [child.label for child in self.new.children(theme.id) if child.status == "active"]
        if active:
            msg = f"'{theme.label}' is the net of {', '.join(active)} and cannot be {done}."
            raise CoderError(msg, "Move these to another net first.")

    def _refuse_chain(self, theme_ids: Iterable[str]) -> None:
        gone = {source for merge in self.carried.merges for source in merge.sources}
        gone |= {split.source for split in self.carried.splits if split.source not in split.parts}
        for theme_id in theme_ids:
            if theme_id in gone:
                msg = f"'{self.new.label(theme_id)}' is merged or split by this revision already."
                raise CoderError(msg, "Name the theme that comes of it, or make two revisions of it.")


def _id(revision: Revision, name: str) -> str:
    """Return the id of the theme that a name means; one that the revision has deleted goes by its id."""
    return name if name not in revision.new and name in revision.old else revision.new.find(name).id


def _ids(revision: Revision, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_id(revision, name) for name in names))


def _served(themes: Sequence[Theme]) -> tuple[str, ...]:
    """Return the questions that any of the themes is for; none named means all."""
    if any(not theme.questions for theme in themes):
        return ()
    return tuple(dict.fromkeys(question for theme in themes for question in theme.questions))


def write_carried(carried: Carried) -> dict[str, Any]:
    """Return what a revision does to codings as values that JSON can hold."""
    return asdict(carried) if carried != Carried() else {}


def noted_of(revision: Revision) -> dict[str, Any]:
    """Return what is noted of a revision with its version, as values that JSON can hold."""
    settled = {"decided": [list(key) for key in revision.settled]} if revision.settled else {}
    return write_carried(revision.carried) | settled


def read_carried(carried: Mapping[str, Any]) -> Carried:
    """Read what `write_carried` wrote."""
    return Carried(
        tuple(
            Merge(tuple(operation["sources"]), operation["target"]) for operation in carried.get("merges", ())
        ),
        tuple(
            Split(operation["source"], tuple(operation["parts"])) for operation in carried.get("splits", ())
        ),
        tuple(carried.get("look_again", ())),
    )
