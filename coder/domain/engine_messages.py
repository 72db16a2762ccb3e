"""The messages between the coding screen and the suggestion engine's process.

The screen sends requests, the engine answers with events; both are lines of JSON on the way
(`coder.workflows.suggesting.message_codec`). Responses go by their numbers.
"""

# Without `from __future__ import annotations`: the codec reads the fields' types.

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from coder.domain.codings import Span
from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.domain.languages.answer_languages import AnswerLanguages
from coder.domain.ranking import RankedResponse
from coder.domain.reading_orders import Order
from coder.domain.second_look import Doubted


@dataclass(frozen=True, slots=True)
class LearnCodings:
    """Learn the themes that stand on a response now, in place of those that stood on it before."""

    response: int
    theme_ids: tuple[str, ...]
    done: bool
    """Whether the coder has confirmed the response."""
    copies: tuple[int, ...] = ()
    """Responses that say the same, and stand alike now: what was learned of them is forgotten, as they count
    once."""


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """Read anew which responses are answers: the study's list of texts that say nothing has changed."""


@dataclass(frozen=True, slots=True)
class RankResponses:
    """Rank the themes of responses: the first, the one on screen, before the others."""

    responses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ExplainTheme:
    """Say why a theme is suggested for a response."""

    response: int
    theme_id: str


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Find the responses to the same question that are most like one."""

    response: int
    count: int
    """At most so many."""


@dataclass(frozen=True, slots=True)
class OrderResponses:
    """Put the responses to a question in an order."""

    question_id: str
    order: Order


@dataclass(frozen=True, slots=True)
class TakeSecondLook:
    """Find the codings of a question that are most worth checking."""

    question_id: str


@dataclass(frozen=True, slots=True)
class DraftThemes:
    """Propose themes for what no theme covers in the answers to a question."""

    question_id: str


EngineRequest = (
    LearnCodings
    | ReadAnswers
    | RankResponses
    | ExplainTheme
    | FindSimilar
    | OrderResponses
    | TakeSecondLook
    | DraftThemes
)


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The engine has read the study and takes requests."""


@dataclass(frozen=True, slots=True)
class AnswersRead:
    """In which languages the answers to a question are, and what ranks its themes."""

    question_id: str
    languages: AnswerLanguages
    answers: int
    """How many there are."""
    encoders: tuple[str, ...]
    """The names of the encoders that read them; without any, words alone rank."""
    what_helps: str
    """What would help, as a sentence; empty where nothing would."""


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How many texts have vectors, of all that are to have one."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RankingReady:
    """A response is ranked."""

    ranked: RankedResponse


@dataclass(frozen=True, slots=True)
class SpansReady:
    """The spans of a response that carry its likeliest themes; sent unasked after a ranking."""

    response: int
    spans: Mapping[str, tuple[Span, ...]]
    """Theme id to the spans that carry the theme, best first."""


class NearestResponse(NamedTuple):
    """A response that is coded with a theme and is like the one in question."""

    response_id: str
    text: str


@dataclass(frozen=True, slots=True)
class EvidenceReady:
    """Why a theme is suggested for a response."""

    response: int
    theme_id: str
    spans: tuple[Span, ...]
    """The span that carries the theme; empty when none stands out."""
    elsewhere: tuple[Span, ...]
    """The next best spans, best first."""
    keywords: tuple[str, ...]
    """The theme's keywords as the response writes them."""
    nearest: tuple[NearestResponse, ...]
    """The most alike first."""


class SimilarResponse(NamedTuple):
    """A response that is like the one in question."""

    response: int
    similarity: float
    """A cosine: 1 for the same words or meaning."""


@dataclass(frozen=True, slots=True)
class SimilarReady:
    """The responses most like one, the most alike first."""

    response: int
    similar: tuple[SimilarResponse, ...]


@dataclass(frozen=True, slots=True)
class OrderReady:
    """The responses to a question in the order that was requested."""

    question_id: str
    order: Order
    responses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SecondLookReady:
    """The codings of a question that are worth checking, the most doubtful first."""

    question_id: str
    doubted: tuple[Doubted, ...]


@dataclass(frozen=True, slots=True)
class DraftsReady:
    """Groups of alike answers to a question that no theme covers, the densest and largest first."""

    question_id: str
    drafts: tuple[ThemeDraft, ...]


@dataclass(frozen=True, slots=True)
class EngineNotice:
    """Something that could not be done, in a sentence for the coder; the engine goes on."""

    text: str


@dataclass(frozen=True, slots=True)
class EngineStopped:
    """The engine's process has ended without being told to; no event follows."""

    reason: str


EngineEvent = (
    EngineReady
    | AnswersRead
    | ReadingProgress
    | RankingReady
    | SpansReady
    | EvidenceReady
    | SimilarReady
    | OrderReady
    | SecondLookReady
    | DraftsReady
    | EngineNotice
    | EngineStopped
)
