"""Texts of "Other (please specify)" counted as options of the closed question beside them.

The texts are an open question, coded as any other; its themes are the options, by their labels, or as a block
`[[attribute]]` of `study.toml` says. Of one choice, whoever chose "Other" and wrote one option moves there;
of several, the option is ticked as well, once. Nobody comes into the base or goes out of it. What the survey
holds stays as it is: only tables count so, and say how many came from text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, as_name, listed
from coder.domain.near_names import fold_name, matching, nearest
from coder.errors import CoderError
from coder.store import matrices, surveys
from coder.store.bases import reading
from coder.store.quotes import values_of
from coder.store.readings.counted_scope import counted_scope
from coder.store.readings.derived_values import DerivedAttribute
from coder.store.scope import Scope
from coder.tables.keeping_back.coded_values import MovedRule, TickedRule
from coder.workflows.study.attributes import find_attribute, value_order
from coder.workflows.study.moments import past_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coder.domain.responses import Attribute
    from coder.domain.study_settings import AttributeSetting
    from coder.domain.tables.requests import TableRequest
    from coder.workflows.study.study import Study

_UNTICKED = frozenset([
    "0", "no", "false", "not selected", "unselected", "unchecked", "not mentioned", "not ticked",
    "not chosen",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodedBack:
    """An attribute as it is counted with the texts, and what is said of that."""

    derived: DerivedAttribute
    question_id: str
    note: str
    """With numbers."""
    bare_note: str
    """Without, where counts are kept back."""
    chosen: Mapping[int, str]
    """Number of a respondent to the value in the survey; lacking are those without one."""
    scope: Scope
    """The codings that count."""
    rule: MovedRule | TickedRule
    """How they do, without the number of the way to count them."""
    needs_everybody: bool = False
    """Whether those without a value have to be in the base, as some of them are counted now."""


def coded_back(study: Study, request: TableRequest) -> list[CodedBack]:
    """Return the attributes that `study.toml` has texts coded back into; call it within one moment.

    Args:
        study: The study.
        request: Whose codings count, and by which rule.

    Raises:
        CoderError: `study.toml` names no question, theme, option or attribute of the study.
    """
    return [
        one
        for setting in study.settings.attributes
        if setting.other_text
        for one in _Texts(study, setting, request).attributes()
    ]


class _Texts:
    """The codings of the texts beside one closed question."""

    def __init__(self, study: Study, setting: AttributeSetting, request: TableRequest) -> None:
        self._study = study
        self._setting = setting
        self._database = study.database
        self._attribute = find_attribute(study, setting.name)
        question_ids = [question.id for question in surveys.questions(study.database)]
        question_id = matching(setting.other_text, question_ids)
        if question_id is None:
            msg = f"The texts of {setting.name} are no open question '{setting.other_text}' (study.toml)."
            raise CoderError(msg, nearest(setting.other_text, question_ids) or "")
        self._question_id = question_id
        past = None if request.as_of is None else past_of(study.database, request.as_of)
        self._codebook = past.codebook if past else study.codebook
        names = listed([study.name_of(coder_id) for coder_id in request.coder_ids])
        self._whose = f" Codings of {names} alone." if names else ""
        self._when = f" Codings as they stood {past.in_note}." if past else ""
        step = past.step if past else None
        scope = Scope([question_id], request.coder_ids, request.options.agreed, step)
        self._scope = counted_scope(study.database, scope)
        self._themes_of: dict[int, set[str]] = {}
        for theme_id, number in matrices.mentioned(study.database, self._scope):
            self._themes_of.setdefault(number, set()).add(theme_id)

    def attributes(self) -> Iterator[CodedBack]:
        """Yield each attribute that the texts change."""
        if self._setting.option_columns:
            yield from self._ticked()
        else:
            yield self._moved()

    def _moved(self) -> CodedBack:
        """Return the closed question with those moved who chose "Other" and wrote one option."""
        chosen_of = values_of(self._database, self._attribute.name)
        value_of = dict(chosen_of)
        others = {self._known(text, value_of, "other") for text in self._setting.other}
        option_of = self._options(value_of)
        moved: Counter[str] = Counter()
        several = unplaced = 0
        for number, chosen in chosen_of.items():
            if chosen not in others:
                continue
            themes = self._themes_of.get(number, set()) & option_of.keys()
            options = {option_of[theme_id] for theme_id in themes} - others
            if len(options) == 1:
                (value_of[number],) = options
                moved.update(options)
            elif options:
                several += 1
            else:
                unplaced += 1
        note = self._note(moved, several, unplaced)
        bare = f"Some of those under {listed(list(map(as_name, others)))} {self._counted_where}."
        derived = self._derived(self._attribute, value_of)
        rule = MovedRule(self._attribute.name, -1, (self._question_id,), frozenset(others), option_of)
        return CodedBack(derived, self._question_id, note, bare, chosen_of, self._scope, rule)

    @property
    def _counted_where(self) -> str:
        return f"are counted under the option that they wrote in {self._question_id}"

    def _note(self, moved: Counter[str], several: int, unplaced: int) -> str:
        word = self._study.settings.respondents
        others = listed([as_name(text) for text in self._setting.other], "or")
        options = listed([f"{as_name(option)} {times:,}" for option, times in moved.most_common()])
        coded = f": {options}" if moved else ""
        text = (
            f"Coded back from the answers to {self._question_id}: {moved.total():,} of the {word} that chose "
            f"{others} {agreeing(moved.total(), 'is', 'are')} counted under the option that they wrote"
            f"{coded}."
        )
        if several:
            text += f" {several:,} wrote several options and {agreeing(several, 'stays', 'stay')} there."
        if unplaced:
            stay = agreeing(unplaced, "stays", "stay")
            text += f" {unplaced:,} wrote none of them, or nothing, and {stay} there."
        return text + self._unread()

    def _unread(self) -> str:
        """Return how many of the texts are not read, and whose codings of when count if not all of now."""
        unread = reading(self._database, self._scope).unread
        verb = agreeing(unread, "is", "are")
        still_open = f" {unread:,} of these answers {verb} not yet read." if unread else ""
        return f"{still_open}{self._whose}{self._when}"

    def _ticked(self) -> Iterator[CodedBack]:
        """Yield the attributes of options that texts tick as well, each respondent once."""
        themes = {self._theme(name): column for name, column in self._setting.option_columns.items()}
        by_column: dict[str, set[str]] = {}
        for theme_id, column in themes.items():
            by_column.setdefault(find_attribute(self._study, column).name, set()).add(theme_id)
        for column, theme_ids in by_column.items():
            attribute = find_attribute(self._study, column)
            chosen_of = values_of(self._database, attribute.name)
            value_of = dict(chosen_of)
            tick = self._tick(attribute, set(value_of.values()))
            writers = {number for number, chosen in self._themes_of.items() if chosen & theme_ids}
            new = {number for number in writers if value_of.get(number) != tick}
            blank = bool(new - value_of.keys())
            value_of |= dict.fromkeys(sorted(new), tick)
            word = self._study.settings.respondents
            note = (
                f"Coded back from the answers to {self._question_id}: {len(new):,} of the {word} under "
                f"{as_name(tick)} wrote it there and had not ticked it.{self._unread()}"
            )
            bare = f"Some of those under {as_name(tick)} {self._counted_where}."
            derived = self._derived(attribute, dict(sorted(value_of.items())))
            rule = TickedRule(attribute.name, -1, (self._question_id,), frozenset(theme_ids), tick)
            scope = self._scope
            yield CodedBack(
                derived, self._question_id, note, bare, chosen_of, scope, rule, needs_everybody=blank
            )

    def _tick(self, attribute: Attribute, known: set[str]) -> str:
        ticks = [text for text in known if fold_name(text) not in _UNTICKED]
        if len(ticks) == 1:
            return ticks[0]
        named = ", ".join(sorted(ticks)) or "none"
        msg = f"{attribute.name} has {len(ticks)} values that could be its tick: {named}."
        raise CoderError(msg, "Name in option_columns attributes of one option each.")

    def _derived(self, attribute: Attribute, value_of: Mapping[int, str]) -> DerivedAttribute:
        return DerivedAttribute(
            attribute.name, attribute.label, value_of, value_order(self._study, attribute)
        )

    def _options(self, value_of: Mapping[int, str]) -> dict[str, str]:
        """Return the option that each theme of the texts stands for."""
        known = {*value_of.values(), *value_order(self._study, self._attribute)}
        by_label = {
            theme.id: option
            for theme in self._codebook
            if theme.serves(self._question_id) and (option := matching(theme.label, known)) is not None
        }
        named = {
            self._theme(name): self._known(option, known, "options")
            for name, option in self._setting.options.items()
        }
        return by_label | named

    def _theme(self, name: str) -> str:
        return self._codebook.find(name, self._question_id).id

    def _known(self, option: str, known: Mapping[int, str] | set[str], key: str) -> str:
        options = set(known.values()) if not isinstance(known, set) else known
        exact = matching(option, options)
        if exact is None:
            msg = f"study.toml has {key} of {self._setting.name}: nobody chose '{option}'."
            hint = nearest(option, options) or f"Its options: {', '.join(sorted(options))}."
            raise CoderError(msg, hint)
        return exact
