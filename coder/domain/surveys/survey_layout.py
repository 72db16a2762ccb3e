"""How a survey file is understood: which role each column has, and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from coder.domain.surveys.box_choices import NO_BOX_CHOICES, BoxChoices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.surveys.survey_doubts import Doubt

Role = Literal["id", "open", "attribute", "ignore", "question", "text", "response", "item"]
"""`question`, `text`, `response` and `item` occur in long files alone: the column that names the
question, the one that holds the answer, the answer's own id, and its number among the items."""

Shape = Literal["wide", "long", "parts"]
"""One row a respondent, one row an answer, or several rows that hold the parts of what a respondent said."""

_ONE_ROW: dict[Shape, str] = {
    "wide": "one row a respondent",
    "long": "one row an answer",
    "parts": "several rows a respondent",
}

_ONE_COLUMN: frozenset[Role] = frozenset({"id", "text", "response", "item"})
"""The roles that one column alone can have."""

CHOSEN = "chosen by you"
"""The reason of a role that a person has given."""
_NUMBERED = "no id column: respondents are numbered by row, R1, R2 ..."


DatesHeld = Literal["", "days", "stamps"]
"""Whether the values of a column are dates, or dates with an exact time, which may tell who somebody is."""


@dataclass(frozen=True, slots=True)
class About:
    """What a person says that an attribute tells something about."""

    of: Literal["respondent", "answer"]
    boxes: tuple[int, ...] = ()
    """Of answers: the positions of the open columns they stand in; empty: those of the row it stands in."""
    attribute: str = ""
    """Of answers in such columns: what the attribute is called; several columns may be one attribute."""


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """One column of the file, its role, and the reason in words."""

    position: int
    """Counted from 0."""
    name: str
    """Its header, unique in the file."""
    role: Role
    reason: str
    """Why it was given this role: "72 of 75 values differ, 14 words on average"."""
    label: str = ""
    """The question's wording, where the file gives one beside the name."""
    question_id: str = ""
    """For an open column: the question it belongs to (`Q15` for `q15_1`)."""
    item: int = 1
    """For an open column: which box of the question, from 1."""
    samples: tuple[str, ...] = ()
    """A few of its values, to show on screen."""
    is_weight: bool = False
    """Whether it holds the respondents' survey weights, which are an attribute."""
    dates: DatesHeld = ""
    """Whether it holds dates; of exact times the day alone is kept."""
    about: About | None = None
    """For an attribute: what it tells something about, where a person has said so."""


class AttributeOffer(NamedTuple):
    """Something that the columns make likely, and that a person alone can say."""

    text: str
    """What it is, and what it would do."""
    option: str
    """The option of `coder new` that says so."""
    column: str
    """The name of the column that it is about."""


@dataclass(frozen=True, slots=True)
class SurveyLayout:
    """What was understood of a survey file."""

    shape: Shape
    columns: tuple[SurveyColumn, ...]
    first_row: int
    """The row (from 1) in the file where the first respondent stands."""
    notes: tuple[str, ...] = field(default=())
    """What else was found out: encoding, delimiter, extra header rows, the platform it came from."""
    doubts: tuple[Doubt, ...] = ()
    """What a person has to settle before the file is imported."""
    box_choices: BoxChoices = NO_BOX_CHOICES
    """What a person has said about boxes."""
    alike_ids_are_one: bool = False
    """Whether ids that differ by capitals and leading noughts alone are of one respondent."""
    offers: tuple[AttributeOffer, ...] = ()
    """What could be kept as well, or as of answers, if a person says so."""

    @property
    def weight(self) -> str:
        """The name of the column with the respondents' survey weights; empty if there is none."""
        return next((column.name for column in self.columns if column.is_weight), "")

    @property
    def one_row(self) -> str:
        """What a row of the file holds, in words."""
        return _ONE_ROW[self.shape]

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes, and that nobody has a name where no column says who answered."""
        return self.notes if self.of_role("id") else (*self.notes, _NUMBERED)

    def of_role(self, role: Role) -> tuple[SurveyColumn, ...]:
        """Return the columns that have a role, in the file's order."""
        return tuple(column for column in self.columns if column.role == role)

    def with_column(self, column: SurveyColumn) -> SurveyLayout:
        """Return the layout with a column in place of the one at its position."""
        columns = list(self.columns)
        columns[column.position] = column
        return replace(self, columns=tuple(columns))

    def with_role(self, position: int, role: Role) -> SurveyLayout:
        """Return the layout with one column in another role; a role for one alone is taken from another."""

        def revised(column: SurveyColumn) -> SurveyColumn:
            if column.position == position:
                return replace(column, role=role, reason=CHOSEN)
            if role == column.role and role in _ONE_COLUMN:
                return replace(column, role="attribute", reason="another column was chosen")
            return column

        return replace(self, columns=tuple(revised(column) for column in self.columns))


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """An open question, and what an import keeps of it."""

    id: str
    label: str
    """Its wording; empty where the file gives none."""
    answers: int
    silent: int
    """Non-responses, blank ones included."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import kept, and what it found that a person should know."""

    respondents: int
    answers: int
    non_responses: Sequence[tuple[str, int]]
    """Each text taken for no answer, as written, with how often it occurs; "" stands for blank."""
    questions: Sequence[QuestionCount]
    attributes: Sequence[str]
    """The names of those of respondents."""
    ignored: Sequence[str]
    warnings: Sequence[str] = ()
    answer_attributes: Mapping[str, str] = field(default_factory=dict)
    """From the name of an attribute of answers to why it is one: "differs within 12 of 40 ..."."""
    remarks: Sequence[str] = ()
    """What is told once the study is made: what of the codebook is not carried, who is left out."""
