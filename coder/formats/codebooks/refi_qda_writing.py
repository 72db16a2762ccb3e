"""Write a codebook as REFI-QDA, the format in which programs for qualitative analysis exchange codebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.theme_fields import fields_to_write
from coder.domain.theme_guids import BOOK_GUID, guid_of
from coder.errors import CoderError
from coder.formats.codebooks.labelled_text import LabelledText
from coder.formats.codebooks.tree_order import is_in_tree_order
from coder.formats.shared.escaping.plain_text import fit_for_xml
from coder.version import __version__

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook, Theme

NAMESPACE = "urn:QDA-XML:codebook:1.0"
SET_NAME = "Codebook"
"""Of the set that stands for the codebook; its title follows after a colon."""
TEXT = LabelledText(("label", "parent", "codable", "guid"))
"""The form of a description; a code has elements and attributes for the fields that it leaves out."""


def codebook_qdc(codebook: Codebook) -> str:
    """Return a codebook as REFI-QDA that reads back as an equal codebook.

    A theme is a Code within that of its net. Its Description begins with the definition; include,
    exclude, examples, keywords, questions, status and id follow as labelled paragraphs. What belongs to
    the whole codebook is a Set: its name has the title, its Description the note, and its members stand
    in the codebook's order. Without title and note, and in the order of the tree, there is no Set.

    Raises:
        CoderError: There are no themes: the format wants one.
    """
    from lxml import etree

    if not codebook.themes:
        msg = "The codebook has no themes; REFI-QDA wants at least one."
        raise CoderError(msg, "Add a theme, or export it in another format.")
    root = etree.Element("CodeBook", xmlns=NAMESPACE, origin=f"coder {__version__}")
    open_elements = [etree.SubElement(root, "Codes")]
    for theme, depth in codebook.tree():
        del open_elements[depth + 1 :]
        open_elements.append(_add_code(open_elements[-1], theme))
    if codebook.title or codebook.note or not is_in_tree_order(codebook):
        _add_set(etree.SubElement(root, "Sets"), codebook)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _add_code(above: Any, theme: Theme) -> Any:
    from lxml.etree import SubElement

    name, codable = fit_for_xml(theme.label), "true" if theme.codable else "false"
    text = TEXT.write(theme, fields_to_write(theme, is_net=False))
    code = SubElement(above, "Code", guid=guid_of(theme), name=name, isCodable=codable)
    SubElement(code, "Description").text = fit_for_xml(text)
    return code


def _add_set(above: Any, codebook: Codebook) -> None:
    from lxml.etree import SubElement

    name = f"{SET_NAME}: {codebook.title}" if codebook.title else SET_NAME
    whole = SubElement(above, "Set", guid=BOOK_GUID, name=fit_for_xml(name))
    if codebook.note:
        SubElement(whole, "Description").text = fit_for_xml(codebook.note)
    for theme in codebook:
        SubElement(whole, "MemberCode", guid=guid_of(theme))
