"""Masking what gives people away in answers and notes that are written out; the study is not changed."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.privacy.findings import Certainty, Finding, one_a_place
from coder.domain.privacy.masks import mask_cuts, mask_note
from coder.domain.privacy.placeholders import same_words_key
from coder.domain.privacy.quoting_words import QuotedWords
from coder.domain.privacy.text_cuts import joined_cuts, with_cuts
from coder.domain.theme_fields import THEME_FIELDS
from coder.store.privacy.place_rows import noted_places, reviewed
from coder.text.privacy.all_finders import AllFinders
from coder.workflows.privacy.finding import study_vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.codebook import Theme
    from coder.domain.privacy.masks import Mask
    from coder.domain.privacy.text_cuts import TextCut
    from coder.workflows.study.study import Study


class _NotedWords(NamedTuple):
    """What stands in the places that are noted in answers."""

    masked: QuotedWords
    kept: Collection[str]
    """What somebody wants kept wherever it stands, as `same_words_key` has it."""


class Masks:
    """The masks of a study's answers, and of what is written about them.

    Args:
        study: The study.
        mask: What is masked; None: what is known, unless somebody has decided on what was found.
    """

    def __init__(self, study: Study, mask: Mask | None) -> None:
        is_reviewed = bool(reviewed(study.database))
        self._by_default = mask is None and not is_reviewed
        self.mask: Mask = mask if mask is not None else "none" if is_reviewed else "known"
        self.passages = 0
        """How many passages were masked so far."""
        self._database = study.database
        self._cuts: dict[int, tuple[TextCut, ...]] = {}
        self._noted = noted_places(study.database) if self.mask != "none" else {}
        texts = (
            [text for (text,) in study.database.rows("SELECT text FROM response")]
            if self.mask == "all"
            else []
        )
        self._finders = AllFinders(study_vocabulary(study, texts) if self.mask == "all" else None)

    def cuts_of(self, response: int, text: str) -> tuple[TextCut, ...]:
        """Return what is masked in an answer, given its number and its text."""
        if self.mask == "none":
            return ()
        if response not in self._cuts:
            self._cuts[response] = mask_cuts(self._findings(response, text))
            self.passages += len(self._cuts[response])
        return self._cuts[response]

    def in_note(self, text: str) -> str:
        """Return what somebody wrote about answers, a memo or an example, with the same masked in it.

        Masked is what finders find in it, and words of places that are noted in answers, as whole words.
        """
        if self.mask == "none" or not text:
            return text
        findings = [
            finding
            for finding in self._finders.find(text)
            if self._is_masked(finding)
            and same_words_key(text[finding.start : finding.end]) not in self._noted_words.kept
        ]
        cuts = joined_cuts((*mask_cuts(findings), *self._noted_words.masked.cuts_in(text)))
        self.passages += len(cuts)
        return with_cuts(text, cuts)

    def in_theme(self, theme: Theme) -> Theme:
        """Return a theme with the same masked in its definition, examples and the like; labels stay."""
        texts: dict[str, Any] = {}
        for field in THEME_FIELDS:
            written = getattr(theme, field.name)
            if field.kind == "paragraph":
                texts[field.name] = self.in_note(written)
            elif field.kind == "texts":
                texts[field.name] = tuple(map(self.in_note, written))
        return replace(theme, **texts)

    @cached_property
    def _noted_words(self) -> _NotedWords:
        masked: dict[str, str] = {}
        kept = set[str]()
        texts = self._database.rows(
            "SELECT number, text FROM response WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(self._noted)),),
        )
        for number, text in texts:
            for place in self._noted[number]:
                words = text[place.start : place.end]
                if place.decision == "keep":
                    kept.add(same_words_key(words))
                else:
                    masked.setdefault(words, f"[{place.kind}]")
        return _NotedWords(QuotedWords(masked), kept - {same_words_key(words) for words in masked})

    def note(self) -> str:
        """Return what a reader must know of the masks; empty where there are none."""
        return mask_note(self.mask, self.passages, by_default=self._by_default)

    def _findings(self, response: int, text: str) -> tuple[Finding, ...]:
        noted = [place for place in self._noted.get(response, ()) if place.end <= len(text)]
        wanted_kept = [place for place in noted if place.decision == "keep"]
        known = [
            Finding(place.start, place.end, place.kind, place.finder, Certainty.LISTED)
            for place in noted
            if place.decision != "keep"
        ]
        return tuple(
            finding
            for finding in one_a_place([*self._finders.find(text), *known])
            if self._is_masked(finding)
            and not any(finding.start < place.end and place.start < finding.end for place in wanted_kept)
        )

    def _is_masked(self, finding: Finding) -> bool:
        return self.mask == "all" or finding.certainty is not Certainty.GUESS
