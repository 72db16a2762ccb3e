"""What a document or a presentation says of itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.cells import origin

if TYPE_CHECKING:
    from coder.domain.tables.printed import Provenance

_LONGEST = 255
"""By the libraries that write them."""


def say_what_it_is(file: Any, title: str, provenance: Provenance | None) -> None:
    """Set what a file is, and when and from what it was made.

    Args:
        file: A document of python-docx or a presentation of python-pptx.
        title: Its title.
        provenance: Where it comes from, if that is known.
    """
    properties = file.core_properties
    properties.title, properties.author, properties.comments = plain(title)[:_LONGEST], "", ""
    if provenance:
        properties.created = properties.modified = datetime.fromisoformat(provenance.made)
        properties.author, properties.comments = provenance.program, plain(origin(provenance))[:_LONGEST]
