"""What a coder decided about suggested themes, gathered from the log."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.exposures import Choice, Fate, Offer
from coder.domain.ranking import FIND_KEYS, keys_to_choose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.exposures import KeptSuggestion
    from coder.store.kept_suggestions import LoggedChange

_PICK_KEYS = 1
"""Keys for a theme that is ticked, and for done."""


@dataclass
class Decisions:
    """What a coder decided, as of the end of the log."""

    fates: dict[int, dict[str, Fate]] = field(default_factory=lambda: defaultdict(dict))
    """Response to theme to what its coder decided about it last."""
    steps: dict[tuple[int, str], list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    """Response and theme to the steps that chose it (True) or took it off."""
    confirmed: dict[int, int] = field(default_factory=dict)
    """Response to the step that confirmed it, the one confirmed last at the end."""
    question_of: dict[int, str] = field(default_factory=dict)
    read: set[int] = field(default_factory=set)
    """Responses that were decided on themselves, and not only with another of the same words."""
    keys: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Response to the keys that were pressed on it."""
    chosen_shown: int = 0
    """Themes chosen on the coding screen with suggestions on it."""
    chosen_hidden: int = 0
    """And without."""

    def theme_ids(self, response: int) -> frozenset[str]:
        """Return the themes that the coder chose and did not take off again."""
        return frozenset(theme for theme, fate in self.fates[response].items() if fate == "accepted")

    def chosen_before(self, response: int, theme_id: str, step: int) -> bool:
        """Return whether a theme was chosen already when a step was made."""
        earlier = [stands for number, stands in self.steps[response, theme_id] if number < step]
        return bool(earlier) and earlier[-1]

    def offers(self, suggestions: Iterable[KeptSuggestion]) -> list[Offer]:
        """Return suggestions with their fates, without those of themes that were chosen before."""
        return [
            Offer(suggestion, self._fate(suggestion))
            for suggestion in suggestions
            if not self.chosen_before(suggestion.response, suggestion.theme_id, suggestion.step)
        ]

    def choices(self, offers: Iterable[Offer], *, on_screen: bool) -> list[Choice]:
        """Return the confirmed responses with what was suggested for them, the one confirmed last at the end.

        Args:
            offers: The suggestions.
            on_screen: Whether to take those that were on screen, or those that were hidden.
        """
        offers_of: dict[int, list[Offer]] = defaultdict(list)
        for offer in offers:
            if bool(offer.suggestion.on_screen) == on_screen:
                offers_of[offer.suggestion.response].append(offer)
        return [
            Choice(step, tuple(offers_of[response]), self.theme_ids(response))
            for response, step in self.confirmed.items()
            if response in offers_of
        ]

    def before_reveal(self, choice: Choice, revealed: Mapping[int, int]) -> Choice:
        """Return a choice without the themes that were chosen after the suggestions had appeared.

        Args:
            choice: What was chosen for a response whose suggestions were hidden at first.
            revealed: Response to the step at which its suggestions were on screen.
        """
        response = choice.response
        if response not in revealed:
            return choice
        step = revealed[response]
        theme_ids = (theme for theme in choice.theme_ids if self.chosen_before(response, theme, step))
        return choice._replace(theme_ids=frozenset(theme_ids))

    def _fate(self, suggestion: KeptSuggestion) -> Fate:
        fate = self.fates[suggestion.response].get(suggestion.theme_id)
        if fate is None or fate == "passed over":
            return "passed over" if suggestion.response in self.confirmed else "undecided"
        return fate


def gathered(changes: Iterable[LoggedChange]) -> Decisions:
    """Return what a coder decided by changes to themes and to what is confirmed, in their order."""
    decisions = Decisions()
    keys_of_step: dict[tuple[int, int], int] = {}
    for change in changes:
        decisions.question_of[change.response] = change.question_id
        pressed = (change.step, change.response)
        if change.kind == "do" and change.origin != "same":
            decisions.read.add(change.response)
        keys_of_step[pressed] = max(keys_of_step.get(pressed, 0), _keys_for(change))
        if change.aspect == "theme":
            _decide(decisions, change)
        else:
            decisions.confirmed.pop(change.response, None)
            if change.stands:
                decisions.confirmed[change.response] = change.step
    for (_, response), keys in keys_of_step.items():
        decisions.keys[response] += keys
    return decisions


def _decide(decisions: Decisions, change: LoggedChange) -> None:
    if change.spans_only:
        return
    taken_back = change.kind == "undo" and not change.stands
    fate: Fate = "accepted" if change.stands else "passed over" if taken_back else "removed"
    if change.stands and change.kind == "do" and change.origin in {"hand", "suggestion", "space"}:
        decisions.chosen_shown += change.on_screen
        decisions.chosen_hidden += not change.on_screen
    decisions.fates[change.response][change.theme_id] = fate
    decisions.steps[change.response, change.theme_id].append((change.step, change.stands))


def _keys_for(change: LoggedChange) -> int:
    """Return the keys that a change took; those of one step are pressed once."""
    chosen_now = change.aspect == "theme" and change.kind == "do" and change.stands and not change.spans_only
    if change.origin in {"import", "same"}:
        return 0
    if chosen_now and change.origin == "hand" and change.rank is None:
        return FIND_KEYS
    return keys_to_choose(change.rank) if chosen_now and change.rank else _PICK_KEYS
