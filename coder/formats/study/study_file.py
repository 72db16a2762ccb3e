"""`study.toml`: a study's settings, written once with comments, then edited by people, or line by line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

from coder.domain.languages.language_names import LANGUAGE_NAMES, language_code
from coder.domain.near_names import nearest
from coder.domain.study_settings import Settings
from coder.errors import CoderError
from coder.formats.shared.conflict_marks import HOW_TO_MEND, conflict_in
from coder.formats.shared.text_in import bytes_of
from coder.formats.study.study_attributes import read_attributes, write_attributes
from coder.formats.study.study_tables import checked, read_tables, refuse_unknown, toml, write_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_KEYS = tuple(field.name for field in fields(Settings) if field.name not in {"tables", "attributes"})
_MOST_BYTES = 2**20
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BYTE_ORDER_MARK = "\ufeff"
"""Some editors put it before a text in UTF-8."""

_TEMPLATE = """\
# Settings of this study. Edit them in any text editor; they are read when the study is opened.

title = {title}
# Shown wherever the study is:
note = {note}
# What those who answered are called:
respondents = {respondents}

# Suggestions: "default" is the best that was installed with the program, "light" its multilingual encoder,
# "none" uses the words alone; a folder with a sentence-transformers model, or a model's name on the hub,
# works too. A model on the hub is fetched only where allow_download is true, and you are asked once on each
# machine. Answers never leave this machine.
model = {model}
allow_download = {allow_download}
# The language of the answers, where what the program finds is wrong: "Welsh", or "cy"; "" has it found.
# A question may have its own: languages = {{ Q15 = "Welsh" }}
language = {language}
languages = {languages}
# Hide the suggestions for an answer until you have chosen its first theme yourself:
hide_until_first_choice = {hide_until_first_choice}
# Keep, with a suggestion that you accept, the words of the answer that carry it (e moves them):
keep_suggested_words = {keep_suggested_words}
# Read answers to a question that are alike but for case, blanks and punctuation as one, and code them
# together (= opens them to code one apart). False: each is read by itself.
same_words = {same_words}
# Code line by line, without a screen, as coder code --plain does:
plain = {plain}

# Answers that say nothing. They are kept, but not counted as answers. Blank cells always belong here.
non_responses = [
{non_responses}]
# Write CSV files for spreadsheet programs, as --excel does: no text in them is taken for a formula.
csv_for_excel = {csv_for_excel}
# Columns that tell who answered: no table, chart or file holds them.
private = {private}
# Your organisation's Word template (styles, paper, headers, footers) and logo (PNG or JPEG) for reports, as
# files in this folder:
report_template = {report_template}
report_logo = {report_logo}
# The last day on which the answers may be kept, such as "2030-12-31"; you are told a month before.
retain_until = {retain_until}
# The column with the respondents' survey weights: percentages are weighted by it.
weight = {weight}
"""


def write_settings(settings: Settings) -> str:
    """Return the text of a new `study.toml`."""
    texts = {name: toml(getattr(settings, name)) for name in _KEYS}
    texts["non_responses"] = "".join(f"    {toml(text)},\n" for text in settings.non_responses)
    return _TEMPLATE.format(**texts) + write_attributes(settings.attributes) + write_tables(settings.tables)


def read_settings(path: Path) -> Settings:
    """Read a `study.toml`.

    Raises:
        CoderError: No such file, not TOML (with line and column), an unknown key or a wrong type.
    """
    return settings_of(path, settings_text(path))


def settings_text(path: Path) -> str:
    """Return what stands in a `study.toml`, its line ends as they are.

    Raises:
        CoderError: No such file, a link, or it cannot be read.
    """
    if path.is_symlink():
        msg = f"{path} is a link. The settings of a study are a file of its own."
        raise CoderError(msg, "Put the file itself there, if you know what the link leads to.")
    try:
        return bytes_of(path, _MOST_BYTES).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        hint = "Go to a study's folder, or name it; make one with: coder new DIR --from FILE, or coder demo."
        msg = f"{path.parent} is not a study: it has no {path.name}."
        raise CoderError(msg, hint) from None
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise CoderError(msg, "Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise _not_toml(path, error) from error


def settings_of(path: Path, text: str) -> Settings:
    """Return the settings that the text of a `study.toml` says.

    Raises:
        CoderError: Not TOML (with line and column), lines that wait to be merged, an unknown key or a
            wrong type.
    """
    if conflict := conflict_in(text):
        msg = f"{path}: {conflict.message}"
        raise CoderError(msg, HOW_TO_MEND)
    try:
        content = tomllib.loads(text.removeprefix(BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        # Besides what tomllib refuses: a number of too many digits, brackets nested too deeply.
        raise _not_toml(path, error) from error
    tables = read_tables(path, content.pop("table", []))
    attributes = read_attributes(path, content.pop("attribute", []))
    defaults = Settings(title=path.parent.name)
    refuse_unknown(path, content, _KEYS)
    if type(content.get("retain_until")) is date:
        # TOML has days of its own, without quotes.
        content["retain_until"] = content["retain_until"].isoformat()
    settings = {key: checked(path, key, setting, getattr(defaults, key)) for key, setting in content.items()}
    _refuse_unknown_languages(path, settings)
    _refuse_no_day(path, settings)
    return Settings(**{"title": defaults.title, **settings, "tables": tables, "attributes": attributes})


def _refuse_unknown_languages(path: Path, settings: Mapping[str, Any]) -> None:
    """Raise CoderError if a language is none that is known here."""
    named = {"language": settings.get("language") or None}
    named |= {f"languages.{question_id}": name for question_id, name in settings.get("languages", {}).items()}
    for key, name in named.items():
        if name is not None and (not isinstance(name, str) or language_code(name) is None):
            msg = f"{path}: {key} is {name!r}, which is no language that is known here."
            near = nearest(str(name), LANGUAGE_NAMES.values())
            raise CoderError(msg, near or 'Give its English name or its code, such as "Welsh" or "cy".')


def _refuse_no_day(path: Path, settings: Mapping[str, Any]) -> None:
    """Raise CoderError if the day until which answers are kept is none."""
    day = settings.get("retain_until", "")
    if day and not (_DAY.fullmatch(day) and _is_day(day)):
        msg = f"{path}: retain_until is {day!r}, which is no day."
        raise CoderError(msg, 'Write it like "2030-12-31", or "" for none.')


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _not_toml(path: Path, error: Exception) -> CoderError:
    return CoderError(f"{path}: {error}.", "Mend that line; a text in TOML stands in double quotes.")
