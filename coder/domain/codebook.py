"""Themes, nets and the codebook that holds them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal

from coder.domain.near_names import fold_name, nearest
from coder.domain.texts.invisible import tidy
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping

Status = Literal["active", "retired"]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a response can be coded with. Each field is described in `coder.domain.theme_fields`."""

    id: str
    """Stable: codings refer to it; everything else may be revised."""
    label: str
    """The name printed in tables."""
    definition: str = ""
    include: str = ""
    """What belongs here although one might doubt it."""
    exclude: str = ""
    """What belongs elsewhere, and where."""
    examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Word beginnings that point to the theme: `recruit` meets "recruitment"."""
    parent: str | None = None
    """The id of its net."""
    questions: tuple[str, ...] = ()
    """The questions it is for; empty means every question."""
    status: Status = "active"
    codable: bool = True
    """False for a net that only groups other themes."""
    guid: str = ""
    """Identifies it in other programs' files; empty means one made from the id."""
    became: tuple[str, ...] = ()
    """Of a retired theme the ids of those as which it goes on: one if it was merged, its parts if split."""

    def serves(self, question_id: str) -> bool:
        """Tell whether the theme is for this question."""
        if not self.questions or question_id in self.questions:
            return True
        return not question_id.isascii() and tidy(question_id) in map(tidy, self.questions)

    def shares_question(self, other: Theme) -> bool:
        """Tell whether both themes are offered side by side for some question."""
        if not self.questions or not other.questions:
            return True
        return not set(map(tidy, self.questions)).isdisjoint(map(tidy, other.questions))


@dataclass(frozen=True)
class Codebook:
    """The themes of a study, in the codebook's order."""

    themes: tuple[Theme, ...]
    title: str = ""
    note: str = ""
    """What its readers should know, such as where the survey comes from."""

    @cached_property
    def by_id(self) -> dict[str, Theme]:
        """Map each theme's id to the theme."""
        return {theme.id: theme for theme in self.themes}

    @cached_property
    def _children(self) -> dict[str, tuple[Theme, ...]]:
        children: dict[str, list[Theme]] = {}
        for theme in self.themes:
            if theme.parent is not None:
                children.setdefault(theme.parent, []).append(theme)
        return {parent: tuple(themes) for parent, themes in children.items()}

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __contains__(self, theme_id: str) -> bool:
        return theme_id in self.by_id

    def label(self, theme_id: str) -> str:
        """Return the theme's label, or its id if the codebook lacks it."""
        theme = self.by_id.get(theme_id)
        return theme.label if theme else theme_id

    def children(self, theme_id: str) -> tuple[Theme, ...]:
        """Return the themes directly under a net."""
        return self._children.get(theme_id, ())

    def is_net(self, theme_id: str) -> bool:
        """Tell whether other themes lie under this one."""
        return theme_id in self._children

    def ancestors(self, theme_id: str) -> list[str]:
        """Return the ids of the nets above a theme, nearest first."""
        nets: list[str] = []
        theme = self.by_id.get(theme_id)
        while theme is not None and theme.parent is not None and theme.parent not in nets:
            nets.append(theme.parent)
            theme = self.by_id.get(theme.parent)
        return nets

    def tree(self, question_id: str | None = None) -> Iterator[tuple[Theme, int]]:
        """Yield the themes, or a question's, with their depth: each net, then what lies under it."""

        def branch(themes: Iterable[Theme], depth: int) -> Iterator[tuple[Theme, int]]:
            for theme in themes:
                if question_id is None or theme.serves(question_id):
                    yield theme, depth
                    yield from branch(self.children(theme.id), depth + 1)

        roots = (theme for theme in self.themes if theme.parent not in self.by_id)
        yield from branch(roots, 0)

    def members(self, theme_id: str) -> list[str]:
        """Return the ids whose respondents a row counts: the theme itself, then all under it in order."""
        below: set[str] = set()
        nets = [theme_id]
        while nets:
            fresh = {child.id for child in self.children(nets.pop())} - below
            below |= fresh
            nets += fresh
        return [theme_id, *(theme.id for theme in self.themes if theme.id in below)]

    def offered(self, question_id: str) -> tuple[Theme, ...]:
        """Return the themes a coder may choose for a question: active, codable, meant for it."""
        return tuple(t for t in self.themes if t.codable and t.status == "active" and t.serves(question_id))

    def find(self, name: str, question_id: str | None = None) -> Theme:
        """Find a theme by id or label, whatever the case, among the themes of a question.

        Raises:
            CoderError: No theme, or more than one, answers to the name; the hint gives the nearest.
        """
        hits = self.named(name, question_id)
        if len(hits) == 1:
            return hits[0]
        for_question = f" for {question_id}" if question_id else ""
        if hits:
            msg = f"'{name}' is the label of {len(hits)} themes{for_question}."
            raise CoderError(msg, f"Use an id: {', '.join(t.id for t in hits)}.")
        labels = (t.label for t in self.themes if question_id is None or t.serves(question_id))
        msg = f"The codebook has no theme '{name}'{for_question}."
        raise CoderError(msg, nearest(name, labels))

    def named(self, name: str, question_id: str | None = None) -> list[Theme]:
        """Return the themes that answer to a name: the one with this id, else all with this id or label.

        Of several the retired ones do not count, if there are others.
        """
        pool = [t for t in self.themes if question_id is None or t.serves(question_id)]
        if name in self.by_id and self.by_id[name] in pool:
            return [self.by_id[name]]
        folded = fold_name(name)
        namesakes = [t for t in pool if folded in (fold_name(t.label), fold_name(t.id))]
        return [t for t in namesakes if t.status == "active"] or namesakes


def sharing_themes(offered: Mapping[str, Collection[Hashable]]) -> list[list[str]]:
    """Return questions in groups: those that share themes, if only by way of others, are together.

    Args:
        offered: Question to the themes that it offers.
    """
    group_of: dict[Hashable, dict[str, None]] = {}
    for question_id, themes in offered.items():
        met = [group_of[theme] for theme in themes if theme in group_of]
        together = dict.fromkeys([*chain.from_iterable(met), question_id])
        for member in together:
            group_of |= dict.fromkeys(offered[member], together)
    groups = {id(group): group for group in group_of.values()}.values()
    return [[question_id for question_id in offered if question_id in group] for group in groups]


def meant_alike(offered: Mapping[str, Iterable[Theme]]) -> dict[str, str]:
    """Map the id of each theme to that of the first theme of the same meaning in another question.

    Themes of one label mean the same, also without a definition. A codebook parts them by definitions
    that differ: then those mean the same that have the same one, and those without one stand alone. Two
    themes that one question offers are never taken for one.

    Args:
        offered: Question to the themes that it offers.
    """
    questions_of: dict[str, set[str]] = defaultdict(set)
    namesakes: dict[str, dict[str, Theme]] = defaultdict(dict)
    for question_id, themes in offered.items():
        for theme in themes:
            questions_of[theme.id].add(question_id)
            namesakes[fold_name(theme.label)][theme.id] = theme
    same: dict[str, str] = {}
    for of_label in namesakes.values():
        definitions = {fold_name(theme.definition) for theme in of_label.values() if theme.definition}
        taken: dict[str, tuple[str, set[str]]] = {}
        for theme in of_label.values():
            meaning = (fold_name(theme.definition) or theme.id) if len(definitions) > 1 else ""
            first, questions = taken.setdefault(meaning, (theme.id, set()))
            is_beside = not questions.isdisjoint(questions_of[theme.id])
            same[theme.id] = theme.id if is_beside else first
            questions |= questions_of[theme.id]
    return same
