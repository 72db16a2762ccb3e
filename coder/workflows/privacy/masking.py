"""Masking what gives people away in answers that are written out; the study is not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.privacy.findings import Certainty, Finding, one_a_place
from coder.domain.privacy.masks import mask_cuts, mask_note
from coder.store.privacy.place_rows import noted_places, reviewed
from coder.text.privacy.all_finders import AllFinders
from coder.workflows.privacy.finding import study_vocabulary

if TYPE_CHECKING:
    from coder.domain.privacy.masks import Mask
    from coder.domain.privacy.text_cuts import TextCut
    from coder.workflows.study.study import Study


class Masks:
    """The masks of a study's answers.

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
