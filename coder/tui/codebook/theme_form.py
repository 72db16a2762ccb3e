"""A window to edit what the codebook says of a theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static, TextArea

from coder.domain.codebook import Theme
from coder.domain.theme_fields import EDITED_FIELDS, ThemeField
from coder.text.inert import inert
from coder.tui.kit.area import Area
from coder.tui.kit.fitting import plain_title
from coder.tui.kit.windows.typed import AGAIN, Line, Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult

Check = Callable[[Theme], str]
"""Says what is wrong with a theme, or nothing."""

_SEPARATORS = {"texts": "\n", "words": ", "}
"""What stands between the items of a list."""
_ABOUT = "^s saves · Tab next field · Esc leaves it as it is. Examples: one a line."


class ThemeForm(Typed[Theme | None]):
    """Returns the theme as it was edited, or None after Esc.

    Args:
        title: What is done.
        theme: What the fields hold at first.
        check: What is wrong with the theme, asked after each key.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
    ]
    DEFAULT_CSS = """
    ThemeForm { align: center middle; }
    ThemeForm > Vertical {
        width: 96%; max-width: 100; height: auto; max-height: 100%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    ThemeForm Horizontal { height: auto; margin: 0 0 1 0; }
    ThemeForm Label { width: 12; }
    ThemeForm Input { width: 1fr; }
    ThemeForm Area { width: 1fr; }
    ThemeForm #say { height: 2; }
    ThemeForm #say.-fault { color: $text-error; }
    """

    def __init__(self, title: str, theme: Theme, check: Check) -> None:
        super().__init__()
        self._title = title
        self._theme = theme
        self._check = check

    def compose(self) -> ComposeResult:
        """Lay out the fields and, below them, what is wrong with them."""
        with Vertical() as box:
            box.border_title = plain_title(self._title)
            for field in EDITED_FIELDS:
                with Horizontal():
                    yield Label(field.heading)
                    yield _widget(field, _text_of(field, self._theme))
            yield Static(id="say", markup=False)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self) -> None:
        """Say what is wrong with what is typed so far."""
        self.goes_on()
        self._say()

    @on(Input.Submitted)
    def submitted(self) -> None:
        """Save, as the line is typed."""
        self.action_save()

    def action_save(self) -> None:
        """Return the theme, unless something is wrong with it."""
        theme = self._edited()
        if not self._check(theme) and self.is_current:
            self.dismiss(theme)

    def is_edited(self) -> bool:
        """Tell whether a field says something else than at first."""
        return self._edited() != self._theme

    def say_leaving(self, *, leaving: bool) -> None:
        """Say what the keys do now."""
        del leaving
        self._say()

    def _say(self) -> None:
        fault = self._check(self._edited())
        say = self.query_one("#say", Static)
        say.set_class(bool(fault) and not self._leaving, "-fault")
        say.update(f"{AGAIN}; ^s saves." if self._leaving else f"✗ {inert(fault)}" if fault else _ABOUT)

    def _edited(self) -> Theme:
        """Return the theme as the fields have it; a field that was not touched keeps what it held."""
        edited: dict[str, Any] = {}
        for field in EDITED_FIELDS:
            text = self._typed(field)
            if text != _text_of(field, self._theme):
                edited[field.name] = _read(field, text)
        return replace(self._theme, **edited)

    def _typed(self, field: ThemeField) -> str:
        widget = self.query_one(f"#{field.name}")
        return widget.value if isinstance(widget, Line) else widget.text if isinstance(widget, Area) else ""


def _widget(field: ThemeField, text: str) -> Line | Area:
    """Return what a field is edited in: a line, or an area of several."""
    if field.form_lines == 1:
        is_label = field.name == "label"
        return Line(text, id=field.name, placeholder=field.form_hint, select_on_focus=is_label)
    area = Area(text, id=field.name)
    area.styles.height = field.form_lines
    return area


def _text_of(field: ThemeField, theme: Theme) -> str:
    """Return the text that a field begins with."""
    content = field.of(theme)
    return inert(_SEPARATORS[field.kind].join(content) if field.is_list else content)


def _read(field: ThemeField, text: str) -> str | tuple[str, ...]:
    """Return what a text says of a field."""
    if not field.is_list:
        return " ".join(text.split()) if field.kind == "line" else text.strip()
    texts = (" ".join(one_text.split()) for one_text in text.split(_SEPARATORS[field.kind].strip(" ")))
    return tuple(dict.fromkeys(filter(None, texts)))
