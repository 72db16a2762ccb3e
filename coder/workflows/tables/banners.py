"""What stands over the columns of a table: attributes, crossed attributes, a theme, the themes of a question.

`region` is one attribute, `region,council_type` two side by side, `region:council_type` the two crossed.
`submitted.month` are the months of dates, `submitted.quarter` and `submitted.year` likewise.
`sentiment`, of answers, are those who gave answers with each value; `box` are the boxes of a question.
`housing`, or `Q15:housing`, are those who mention a theme and those who do not; `Q15` has a column for each
of its themes. What is no attribute of the survey is worked out as one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import compress, product
from typing import TYPE_CHECKING

from coder.domain.near_names import matching, names_meant, nearest
from coder.domain.study_settings import RESPONSE_RATES, ValueSelection
from coder.domain.tables.value_orders import natural_order, residual_last
from coder.errors import CoderError
from coder.store import matrices, surveys
from coder.store.quotes import values_of
from coder.store.readings.counted_scope import counted_scope
from coder.store.readings.derived_values import DerivedAttribute, MentionsMeant
from coder.store.scope import Scope
from coder.tables.joined_columns import BannerSide
from coder.tables.theme_rows import themes_of_question
from coder.workflows.study.attributes import (
    all_attributes,
    answer_attribute,
    answer_attributes,
    find_attribute,
    value_order,
)
from coder.workflows.study.moments import past_of
from coder.workflows.tables.answer_columns import (
    BETWEEN,
    AnswerColumns,
    AnswersCounted,
    answer_sides,
    columns_of_periods,
    columns_of_values,
)
from coder.workflows.tables.periods import PERIODS, in_periods
from coder.workflows.tables.typed_columns import CROSSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.filters import Having
    from coder.workflows.study.study import Study
    from coder.workflows.tables.asked_for import AskedTable

_ALONE = " alone"
"""Behind the name of who mentions a theme, where those who do not have no column beside it."""
_OTHERS = "\N{EM DASH}"
"""The column of these, which is not printed."""
_MENTION, _DO_NOT = "mention {}", "do not mention {}"


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands over the columns of a table."""

    sides: tuple[BannerSide, ...]
    """Each is counted as a table of its own."""
    derived: tuple[DerivedAttribute, ...] = ()
    where: tuple[Having, ...] = ()
    """What keeps out answers with values that the table leaves out."""


def banner_of(study: Study, table: AskedTable, *, keeps_back: bool = False) -> Banner | None:
    """Return what stands over a table's columns; None where that is one attribute, or nothing.

    Args:
        study: The study.
        table: The table.
        keeps_back: Whether counts are kept back: then neither the order of columns tells of them, nor which
            there are.

    Raises:
        CoderError: The study has no such attribute, question or theme; or it does not go with the table.
    """
    by = table.setting.by
    names = [attribute.name for attribute in all_attributes(study)]
    if not by or matching(by, names) is not None:
        return None
    question_ids = [question.id for question in surveys.questions(study.database)]
    labels = [name for theme in study.codebook for name in (theme.id, theme.label)]
    of_answers = [attribute.name for attribute in answer_attributes(study)]
    reader = _Reader(study, table, names, question_ids, keeps_back)
    known_names = [*names, *of_answers, *question_ids, *labels]
    elements = [reader.element(name) for name in names_meant([by], known_names)]
    banner = Banner(
        tuple(side for element in elements for side in element.sides),
        tuple(derived for element in elements for derived in element.derived),
        tuple(condition for element in elements for condition in element.where),
    )
    _refuse(table, banner)
    return banner


def _refuse(table: AskedTable, banner: Banner) -> None:
    """Raise CoderError if a table cannot have such columns."""
    setting, request = table.setting, table.request
    if setting.subject == RESPONSE_RATES:
        msg = f"Response rates are by one attribute, not by {setting.by}."
        raise CoderError(msg, "Name one: --by region")
    suppress = setting.suppress if request.suppress is None else request.suppress
    if suppress and any(side.of_answers for side in banner.sides):
        msg = f"Counts cannot be kept back in columns by {setting.by}: respondents may be in several."
        raise CoderError(msg, "Ask for a table by attributes of respondents, or leave out --suppress.")
    if request.test and all(side.only for side in banner.sides):
        msg = f"A test of difference compares groups, and columns by {setting.by} share respondents."
        raise CoderError(msg, "Leave out --test, or ask for a table by attributes.")
    if (request.letters or setting.letters) and all(side.only for side in banner.sides):
        msg = f"Letters compare columns, and those by {setting.by} share respondents."
        raise CoderError(msg, "Leave out letters, or ask for a table by attributes.")
    attributes = {side.attribute for side in banner.sides}
    if len(attributes) > 1 and setting.columns != ValueSelection():
        msg = f"columns, join_columns and exclude_columns are of one attribute, not of {setting.by}."
        raise CoderError(msg, "Take them out, or make a table of each attribute.")
    layout = setting.layout
    if len(banner.sides) > 1 and (layout.turn or layout.percents in ("rows", "all") or layout.heads):
        msg = f"turn, percents and heads do not go with columns side by side: {setting.by}."
        raise CoderError(msg, "Take them out, or make a table of each attribute.")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what is typed of a banner."""

    study: Study
    table: AskedTable
    names: Sequence[str]
    question_ids: Sequence[str]
    keeps_back: bool = False

    def element(self, text: str) -> Banner:
        """Return the sides that one name stands for.

        Raises:
            CoderError: There is no such attribute, question or theme.
        """
        if matching(text, self.names) is not None:
            attribute = find_attribute(self.study, text)
            return Banner((BannerSide(attribute.name, attribute.title, attribute.title),))
        question_id = matching(text, self.question_ids)
        if question_id is not None:
            return self._themes_of(question_id)
        crossed = self._parts(text)
        parts = [part for part in crossed if isinstance(part, DerivedAttribute)]
        if len(parts) < len(crossed):
            of_answers = [part for part in crossed if isinstance(part, AnswerColumns)]
            where = tuple(condition for part in of_answers for condition in part.left_out)
            return Banner(answer_sides(self.study, crossed, self._answers()), tuple(parts), where)
        derived = parts[0] if len(parts) == 1 else _crossed(parts, keeps_back=self.keeps_back)
        return Banner((BannerSide(derived.name, derived.label, derived.label),), (derived,))

    def _answers(self) -> AnswersCounted:
        """Return which responses columns by what is known of answers are of.

        Raises:
            CoderError: It is of no open question.
        """
        setting = self.table.setting
        if not self.table.questions:
            msg = f"{setting.by} is known of answers, and {setting.subject} of respondents."
            raise CoderError(msg, "Columns by it go with the themes of open questions.")
        blank_too = self.table.request.options.base == "asked"
        return AnswersCounted([question.id for question in self.table.questions], blank_too)

    def _columns_of_answers(self, piece: str) -> AnswerColumns | None:
        """Return the columns by what is known of answers, or its periods; None if a text names none."""
        attribute = answer_attribute(self.study, piece)
        if attribute is not None:
            selection = self.table.setting.columns
            return columns_of_values(self.study, attribute, self._answers(), selection)
        name, _, kind = piece.rpartition(".")
        attribute = answer_attribute(self.study, name) if kind.casefold() in PERIODS else None
        if attribute is None:
            return None
        return columns_of_periods(self.study, attribute, kind.casefold(), self._answers())

    def _parts(self, text: str) -> list[DerivedAttribute | AnswerColumns]:
        """Return the attributes that a text crosses; a question stands before a theme of its."""
        pieces = text.split(CROSSED)
        parts: list[DerivedAttribute | AnswerColumns] = []
        if self.study.codebook.named(text):
            pieces = [text]
        while pieces:
            piece = pieces.pop(0)
            question_id = matching(piece, self.question_ids)
            if question_id is not None and pieces:
                parts.append(self._mentioning(self._theme(pieces.pop(0), question_id), [question_id]))
            elif matching(piece, self.names) is not None:
                parts.append(self._attribute(piece))
            elif (period := self._period(piece)) is not None:
                parts.append(period)
            elif (columns := self._columns_of_answers(piece)) is not None:
                parts.append(columns)
            else:
                theme = self._theme(piece, None)
                question_ids = [one for one in self.question_ids if theme.serves(one)]
                parts.append(self._mentioning(theme, question_ids))
        return parts

    def _period(self, piece: str) -> DerivedAttribute | None:
        """Return the months, quarters or years of an attribute with dates; None if a text names none."""
        name, _, kind = piece.rpartition(".")
        if kind.casefold() not in PERIODS or matching(name, self.names) is None:
            return None
        attribute = find_attribute(self.study, name)
        value_of = values_of(self.study.database, attribute.name)
        periods, order = in_periods(attribute.name, value_of, kind.casefold())
        label = f"{kind.casefold()} of {attribute.title}"
        return DerivedAttribute(f"{attribute.name}.{kind.casefold()}", label, periods, order)

    def _attribute(self, name: str) -> DerivedAttribute:
        attribute = find_attribute(self.study, name)
        value_of = dict(values_of(self.study.database, attribute.name))
        order = value_order(self.study, attribute) or natural_order(value_of.values())
        return DerivedAttribute(attribute.name, attribute.title, value_of, tuple(order))

    def _theme(self, name: str, question_id: str | None) -> Theme:
        codebook = self._codebook()
        if question_id is None and not codebook.named(name):
            msg = f"The study has no attribute '{name}', and no open question or theme of that name."
            labels = (theme.label for theme in codebook)
            of_answers = (attribute.name for attribute in answer_attributes(self.study))
            names = [*self.names, *of_answers, *self.question_ids, *labels]
            raise CoderError(msg, nearest(name, names) or "")
        return codebook.find(name, question_id)

    def _codebook(self) -> Codebook:
        as_of = self.table.request.as_of
        return self.study.codebook if as_of is None else past_of(self.study.database, as_of).codebook

    def _mentioning(self, theme: Theme, question_ids: Sequence[str]) -> DerivedAttribute:
        """Return who mentions a theme in their answers to questions, and who answers without it."""
        scope = self._scope(question_ids)
        mentioned = self._mentioned(scope)
        members = self._codebook().members(theme.id)
        with_theme = set[int]().union(*(mentioned.get(member, set()) for member in members))
        answered = {
            number
            for question_id, number in matrices.answered(self.study.database)
            if question_id in question_ids
        }
        texts = (_MENTION.format(theme.label), _DO_NOT.format(theme.label))
        value_of = {number: texts[number not in with_theme] for number in sorted(answered | with_theme)}
        where = f" ({question_ids[0]})" if len(question_ids) == 1 else ""
        name = f"{question_ids[0]}{CROSSED}{theme.id}" if len(question_ids) == 1 else theme.id
        meant = MentionsMeant(scope, sorted(members), *texts)
        return DerivedAttribute(name, f"{theme.label}{where}", value_of, texts, meant)

    def _scope(self, question_ids: Sequence[str]) -> Scope:
        request = self.table.request
        step = None if request.as_of is None else past_of(self.study.database, request.as_of).step
        scope = Scope(question_ids, request.coder_ids, request.options.agreed, step)
        return counted_scope(self.study.database, scope)

    def _mentioned(self, scope: Scope) -> dict[str, set[int]]:
        mentioned: dict[str, set[int]] = defaultdict(set)
        for theme_id, number in matrices.mentioned(self.study.database, scope):
            mentioned[theme_id].add(number)
        return mentioned

    def _themes_of(self, question_id: str) -> Banner:
        """Return a side for each theme that anybody mentions, the most mentioned first."""
        scope = self._scope([question_id])
        mentioned = self._mentioned(scope)
        themes = [
            t for t in themes_of_question(self._codebook(), question_id, mentioned) if mentioned.get(t.id)
        ]
        if not themes:
            msg = f"Nobody mentions a theme of {question_id} yet: it has no columns."
            raise CoderError(msg, "Code some of its answers first.")
        if self.table.request.options.order == "count" and not self.keeps_back:
            themes.sort(key=lambda theme: -len(mentioned[theme.id]))
        sides, derived = [], []
        labels = Counter(theme.label for theme in themes)
        # Where counts are kept back it has to be known of everybody whether they are in a column.
        everybody = list(matrices.respondents(self.study.database)) if self.keeps_back else []
        for theme in themes:
            value_of = dict.fromkeys(everybody, _OTHERS)
            value_of |= dict.fromkeys(sorted(mentioned[theme.id]), theme.label)
            name = f"{question_id}{CROSSED}{theme.id}{_ALONE}"
            label = theme.label if labels[theme.label] == 1 else f"{theme.label} [{theme.id}]"
            meant = MentionsMeant(scope, [theme.id], theme.label, _OTHERS, is_alone=True)
            order = (theme.label, _OTHERS) if self.keeps_back else (theme.label,)
            derived.append(DerivedAttribute(name, label, value_of, order, meant))
            sides.append(BannerSide(name, question_id, label, only=theme.label, shown_as=label))
        return Banner(tuple(sides), tuple(derived))


def _crossed(parts: Sequence[DerivedAttribute], *, keeps_back: bool) -> DerivedAttribute:
    """Return the attribute whose values are the combinations that occur; who lacks one of them has none.

    Where counts are kept back, those with a theme are there as well of which nobody is.
    """
    numbers = set.intersection(*(set(part.value_of) for part in parts))
    value_of = {number: BETWEEN.join(part.value_of[number] for part in parts) for number in sorted(numbers)}
    known = [part.mentions is None or not keeps_back for part in parts]
    occurring = {
        tuple(part.value_of[number] for part, is_known in zip(parts, known, strict=True) if is_known)
        for number in numbers
    }
    orders = [part.order or tuple(residual_last(sorted(set(part.value_of.values())))) for part in parts]
    order = tuple(
        BETWEEN.join(texts)
        for texts in product(*map(dict.fromkeys, orders))
        if tuple(compress(texts, known)) in occurring
    )
    names, labels = [part.name for part in parts], [part.label for part in parts]
    return DerivedAttribute(CROSSED.join(names), " and ".join(labels), value_of, order, parts=tuple(parts))
