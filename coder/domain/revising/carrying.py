"""What a revision of the codebook does to one coder's codings, as changes for the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import Aspect, Change, Origin, Span, read_spans, write_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.revising.revisions import Carried, Merge


class Standing:
    """What stands of one coder, while the changes of a revision are worked out.

    Args:
        codings: (response, theme id) to the spans as the log writes them.
        memos: (response, theme id) to the memo on that coding.
        recode: (response, theme id) to the themes to choose from.
    """

    def __init__(
        self,
        codings: Mapping[tuple[int, str], str],
        memos: Mapping[tuple[int, str], str],
        recode: Mapping[tuple[int, str], str],
    ) -> None:
        self._now: dict[Aspect, dict[tuple[int, str], str]] = {
            "theme": dict(codings),
            "memo": dict(memos),
            "recode": dict(recode),
        }
        self.changes: list[Change] = []

    def coded(self, theme_id: str) -> list[int]:
        """Return the responses that have a theme, in order."""
        return sorted(response for response, coded in self._now["theme"] if coded == theme_id)

    def carry(self, carried: Carried) -> None:
        """Do what a revision does: merges first, then what needs a person."""
        for merge in carried.merges:
            self.merge(merge)
        for split in carried.splits:
            self.ask_again(split.source, split.parts)
        for theme_id in carried.look_again:
            self.ask_again(theme_id, (theme_id,))

    def merge(self, merge: Merge) -> None:
        """Make codings of the sources codings of the target: the union of their words, memos joined."""
        coded, target = self._now["theme"], merge.target
        for response in sorted({response for response, theme_id in coded if theme_id in merge.sources}):
            own = [each for each in merge.sources if (response, each) in coded]
            spans = [coded[response, each] for each in (*own, target) if (response, each) in coded]
            memos = [self._now["memo"].get((response, each), "") for each in (target, *own)]
            for each in own:
                self._set(response, "theme", each, None)
                self._set(response, "memo", each, None)
                self._set(response, "recode", each, None)
            self._set(response, "theme", target, _union(spans))
            self._set(response, "memo", target, "\n".join(filter(None, memos)) or None)
        self._follow(merge)

    def ask_again(self, theme_id: str, choices: Sequence[str]) -> None:
        """Put every coding of a theme into the queue, with the themes to choose from."""
        for response in self.coded(theme_id):
            self._set(response, "recode", theme_id, " ".join(choices))

    def choose_among(self, codebook: Codebook) -> None:
        """Have every coding that waits be told apart by themes in use; with none left, be kept or taken off.

        A theme that was split and is offered again is one to choose.
        """
        offered = {theme.id for theme in codebook if theme.status == "active"}
        for (response, theme_id), choices in list(self._now["recode"].items()):
            names = [each for each in choices.split() if each in offered]
            if theme_id in offered and theme_id not in names:
                names.insert(0, theme_id)
            self._set(response, "recode", theme_id, " ".join(names) or theme_id)

    def take_back(self, reversal: Sequence[Change]) -> list[int]:
        """Make the changes that take a step back, but for responses that were decided on since.

        Args:
            reversal: The inverse changes, the last one first.

        Returns:
            The responses left as the coder decided since.
        """
        by_response: dict[int, list[Change]] = {}
        for change in reversal:
            by_response.setdefault(change.response, []).append(change)
        left = []
        for response, changes in by_response.items():
            if any(self._now[c.aspect].get((response, c.theme_id)) != c.old for c in changes):
                left.append(response)
                continue
            for change in changes:
                self._set(response, change.aspect, change.theme_id, change.new, change.origin)
        return left

    def _follow(self, merge: Merge) -> None:
        """Where a source was among the themes to choose from, the target is so now."""
        for (response, theme_id), choices in list(self._now["recode"].items()):
            names = [merge.target if each in merge.sources else each for each in choices.split()]
            self._set(response, "recode", theme_id, " ".join(dict.fromkeys(names)))

    def _set(
        self, response: int, aspect: Aspect, theme_id: str, after: str | None, origin: Origin = "merge"
    ) -> None:
        now = self._now[aspect]
        before = now.pop((response, theme_id), None)
        if after is not None:
            now[response, theme_id] = after
        if before != after:
            self.changes.append(Change(response, aspect, before, after, theme_id, origin))


def _union(spans: Iterable[str]) -> str:
    """Return the words of several codings together; the whole response if one of them is of it."""
    read = [read_spans(each) for each in spans]
    if any(not each for each in read):
        return ""
    joined: list[Span] = []
    for span in sorted(span for each in read for span in each):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return write_spans(tuple(joined))
