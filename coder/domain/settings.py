"""What `study.toml` says about a study."""

from __future__ import annotations

from dataclasses import dataclass

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES


@dataclass(frozen=True, slots=True)
class TableSetting:
    """A table of the report: its number, its question and its title."""

    question_id: str
    number: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()


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
    non_responses: tuple[str, ...] = DEFAULT_NON_RESPONSES
    tables: tuple[TableSetting, ...] = ()
