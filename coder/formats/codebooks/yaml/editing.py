"""Edit a codebook's text in place: only the lines of what is edited change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.codebook_rules import broken_rules
from coder.domain.grammar import listed_few
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.rewriting import rewrite
from coder.formats.codebooks.yaml.yaml_text import write_codebook

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook

_NAMED = 3
"""How many themes a message names."""


def edited_or_new(text: str, target: Codebook) -> str:
    """Return a codebook's text edited to say another codebook; where that cannot be, written anew."""
    try:
        return edited_text(text, "codebook.yaml", target)
    except CoderError:
        return write_codebook(target)


def edited_text(text: str, name: str, target: Codebook) -> str:
    """Return a codebook's text edited to say another codebook; what both say stays as it is written.

    Comments, order, quotes and line ends are kept. A new theme stands below the theme before it in
    `target`, a theme that moves takes the comments on top of it along, and a theme that goes takes them away.

    Args:
        text: The YAML.
        name: The file's name, for messages.
        target: What the text has to say.

    Raises:
        CoderError: The text or the target has faults, or the file's layout leaves no room for the target (a
            list of themes in brackets, an anchor that goes while its aliases stay).
    """
    codebook = parse_codebook(text, name)
    if target == codebook:
        return text
    edited = rewrite(text, name, codebook, target)
    try:
        said = parse_codebook(edited, name)
    except CoderError:
        if broken_rules(target.themes):
            raise
        raise _no_room(text, name, edited, codebook, target) from None
    if said != target:
        raise _no_room(text, name, edited, said, target)
    return edited


def _no_room(text: str, name: str, edited: str, said: Codebook, target: Codebook) -> CoderError:
    """Return why an edited text will not do: which themes, and the alias or the layout at fault."""
    for anchor in re.findall(r"[\s\[](&[^\s,\[\]{}]+)", text):
        alias = "*" + anchor[1:]
        above, alias_found, _ = edited.partition(alias)
        if alias_found and anchor not in above:
            msg = f"'{alias}' in {name} would stand without '{anchor}', where it has its value from."
            return CoderError(msg, f"Write out in the file what '{alias}' stands for, then try again.")
    changed = [theme.id for theme in target if said.by_id.get(theme.id) != theme]
    ids = changed or [t.id for t in said if t.id not in target] or [t.id for t in target]
    names = listed_few([f"'{theme_id}'" for theme_id in ids], _NAMED)
    msg = f"The layout of {name} leaves no room to change {names or 'title or note'}."
    return CoderError(msg, "Write each of a theme's keys on a line of its own, or edit it by hand.")
