"""The changes that a decision makes on one answer, given what stands on it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.codings import NO_WORDS, Change, CopiedChange, PickedWords, picked_together, write_spans
from coder.workflows.coding.recoding import changes_of_choice, settle_all, words_for_choice
from coder.workflows.coding.second_look import reopen_doubts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codings import Origin, Span, SuggestionSeen
    from coder.domain.standing import Standing

DONE = "1"


def theme_toggled(
    standing: Standing,
    theme_id: str,
    words: PickedWords = NO_WORDS,
    origin: Origin = "hand",
    suggestion: SuggestionSeen | None = None,
) -> list[Change]:
    """Return the changes that choose a theme, or take it away if it stands; without a theme it is open again.

    Args:
        standing: What stands on the answer.
        theme_id: The theme.
        words: Those that carry it; a part of a theme that was split takes over its words instead.
        origin: How the choice came about.
        suggestion: What of the suggestions was on screen.
    """
    old = _spans_of(standing, theme_id)
    carried_by = words_for_choice(standing, theme_id, words) if old is None else NO_WORDS
    new = write_spans(carried_by.spans) if old is None else None
    changes = [Change(standing.response, "theme", old, new, theme_id, origin, suggestion, carried_by.by)]
    if new is None and standing.theme_ids == (theme_id,):
        # Done with no theme would say "nothing here", which nobody decided.
        changes.append(done_set(standing, done=False))
    changes += changes_of_choice(standing, theme_id, is_chosen=new is not None)
    return [*changes, *reopen_doubts(standing, [theme_id])]


def words_marked(
    standing: Standing,
    theme_id: str,
    words: PickedWords,
    origin: Origin,
    suggestion: SuggestionSeen | None = None,
) -> list[Change]:
    """Return the changes after which these words carry a theme, which is chosen if it does not stand yet."""
    old = _spans_of(standing, theme_id)
    new = write_spans(words.spans)
    if (old, standing.words_by.get(theme_id, "")) == (new, words.by):
        return []
    changes = [Change(standing.response, "theme", old, new, theme_id, origin, suggestion, words.by)]
    if old is None:
        changes += changes_of_choice(standing, theme_id, is_chosen=True)
        changes += reopen_doubts(standing, [theme_id])
    return changes


def picked_by_hand(standing: Standing, theme_id: str, spans: Sequence[Span]) -> PickedWords:
    """Return words that a person has pointed at; those that stood before, and stay, are whose they were.

    Args:
        standing: What stands on the answer.
        theme_id: The theme.
        spans: All its words from now on.
    """
    if not spans:
        return NO_WORDS
    words_before = standing.spans.get(theme_id, ())
    if words_before and set(words_before) < set(spans):
        return PickedWords(tuple(spans), picked_together(("person", standing.words_by.get(theme_id, ""))))
    return PickedWords(tuple(spans), "person")


def theme_added(
    standing: Standing,
    theme_id: str,
    origin: Origin,
    suggestion: SuggestionSeen | None = None,
    words: PickedWords = NO_WORDS,
) -> list[Change]:
    """Return the changes that choose a theme; none where it stands already."""
    return [] if theme_id in standing.spans else words_marked(standing, theme_id, words, origin, suggestion)


def done_set(standing: Standing, *, done: bool) -> Change:
    """Return the change after which an answer is done, or open again."""
    return Change(standing.response, "done", DONE if standing.done else None, DONE if done else None)


def confirmed(standing: Standing, *, done: bool = True) -> list[Change]:
    """Return the changes after which an answer is done with the themes it has, or open again."""
    return [done_set(standing, done=done), *(settle_all(standing) if done else ())]


def emptied(standing: Standing) -> list[Change]:
    """Return the changes after which no theme is on an answer, and it is done."""
    off = [
        Change(standing.response, "theme", write_spans(spans), None, theme_id)
        for theme_id, spans in standing.spans.items()
    ]
    settled = [*settle_all(standing), *reopen_doubts(standing, standing.spans)]
    return [*off, *settled, done_set(standing, done=True)]


def as_copies(decided: Iterable[tuple[Iterable[Change], Sequence[int]]]) -> list[CopiedChange]:
    """Return changes as those made on answers because they say the same as one that was decided on.

    Answers on which all is changed alike are taken together.

    Args:
        decided: The changes on the first of some answers on which the same stands, and the numbers of these.
    """
    alike: dict[tuple[Change, ...], list[int]] = defaultdict(list)
    for changes, responses in decided:
        copies = (change._replace(response=0, origin="same", suggestion=None) for change in changes)
        alike[tuple(copies)].extend(responses)
    return [
        CopiedChange(change._replace(response=responses[0]), tuple(responses))
        for copies, responses in alike.items()
        for change in copies
    ]


def _spans_of(standing: Standing, theme_id: str) -> str | None:
    return write_spans(standing.spans[theme_id]) if theme_id in standing.spans else None
