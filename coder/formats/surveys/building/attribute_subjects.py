"""What attributes tell something about: respondents, or single answers of theirs.

Where a respondent has several rows, an attribute whose values differ within one of them is of the answers of
the row that it stands in. A person may say otherwise.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import agreeing, counted
from coder.domain.responses import Attribute
from coder.domain.texts.invisible import tidied
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError
from coder.formats.surveys.cell_values import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

_SHOWN = 3
_BY_SIGNS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SLIPS = 10
"""An attribute that differs within one of so many respondents with several rows may do so by a slip."""
_FEWEST = 5
"""Of fewer respondents nothing tells what is usual."""


@dataclass(slots=True)
class AttributeSubjects:
    """The attributes of a file with several rows a respondent."""

    of_respondents: dict[str, dict[str, str]] = field(default_factory=dict)
    """By name of the column: from a respondent's id to the value."""
    of_answers: dict[str, list[str]] = field(default_factory=dict)
    """By name of the column: its cells, row by row; of the answers in that row."""
    labels: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    """Why those of answers are of answers."""
    warnings: list[str] = field(default_factory=list)

    def respondent_attributes(self) -> list[Attribute]:
        """Return the attributes of respondents."""
        return [Attribute(name, self.labels[name]) for name in self.of_respondents]

    def answer_attributes(self) -> list[Attribute]:
        """Return the attributes of answers."""
        return [Attribute(name, self.labels[name], "answer") for name in self.of_answers]

    def values_of(self, respondent_id: str) -> dict[str, str]:
        """Return what is known of a respondent."""
        return {name: cells[respondent_id] for name, cells in self.of_respondents.items()}


class _Difference(NamedTuple):
    """Two rows of a respondent that have different values."""

    respondent: str
    row_index: int
    other_index: int


def attribute_cells(raw: RawTable, column: SurveyColumn) -> list[str]:
    """Return the cells of an attribute as they are kept, from the first row to the last.

    Of exact times the day alone is kept: no table needs more, and they may tell who somebody is.
    """
    cells = tidied(raw.column(column.position))
    return list(map(day_of, cells)) if column.dates == "stamps" else list(cells)


def attribute_subjects(
    raw: RawTable, layout: SurveyLayout, ids: Sequence[str], *, blanks_differ: bool
) -> AttributeSubjects:
    """Tell which attributes are of respondents and which are of the answers of each row.

    Args:
        raw: The file's rows.
        layout: Which columns are attributes; those of the answers to a question are passed over.
        ids: Who answered, row by row.
        blanks_differ: Whether a blank cell is a value of its own. Where the rows of a respondent hold parts
            of what they said, it is none: what stands in one of them holds for all.

    Raises:
        CoderError: An attribute that must be of respondents has two values within one; nothing says which.
    """
    subjects = AttributeSubjects()
    several = sum(count > 1 for count in Counter(ids).values())
    for column in layout.of_role("attribute"):
        if column.about is not None and column.about.boxes:
            continue
        cells = attribute_cells(raw, column)
        subjects.labels[column.name] = column.label
        of_respondents = column.is_weight or (column.about is not None and column.about.of == "respondent")
        differences, spellings = _differences(ids, cells, blanks_differ=blanks_differ and not of_respondents)
        if column.is_weight and differences:
            raise _no_weight(raw, column, cells, differences)
        if of_respondents and differences:
            subjects.of_respondents[column.name] = _commonest(raw, column, ids, cells)
            subjects.warnings.append(_overruled(raw, column, cells, differences))
        elif column.about is not None and column.about.of == "answer":
            subjects.of_answers[column.name] = cells
            subjects.reasons[column.name] = "of the answers of its row, as you said"
        elif differences:
            subjects.of_answers[column.name] = cells
            example = _example(raw, cells, differences[0])
            within = (
                f"differs within {len(differences):,} of {counted(several, 'respondent')} with several rows"
            )
            subjects.reasons[column.name] = f"{within}: {example}"
            if exchanged := [one for one in differences if _day_and_month_exchanged(cells, one)]:
                subjects.warnings.append(_doubtful_dates(raw, column, cells, exchanged))
            if len(differences) <= max(1, several // _SLIPS) and several >= _FEWEST:
                subjects.warnings.append(_maybe_slip(raw, column, cells, differences))
        else:
            subjects.of_respondents[column.name] = _first_filled(ids, cells)
            if spellings:
                subjects.warnings.append(_spelled(raw, column, cells, spellings))
    return subjects


def _differences(
    ids: Sequence[str], cells: Sequence[str], *, blanks_differ: bool
) -> tuple[list[_Difference], list[_Difference]]:
    """Return two rows of each respondent with several values; and of those that differ by capitals alone."""
    first: dict[str, int] = {}
    differences: dict[str, _Difference] = {}
    spellings: dict[str, _Difference] = {}
    for index, (respondent, cell) in enumerate(zip(ids, cells, strict=True)):
        if not cell and not blanks_differ:
            continue
        earlier = first.setdefault(respondent, index)
        if cells[earlier] == cell or respondent in differences:
            continue
        group = spellings if cells[earlier].casefold() == cell.casefold() else differences
        group.setdefault(respondent, _Difference(respondent, earlier, index))
    return list(differences.values()), list(spellings.values())


def _first_filled(ids: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    cell_of: dict[str, str] = {}
    for respondent, cell in zip(ids, cells, strict=True):
        if not cell_of.get(respondent):
            cell_of[respondent] = cell
    return cell_of


def _commonest(
    raw: RawTable, column: SurveyColumn, ids: Sequence[str], cells: Sequence[str]
) -> dict[str, str]:
    """Return for each respondent the value that stands in more of their rows than any other.

    Raises:
        CoderError: There is none.
    """
    rows: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, (respondent, cell) in enumerate(zip(ids, cells, strict=True)):
        if cell:
            rows[respondent][cell.casefold()].append(index)
    cell_of = dict.fromkeys(ids, "")
    undecided = []
    for respondent, values in rows.items():
        ordered = sorted(values.values(), key=len, reverse=True)
        cell_of[respondent] = cells[ordered[0][0]]
        if len(ordered) > 1 and len(ordered[0]) == len(ordered[1]):
            undecided.append(_Difference(respondent, ordered[0][0], ordered[1][0]))
    if undecided:
        msg = (
            f"'{column.name}' is to be of respondents, but nothing says which value counts for "
            f"{counted(len(undecided), 'of them') if len(undecided) > 1 else 'one of them'}: "
            f"{_examples(raw, cells, undecided)}."
        )
        of_answers = f"--about {quoted(f'answers={column.name}')}"
        raise CoderError(msg, f"Mend these rows of {raw.path.name}, or keep it of answers: {of_answers}")
    return cell_of


def _no_weight(
    raw: RawTable, column: SurveyColumn, cells: Sequence[str], differences: Sequence[_Difference]
) -> CoderError:
    msg = (
        f"The weights in '{column.name}' differ within {counted(len(differences), 'respondent')}: "
        f"{_examples(raw, cells, differences)}."
    )
    hint = "A survey weight is of a respondent: name a column that has one for each, or leave --weight out."
    return CoderError(msg, hint)


def _overruled(
    raw: RawTable, column: SurveyColumn, cells: Sequence[str], differences: Sequence[_Difference]
) -> str:
    examples = _examples(raw, cells, differences)
    return (
        f"{column.name} differs within {counted(len(differences), 'respondent')} ({examples}): kept of "
        f"{agreeing(len(differences), 'this one', 'each of them')} is what more of the rows say"
    )


def _maybe_slip(
    raw: RawTable, column: SurveyColumn, cells: Sequence[str], differences: Sequence[_Difference]
) -> str:
    within = f"it differs within {counted(len(differences), 'respondent')}"
    return (
        f"{column.name} is kept of each answer, as {within} ({_examples(raw, cells, differences)}). If that "
        "is a slip, mend it; or have what more of the rows say kept of each respondent: "
        f"--about {quoted(f'respondents={column.name}')}"
    )


def _day_and_month_exchanged(cells: Sequence[str], difference: _Difference) -> bool:
    """Tell whether two rows of a respondent have `03/10/2021` and `10/03/2021`."""
    first, second = (_BY_SIGNS.fullmatch(cells[n]) for n in (difference.row_index, difference.other_index))
    if first is None or second is None or first[3] != second[3]:
        return False
    return (int(first[1]), int(first[2])) == (int(second[2]), int(second[1]))


def _doubtful_dates(
    raw: RawTable, column: SurveyColumn, cells: Sequence[str], exchanged: Sequence[_Difference]
) -> str:
    return (
        f"{column.name} has day and month exchanged within {counted(len(exchanged), 'respondent')} "
        f"({_examples(raw, cells, exchanged)}): one of the two may be wrong, and so its month"
    )


def _spelled(
    raw: RawTable, column: SurveyColumn, cells: Sequence[str], spellings: Sequence[_Difference]
) -> str:
    return (
        f"{column.name} differs by capitals alone within {counted(len(spellings), 'respondent')} "
        f"({_examples(raw, cells, spellings)}): the first is kept"
    )


def _examples(raw: RawTable, cells: Sequence[str], differences: Sequence[_Difference]) -> str:
    examples = [_example(raw, cells, difference) for difference in differences[:_SHOWN]]
    more = len(differences) - len(examples)
    return "; ".join([*examples, f"{more:,} more"] if more else examples)


def _example(raw: RawTable, cells: Sequence[str], difference: _Difference) -> str:
    first, second = (
        f"{repr_of(cells[index])} (row {raw.numbers[index]})"
        for index in (difference.row_index, difference.other_index)
    )
    return f"{difference.respondent} has {first} and {second}"


def repr_of(cell: str) -> str:
    """Return a value as messages show it: in quotation marks, or that it is blank."""
    return f"'{cell}'" if cell else "none"


def values_about(
    raw: RawTable, layout: SurveyLayout, sources: Sequence[tuple[int, int]]
) -> tuple[list[Attribute], dict[str, dict[int, str]], dict[str, str]]:
    """Return the attributes of the answers to questions that a person has named, values, and reasons.

    Args:
        raw: The file's rows.
        layout: Which columns they are, and of which open columns.
        sources: For each response, in order: the index of its row, and the position of its column.
    """
    columns: dict[str, list[SurveyColumn]] = defaultdict(list)
    for column in layout.of_role("attribute"):
        if column.about is not None and column.about.boxes:
            columns[column.about.attribute].append(column)
    attributes, values_by_name, reasons = [], {}, {}
    for name, group in columns.items():
        cells_at = {
            position: cells
            for column in group
            for cells in (attribute_cells(raw, column),)
            for position in (column.about.boxes if column.about else ())
        }
        values_by_name[name] = {
            number: cell
            for number, (row, position) in enumerate(sources, 1)
            if (cells := cells_at.get(position)) and (cell := cells[row])
        }
        label = group[0].label if len(group) == 1 else ""
        attributes.append(Attribute(name, label, "answer"))
        reasons[name] = "; ".join(f"{column.name}: {column.reason}" for column in group)
    return attributes, values_by_name, reasons
