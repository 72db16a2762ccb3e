"""What in an edited codebook only a person can decide, and what can be decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.domain.grammar import agreeing, counted
from coder.domain.near_names import fold_name
from coder.domain.revising.version_differences import Difference, compare
from coder.domain.theme_fields import FIELD_NAMED, THEME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.codebook import Theme
    from coder.domain.revising.revisions import Revision


@dataclass(frozen=True, slots=True)
class Decision:
    """One way to settle what is open about a theme's codings."""

    operation: Literal["retire", "merge", "look-again", "keep"]
    """`retire`: keep them, and offer the theme no longer. `merge`: make them codings of another theme.
    `look-again`: have each looked at by its coder. `keep`: leave them as they are."""
    theme_id: str
    effect: str
    """What it does, for people: `keep them; the theme is no longer offered`."""
    target_id: str = ""
    """For a merge the other theme; empty where it is still to be chosen."""

    @property
    def needs_target(self) -> bool:
        """Whether a theme must be chosen before it can be done."""
        return self.operation == "merge" and not self.target_id


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """Something in an edited codebook that only a person can decide."""

    theme_id: str
    message: str
    decisions: tuple[Decision, ...]
    """What can be decided."""


def decided(revision: Revision, decision: Decision) -> Revision:
    """Return a revision with what a person has decided.

    Args:
        revision: The revision so far.
        decision: The decision; a merge has its target.

    Raises:
        CoderError: It makes no sense, as the target is retired.
    """
    match decision.operation:
        case "retire":
            return revision.retire(decision.theme_id)
        case "merge":
            return revision.merge([decision.theme_id], decision.target_id)
        case "look-again":
            return revision.recheck(decision.theme_id)
        case "keep":
            return revision.keep_codings(decision.theme_id)


def open_decisions(revision: Revision, uses: Mapping[str, int]) -> list[OpenDecision]:
    """Return what must be decided before a revision can be applied.

    Args:
        revision: The revision.
        uses: For each theme the codings that stand; those without any leave nothing open.
    """
    carried = revision.carried
    settled = {*carried.look_again, *revision.keep, *(split.source for split in carried.splits)}
    settled |= {source for merge in carried.merges for source in merge.sources}
    undecided = []
    for theme in revision.old:
        codings, later = uses.get(theme.id, 0), revision.new.by_id.get(theme.id)
        if not codings:
            continue
        if later is None:
            undecided.append(_removed(revision, theme, codings))
        elif theme.id not in settled and redefined(theme, later):
            undecided.append(_redefined(theme, codings))
    return undecided


def differences_to_plan(revision: Revision, uses: Mapping[str, int]) -> list[Difference]:
    """Return the differences that concern themes with codings: somebody must see a plan of them first.

    Args:
        revision: The revision.
        uses: For each theme the codings that stand.
    """
    used = {theme_id for theme_id, codings in uses.items() if codings}
    for codebook in (revision.old, revision.new):
        used |= {net for theme_id in tuple(used) for net in codebook.ancestors(theme_id)}
    return [
        difference
        for difference in compare(revision.old, revision.new)
        if difference.theme_id in used and _concerns_codings(difference, revision)
    ]


def _concerns_codings(difference: Difference, revision: Revision) -> bool:
    if difference.kind != "changed":
        return difference.kind == "removed"
    field = FIELD_NAMED[difference.field]
    old, new = (codebook.by_id[difference.theme_id] for codebook in (revision.old, revision.new))
    return field.recounts or (field.redefines != "never" and redefined(old, new))


def redefined(old: Theme, new: Theme) -> bool:
    """Tell whether what a theme means has changed, so that its codings may need a fresh look."""
    changed = [field for field in THEME_FIELDS if field.of(old) != field.of(new)]
    return any(
        field.redefines == "always" or (field.redefines == "once said" and field.of(old)) for field in changed
    )


def _removed(revision: Revision, theme: Theme, codings: int) -> OpenDecision:
    message = f"'{theme.label}' ({theme.id}) is gone from the file, and {_have(codings)} it."
    decisions = [
        Decision("retire", theme.id, "keep them; the theme is no longer offered"),
        Decision("merge", theme.id, "make them codings of another theme"),
    ]
    for candidate in revision.new:
        if candidate.id not in revision.old and _alike(theme, candidate):
            message += f" Is it '{candidate.id}' now? Ids stay; labels may change."
            decisions.append(Decision("merge", theme.id, f"go on as '{candidate.id}'", candidate.id))
    return OpenDecision(theme.id, message, tuple(decisions))


def _redefined(theme: Theme, codings: int) -> OpenDecision:
    return OpenDecision(
        theme.id,
        f"'{theme.label}' ({theme.id}) means something else now, and {_have(codings)} it.",
        (
            Decision("look-again", theme.id, "put them into the queue to be recoded"),
            Decision("keep", theme.id, "leave them as they are: only the wording has changed"),
        ),
    )


def _alike(theme: Theme, candidate: Theme) -> bool:
    return fold_name(theme.label) == fold_name(candidate.label) or (
        bool(theme.definition) and theme.definition == candidate.definition
    )


def _have(codings: int) -> str:
    return f"{counted(codings, 'coding')} {agreeing(codings, 'has', 'have')}"
