"""Which responses a list shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.grammar import as_name
from coder.domain.responses import Attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.responses import AttributeOf
    from coder.domain.team.counting_rule import Agreed

ListShow = Literal["all", "open", "coded", "done", "nothing", "flag", "memo", "recode", "non-response"]
"""`open`: not yet confirmed (state open or coded). `coded`: has a theme. `done`: confirmed.
`nothing`: confirmed without a theme. `flag`, `memo`: has one. `recode`: has a coding that needs a
fresh look."""

Together = Literal["any", "answer", "respondent"]
"""Whether one of several themes is enough (`any`), all must stand on the answer, or its respondent must
mention all in answers to the question."""


class Having(NamedTuple):
    """One condition on an attribute of the respondent, or of the answer itself."""

    attribute: str
    any_of: tuple[str, ...]
    """Its value is one of these; a blank one stands for those without a value."""
    none_of: tuple[str, ...] = ()
    """The values that it is not, where the condition was put so; `any_of` are then all others."""
    title: str = ""
    """What the attribute is called wherever people read of it; empty: its name in words."""
    of: AttributeOf = "respondent"
    respondents: tuple[int, ...] | None = None
    """The numbers of those who meet it, where it is on what was worked out for a table: the months of dates,
    who mentions a theme. None: whoever has such a value."""
    said: str = ""
    """Which values meet it, where these are many and have a name: `March 2026`; empty: the values say it."""

    @property
    def of_what(self) -> str:
        """Which values meet it: `London or Eastern`, `not London`."""
        if self.said:
            return self.said
        if self.none_of:
            return f"not {' or '.join(label or 'not stated' for label in self.none_of)}"
        return " or ".join(label or "not stated" for label in self.any_of)

    @property
    def called(self) -> str:
        """What the attribute is called."""
        return self.title or Attribute(self.attribute).title

    @property
    def _as_name(self) -> str:
        return as_name(self.called)

    @property
    def phrase(self) -> str:
        """Who meets it, to stand behind a noun: `with region = London or Eastern`, `without region`."""
        if self.said and not self.none_of:
            return f"with {self._as_name} = {self.said}"
        if self.none_of == ("",):
            return f"with any {self._as_name}"
        if self.none_of:
            return f"with {self._as_name} other than {_any_of(self.none_of)}"
        if self.any_of == ("",):
            return f"without {self._as_name}"
        return f"with {self._as_name} = {_any_of(self.any_of)}"


def _any_of(labels: Sequence[str]) -> str:
    return " or ".join(label or "none" for label in labels)


def phrase_of(conditions: Sequence[Having]) -> str:
    """Return who meets all of some conditions: `with region = London and without type`; empty if all do."""
    return " and ".join(condition.phrase for condition in conditions)


def of_respondents(conditions: Iterable[Having]) -> tuple[Having, ...]:
    """Return those of some conditions that respondents meet."""
    return tuple(condition for condition in conditions if condition.of == "respondent")


def of_answers(conditions: Iterable[Having]) -> tuple[Having, ...]:
    """Return those of some conditions that answers meet, each by itself."""
    return tuple(condition for condition in conditions if condition.of != "respondent")


def meets_all(values: Mapping[str, str], conditions: Sequence[Having]) -> bool:
    """Tell whether a respondent meets all of some conditions; those on answers are not on respondents.

    Args:
        values: Their values, by attribute; without those that are not stated.
        conditions: None: everybody meets them.
    """
    return all(
        values.get(condition.attribute, "") in condition.any_of for condition in of_respondents(conditions)
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """The conditions that a response must meet to stand in the list, all of them."""

    question_id: str | None = None
    show: ListShow = "all"
    theme_ids: tuple[str, ...] = ()
    """Coded with at least one of these, by any coder."""
    attributes: tuple[Having, ...] = ()
    """Conditions on the respondent and on the answer itself, all of which must hold."""
    text: str = ""
    """Occurs in the answer; of the letters A to Z the case does not matter."""
    pattern: str = ""
    """A regular expression that is found in the answer, whatever the case; see `domain.text_patterns`."""
    together: Together = "any"
    """How many of the themes there must be."""
    all_read: bool = False
    """Of respondents alone whose answers to the question have all been read, by whomever."""
    agreed: Agreed = "any"
    """Coded with these themes as tables count the codings of several coders; `any`: by any of them."""
    round_id: str = field(default="", compare=False)
    """The coder's answers in this round alone: which are theirs, not what they choose to list. Empty: all."""

    def narrowed(self) -> bool:
        """Tell whether more than the question narrows the list."""
        return self != Filter(self.question_id)

    def having(self, attribute: str, *any_of: str, title: str = "", of: AttributeOf = "respondent") -> Filter:
        """Return the filter narrowed to these values of an attribute, in place of others of it."""
        return self.meeting(Having(attribute, any_of, title=title, of=of))

    def meeting(self, condition: Having) -> Filter:
        """Return the filter narrowed by a condition on an attribute, in place of others on it."""
        name = (condition.attribute, condition.of)
        others = (having for having in self.attributes if (having.attribute, having.of) != name)
        return replace(self, attributes=(*others, condition))

    def cleared(self) -> Filter:
        """Return the filter with the question alone."""
        return Filter(self.question_id, round_id=self.round_id)
