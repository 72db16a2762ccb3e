"""The texts within values that JSON can hold, by the way that leads to each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.domain.privacy.text_cuts import TextCut, decisive_cuts, joined_cuts, with_further_cuts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TextWay = tuple[str | int, ...]
"""Keys and places that lead to a text."""
CutsByWay = dict[TextWay, tuple[TextCut, ...]]
"""For each text that was altered its cuts, as they were made; none where it was written anew as a whole."""


def leaves(content: Any, way: TextWay = ()) -> Iterator[tuple[TextWay, str]]:
    """Yield each text within a value; keys are no texts."""
    if isinstance(content, str):
        yield way, content
    elif isinstance(content, dict):
        for key, member in content.items():
            yield from leaves(member, (*way, key))
    elif isinstance(content, list | tuple):
        for place, member in enumerate(content):
            yield from leaves(member, (*way, place))


def replaced(content: Any, texts: Mapping[TextWay, str], way: TextWay = ()) -> Any:
    """Return a value with other texts in the place of some."""
    if way in texts:
        return texts[way]
    if isinstance(content, dict):
        return {key: replaced(member, texts, (*way, key)) for key, member in content.items()}
    if isinstance(content, list | tuple):
        return [replaced(member, texts, (*way, place)) for place, member in enumerate(content)]
    return content


def text_at(content: Any, way: TextWay) -> str | None:
    """Return the text to which a way leads; None if there is none."""
    for part in way:
        try:
            content = content[part]
        except (LookupError, TypeError):
            return None
    return content if isinstance(content, str) else None


def with_cuts_by_way(content: Any, made: CutsByWay, cuts: CutsByWay) -> Any:
    """Return a value that has some cuts with further ones as well; all as they were made."""
    texts = {}
    for way, further in cuts.items():
        text = text_at(content, way)
        if text is not None:
            own = made.get(way, ())
            texts[way] = with_further_cuts(text, joined_cuts(own), joined_cuts((*own, *further)))
    return replaced(content, texts)


def joined_ways(one: CutsByWay, other: CutsByWay) -> CutsByWay:
    """Return all cuts of both that decide on what stands in the texts."""
    return {
        way: decisive_cuts((*one.get(way, ()), *other.get(way, ()))) for way in sorted(one | other, key=str)
    }


def written_ways(cuts: CutsByWay) -> str:
    """Return cuts as the database keeps them; never empty."""
    return json.dumps([[list(way), [list(cut) for cut in of_way]] for way, of_way in cuts.items()])


def read_ways(written: str) -> CutsByWay:
    """Return what `written_ways` wrote; nothing of an empty text.

    Raises:
        ValueError, TypeError: It is nothing of the kind.
    """
    return ways_of(json.loads(written or "[]"))


def ways_of(rows: Any) -> CutsByWay:
    """Return cuts by way, given as JSON has them; raise ValueError or TypeError if they are none."""
    ways: CutsByWay = {}
    for way, of_way in rows:
        if not all(isinstance(part, str | int) for part in way):
            raise TypeError
        cuts = tuple(TextCut(int(start), int(end), str(text)) for start, end, text in of_way)
        if any(not 0 <= cut.start < cut.end for cut in cuts):
            raise ValueError
        ways[tuple(way)] = cuts
    return ways
