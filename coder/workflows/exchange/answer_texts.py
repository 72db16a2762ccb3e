"""Whether a row of a codings file is about the answer that it names: by the text that was coded."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import listed_few
from coder.domain.texts.text_versions import (
    is_text_version,
    same_text,
    survey_fingerprint,
    text_version,
)
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from coder.domain.responses import Response

_FEWEST_CHARACTERS = 12
"""Of words that tell one answer from another."""
_MOST_SEARCHES = 200
"""Words that are looked for in all answers: each takes as long as reading them."""
_NAMED = 3
_FORMULA_SIGNS = "=+-@"
"""Before a text that begins with one, files for spreadsheets have an apostrophe."""


class StatedText(NamedTuple):
    """What a row says of the text that was coded."""

    version: str = ""
    text: str = ""
    survey: str = ""

    @property
    def says_something(self) -> bool:
        """Tell whether there is anything by which the answer can be recognised."""
        return bool(self.version or self.text.strip())


class MisfitError(CoderError):
    """A row about an answer whose text is not the one that was coded.

    Args:
        message: What is wrong.
        hint: Where that text is.
        is_elsewhere: Whether it is that of one other answer.
        is_redacted: Whether words were taken out of the answer: nothing tells any more which text it was.
    """

    def __init__(
        self, message: str, hint: str, *, is_elsewhere: bool = False, is_redacted: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.is_elsewhere = is_elsewhere
        self.is_redacted = is_redacted

    @classmethod
    def of(cls, message: str, same: Sequence[Response]) -> MisfitError:
        """Return the error for a text that some answers have, or none."""
        names = listed_few([response.id for response in same], _NAMED)
        where = f"The text that was coded is that of {names}."
        hint = where if same else "No answer here has the text that was coded."
        return cls(message, hint, is_elsewhere=len(same) == 1)


class AnswerTexts:
    """The texts of a study's answers, by which codings are held against them.

    Args:
        responses: All of them.
        redacted: The ids of those that words were taken out of.
    """

    def __init__(self, responses: Iterable[Response], redacted: Collection[str] = ()) -> None:
        self._responses = list(responses)
        self._redacted = frozenset(redacted)
        self._versions: dict[int, str] = {}
        self._of_version: Mapping[str, list[Response]] = {}
        self._fingerprint = ""
        self._searches = 0

    @property
    def fingerprint(self) -> str:
        """What names the survey."""
        if not self._fingerprint:
            versions = ((response.id, self.version_of(response)) for response in self._responses)
            self._fingerprint = survey_fingerprint(versions)
        return self._fingerprint

    def version_of(self, response: Response) -> str:
        """Return what names the text of an answer."""
        version = self._versions.get(response.number)
        if version is None:
            version = self._versions[response.number] = text_version(response.text)
        return version

    def is_recognised(self, coded: StatedText) -> bool:
        """Tell whether what a row says of the text, which fits the answer, tells it from others."""
        return coded.says_something or (bool(coded.survey) and coded.survey.strip() == self.fingerprint)

    def refuse_misfit(self, coded: StatedText, response: Response) -> None:
        """Raise MisfitError if the text that was coded is not that of an answer."""
        if coded.version and not is_text_version(coded.version.strip()):
            msg = f"'{coded.version}' is no text_version."
            raise CoderError(msg, "Leave these cells as coder has written them, or take the column out.")
        if not self.fits(coded, response):
            same = self.with_text(coded, response.question_id)
            if response.id in self._redacted and not same:
                # A digest of the text as it was would tell who could guess the words: there is none.
                msg = f"Words were taken out of {response.id}, whose text is not the one that was coded."
                raise MisfitError(msg, "", is_redacted=True)
            msg = f"The text of {response.id} is not the one that was coded."
            raise MisfitError.of(msg, same)

    def fits(self, coded: StatedText, response: Response) -> bool:
        """Tell whether nothing speaks against an answer being the one that was coded."""
        if coded.version and coded.version.strip() != self.version_of(response):
            return False
        return not coded.text.strip() or same_text(response.text) in _readings(coded.text)

    def with_text(self, coded: StatedText, question_id: str = "") -> list[Response]:
        """Return the answers that have the text which was coded, of one question if any of that have it."""
        if not self._of_version:
            of_version = defaultdict(list)
            for response in self._responses:
                of_version[self.version_of(response)].append(response)
            self._of_version = of_version
        versions = [coded.version.strip()] if coded.version else map(text_version, _readings(coded.text))
        same = [response for version in versions for response in self._of_version.get(version, ())]
        same = [response for response in same if self.fits(coded, response)]
        return [response for response in same if response.question_id == question_id] or same

    def holding(self, words: str) -> Response | None:
        """Return an answer that holds words by which it can be told from others; None after many searches."""
        words = words.strip()
        if len(words) < _FEWEST_CHARACTERS or self._searches >= _MOST_SEARCHES:
            return None
        self._searches += 1
        return next((response for response in self._responses if words in response.text), None)


def _readings(text: str) -> tuple[str, ...]:
    """Return what a text in a file may stand for: a formula may have an apostrophe before it."""
    verbatim = same_text(text)
    return (
        (verbatim, verbatim[1:]) if verbatim[:1] == "'" and verbatim[1:2] in _FORMULA_SIGNS else (verbatim,)
    )
