"""An adversary who reads all that is printed together, and works out what is kept back by an integer solver.

Nothing here is shared with the code that keeps back. The adversary knows of each respondent who they are, the
attributes that everybody can look up, and which questions they answered; what they wrote, and what they
ticked in closed questions, is unknown. Everything else comes from the JSON that is printed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Terms = dict[int, float]
"""A sum: unknowns, by number, each with what it is multiplied by; -1 stands for the constant."""
CONSTANT = -1
BASE = "base"
"""What stands for a row where it is kept back how many a column is of."""
Sheet = Mapping[str, Any]
"""A table as it is printed in JSON."""
Rule = tuple[Terms, float, float]
"""A sum, and between which numbers it lies."""
ROUNDING = 1e-6
INFEASIBLE = 2
"""What scipy says where nothing fits."""


@dataclass(frozen=True)
class Known:
    """What everybody knows of one respondent."""

    attributes: Mapping[str, str]
    """Those that can be looked up, with their values."""
    boxes: Mapping[str, int]
    """How many boxes of each question they filled in."""
    weight: int = 1


@dataclass(frozen=True)
class Mention:
    """That somebody mentions one of some themes in answers to a question; or answered it without."""

    question: str
    themes: tuple[str, ...]
    is_mentioned: bool = True


Condition = Mention | tuple[str, str]
"""Of one who is in a column: what they mention, or a value of an attribute."""


@dataclass(frozen=True)
class CodedBack:
    """How texts count as options of a closed question: of one choice, "Other" and one option written."""

    question: str
    other: str
    option_of: Mapping[str, str]
    """Theme to option."""


@dataclass(frozen=True)
class Meaning:
    """What a reader knows of a table from its notes and heads: what its rows and columns are."""

    question_ids: tuple[str, ...] = ()
    attribute: str = ""
    """Of a closed question, or what response rates are by."""
    by: str = ""
    where: tuple[str, tuple[str, ...]] | None = None
    base: str = "answered"
    mentions: bool = False
    nets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fewest: int = 1
    """Themes of fewer respondents have no row of their own, but one together."""
    rates: bool = False
    weighted: bool = False
    percents: str = ""
    """What percentages are of: their column, or `rows`, `all`."""
    groups: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    """Where columns are not the values of one attribute: heading to who is in it."""
    columns_of: bool = False
    """Whether these are of the themes of a question: those that nobody mentions have none."""
    total_of: tuple[str, ...] = ()
    """Of a closed question's table: the headings that its total is made of; empty for everybody."""


class Adversary:
    """Knows what is printed, as sums of unknowns that are nought or one."""

    def __init__(
        self,
        people: Sequence[Known],
        values: Mapping[str, Sequence[str]],
        themes: Mapping[str, Sequence[str]],
        coded_back: Mapping[str, CodedBack] | None = None,
    ) -> None:
        """Take in what is known before anything is printed.

        Args:
            people: Everybody of the study.
            values: The attributes that are unknown, with their values.
            themes: For each question its themes.
            coded_back: Of those attributes the ones into which texts are coded back.
        """
        self.coded_back = coded_back or {}
        self.people = people
        self.themes = themes
        self.size = 0
        self.rules: list[Rule] = []
        self.ticked: dict[tuple[int, str, str], Terms] = {}
        for number in range(len(people)):
            for attribute, texts in values.items():
                one = {text: self.unknown() for text in texts}
                self.ticked |= {(number, attribute, text): terms for text, terms in one.items()}
                self.rule(total(one.values()), 1, 1)
        self.boxes: dict[tuple[int, str, str], list[Terms]] = {
            (number, question, theme): [self.unknown() for _ in range(person.boxes.get(question, 0))]
            for number, person in enumerate(people)
            for question, of_question in themes.items()
            for theme in of_question
        }
        self.memory: dict[Any, Terms] = {}

    def unknown(self) -> Terms:
        """Return a new unknown."""
        self.size += 1
        return {self.size - 1: 1.0}

    def rule(self, terms: Terms, low: float, high: float) -> None:
        """Note that a sum lies between two numbers."""
        self.rules.append((terms, low, high))

    def either(self, pieces: Sequence[Terms]) -> Terms:
        """Return an unknown that is one where any of these is."""
        pieces = [terms for terms in pieces if terms]
        if len(pieces) < 2:
            return pieces[0] if pieces else {}
        key = ("either", *sorted(map(repr, pieces)))
        if key not in self.memory:
            terms = self.memory[key] = self.unknown()
            for piece in pieces:
                self.rule(plus(terms, piece, -1), 0, np.inf)
            self.rule(plus(total(pieces), terms, -1), 0, np.inf)
        return self.memory[key]

    def both(self, one: Terms, other: Terms) -> Terms:
        """Return an unknown that is one where both of these are."""
        if not one or not other:
            return {}
        for terms, rest in ((one, other), (other, one)):
            if terms == {CONSTANT: 1.0}:
                return rest
        key = ("both", *sorted((repr(one), repr(other))))
        if key not in self.memory:
            terms = self.memory[key] = self.unknown()
            self.rule(plus(one, terms, -1), 0, np.inf)
            self.rule(plus(other, terms, -1), 0, np.inf)
            self.rule(plus(plus(terms, one, -1), other, -1), -1, np.inf)
        return self.memory[key]

    def has(self, number: int, attribute: str, text: str) -> Terms:
        """Return whether somebody has a value of an attribute, as it is counted."""
        ticked = self.ticked.get((number, attribute, text), {})
        if back := self.coded_back.get(attribute):
            other = self.ticked.get((number, attribute, back.other), {})
            moved = [self._writes(number, back, option) for option in sorted(set(back.option_of.values()))]
            if text == back.other:
                return plus(ticked, self.both(other, self.either(moved)), -1)
            return plus(ticked, self.both(other, self._writes(number, back, text)))
        if (number, attribute, text) in self.ticked:
            return ticked
        return {CONSTANT: 1.0} if self.people[number].attributes.get(attribute, "") == text else {}

    def _writes(self, number: int, back: CodedBack, option: str) -> Terms:
        """Return whether the text of somebody is of one option alone, and of this one."""
        of_option = [theme for theme, named in back.option_of.items() if named == option]
        of_others = [theme for theme, named in back.option_of.items() if named != option]
        others = self.says(number, [back.question], of_others)
        return self.both(self.says(number, [back.question], of_option), plus({CONSTANT: 1.0}, others, -1))

    def meets(self, number: int, condition: Condition) -> Terms:
        """Return whether somebody meets a condition of a column."""
        if not isinstance(condition, Mention):
            return self.has(number, *condition)
        if not self.people[number].boxes.get(condition.question):
            return {}
        mentions = self.says(number, [condition.question], condition.themes)
        return mentions if condition.is_mentioned else plus({CONSTANT: 1.0}, mentions, -1)

    def is_in(self, number: int, meaning: Meaning, group: str) -> Terms:
        """Return whether somebody is in a column that is not of the values of one attribute."""
        if group == "Total":
            of_groups = [self.is_in(number, meaning, heading) for heading in meaning.total_of]
            return self.either(of_groups) if of_groups else {CONSTANT: 1.0}
        if group not in meaning.groups:
            side = group.removesuffix("Not stated")
            stated = total(self.is_in(number, meaning, one) for one in meaning.groups if one.startswith(side))
            return plus({CONSTANT: 1.0}, stated, -1)
        member: Terms = {CONSTANT: 1.0}
        for condition in meaning.groups[group]:
            member = self.both(member, self.meets(number, condition))
        return member

    def values_of(self, attribute: str) -> list[str]:
        """Return the values of an attribute, known or not."""
        known = [person.attributes[attribute] for person in self.people if attribute in person.attributes]
        return sorted({*known, *(text for _, name, text in self.ticked if name == attribute)})

    def says(self, number: int, question_ids: Sequence[str], themes: Sequence[str]) -> Terms:
        """Return whether somebody mentions any of these themes in answers to any of these questions."""
        return self.either([
            box
            for question in question_ids
            for theme in themes
            for box in self.boxes.get((number, question, theme), ())
        ])  # fmt: skip

    def is_of(self, number: int, meaning: Meaning, group: str) -> Terms:
        """Return whether a table counts somebody in one of its columns."""
        counted: Terms = {CONSTANT: 1.0}
        if meaning.where:
            attribute, texts = meaning.where
            counted = self.either([self.has(number, attribute, text) for text in texts])
        if meaning.groups:
            counted = self.both(counted, self.is_in(number, meaning, group))
        elif meaning.by and group != "Total":
            text = "" if group == "Not stated" else group
            counted = self.both(counted, self.has(number, meaning.by, text))
        elif meaning.by and not meaning.question_ids:
            # Tables of closed questions leave out who has no value of the other attribute.
            stated = [self.has(number, meaning.by, text) for text in self.values_of(meaning.by) if text]
            counted = self.both(counted, self.either(stated))
        answered = any(self.people[number].boxes.get(question) for question in meaning.question_ids)
        if meaning.question_ids and meaning.base != "asked" and not answered:
            return {}
        if meaning.base == "coded":
            every = [theme for q in meaning.question_ids for theme in self.themes[q]]
            counted = self.both(counted, self.says(number, meaning.question_ids, list(dict.fromkeys(every))))
        return counted

    def counted(
        self, meaning: Meaning, key: str, group: str, *, mentions: bool = False, weighted: bool = False
    ) -> Terms:
        """Return the sum that a cell is, or of what those weigh who are counted in it."""
        terms: Terms = {}
        for number, person in enumerate(self.people):
            member = self.is_of(number, meaning, group)
            if not meaning.question_ids:
                cell = self.both(member, self.has(number, meaning.attribute, key))
            elif mentions:
                boxes = (
                    self.both(member, box)
                    for question in meaning.question_ids
                    for theme in meaning.nets.get(key, (key,))
                    for box in self.boxes.get((number, question, theme), ())
                )
                cell = total(boxes)
            else:
                members = meaning.nets.get(key, (key,))
                cell = self.both(member, self.says(number, meaning.question_ids, members))
            terms = plus(terms, cell, person.weight if weighted else 1)
        return terms

    def base(self, meaning: Meaning, group: str, *, weighted: bool = False) -> Terms:
        """Return the sum that a column's base is, or of what those weigh who are in it."""
        numbers = range(len(self.people))
        members = [self.is_of(number, meaning, group) for number in numbers]
        if not meaning.question_ids and meaning.attribute:
            texts = [text for text in self.values_of(meaning.attribute) if text]
            shown = [self.either([self.has(n, meaning.attribute, text) for text in texts]) for n in numbers]
            members = [self.both(member, stated) for member, stated in zip(members, shown, strict=True)]
        weights = [person.weight if weighted else 1 for person in self.people]
        return total(plus({}, member, weight) for member, weight in zip(members, weights, strict=True))

    def share(self, meaning: Meaning, key: str, column: Mapping[str, Any], percent: float) -> None:
        """Note that a percentage was rounded to what is printed."""
        group = column["group"] or "Total"
        part = self.counted(meaning, key, group, weighted=meaning.weighted)
        if meaning.percents == "rows":
            whole = self.counted(meaning, key, "Total", weighted=meaning.weighted)
        else:
            whole = self.base(
                meaning, "Total" if meaning.percents == "all" else group, weighted=meaning.weighted
            )
        half = 0.5 * 0.1 ** column["decimals"] + ROUNDING
        part = plus({}, part, 100)
        self.rule(plus(part, whole, half - percent), 0, np.inf)
        self.rule(plus(part, whole, -half - percent), -np.inf, 0)

    def read(self, sheet: Sheet, meaning: Meaning) -> list[tuple[str, str, Terms]]:
        """Take in a printed table; return its cells that are kept back: row, group, and what they are."""
        hidden = []
        for row in sheet["rows"]:
            if row["kind"] in ("total", "base"):
                continue
            if row["kind"] == "other":
                self._joined(sheet, row, meaning)
                continue
            for column, number, mark in zip(sheet["columns"], row["values"], row["marks"], strict=True):
                group = column["group"] or "Total"
                if column["name"] == f"{sheet['unit']} asked" or column["kind"] == "number":
                    continue
                if number is not None:
                    self._figure(meaning, row["theme_id"], column, number)
                elif mark == "suppressed" and _is_count(sheet, meaning, column):
                    terms = self.counted(meaning, row["theme_id"], group, mentions=meaning.mentions)
                    hidden.append((row["theme_id"], group, terms))
            self._in_all(row, meaning)
        hidden += self._bases(sheet, meaning)
        self._absent(sheet["rows"], meaning)
        self._occurring(sheet, meaning)
        self._notes(sheet, meaning)
        return hidden

    def _bases(self, sheet: Sheet, meaning: Meaning) -> Iterator[tuple[str, str, Terms]]:
        """Take in how many the columns are of; yield those of which that is kept back."""
        for column in sheet["columns"]:
            group = column["group"] or "Total"
            if column["base"] is not None and not meaning.rates and meaning.percents != "rows":
                self.rule(self.base(meaning, group), column["base"], column["base"])
            elif column["kind"] == "percent" and column["base"] is None and group in meaning.groups:
                yield BASE, group, self.base(meaning, group)

    def _joined(self, sheet: Sheet, row: Mapping[str, Any], meaning: Meaning) -> None:
        """Note how many mention any of the themes without a row, where these are not under several nets."""
        shown = {each["theme_id"] for each in sheet["rows"] if each["kind"] != "other"}
        joined = sorted({theme for q in meaning.question_ids for theme in self.themes[q]} - shown)
        if any(each["kind"] == "net" for each in sheet["rows"]):
            return
        meaning = replace(meaning, nets={"": tuple(joined)})
        for column, number in zip(sheet["columns"], row["values"], strict=True):
            if column["kind"] == "count" and number is not None:
                self._figure(meaning, "", column, number)

    def _figure(self, meaning: Meaning, key: str, column: Mapping[str, Any], number: float) -> None:
        if column["kind"] == "count":
            terms = self.counted(meaning, key, column["group"] or "Total", mentions=meaning.mentions)
            self.rule(terms, number, number)
        elif not meaning.rates:
            self.share(meaning, key, column, number)

    def _in_all(self, row: Mapping[str, Any], meaning: Meaning) -> None:
        """Note what files for programs tell of a row, and that a theme that nobody mentions has none."""
        for name, mentions in (("respondents", False), ("mentions", True)):
            if row[name] is not None:
                self.rule(
                    self.counted(meaning, row["theme_id"], "Total", mentions=mentions), row[name], row[name]
                )
        if meaning.question_ids:
            self.rule(self.counted(meaning, row["theme_id"], "Total"), meaning.fewest, np.inf)

    def _absent(self, rows: Iterable[Mapping[str, Any]], meaning: Meaning) -> None:
        """Note that whatever has no row is mentioned by nobody, or by few where these have a row together."""
        shown = {row["theme_id"] for row in rows if row["kind"] == "theme"}
        for theme in {theme for q in meaning.question_ids for theme in self.themes[q]} - shown:
            self.rule(self.counted(meaning, theme, "Total"), 0, max(meaning.fewest - 1, 0))

    def _notes(self, sheet: Sheet, meaning: Meaning) -> None:
        text = " ".join(sheet["notes"])
        size = re.search(r"n = (\d+)", text)
        if size and not meaning.rates:
            self.rule(self.base(meaning, "Total"), int(size[1]), int(size[1]))
        self._silent(text, meaning)
        codings = sheet["provenance"]["codings"]
        if codings is not None and meaning.question_ids:
            themes = {theme for q in meaning.question_ids for theme in self.themes[q]}
            every = total(self.counted(meaning, theme, "Total", mentions=True) for theme in sorted(themes))
            self.rule(every, codings, codings)

    def _silent(self, text: str, meaning: Meaning) -> None:
        """Note what is told of all whom a table might be of: how many, how many answered, what was read."""
        numbers = range(len(self.people))
        among = [self.is_of(n, Meaning(where=meaning.where, base="asked"), "Total") for n in numbers]
        for subject, silent, everybody in re.findall(r"No answer to (.+?) from (\d+) of (\d+)", text):
            self.rule(total(among), int(everybody), int(everybody))
            attribute = subject.strip("“”").lower()
            if meaning.question_ids:
                without = [among[n] for n in numbers if not self._answers(n, meaning)]
            elif attribute in (meaning.attribute, meaning.by):
                texts = [value for value in self.values_of(attribute) if value]
                stated = [self.either([self.has(n, attribute, value) for value in texts]) for n in numbers]
                without = [self.both(among[n], plus({CONSTANT: 1.0}, stated[n], -1)) for n in numbers]
            else:
                continue
            self.rule(total(without), int(silent), int(silent))
        if answers := re.search(r"\d+ of (\d+) answers to", text):
            times = (plus({}, among[n], self._answers(n, meaning)) for n in numbers)
            self.rule(total(times), int(answers[1]), int(answers[1]))

    def _answers(self, number: int, meaning: Meaning) -> int:
        return sum(self.people[number].boxes.get(question, 0) for question in meaning.question_ids)

    def _occurring(self, sheet: Sheet, meaning: Meaning) -> None:
        """Note that a row or column is there because somebody is in it, whomever the table counts."""
        everybody = range(len(self.people))
        if meaning.attribute and not meaning.rates:
            for row in sheet["rows"]:
                if row["kind"] == "value":
                    terms = total(
                        self.has(number, meaning.attribute, row["theme_id"]) for number in everybody
                    )
                    self.rule(terms, 1, np.inf)
        headings = {column["group"] for column in sheet["columns"]}
        if any(attribute == meaning.by for _, attribute, _ in self.ticked):
            for text in self.values_of(meaning.by):
                if text in headings:
                    self.rule(total(self.has(number, meaning.by, text) for number in everybody), 1, np.inf)
        for heading, conditions in meaning.groups.items():
            if meaning.columns_of and len(conditions) == 1 and isinstance(conditions[0], Mention):
                mentions = total(
                    self.says(n, [conditions[0].question], conditions[0].themes) for n in everybody
                )
                self.rule(mentions, *((1, np.inf) if heading in headings else (0, 0)))

    def works_out(self, terms: Terms, number: float) -> bool:
        """Tell whether nothing but this number is possible."""
        fewer = self.is_possible([(terms, -np.inf, number - 1)])
        return not fewer and not self.is_possible([(terms, number + 1, np.inf)])

    def is_possible(self, further: Sequence[Rule]) -> bool:
        """Tell whether there are answers that agree with all that is printed, and with some rules beside."""
        answers = milp(
            np.zeros(self.size),
            integrality=np.ones(self.size),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(*self._matrix([*self.rules, *further])),
        )
        assert answers.success or answers.status == INFEASIBLE, answers.message
        return bool(answers.success)

    def _matrix(self, rules: Sequence[Rule]) -> tuple[csr_array, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        rows, columns, factors, low, high = [], [], [], [], []
        for number, (terms, least, most) in enumerate(rules):
            constant = terms.get(CONSTANT, 0)
            low.append(least - constant)
            high.append(most - constant)
            for unknown, factor in terms.items():
                if unknown != CONSTANT:
                    rows.append(number)
                    columns.append(unknown)
                    factors.append(factor)
        shape = (len(rules), self.size)
        return csr_array((factors, (rows, columns)), shape=shape), np.array(low), np.array(high)


def plus(one: Terms, other: Terms, times: float = 1) -> Terms:
    """Return a sum, and another times a number."""
    terms = defaultdict(float, one)
    for unknown, factor in other.items():
        terms[unknown] += times * factor
    return {unknown: factor for unknown, factor in terms.items() if factor}


def total(pieces: Iterable[Terms]) -> Terms:
    """Return all of some sums together."""
    terms: Terms = {}
    for piece in pieces:
        terms = plus(terms, piece)
    return terms


def _is_count(sheet: Sheet, meaning: Meaning, column: Mapping[str, Any]) -> bool:
    """Tell whether a figure is a count, or stands for one in a table without; weighted ones may go alone."""
    has_counts = any(each["kind"] == "count" for each in sheet["columns"])
    return column["kind"] == "count" or not (has_counts or meaning.weighted)


def sheets(text: str, unit: str) -> list[Sheet]:
    """Read printed JSON; `unit` is what respondents are called above a column."""
    return [{**sheet, "unit": unit} for sheet in json.loads(text)]
