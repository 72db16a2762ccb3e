"""All finders together, and how what they see becomes one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.privacy.findings import ON_REQUEST, Certainty, Finding, one_a_place
from coder.text.privacy.likely_names import LikelyNames
from coder.text.privacy.patterns import PATTERNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.text.privacy.english_entities import Entity
    from coder.text.privacy.finder import Finder
    from coder.text.privacy.vocabulary import Vocabulary

SPACY = "spaCy"


class AllFinders:
    """Finds what gives people away in the answers of a survey.

    Args:
        vocabulary: The words of the survey; None: names are not guessed.
        listed: Finders of names of lists.
        places: Whether places and organisations are looked for as well.
    """

    def __init__(
        self, vocabulary: Vocabulary | None, listed: Sequence[Finder] = (), *, places: bool = False
    ) -> None:
        self._places = places
        self._likely = LikelyNames(vocabulary) if vocabulary is not None else None
        guessing = (self._likely,) if self._likely is not None else ()
        self._finders: tuple[Finder, ...] = (*listed, *PATTERNS, *guessing)

    def find(self, text: str, entities: Sequence[Entity] = ()) -> tuple[Finding, ...]:
        """Return what gives somebody away in a text, by place; no two share a character.

        Args:
            text: An answer.
            entities: What spaCy sees in it.
        """
        findings = [finding for finder in self._finders for finding in finder.find(text)]
        return one_a_place([*findings, *self._seen_by_spacy(text, entities)])

    def _seen_by_spacy(self, text: str, entities: Sequence[Entity]) -> Iterator[Finding]:
        """Yield what spaCy sees; of its persons only those that no rule speaks against."""
        for start, end, kind in entities:
            place: tuple[int, int] | None = (start, end)
            if kind == "name":
                place = self._likely.part_that_may_be_a_name(text, start, end) if self._likely else None
            if place is not None and (self._places or kind not in ON_REQUEST):
                yield Finding(*place, kind, SPACY, Certainty.GUESS)
