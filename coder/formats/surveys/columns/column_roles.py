"""The role of each column of a wide file, and why it has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing
from coder.domain.surveys.survey_layout import DatesHeld, Role
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.columns.closed_answers import CLOSED_ANSWERS
from coder.formats.surveys.columns.column_names import box_of, is_technical
from coder.formats.surveys.columns.people import identifies_person
from coder.formats.surveys.columns.text_names import (
    asks_for_text,
    asks_to_specify,
    is_question,
    may_complete_a_choice,
    names_something,
    sounds_open,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.formats.surveys.columns.column_facts import ColumnFacts

Verdict = tuple[Role, str]

_MOSTLY = 0.5
_VARIED = 0.6
_NEARLY_ALL = 0.9
_SENTENCE = 5
"""Words in the middle one of a column's answers, from which it reads like free text."""
_LONG_SENTENCE = 8
_MANY = 40
"""Different long values, beyond what a list of options holds."""
_SHORT_SENTENCE = 3
_SHORT_TEXT = 12
"""Characters."""
_FEW = 10
_FEWEST_SENTENCES = 3
"""So few long values under a name for people may be who to call, with a number."""
_SOME = 20
_SOMEBODY_WROTE = 10
"""Words in the longest of many short answers that differ: no list of options, and no names, has such."""
_NAME_WORDS = 6
_CAPITALS = 0.8
_CAPITALS_OF_NAMES = 0.5
"""Names and addresses have at least so many words with a capital."""
_MAY_IDENTIFY = "may identify a person; left out"
_MOST_YEARS = 15
"""No survey takes longer; dates of birth do."""
_DIFFERENT = 3
_SHORTEST_ANSWER = 4
"""Characters of the middle one of the answers to a question: shorter ones are codes."""


def role_of(name: str, facts: ColumnFacts, label: str = "") -> Verdict:
    """Return the role of one column other than the id, with the reason in words."""
    return _left_out(name, label, facts) or _open(name, label, facts) or _closed(facts)


def closed_role_of(name: str, facts: ColumnFacts, label: str = "") -> Verdict:
    """Return the role of a column that is known to hold no open answers, even if it reads like free text."""
    return _left_out(name, label, facts) or _closed(facts)


def _left_out(name: str, label: str, facts: ColumnFacts) -> Verdict | None:
    if not facts.filled:
        return "ignore", "empty"
    if facts.personal_kind:
        return "ignore", f"{_MAY_IDENTIFY} ({facts.personal_kind})"
    if (identifies_person(name) or identifies_person(label)) and not _are_sentences(facts):
        return "ignore", _MAY_IDENTIFY
    if is_technical(name):
        return "ignore", "added by the survey platform"
    if facts.distinct == 1 and facts.filled == facts.rows > 1:
        return "ignore", "the same value in every row"
    return None


def _open(name: str, label: str, facts: ColumnFacts) -> Verdict | None:
    if max(facts.numbers, facts.dates) > _MOSTLY or not facts.different:
        return None
    headings = [heading for heading in (name, label) if heading]
    if _are_ticks(headings, facts):
        return None
    if not _wanted(headings, facts):
        if facts.options_only or _are_names(facts):
            return None
        if _are_short(facts) and names_something(headings):
            return None
        if not (
            _reads_like_text(facts)
            or _named_like_text(name, facts)
            or _answer_a_question(label or name, facts)
        ):
            return None
    length = f"{facts.median_words} words in the median"
    return "open", f"free text: {facts.different:,} of {facts.answers:,} answers differ, {length}"


def _wanted(headings: Sequence[str], facts: ColumnFacts) -> bool:
    """Tell whether a heading alone says that people wrote here, however short and few the answers are."""
    if facts.variety < _MOSTLY and facts.answers >= _FEW:
        return asks_to_specify(headings)
    if asks_to_specify(headings) or asks_for_text(headings):
        return True
    enough = facts.variety >= _MOSTLY and facts.different >= _DIFFERENT
    return enough and may_complete_a_choice(headings)


def _are_ticks(headings: Sequence[str], facts: ColumnFacts) -> bool:
    """Tell whether the values are yes and no, or what the heading says: that an option was ticked."""
    if facts.different > len(facts.samples):
        return False
    wordings = [squeeze(heading) for heading in headings]
    return all(
        sample.casefold() in CLOSED_ANSWERS or any(squeeze(sample) in wording for wording in wordings)
        for sample in facts.samples
    )


def _reads_like_text(facts: ColumnFacts) -> bool:
    if facts.median_words >= _SENTENCE and facts.variety >= _VARIED:
        return True
    if facts.median_words >= _LONG_SENTENCE and facts.different >= _MANY:
        return True
    if facts.answers < _FEW:
        return facts.variety == 1 and facts.most_words >= _SENTENCE
    if facts.answers >= _SOME and facts.most_words >= _SOMEBODY_WROTE and facts.capitals < _MOSTLY:
        return facts.variety >= _VARIED
    varied = facts.variety >= _CAPITALS and facts.median_characters >= _SHORT_TEXT
    return varied and facts.median_words >= _SHORT_SENTENCE


def _are_sentences(facts: ColumnFacts) -> bool:
    """Tell whether the values are sentences, whatever the name says: long, most words in small letters."""
    if facts.answers < _FEWEST_SENTENCES:
        return False
    long_and_varied = facts.median_words >= _LONG_SENTENCE and facts.variety >= _VARIED
    return long_and_varied and facts.capitals < _CAPITALS_OF_NAMES


def _named_like_text(name: str, facts: ColumnFacts) -> bool:
    if facts.answers < _FEW and box_of(name).number:
        return facts.variety == 1 and facts.most_words >= _SHORT_SENTENCE
    return sounds_open(name) and facts.variety >= _MOSTLY and facts.most_words > 1


def _answer_a_question(wording: str, facts: ColumnFacts) -> bool:
    """Tell whether a column whose heading is a question's wording holds short answers that differ."""
    if not is_question(wording) or facts.answers < _FEW or facts.median_characters < _SHORTEST_ANSWER:
        return False
    return facts.variety >= _NEARLY_ALL and facts.most_words > 1


def _are_names(facts: ColumnFacts) -> bool:
    return _are_short(facts) and facts.capitals >= _CAPITALS


def _are_short(facts: ColumnFacts) -> bool:
    return facts.median_words <= _NAME_WORDS and facts.most_words <= 2 * _NAME_WORDS


def dates_held(facts: ColumnFacts) -> DatesHeld:
    """Tell whether a column holds dates, or times so exact that they may tell who somebody is."""
    if facts.dates <= _MOSTLY:
        return ""
    exact = facts.stamps > _MOSTLY and facts.distinct > min(_MANY, _MOSTLY * facts.filled)
    return "stamps" if exact else "days"


def _dates(facts: ColumnFacts) -> Verdict:
    """Return the role of dates that nearly all differ: of answers or visits they are kept, of births not."""
    if dates_held(facts) == "stamps":
        return "attribute", "dates with exact times: of each the day is kept"
    if not 0 <= facts.years <= _MOST_YEARS:
        span = f"dates over {facts.years} years" if facts.years > 0 else "dates whose years have two digits"
        return "ignore", f"{_MAY_IDENTIFY} ({span}, perhaps of birth)"
    return "attribute", f"dates, {facts.distinct:,} different"


def _closed(facts: ColumnFacts) -> Verdict:
    varied = facts.filled >= _FEW and facts.distinct > _NEARLY_ALL * facts.filled
    if varied and facts.dates > _MOSTLY:  # 21.11.2026 looks like a number as well
        return _dates(facts)
    if varied and facts.numbers < _MOSTLY and not facts.options_only:
        return "ignore", f"short, and nearly every value differs: {_MAY_IDENTIFY}"
    if facts.numbers > _NEARLY_ALL and facts.distinct > _MANY:
        return "attribute", f"numbers, {facts.distinct:,} different"
    noun = agreeing(facts.distinct, "value", "different values")
    return "attribute", f"{facts.distinct:,} {noun}"
