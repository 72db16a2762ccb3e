"""What `study.toml` says about a study."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES

if TYPE_CHECKING:
    from collections.abc import Mapping


RESPONSE_RATES = "responses"
"""What a table of response rates is of."""


@dataclass(frozen=True, slots=True)
class ValueSelection:
    """Which values of an attribute a table shows, in which order."""

    order: tuple[str, ...] = ()
    """These come first, whether or not anybody gave them; the others follow."""
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values that count as one, by the name they have together."""
    excluded: tuple[str, ...] = ()
    """Values that are left out, of the base too."""


@dataclass(frozen=True, slots=True)
class TableSetting:
    """A table of the report: its number and title, and what it counts."""

    subject: str
    """An open question (its themes), an attribute (its values) or `responses` (response rates).

    Empty where several questions are counted together: `study.toml` lists no such table.
    """
    number: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    by: str = ""
    """The attribute whose values are the columns; of response rates, the rows."""
    stub: str = ""
    """The heading of the labels: `Type of council`."""
    rows: ValueSelection = ValueSelection()
    """The values that are rows."""
    columns: ValueSelection = ValueSelection()
    total: bool = True
    """Whether response rates have a row, and crosstabs a column, for everybody."""
    frame: str = ""
    """The file in the study's folder that says how many were asked."""
    low: int | None = None
    """Percentages of fewer respondents than these are marked; None: as everywhere."""
    suppress: int | None = None
    """Counts below this are kept back; None: as everywhere."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A study's settings."""

    title: str
    note: str = ""
    """Shown wherever the study is: "SYNTHETIC: no council wrote these answers"."""
    respondents: str = "respondents"
    """What the study calls those who answered, in the plural: `councils`."""
    model: str = "default"
    """The embedding model: `default`, `none`, a folder, or a name on the hub."""
    allow_download: bool = False
    """Whether a model named as on the hub may be fetched; answers never leave the machine either way."""
    hide_until_first_choice: bool = False
    """Whether suggestions stay hidden until the coder has chosen once on an answer."""
    keep_suggested_words: bool = True
    """Whether a suggestion that is accepted keeps the words that carry it."""
    plain: bool = False
    """Whether answers are coded line by line, without a screen."""
    same_words: bool = True
    """Whether answers to a question that say the same in the same words are read and coded as one."""
    non_responses: tuple[str, ...] = DEFAULT_NON_RESPONSES
    csv_for_excel: bool = False
    """Whether CSV files are written for Excel, with no text in them that it takes for a formula."""
    private: tuple[str, ...] = ()
    """Attributes that no export holds."""
    tables: tuple[TableSetting, ...] = ()
