"""How good suggestions have been: what became of each, and how much work remains."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from coder.domain.exposures import recall
from coder.store import codings, kept_suggestions
from coder.workflows.study.coders import coder_meant
from coder.workflows.study.naming_damage import names_damage
from coder.workflows.study.question_languages import reading_lines
from coder.workflows.study.questions import find_question
from coder.workflows.suggesting.suggestion_decisions import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.exposures import Choice, Fate
    from coder.store.kept_suggestions import Confirmation
    from coder.workflows.study.study import Study
    from coder.workflows.suggesting.suggestion_decisions import Decisions

RECENT = (50, 200)
"""How many of the answers confirmed last the report on recent suggestions is about."""
PAUSE = 600
"""Seconds after which nobody is taken to have been at one answer all the time."""
FIRST = (1, 3, 9)
"""The report says which share of the themes chosen was among so many first suggestions."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of suggestions that were on screen, of confirmed answers."""

    accepted: int = 0
    removed: int = 0
    passed_over: int = 0
    unseen: int = 0
    """Of a theme: how often it was chosen without being among them."""

    @property
    def on_screen(self) -> int:
        """How often they were on screen."""
        return self.accepted + self.removed + self.passed_over


@dataclass(frozen=True, slots=True)
class SuggestionQuality:
    """How many of the themes chosen on some answers were among the first suggestions."""

    answers: int
    theme_count: int
    """Themes chosen on them."""
    among_first: Mapping[int, float | None]
    """k to the share of those themes that was among the first k suggestions; None if none was chosen."""


@dataclass(frozen=True, slots=True)
class RemainingWork:
    """How much there is to do for a question."""

    question_id: str
    answers: int
    """Not yet confirmed."""
    pace_of: int
    """How many answers, confirmed last, the pace is taken from."""
    keys_an_answer: float | None
    """None before the first was confirmed."""
    repeats: int = 0
    """Of these answers so many say what another of them says: they are read with it."""

    @property
    def keys(self) -> int | None:
        """The keys that these answers will take at that pace."""
        if self.keys_an_answer is None:
            return None
        return round((self.answers - self.repeats) * self.keys_an_answer)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long answers took until they were done."""

    takes_first: bool
    """Whether of those that were done by Space, with the first suggestion."""
    answers: int
    """Of so many; a pause longer than `PAUSE` is no time spent on an answer."""
    median_seconds: float
    """From one answer done to the next."""


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """What became of the suggestions that one coder saw."""

    coder: str
    """Their name."""
    ranks: Mapping[int, Tally]
    themes: Mapping[str, Tally]
    """By theme id, those most on screen first."""
    lately: tuple[SuggestionQuality, ...]
    """Of answers with suggestions on screen at the first decision: the last 50, the last 200."""
    hidden: SuggestionQuality
    """Of all answers whose suggestions were hidden until the first choice: the themes chosen by then."""
    remaining: tuple[RemainingWork, ...]
    chosen_shown: int
    """Themes chosen on the coding screen with suggestions on it."""
    chosen_hidden: int
    """And without."""
    paces: tuple[Pace, ...] = ()
    """How long answers took, by Space and otherwise; without those of which nothing is known."""
    reading: tuple[str, ...] = ()
    """Lines: the languages of the answers, and what ranked the suggestions last."""


@names_damage
def suggestion_report(
    study: Study, coder_id: str | None = None, question_id: str | None = None
) -> SuggestionReport:
    """Return what became of the suggestions that a coder saw.

    Args:
        study: The study.
        coder_id: The coder; None takes the only one there is, or whoever is logged in.
        question_id: The question; None takes all.

    Raises:
        CoderError: There is no such coder or question, or there are several coders to choose from.
    """
    person = coder_meant(study.database, coder_id)
    question_id = None if question_id is None else find_question(study, question_id).id
    decisions = gathered(kept_suggestions.logged_changes(study.database, person, question_id))
    suggestions = kept_suggestions.all_kept(study.database, person, question_id)
    offers = decisions.offers(suggestions)
    revealed = {suggestion.response: suggestion.step for suggestion in suggestions if suggestion.on_screen}
    on_screen = decisions.choices(offers, on_screen=True)
    hidden = [
        decisions.before_reveal(choice, revealed) for choice in decisions.choices(offers, on_screen=False)
    ]
    hidden_at_first = {choice.response for choice in hidden}
    shown_at_first = [choice for choice in on_screen if choice.response not in hidden_at_first]
    return SuggestionReport(
        study.name_of(person),
        _by_rank(on_screen),
        _by_theme(on_screen),
        tuple(_quality(shown_at_first[-most:]) for most in RECENT),
        _quality(hidden),
        tuple(_remaining(study, person, question_id, decisions)),
        decisions.chosen_shown,
        decisions.chosen_hidden,
        tuple(_paces(kept_suggestions.confirmations(study.database, person, question_id))),
        tuple(reading_lines(study, question_id)),
    )


def _paces(confirmations: Sequence[Confirmation]) -> Iterator[Pace]:
    """Yield how long answers took by Space, then how long the others took."""
    moments = [datetime.fromisoformat(confirmation.at) for confirmation in confirmations]
    seconds = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    for takes_first in (True, False):
        spent = [
            gap
            for gap, confirmation in zip(seconds, confirmations[1:], strict=True)
            if confirmation.takes_first == takes_first and gap <= PAUSE
        ]
        if spent:
            yield Pace(takes_first, len(spent), median(spent))


def _by_rank(choices: Iterable[Choice]) -> dict[int, Tally]:
    fates: dict[int, list[Fate]] = defaultdict(list)
    for choice in choices:
        for offer in choice.offers:
            fates[offer.suggestion.rank].append(offer.fate)
    return {rank: _tally(fates[rank]) for rank in sorted(fates)}


def _by_theme(choices: Iterable[Choice]) -> dict[str, Tally]:
    fates: dict[str, list[Fate]] = defaultdict(list)
    unseen: dict[str, int] = defaultdict(int)
    for choice in choices:
        for offer in choice.offers:
            fates[offer.suggestion.theme_id].append(offer.fate)
        for theme_id in choice.theme_ids - {offer.suggestion.theme_id for offer in choice.offers}:
            unseen[theme_id] += 1
    tallies = {
        theme_id: _tally(fates.get(theme_id, ()), unseen[theme_id])
        for theme_id in dict.fromkeys((*fates, *unseen))
    }
    return dict(sorted(tallies.items(), key=lambda pair: (-pair[1].on_screen, pair[0])))


def _tally(fates: Sequence[Fate], unseen: int = 0) -> Tally:
    return Tally(fates.count("accepted"), fates.count("removed"), fates.count("passed over"), unseen)


def _quality(choices: Sequence[Choice]) -> SuggestionQuality:
    theme_count = sum(len(choice.theme_ids) for choice in choices)
    return SuggestionQuality(len(choices), theme_count, {k: recall(choices, k) for k in FIRST})


def _remaining(
    study: Study, coder_id: str, question_id: str | None, decisions: Decisions
) -> Iterable[RemainingWork]:
    keys_of_question: dict[str, list[int]] = defaultdict(list)
    for response in decisions.confirmed:
        if decisions.keys[response] and response in decisions.read:
            keys_of_question[decisions.question_of[response]].append(decisions.keys[response])
    same_words = study.settings.same_words
    repeats = codings.open_repeats(study.database, coder_id) if same_words else {}
    for coded_question, progress in codings.progress(study.database, coder_id).items():
        if question_id in {None, coded_question}:
            lately = keys_of_question[coded_question][-max(RECENT) :]
            pace = sum(lately) / len(lately) if lately else None
            answers, repeated = progress.answers - progress.done, repeats.get(coded_question, 0)
            yield RemainingWork(coded_question, answers, len(lately), pace, repeated)
