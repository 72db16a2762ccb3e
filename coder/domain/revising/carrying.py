"""What a revision of the codebook does to one coder's codings, as changes for the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import (
    Aspect,
    Change,
    Origin,
    Span,
    WordsBy,
    picked_together,
    read_choices,
    read_spans,
    write_choices,
    write_spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.revising.revisions import Carried, Merge

_Key = tuple[int, str]
"""A response and the id of a theme."""


class RevisedCodings:
    """One coder's codings while a revision changes them; `changes` has what it did so far.

    Args:
        codings: (response, theme id) to the spans as the log writes them.
        memos: (response, theme id) to the memo on that coding.
        recode: (response, theme id) to the themes to choose from, as the log writes them.
        pickers: (response, theme id) to who picked the words of that coding.
    """

    def __init__(
        self,
        codings: Mapping[_Key, str],
        memos: Mapping[_Key, str],
        recode: Mapping[_Key, str],
        pickers: Mapping[_Key, WordsBy],
    ) -> None:
        self._pickers = dict(pickers)
        self._current: dict[Aspect, dict[_Key, str]] = {
            "theme": dict(codings),
            "memo": dict(memos),
            "recode": dict(recode),
        }
        self.changes: list[Change] = []

    def coded(self, theme_id: str) -> list[int]:
        """Return the responses that have a theme, in order."""
        return sorted(response for response, coded_id in self._current["theme"] if coded_id == theme_id)

    def carry(self, carried: Carried) -> None:
        """Make all changes of a revision: merges first, then what a person must look at."""
        for merge in carried.merges:
            self.merge(merge)
        for split in carried.splits:
            self.ask_again(split.source, split.parts)
        for theme_id in carried.look_again:
            self.ask_again(theme_id, (theme_id,))

    def merge(self, merge: Merge) -> None:
        """Make codings of the sources codings of the target: the union of their words, memos joined."""
        codings, memos, target = self._current["theme"], self._current["memo"], merge.target
        for response in sorted({response for response, theme_id in codings if theme_id in merge.sources}):
            sources = [theme_id for theme_id in merge.sources if (response, theme_id) in codings]
            joined = [(response, id_) for id_ in (*sources, target) if (response, id_) in codings]
            spans = _union(codings[key] for key in joined)
            words_by = picked_together(self._pickers.get(key, "") for key in joined) if spans else ""
            texts = [memos.get((response, theme_id), "") for theme_id in (target, *sources)]
            for theme_id in sources:
                self._set(response, "theme", theme_id, None)
                self._set(response, "memo", theme_id, None)
                self._set(response, "recode", theme_id, None)
            self._set(response, "theme", target, spans, words_by=words_by)
            self._set(response, "memo", target, "\n".join(filter(None, texts)) or None)
        self._choose_target_of(merge)

    def ask_again(self, theme_id: str, choices: Sequence[str]) -> None:
        """Put every coding of a theme into the queue, with the themes to choose from."""
        for response in self.coded(theme_id):
            self._set(response, "recode", theme_id, write_choices(choices))

    def choose_among(self, codebook: Codebook) -> None:
        """Leave only themes in use to choose from, for every coding that waits.

        A theme that was split and is offered again can be chosen, too. Where none is left, the coding itself
        is to be kept or taken off. A coding that stands no longer, as a revision or its coder has taken it
        away, waits for nothing.
        """
        offered = {theme.id for theme in codebook if theme.status == "active"}
        for (response, theme_id), choices in self._waiting():
            if (response, theme_id) not in self._current["theme"]:
                self._set(response, "recode", theme_id, None)
                continue
            in_use = [choice for choice in choices if choice in offered]
            if theme_id in offered and theme_id not in in_use:
                in_use.insert(0, theme_id)
            self._set(response, "recode", theme_id, write_choices(in_use or [theme_id]))

    def take_back(self, reversal: Sequence[Change]) -> list[int]:
        """Undo a step of a revision, but for responses that were decided on since.

        Args:
            reversal: The inverse changes, the last one first.

        Returns:
            The responses left as the coder decided since.
        """
        by_response: dict[int, list[Change]] = {}
        for change in reversal:
            by_response.setdefault(change.response, []).append(change)
        decided_since = []
        for response, changes in by_response.items():
            if any(self._current[c.aspect].get((response, c.theme_id)) != c.old for c in changes):
                decided_since.append(response)
                continue
            for change in changes:
                self._set(
                    response, change.aspect, change.theme_id, change.new, change.origin, change.words_by
                )
        return decided_since

    def _choose_target_of(self, merge: Merge) -> None:
        """Put the target of a merge in the place of its sources, among the themes to choose from."""
        for (response, theme_id), choices in self._waiting():
            targets = [merge.target if choice in merge.sources else choice for choice in choices]
            self._set(response, "recode", theme_id, write_choices(dict.fromkeys(targets)))

    def _waiting(self) -> list[tuple[_Key, tuple[str, ...]]]:
        """Return the codings that wait, each with the themes to choose from."""
        return [(key, read_choices(choices)) for key, choices in self._current["recode"].items()]

    def _set(
        self,
        response: int,
        aspect: Aspect,
        theme_id: str,
        new: str | None,
        origin: Origin = "merge",
        words_by: WordsBy = "",
    ) -> None:
        current = self._current[aspect]
        old = current.pop((response, theme_id), None)
        if new is not None:
            current[response, theme_id] = new
        if old != new:
            self.changes.append(Change(response, aspect, old, new, theme_id, origin, words_by=words_by))
            if aspect == "theme":
                self._pickers[response, theme_id] = words_by


def _union(written: Iterable[str]) -> str:
    """Return the words of several codings together; the whole response if one of them is of it."""
    of_codings = [read_spans(spans) for spans in written]
    if any(not spans for spans in of_codings):
        return ""
    joined: list[Span] = []
    for span in sorted(span for spans in of_codings for span in spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return write_spans(tuple(joined))
