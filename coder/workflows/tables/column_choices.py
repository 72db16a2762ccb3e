"""What can stand over the columns of a table: everything that `--by` takes, with what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.near_names import name_list
from coder.store import surveys
from coder.workflows.study.attributes import answer_attributes, counts_of_values, public_attributes
from coder.workflows.tables.periods import PERIODS, are_dates
from coder.workflows.tables.typed_columns import CROSSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.responses import Attribute, Question
    from coder.workflows.study.study import Study

ChoiceKind = Literal["attribute", "period", "theme", "themes"]
"""`theme`: who mentions it, and who does not; `themes`: each theme of a question has a column."""

_NAMED = 20
"""Values that are named below an attribute."""


class ColumnChoice(NamedTuple):
    """Something that can stand over columns."""

    elements: tuple[str, ...]
    """What stands side by side, each as `--by` takes it."""
    title: str
    """What it is called."""
    detail: str
    """What its columns are."""
    note: str
    """How many they are, or of what."""
    kind: ChoiceKind
    """Of the last of several."""

    @property
    def by(self) -> str:
        """All of it as `--by` takes it."""
        return self.elements[0] if len(self.elements) == 1 else name_list(self.elements)

    def beside(self, other: ColumnChoice) -> ColumnChoice:
        """Return both side by side, this one first."""
        title, detail = f"{self.title}, beside it {other.title}", f"{self.detail}\n{other.detail}"
        return ColumnChoice((*self.elements, *other.elements), title, detail, "side by side", other.kind)

    def crossed_with(self, other: ColumnChoice) -> ColumnChoice:
        """Return another crossed with the last of this: a column for each combination that occurs."""
        *first, last = self.elements
        elements = (*first, f"{last}{CROSSED}{other.by}")
        title, detail = f"{self.title} crossed with {other.title}", f"{self.detail}\n{other.detail}"
        return ColumnChoice(elements, title, detail, "crossed", other.kind)


def column_choices(study: Study, *, of_themes: bool) -> Iterator[ColumnChoice]:
    """Yield what can stand over columns: attributes, each with its periods, then themes by question.

    Args:
        study: The study.
        of_themes: Whether the table is of themes: columns by what is known of answers go with those alone.
    """
    for attribute in public_attributes(study):
        yield from _of_attribute(study, attribute)
    for attribute in answer_attributes(study) if of_themes else ():
        yield from _of_attribute(study, attribute)
    for question in surveys.questions(study.database):
        yield from _of_question(study, question)


def _of_attribute(study: Study, attribute: Attribute) -> Iterator[ColumnChoice]:
    names = [name for name in counts_of_values(study, attribute) if name]
    detail = ", ".join(names[:_NAMED])
    note = f"{len(names):,} values{' of answers' if attribute.is_of_answers else ''}"
    yield ColumnChoice((attribute.name,), attribute.title, f"{attribute.title}: {detail}", note, "attribute")
    if are_dates(attribute.name, names):
        for period in PERIODS:
            title = f"{period} of {attribute.title}"
            detail = f"{title}: from the first to the last, a trend"
            yield ColumnChoice((f"{attribute.name}.{period}",), title, detail, "trend", "period")


def _of_question(study: Study, question: Question) -> Iterator[ColumnChoice]:
    themes = [theme for theme in study.codebook if theme.serves(question.id)]
    if not themes:
        return
    detail = f"{question.id}: a column for each theme of it that anybody mentions. {question.label}".rstrip()
    title = f"all themes of {question.id}"
    yield ColumnChoice((question.id,), title, detail, f"{len(themes):,} themes", "themes")
    for theme in themes:
        title = f"{theme.label} ({question.id})"
        detail = f"{title}: who mentions it, and who does not"
        yield ColumnChoice((f"{question.id}{CROSSED}{theme.id}",), title, detail, "theme", "theme")
