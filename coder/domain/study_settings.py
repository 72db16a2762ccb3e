"""What `study.toml` says about a study."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coder.domain.grammar import counted
from coder.domain.nonresponse import DEFAULT_NON_RESPONSES, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


RESPONSE_RATES = "responses"
"""What a table of response rates is of."""
PROGRAMS_MODELS = frozenset({"default", "light", "minilm", "none"})
"""What the setting `model` may say besides a folder or a name on the hub."""
_DAYS_TOLD_BEFORE = 30
"""So many days before the last one on which answers may be kept it is told."""


@dataclass(frozen=True, slots=True)
class ValueSelection:
    """Which values of an attribute a table shows, in which order."""

    order: tuple[str, ...] = ()
    """These come first, whether or not anybody gave them; the others follow."""
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values that count as one, by the name they have together."""
    excluded: tuple[str, ...] = ()
    """Values that are left out, of the base too."""


NumbersShown = Literal["both", "count", "percent"]
"""Which numbers a table prints."""
ShowN = Literal["total", "count", "labels", "notes"]
"""Where a table of a closed question says how many its percentages are of: in a total with its 100 %, as a
count alone, behind the labels, or in the notes alone."""
NoAnswer = Literal["leave out", "in base", "row"]
"""What becomes of those without an answer to a closed question; `in base`: of the base, but in no row."""
Percents = Literal["", "columns", "rows", "all"]
"""What adds up to 100 %: each column, each row, or the table. Empty: what a table's `by` stands over."""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table is laid out, where it is not as most are."""

    heads: tuple[str, ...] = ()
    """What stands over the columns; empty: what they count."""
    numbers: NumbersShown = "both"
    percent_signs: bool = False
    """Whether a percentage has its sign in the cell: `62%`."""
    turn: bool = False
    """Whether a closed question's values are the columns, and those of `by` the rows."""
    percents: Percents = ""
    show_n: ShowN = "total"
    no_answer: NoAnswer = "leave out"


@dataclass(frozen=True, slots=True)
class KeptOptions:
    """What a table counts, where `study.toml` says it: the options of `coder tables`, by their names."""

    where: tuple[str, ...] = ()
    """`region=London`, `region!=London`: all must hold, with those that are typed."""
    count: str = ""
    """Empty, as the next ones: as asked, or as is usual."""
    base: str = ""
    nets: bool = False
    zeros: bool = False
    order: str = ""
    other: str = ""
    """`3` or `5%`."""
    coder: str = ""
    coders: str = ""
    as_of: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class TableSetting:
    """A table of the report: its number and title, and what it counts."""

    subject: str
    """An open question (its themes), an attribute (its values) or `responses` (response rates).

    Several questions, counted together, have commas between them.
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
    """Whether response rates have a row, and crosstabs a column (turned: a row), for everybody."""
    layout: TableLayout = TableLayout()
    frame: str = ""
    """The file in the study's folder that says how many were asked."""
    low: int | None = None
    """Percentages of fewer respondents than these are marked; None: as everywhere."""
    suppress: int | None = None
    """Counts below this are kept back; None: as everywhere."""
    weighted: bool = True
    """Whether percentages are weighted, where the study has weights."""
    intervals: bool = False
    """Whether percentages have intervals."""
    letters: bool = False
    """Whether columns have letters, by which cells say than which others they are higher."""
    choices: KeptOptions = KeptOptions()

    def has_percents(self, *, of_mentions: bool) -> bool:
        """Tell whether a table has percentages of respondents, which may be weighted and have intervals.

        Args:
            of_mentions: Whether it counts mentions of themes.
        """
        return self.subject != RESPONSE_RATES and self.layout.numbers != "count" and not of_mentions


@dataclass(frozen=True, slots=True)
class AttributeSetting:
    """What an attribute is called where it is published, and the order of its values."""

    name: str
    """As the survey has it."""
    label: str = ""
    """What it is called; empty: its wording in the survey, else its name."""
    order: tuple[str, ...] = ()
    """Its values in order, whether or not anybody gave them; further ones follow. Empty: a natural order."""
    other: tuple[str, ...] = ()
    """Values that a text explains: `Other (please specify)`."""
    other_text: str = ""
    """The open question with these texts, whose codings are counted as options of the closed one."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Themes, by id or label, with the option each stands for; those called like an option need none."""
    option_columns: Mapping[str, str] = field(default_factory=dict)
    """The same where each option is an attribute of its own, of which several may be ticked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A study's settings."""

    title: str
    note: str = ""
    """Shown wherever the study is: "SYNTHETIC: no council wrote these answers"."""
    respondents: str = "respondents"
    """What the study calls those who answered, in the plural: `councils`."""
    model: str = "default"
    """The embedding model: one of `PROGRAMS_MODELS`, a folder, or a name on the hub."""
    allow_download: bool = False
    """Whether a model named as on the hub may be fetched; answers never leave the machine either way."""
    language: str = ""
    """The language of the answers, by its name or code; empty: it is found."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Questions whose answers are in another language, with that."""
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
    report_template: str = ""
    """A Word document in the study's folder, whose styles, paper, headers and footers reports take."""
    report_logo: str = ""
    """A picture in the study's folder that stands above the title of reports."""
    attributes: tuple[AttributeSetting, ...] = ()
    retain_until: str = ""
    """The last day on which the answers may be kept, as 2030-12-31; empty: none was agreed."""
    weight: str = ""
    """The attribute that holds the respondents' weights; empty: percentages are not weighted."""
    tables: tuple[TableSetting, ...] = ()


def retention_text(settings: Settings, today: date) -> str:
    """Return what is to be told of the last day on which a study may be kept; empty until a month before."""
    if not settings.retain_until:
        return ""
    last_day = date.fromisoformat(settings.retain_until)
    days_left = (last_day - today).days
    if days_left > _DAYS_TOLD_BEFORE:
        return ""
    sentence = f"The answers may be kept until {last_day.day} {last_day:%B %Y} (retain_until in study.toml)"
    if days_left < 0:
        return f"{sentence}: that has passed. What to delete: coder privacy"
    when = f"in {counted(days_left, 'day')}" if days_left else "today"
    return f"{sentence}: that is {when}."


ADD_NON_RESPONSE, REMOVE_NON_RESPONSE = "add_non_response", "remove_non_response"
"""What a change of the list of non-responses does with an entry."""


class SettingChange(NamedTuple):
    """One change of a study's settings. Made twice it does nothing more."""

    key: str
    """The name of a setting; or what is done with an entry of the list of non-responses."""
    setting: str | bool
    """What it is to be; or the entry, compared with others after `normalise`."""

    @property
    def is_of_list(self) -> bool:
        """Whether it changes the list of non-responses."""
        return self.key in {ADD_NON_RESPONSE, REMOVE_NON_RESPONSE}

    def inverse(self) -> SettingChange:
        """Return what takes back a change of the list of non-responses that changed it."""
        key = REMOVE_NON_RESPONSE if self.key == ADD_NON_RESPONSE else ADD_NON_RESPONSE
        return self._replace(key=key)


def changed(settings: Settings, change: SettingChange) -> Settings:
    """Return settings after a change."""
    if not change.is_of_list:
        by_name: dict[str, Any] = {change.key: change.setting}
        return replace(settings, **by_name)
    entry, entries = normalise(str(change.setting)), settings.non_responses
    if change.key == REMOVE_NON_RESPONSE:
        return replace(settings, non_responses=tuple(text for text in entries if normalise(text) != entry))
    if entry in map(normalise, entries):
        return settings
    return replace(settings, non_responses=(*entries, str(change.setting)))


def changes_of_list(older: Iterable[str], newer: Iterable[str]) -> list[SettingChange]:
    """Return what makes one list of non-responses of another: entries taken out, then entries added."""
    older_entries, newer_entries = (
        {normalise(text): text for text in texts if text} for texts in (older, newer)
    )
    return [
        *(
            SettingChange(REMOVE_NON_RESPONSE, older_entries[e])
            for e in older_entries
            if e not in newer_entries
        ),
        *(SettingChange(ADD_NON_RESPONSE, newer_entries[e]) for e in newer_entries if e not in older_entries),
    ]


def read_changes(written: object) -> tuple[SettingChange, ...]:
    """Return changes that were kept as lists of key and setting.

    Raises:
        ValueError: They are none, or of no setting that can be changed.
    """
    match written:
        case list():
            return tuple(map(_read_change, written))
        case _:
            raise ValueError(written)


def _read_change(pair: object) -> SettingChange:
    match pair:
        case [str(key), bool() | str() as setting] if _CHANGEABLE.get(key) is type(setting):
            return SettingChange(key, setting)
        case _:
            raise ValueError(pair)


_CHANGEABLE = {
    **{field.name: type(field.default) for field in fields(Settings) if type(field.default) in {str, bool}},
    "title": str,
    ADD_NON_RESPONSE: str,
    REMOVE_NON_RESPONSE: str,
}
"""What can be changed, with the type that it has."""
