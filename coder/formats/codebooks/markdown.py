"""A codebook as Markdown: a heading for each theme, one level below that of its net."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codebook import Codebook, Theme
from coder.domain.theme_fields import FIELD_NAMED, fields_to_write
from coder.domain.theme_ids import TakenIds
from coder.errors import CoderError
from coder.formats.codebooks.labelled_text import LabelledText
from coder.formats.codebooks.placed_themes import (
    CodebookFault,
    Place,
    PlacedTheme,
    in_file_order,
    rule_faults,
    with_nets_not_codable,
)
from coder.formats.codebooks.tree_order import in_order, is_in_tree_order
from coder.formats.shared.escaping.markdown import from_markdown, markdown_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coder.domain.theme_fields import ThemeField
    from coder.formats.codebooks.labelled_text import Section

_TITLE, _DEEPEST = 1, 6
_HEADING = re.compile(r"(?m)^(#{1,6})[ \t]+(.*)$")
_ORDER = re.compile(r"(?m)^<!-- order: (.*) -->$")


_TEXT = LabelledText(("label",), "**{}:**", markdown_paragraphs, from_markdown)


class _Block(NamedTuple):
    """A heading that names a theme, and what stands below it."""

    level: int
    line: int
    label: str
    sections: Mapping[str, Section]


def codebook_markdown(codebook: Codebook) -> str:
    """Return a codebook as Markdown that reads back as an equal codebook."""
    blocks = [_heading(_TITLE, codebook.title)] if codebook.title else []
    blocks += [markdown_paragraphs(codebook.note)] if codebook.note else []
    for theme, depth in codebook.tree():
        blocks.append(_heading(min(_TITLE + 1 + depth, _DEEPEST), theme.label))
        blocks.append(_TEXT.write(theme, list(_said(codebook, theme, depth))))
    if not is_in_tree_order(codebook):
        blocks.append(f"<!-- order: {' '.join(theme.id for theme in codebook)} -->")
    return "\n\n".join(blocks) + "\n"


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {markdown_paragraphs(text)}".replace("\n", "&#10;")


def _said(codebook: Codebook, theme: Theme, depth: int) -> Iterator[ThemeField]:
    """Yield the fields that stand below a theme's heading; the headings tell the parent, if not too deep."""
    for field in fields_to_write(theme, is_net=codebook.is_net(theme.id)):
        if field.name != "parent" or _TITLE + 1 + depth > _DEEPEST:
            yield field


def parse_markdown(text: str, name: str) -> Codebook:
    """Read a codebook from Markdown.

    The title is the heading of the first level, the note what stands below it; every other heading is a
    theme, under the nearest one above of a higher level. Below it stand its definition and paragraphs
    that begin with a label in bold: **Include:**, **Exclude:**, **Examples:** and so on.

    Raises:
        CoderError: The text has faults; the message lists all of them with their lines.
    """
    text = text.replace("\r\n", "\n")
    order = _ORDER.findall(text)
    title, note, themes, faults = _read(_ORDER.sub("", text))
    faults = [*faults, *rule_faults(themes)]
    if not themes:
        hint = "Give each theme a heading of the second level: ## Budget."
        faults.append(CodebookFault(Place(1, 1), "There are no headings that name themes.", hint))
    if faults:
        lines = "\n".join(
            f"{name}, line {f.place.line}: {f.message} — {f.hint}" for f in in_file_order(faults)
        )
        raise CoderError(lines, f"Mend {name} and try again.")
    if order:
        themes = in_order(themes, order[-1].split(" "))
    return Codebook(tuple(placed.theme for placed in themes), title, note)


def _read(text: str) -> tuple[str, str, list[PlacedTheme], list[CodebookFault]]:
    """Return title, note, themes and what is wrong with the headings."""
    title, note, faults = "", "", list[CodebookFault]()
    blocks = list[_Block]()
    headings = list(_HEADING.finditer(text))
    note = text[: headings[0].start()] if headings else ""
    ends = [*(heading.start() for heading in headings), len(text)][1:]
    for heading, end in zip(headings, ends, strict=True):
        level, label, line = len(heading[1]), _label(heading[2]), text.count("\n", 0, heading.start()) + 1
        body = text[heading.end() : end]
        if level > _TITLE:
            blocks.append(_Block(level, line, label, _TEXT.sections(body, line)))
        elif title or blocks:
            message = f"'{label}' is a second title."
            faults.append(
                CodebookFault(Place(line, 1), message, "Give themes a heading of a lower level: ## Budget.")
            )
        else:
            title, note = label, note + body
    return title, from_markdown(note.strip()), _themes(blocks), [*faults, *_word_faults(blocks)]


def _label(heading: str) -> str:
    return from_markdown(heading.strip().replace("&#10;", "\n"))


def _word_faults(blocks: list[_Block]) -> Iterator[CodebookFault]:
    """Yield the lines of choices and flags that hold another word than they may."""
    for name, meanings in _TEXT.meanings.items():
        for block in blocks:
            if (word := _TEXT.text_of(block.sections, name)) not in meanings:
                hint = f"Write {' or '.join(choice for choice in meanings if choice)}."
                yield CodebookFault(
                    Place(block.sections[name].line, 1),
                    f"'{FIELD_NAMED[name].label}' cannot be '{word}'.",
                    hint,
                )


def _themes(blocks: list[_Block]) -> list[PlacedTheme]:
    ids = [_TEXT.text_of(block.sections, "id") for block in blocks]
    taken = TakenIds(ids)
    above: list[tuple[int, str]] = []
    placed_themes = []
    for block, given_id in zip(blocks, ids, strict=True):
        theme_id = given_id or taken.new("", block.label)
        above = [pair for pair in above if pair[0] < block.level]
        placed_themes.append(_placed(block, theme_id, above[-1][1] if above else None))
        above.append((block.level, theme_id))
    return with_nets_not_codable(placed_themes)


def _placed(block: _Block, theme_id: str, above: str | None) -> PlacedTheme:
    fields = _TEXT.read(block.sections)
    fields |= {"id": theme_id, "label": block.label, "parent": fields["parent"] or above}
    key_places = {name: Place(section.line, 1) for name, section in block.sections.items()}
    return PlacedTheme(Theme(**fields), {"": Place(block.line, 1)} | key_places)
