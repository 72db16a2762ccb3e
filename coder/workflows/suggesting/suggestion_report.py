"""How good suggestions have been: what became of each, and how much work is left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder.domain.exposures import Choice, Fate, Offer, recall
from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.store import codings, exposures, surveys
from coder.workflows.study.opening import default_coder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.store.exposures import KeptSuggestion, LoggedChange
    from coder.workflows.study.study import Study

RECENT = (50, 200)
"""How many of the answers confirmed last tell how good suggestions have been lately."""
FIRST = (1, 3, 9)
"""Among how many first suggestions the themes chosen are looked for."""
_PICKED, _FOUND = 1, 6
"""Keys for a theme on a number key or ticked, and for one found by typing (`/`, four letters, Enter)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of suggestions that were on screen, of confirmed answers."""

    accepted: int = 0
    removed: int = 0
    passed_over: int = 0
    unseen: int = 0
    """Of a theme: how often it was chosen without being among them."""

    @property
    def shown(self) -> int:
        """How often it was on screen."""
        return self.accepted + self.removed + self.passed_over


@dataclass(frozen=True, slots=True)
class Lately:
    """How good suggestions were for the answers confirmed last."""

    answers: int
    chosen: int
    """Themes chosen on them."""
    among_first: Mapping[int, float | None]
    """k to the share of those themes that was among the first k suggestions; None if none was chosen."""


@dataclass(frozen=True, slots=True)
class Left:
    """How much there is to do for a question."""

    question_id: str
    answers: int
    """Not yet confirmed."""
    pace_of: int
    """How many answers, confirmed last, the pace is taken from."""
    keys_an_answer: float | None
    """None before the first was confirmed."""

    @property
    def keys(self) -> int | None:
        """The keys that the answers left will take at that pace."""
        return None if self.keys_an_answer is None else round(self.answers * self.keys_an_answer)


@dataclass(frozen=True, slots=True)
class SuggestionReport:
    """What became of the suggestions that one coder saw."""

    coder_id: str
    ranks: Mapping[int, Tally]
    themes: Mapping[str, Tally]
    """By theme id, those most on screen first."""
    lately: tuple[Lately, ...]
    """Of answers with suggestions on screen at the first decision: the last 50, the last 200."""
    hidden: Lately
    """Of all answers whose suggestions were hidden until the first choice: the themes chosen by then."""
    left: tuple[Left, ...]
    chosen_shown: int
    """Themes chosen on the coding screen with suggestions on it."""
    chosen_hidden: int
    """And without."""


@dataclass
class _Work:
    """What a coder decided, gathered from the log."""

    decided: dict[int, dict[str, Fate]] = field(default_factory=lambda: defaultdict(dict))
    """Response to theme to what its coder last said of it."""
    stood: dict[tuple[int, str], list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    """Response and theme to the steps that put it there (True) or took it off."""
    done: dict[int, int] = field(default_factory=dict)
    """Response to the step that confirmed it, the one confirmed last at the end."""
    question_of: dict[int, str] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Response to the keys that were pressed on it."""
    shown: int = 0
    hidden: int = 0

    def chosen(self, response: int) -> frozenset[str]:
        """Return the themes that the coder chose and did not take off again."""
        return frozenset(theme for theme, fate in self.decided[response].items() if fate == "accepted")

    def stood_before(self, response: int, theme_id: str, step: int) -> bool:
        """Tell whether a theme was chosen already when a step was made."""
        before = [stands for at, stands in self.stood[response, theme_id] if at < step]
        return bool(before) and before[-1]


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
    person = whose(study, coder_id)
    refuse_unknown_question(study, question_id)
    work = _work(exposures.logged_changes(study.database, person, question_id))
    exposed = exposures.kept_suggestions(study.database, person, question_id)
    offers = [
        _offer(each, work)
        for each in exposed
        if not work.stood_before(each.response, each.theme_id, each.step)
    ]
    seen = _choices(offers, work, on_screen=True)
    revealed = {each.response: each.step for each in exposed if each.on_screen}
    hidden = [_unled(choice, work, revealed) for choice in _choices(offers, work, on_screen=False)]
    blind = {choice.offers[0].response for choice in hidden}
    open_eyed = [choice for choice in seen if choice.offers[0].response not in blind]
    return SuggestionReport(
        person,
        _by_rank(seen),
        _by_theme(seen),
        tuple(_lately(open_eyed[-most:]) for most in RECENT),
        _lately(hidden),
        tuple(_left(study, person, question_id, work)),
        work.shown,
        work.hidden,
    )


def whose(study: Study, coder_id: str | None) -> str:
    """Return the coder who is meant.

    Raises:
        CoderError: Nobody of that name has worked on the study, or it is not clear who is meant.
    """
    people = codings.people(study.database)
    if coder_id is None:
        coder_id = people[0] if len(people) == 1 else default_coder()
    if coder_id not in people:
        msg = f"'{coder_id}' has not worked on this study."
        who = f"Who has: {', '.join(people)} (--coder NAME)." if people else "Nobody has yet."
        raise CoderError(msg, nearest(coder_id, people) or who)
    return coder_id


def refuse_unknown_question(study: Study, question_id: str | None) -> None:
    """Raise CoderError if the study has no such open question."""
    known = [question.id for question in surveys.questions(study.database)]
    if question_id is not None and question_id not in known:
        msg = f"The study has no question '{question_id}'."
        raise CoderError(msg, nearest(question_id, known) or f"Its questions are {', '.join(known)}.")


def _work(deeds: Iterable[LoggedChange]) -> _Work:
    work = _Work()
    costs: dict[tuple[int, int], int] = {}
    for deed in deeds:
        work.question_of[deed.response] = deed.question_id
        at = (deed.step, deed.response)
        costs[at] = max(costs.get(at, 0), _keys_for(deed))
        if deed.aspect == "theme":
            _decide(work, deed)
        else:
            work.done.pop(deed.response, None)
            if deed.stands:
                work.done[deed.response] = deed.step
    for (_, response), cost in costs.items():
        work.keys[response] += cost
    return work


def _decide(work: _Work, deed: LoggedChange) -> None:
    if deed.spans_only:
        return
    taken_back = deed.kind == "undo" and not deed.stands
    fate: Fate = "accepted" if deed.stands else "passed over" if taken_back else "removed"
    if deed.stands and deed.kind == "do" and deed.origin in {"hand", "suggestion"}:
        work.shown += deed.on_screen
        work.hidden += not deed.on_screen
    work.decided[deed.response][deed.theme_id] = fate
    work.stood[deed.response, deed.theme_id].append((deed.step, deed.stands))


def _keys_for(deed: LoggedChange) -> int:
    """Return the keys that a change took; those of one step are pressed once."""
    chosen = deed.aspect == "theme" and deed.kind == "do" and deed.stands and not deed.spans_only
    by_hand = chosen and deed.origin == "hand"
    return 0 if deed.origin == "import" else _FOUND if by_hand and deed.rank is None else _PICKED


def _offer(each: KeptSuggestion, work: _Work) -> Offer:
    fate = work.decided[each.response].get(each.theme_id)
    if fate is None or fate == "passed over":
        fate = "passed over" if each.response in work.done else "undecided"
    return Offer(*each, fate)


def _choices(offers: Iterable[Offer], work: _Work, *, on_screen: bool) -> list[Choice]:
    """Return the confirmed answers with what was suggested for them, the one confirmed last at the end."""
    found: dict[int, list[Offer]] = defaultdict(list)
    for offer in offers:
        if bool(offer.on_screen) == on_screen:
            found[offer.response].append(offer)
    return [
        Choice(step, tuple(found[response]), work.chosen(response))
        for response, step in work.done.items()
        if response in found
    ]


def _unled(choice: Choice, work: _Work, revealed: Mapping[int, int]) -> Choice:
    """Return a choice without the themes that were chosen after the suggestions had appeared."""
    response = choice.offers[0].response
    if response not in revealed:
        return choice
    step = revealed[response]
    themes = (theme for theme in choice.theme_ids if work.stood_before(response, theme, step))
    return replace(choice, theme_ids=frozenset(themes))


def _by_rank(choices: Iterable[Choice]) -> dict[int, Tally]:
    fates: dict[int, list[Fate]] = defaultdict(list)
    for choice in choices:
        for offer in choice.offers:
            fates[offer.rank].append(offer.fate)
    return {rank: _tally(fates[rank]) for rank in sorted(fates)}


def _by_theme(choices: Iterable[Choice]) -> dict[str, Tally]:
    fates: dict[str, list[Fate]] = defaultdict(list)
    unseen: dict[str, int] = defaultdict(int)
    for choice in choices:
        for offer in choice.offers:
            fates[offer.theme_id].append(offer.fate)
        for theme_id in choice.theme_ids - {offer.theme_id for offer in choice.offers}:
            unseen[theme_id] += 1
    tallies = {
        theme_id: _tally(fates.get(theme_id, ()), unseen[theme_id])
        for theme_id in dict.fromkeys((*fates, *unseen))
    }
    return dict(sorted(tallies.items(), key=lambda pair: (-pair[1].shown, pair[0])))


def _tally(fates: Sequence[Fate], unseen: int = 0) -> Tally:
    return Tally(fates.count("accepted"), fates.count("removed"), fates.count("passed over"), unseen)


def _lately(choices: Sequence[Choice]) -> Lately:
    chosen = sum(len(choice.theme_ids) for choice in choices)
    return Lately(len(choices), chosen, {k: recall(choices, k) for k in FIRST})


def _left(study: Study, coder_id: str, question_id: str | None, work: _Work) -> Iterable[Left]:
    by_question: dict[str, list[int]] = defaultdict(list)
    for response in work.done:
        if work.keys[response]:
            by_question[work.question_of[response]].append(work.keys[response])
    for each, progress in codings.progress(study.database, coder_id).items():
        if question_id in {None, each}:
            lately = by_question[each][-max(RECENT) :]
            pace = sum(lately) / len(lately) if lately else None
            yield Left(each, progress.answers - progress.done, len(lately), pace)
