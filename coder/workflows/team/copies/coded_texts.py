"""Whether another copy coded the text of an answer that is here, also where words were taken out of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.bundles import text_version
from coder.domain.privacy.text_cuts import joined_cuts, with_further_cuts
from coder.domain.responses import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.privacy.text_cuts import TextCut


class TextThere(NamedTuple):
    """What another copy says of the text of an answer."""

    version: str
    """As `text_version` names it, without what was cut out there."""
    first_text: str
    """What names the text that it first had; empty if nothing does."""
    cuts: tuple[TextCut, ...]
    """What was cut out of it there, as it was made."""


class TextHere(NamedTuple):
    """The text of an answer in this copy."""

    text: str
    first_text: str
    cuts: tuple[TextCut, ...]


def text_misfit(response_id: str, here: TextHere, there: TextThere, by: str) -> Iterator[str]:
    """Yield, in words, that the text of an answer is another one, or that nothing tells.

    Args:
        response_id: The answer.
        here: Its text in this copy.
        there: What the other says of it.
        by: The name of who sent that.
    """
    both = joined_cuts((*here.cuts, *there.cuts))
    theirs = joined_cuts(there.cuts)
    if both == theirs:
        # What was cut out here was there as well: the rest can be held against theirs.
        without = with_further_cuts(here.text, joined_cuts(here.cuts), both)
        if text_version(text_hash(without)) != there.version:
            yield f"answer '{response_id}' has another text here"
    elif not here.first_text or here.first_text != there.first_text:
        # Copies that share no salt name the same text otherwise.
        yield (
            f"of answer '{response_id}' words were taken out here, and nothing tells whether it was the same"
            f" text before: let {by} take in what you send, and take in theirs after that"
        )
