"""What can be decided about a draft theme, as options of a window."""

from __future__ import annotations

from itertools import product
from textwrap import shorten
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.grammar import counted
from coder.store import surveys
from coder.tui.coding.codebook_steps.draft_answers import likeliest_first, open_answers
from coder.tui.kit.windows.window_values import Option
from coder.workflows.revising.adding_themes import lacking_keywords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.drafting.theme_drafts import ThemeDraft
    from coder.tui.coding.desk import Desk

QUOTED = 150
"""Characters shown of an answer that is quoted."""
_NOTHING_COUNTED = "Nothing is coded by it, and nothing counted."
_TICKED = (
    "They are listed, ticked: read them, take the tick off what does not fit (x); then 1 and ⏎ code the "
    "ticked. Before that nothing is coded."
)


class DraftChoice(NamedTuple):
    """What is to become of a draft."""

    kind: Literal["take", "rename", "refuse", "merge"]
    name: str = ""
    into: ThemeDraft | Theme | None = None
    ticks: bool = False
    """Whether its answers are listed then, ticked, to be read and coded."""
    with_words: bool = False
    """Whether the theme that it is gets its words as keywords."""


def quotes_and_words(desk: Desk, draft: ThemeDraft) -> str:
    """Return the quotes of a draft, a line each, and the words of its own."""
    quoted = surveys.responses(desk.study.database, draft.quotes)
    quotes = [
        f"“{shorten(quoted[number].text, QUOTED, placeholder=' …')}” {quoted[number].id}"
        for number in draft.quotes
        if number in quoted
    ]
    return "\n".join([*quotes, f"Words of its own: {', '.join(draft.words)}" if draft.words else ""])


def verdicts(desk: Desk, draft: ThemeDraft, drafts: Sequence[ThemeDraft]) -> Iterator[Option[DraftChoice]]:
    """Yield what can be decided about a draft, the likeliest first: it is new, or a theme that there is."""
    ways_to_take = list(_ways_to_take(desk, draft, draft.name, "as a theme"))
    themes = [_as_theme(theme) for theme in likeliest_first(desk, draft)]
    detail = quotes_and_words(desk, draft)
    refusal = Option("Refuse it", DraftChoice("refuse"), f"{detail}\nIt does not come again.")
    yield from (*ways_to_take[:1], *themes[:1], *ways_to_take[1:], refusal, *themes[1:])
    for other in drafts:
        if other != draft:
            about = f"{quotes_and_words(desk, other)}\nThey become one draft, {other.name}."
            yield Option(f"Merge with the draft: {other.name}", DraftChoice("merge", into=other), about)


def _as_theme(theme: Theme) -> Option[DraftChoice]:
    about = f"{theme.definition}\nThe draft is no new theme, then. {_NOTHING_COUNTED}".lstrip()
    return Option(f"It is the theme: {theme.label}", DraftChoice("merge", into=theme), about)


def named_verdicts(desk: Desk, draft: ThemeDraft, name: str) -> Iterator[Option[DraftChoice]]:
    """Yield what can be done with a name that was typed for a draft."""
    yield from _ways_to_take(desk, draft, name, f"as: {name}")
    detail = quotes_and_words(desk, draft)
    yield Option(f"Rename it, decide later: {name}", DraftChoice("rename", name), detail)


def verdicts_on_theme(desk: Desk, draft: ThemeDraft, theme: Theme) -> Iterator[Option[DraftChoice]]:
    """Yield what else can be done with a draft that is a theme already: tick its answers, keep its words."""
    count, words = len(open_answers(desk, draft)), lacking_keywords(theme, draft.words)
    ways_with_words, ways_with_ticks = (
        (False, True) if words else (False,),
        (True, False) if count else (False,),
    )
    for with_words, ticks in product(ways_with_words, ways_with_ticks):
        steps = [f"tick its {counted(count, 'answer')}"] if ticks else []
        steps += [f"its words are keywords too: {', '.join(words)}"] if with_words else []
        label = "; ".join(steps) or "it is no new theme, and that is all"
        verdict = DraftChoice("merge", into=theme, ticks=ticks, with_words=with_words)
        yield Option(f"{label[0].upper()}{label[1:]}", verdict, _TICKED if ticks else _NOTHING_COUNTED)


def _ways_to_take(desk: Desk, draft: ThemeDraft, name: str, how: str) -> Iterator[Option[DraftChoice]]:
    """Yield the ways to take a draft under a name: with its answers ticked, if any is open, or alone."""
    question_id, count = desk.listing.question().id, len(open_answers(desk, draft))
    about = (
        f"{quotes_and_words(desk, draft)}\n"
        f"A new theme for {question_id}; the words of the draft are its keywords."
    )
    if count:
        label, verdict = (
            f"Take it {how}; tick its {counted(count, 'answer')}",
            DraftChoice("take", name, ticks=True),
        )
        yield Option(label, verdict, f"{about}\n{_TICKED}")
    yield Option(f"Take it {how}", DraftChoice("take", name), f"{about} {_NOTHING_COUNTED}")
