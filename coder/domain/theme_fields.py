"""The fields of a theme, described once for everything that reads, writes, edits or compares them.

A new field is one more attribute of `Theme` in `coder/domain/codebook.py` and one more description here:
YAML, spreadsheets, exports, the form on screen and lists of changes go by these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from coder.domain.codebook import Theme

FieldKind = Literal["line", "paragraph", "texts", "words", "reference", "choice", "flag"]
"""`line`: a text without line ends. `paragraph`: a text that may be long. `texts`: a list of sentences,
written one below the other. `words`: a list of short words, written side by side. `reference`: the id of
another theme, or None. `choice`: one of the field's choices. `flag`: True or False."""

_PLAIN = Theme("", "")
"""A theme whose fields are at their defaults."""


@dataclass(frozen=True, slots=True)
class ThemeField:
    """What is to be known of a field of a theme."""

    name: str
    """Of the attribute of `Theme`, and of the key in YAML."""
    kind: FieldKind
    is_meaning: bool = False
    """Whether it says what the theme means: windows show it and edit it."""
    is_printed: bool = False
    """Whether a report's annex prints it, and lists of themes quote it."""
    redefines: Literal["never", "always", "once said"] = "never"
    """Whether the theme means something else after a change of it, so that its codings may need a fresh
    look; `once said`: a first text only says what was meant."""
    recounts: bool = False
    """Whether a change of it changes what the nets count."""
    heading: str = ""
    """What stands above or beside it in windows: `Leave out`."""
    in_sentence: str = ""
    """What a sentence calls it: `what to leave out`; by default its name."""
    in_list: str = ""
    """What a list of changes calls it: `to leave out`; by default its name."""
    column: str = ""
    """Its column in spreadsheets; by default its name."""
    column_width: int = 15
    """Of its column in a workbook, in characters."""
    form_lines: int = 1
    """The lines that the form has for it; 1 for what stands on one line."""
    form_hint: str = ""
    """What the form says in it while it is empty."""
    sample: str = ""
    """How a list is written in YAML, for messages."""
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for called in ("in_sentence", "in_list", "column"):
            object.__setattr__(self, called, getattr(self, called) or self.name)

    @property
    def label(self) -> str:
        """What stands before it in documents and other programs' files: `Exclude`."""
        return self.name.replace("_", " ").capitalize()

    @property
    def default(self) -> Any:
        """What it holds where nothing is said."""
        return getattr(_PLAIN, self.name)

    @property
    def is_list(self) -> bool:
        """Whether it holds several texts."""
        return self.kind in ("texts", "words")

    def of(self, theme: Theme) -> Any:
        """Return what it holds in a theme."""
        return getattr(theme, self.name)


def _meaning(name: str, kind: FieldKind, heading: str, **more: Any) -> ThemeField:
    return ThemeField(name, kind, is_meaning=True, heading=heading, **more)


THEME_FIELDS = (
    ThemeField("id", "line"),
    ThemeField(
        "label", "line",
        heading="Label", form_hint="the name printed in tables", column="theme", column_width=35,
    ),
    ThemeField("questions", "words", sample="questions: [Q15, Q18]"),
    ThemeField("parent", "reference", recounts=True, in_sentence="net"),
    _meaning(
        "definition", "paragraph", "What it is",
        is_printed=True, redefines="once said", column_width=60, form_lines=3,
    ),
    _meaning(
        "include", "paragraph", "Include",
        is_printed=True, redefines="always", in_sentence="what to include", in_list="to include",
        column_width=40, form_lines=2,
    ),
    _meaning(
        "exclude", "paragraph", "Leave out",
        is_printed=True, redefines="always", in_sentence="what to leave out", in_list="to leave out",
        column_width=40, form_lines=2,
    ),
    _meaning(
        "examples", "texts", "Examples",
        is_printed=True, column_width=60, form_lines=3,
        sample="examples:, then each example on a line of its own after '- '",
    ),
    _meaning(
        "keywords", "words", "Keywords",
        column_width=30, form_hint="word beginnings, with commas between: recruit, vacanc",
        sample="keywords: [recruit, vacanc]",
    ),
    ThemeField("status", "choice", choices=("active", "retired")),
    ThemeField(
        "became", "words", recounts=True, in_sentence="what it became", sample="became: [recruitment]",
    ),
    ThemeField("codable", "flag", in_sentence="whether it can be chosen"),
    ThemeField("guid", "line"),
)  # fmt: skip
"""In the order in which files hold them."""

FIELD_NAMED = {field.name: field for field in THEME_FIELDS}
EDITED_FIELDS = (FIELD_NAMED["label"], *(field for field in THEME_FIELDS if field.is_meaning))
"""Those that people write: the form edits them, and an imported codebook brings them."""


def fields_to_write(theme: Theme, *, is_net: bool) -> list[ThemeField]:
    """Return the fields that a file must hold so that it reads back as the same theme.

    Args:
        theme: The theme; fields at their defaults need not be written.
        is_net: Whether other themes name it as their parent: it then says whether it is codable, as one
            that does not say so only groups others.
    """
    return [
        field
        for field in THEME_FIELDS
        if field.of(theme) != field.default or (field.name == "codable" and is_net)
    ]
