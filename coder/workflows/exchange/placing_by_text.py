"""Finding the answers that were coded by their texts, in a study where they have other ids.

A text that one answer alone has is that answer's, and tells who its respondent is here. A text that several
have is then that of this respondent; where nobody knows, it is nobody's to guess.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_id
from coder.formats.codings.coding_files import CodingRow
from coder.workflows.exchange.answer_texts import AnswerTexts, MisfitError, StatedText

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.responses import Response
    from coder.formats.codings.coding_files import MarkRow


class PlacingByText:
    """Finds the answer of a row by its text.

    Args:
        texts: The texts of the study.
        named: Returns the answer of the id that a row has; None if there is none.
    """

    def __init__(self, texts: AnswerTexts, named: Callable[[CodingRow | MarkRow], Response | None]) -> None:
        self._texts = texts
        self._named = named
        self._respondents: dict[str, set[str]] = defaultdict(set)
        """Respondents of the file to those whom their answers are of here."""
        self._placed: dict[str, Response] = {}
        """Ids of answers in the file to the answers here."""
        self._has_other_ids = False

    def learn(self, rows: Sequence[CodingRow]) -> None:
        """Note what the texts tell that one answer alone has."""
        for row in rows:
            coded = StatedText(row.text_version, row.text)
            same = self._texts.with_text(coded, row.question_id.strip()) if coded.says_something else []
            if len(same) == 1:
                self._note(row, same[0])
                if row.respondent_id.strip():
                    self._respondents[fold_id(row.respondent_id)].add(same[0].respondent_id)
                self._has_other_ids |= self._named(row) != same[0]

    def answer_of(self, row: CodingRow | MarkRow, coded: StatedText) -> Response:
        """Return the answer that a row is about.

        Raises:
            MisfitError: No answer has the text that was coded; or several have, and nothing tells them apart.
        """
        placed = self._placed.get(row.response_id)
        if placed is not None and self._texts.fits(coded, placed):
            return placed
        same = self._texts.with_text(coded, row.question_id.strip() if isinstance(row, CodingRow) else "")
        candidates = same if len(same) == 1 else self._of_respondent(row, same)
        if not candidates and not self._has_other_ids:
            named = self._named(row)
            candidates = [response for response in same if response == named]
        if len(candidates) != 1:
            msg = f"{len(same) or 'No'} answers have the text that was coded."
            raise MisfitError.of(msg, same)
        self._note(row, candidates[0])
        return candidates[0]

    def _note(self, row: CodingRow | MarkRow, response: Response) -> None:
        if row.response_id:
            self._placed[row.response_id] = response

    def _of_respondent(self, row: CodingRow | MarkRow, same: Sequence[Response]) -> list[Response]:
        """Return those of some answers that are of a row's respondent, who is known by another answer."""
        if isinstance(row, CodingRow):
            respondents = self._respondents.get(fold_id(row.respondent_id), set())
            own = [response for response in same if {response.respondent_id} == respondents]
            return own if len(own) == 1 else [r for r in own if str(r.item) == row.item.strip()]
        return []
