"""XML from anywhere, read without following what it points to; texts that XML can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT = 50 * 2**20
"""Bytes; the largest codebooks have a hundredth."""
_ZIP = b"PK\x03\x04"
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXPORT_AGAIN = "Export the codebook again from the program it comes from."


def fit_for_xml(text: str) -> str:
    """Return a text without the control characters that XML cannot hold."""
    return _UNFIT.sub("", text)


def parse_xml(path: Path, content: bytes) -> Any:
    """Return the root element of an XML document (lxml's), comments left out.

    Raises:
        CoderError: It is no XML, is too large or nested too deeply, or declares entities; the message
            names the line.
    """
    from lxml import etree

    _refuse_unlikely(path, content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _not_xml(path, error) from None
    if root.getroottree().docinfo.doctype:
        raise _has_doctype(path)
    return root


def _refuse_unlikely(path: Path, content: bytes) -> None:
    if len(content) > _LIMIT:
        msg = f"{path.name} has {len(content) / 2**20:.0f} MB; the limit is {_LIMIT // 2**20} MB."
        raise CoderError(msg, "Is it the right file?")
    if not content.strip():
        msg = f"{path.name} is empty."
        raise CoderError(msg, _EXPORT_AGAIN)
    if content.startswith(_ZIP):
        msg = f"{path.name} is a zip archive, such as a whole project (.qdpx), not XML."
        raise CoderError(msg, "Export the codebook alone, as .qdc.")


def _has_doctype(path: Path) -> CoderError:
    msg = f"{path.name} has a DOCTYPE, which can point to other files and blow texts up."
    return CoderError(msg, "Take it out, from <!DOCTYPE to its closing >; no codebook needs it.")


def _not_xml(path: Path, error: Any) -> CoderError:
    line, column = error.position
    if "amplification" in error.msg:
        return _has_doctype(path)
    if "depth" in error.msg:
        msg = f"{path.name}, line {line}: The codes are nested more than 250 deep."
        return CoderError(msg, "No codebook is that deep: is the file damaged?")
    fault = error.msg.partition(", line ")[0].rstrip(".")
    msg = f"{path.name}:{line}:{column}: This is not XML: {fault}."
    return CoderError(msg, _EXPORT_AGAIN)
