"""Edit a codebook's text in place: only the lines of what is edited change."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coder.domain.codebook import Codebook, Theme
from coder.domain.codebook_rules import broken_rules
from coder.domain.grammar import listed_few
from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.reader import THEME_KEYS
from coder.formats.codebooks.yaml.rewriting import rewrite
from coder.formats.shared.text_in import read_utf8

if TYPE_CHECKING:
    from pathlib import Path

    from coder.formats.codebooks.yaml.yaml_text import Value

_NAMED = 3
"""How many themes a message names."""


class CodebookFile:
    """A codebook's text and what it says; edits keep comments, order, quotes and line ends.

    Args:
        text: The YAML; the attribute `text` holds it as edited.
        name: The file's name, for messages.

    Raises:
        CoderError: The text has faults.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.text = text
        self.codebook = parse_codebook(text, name)

    @classmethod
    def read(cls, path: Path) -> CodebookFile:
        """Read a codebook file; raise CoderError if it cannot be read or has faults."""
        return cls(read_utf8(path), path.name)

    def become(self, target: Codebook) -> None:
        """Edit the text so that it says `target`; what both say stays as it is written.

        A new theme stands below the theme before it in `target`, a theme that moves takes the comments
        on top of it along, and a theme that goes takes them away.

        Raises:
            CoderError: The target has faults, or the file's layout leaves no room for it (a list of
                themes in brackets, an anchor that goes while its aliases stay).
                The text is then as it was.
        """
        if target == self.codebook:
            return
        text = rewrite(self.text, self.name, self.codebook, target)
        try:
            codebook = parse_codebook(text, self.name)
        except CoderError:
            if broken_rules(target.themes):
                raise
            raise self._refusal(text, self.codebook, target) from None
        if codebook != target:
            raise self._refusal(text, codebook, target)
        self.text, self.codebook = text, codebook

    def set_field(self, theme_id: str, key: str, value: Value | None) -> None:
        """Change a field of a theme and nothing else; None or an empty value takes its key out.

        Raises:
            CoderError: There is no such theme or key, the edit would bring faults in, or the file's
                layout leaves no room for it.
                The text is then as it was.
        """
        if key not in THEME_KEYS[1:]:
            msg = f"'{key}' is no field of a theme that can be changed."
            raise CoderError(msg, nearest(key, THEME_KEYS[1:]))
        if theme_id not in self.codebook:
            msg = f"{self.name} has no theme '{theme_id}'."
            raise CoderError(msg, nearest(theme_id, self.codebook.by_id))
        if not value and value is not False:
            value = getattr(Theme("", ""), key)
        change: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value}
        old = self.codebook.by_id[theme_id]
        new = replace(old, **change)
        themes = tuple(new if theme is old else theme for theme in self.codebook)
        self.become(replace(self.codebook, themes=themes))

    def add(self, theme: Theme) -> None:
        """Append a theme; raise CoderError, and leave the text as it was, if that would bring faults in."""
        self.become(replace(self.codebook, themes=(*self.codebook.themes, theme)))

    def _refusal(self, text: str, said: Codebook, target: Codebook) -> CoderError:
        """Return why an edited text will not do: which themes, and the alias or the layout at fault."""
        for anchor in re.findall(r"[\s\[](&[^\s,\[\]{}]+)", self.text):
            alias = "*" + anchor[1:]
            above, found, _ = text.partition(alias)
            if found and anchor not in above:
                msg = f"'{alias}' in {self.name} would stand without '{anchor}', where it has its value from."
                return CoderError(msg, f"Write out in the file what '{alias}' stands for, then try again.")
        changed = [t.id for t in target if said.by_id.get(t.id) != t]
        ids = changed or [t.id for t in said if t.id not in target] or [t.id for t in target]
        names = listed_few([f"'{theme_id}'" for theme_id in ids], _NAMED)
        msg = f"The layout of {self.name} leaves no room to change {names or 'title or note'}."
        return CoderError(msg, "Write each of a theme's keys on a line of its own, or edit it by hand.")
