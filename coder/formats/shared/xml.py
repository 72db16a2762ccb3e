"""XML from anywhere, read without following what it points to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.formats.shared.text_in import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.domain.progress import Progress

_LIMIT = 50 * 2**20
"""Bytes; the largest codebooks have a hundredth."""
_MOST_ELEMENTS = 200_000
_ELEMENTS_OF_A_BATCH = 1_000
_ZIP = b"PK\x03\x04"
_EXPORT_AGAIN = "Export the codebook again from the program it comes from."


@dataclass(slots=True)
class XmlElement:
    """An element of an XML document; a loop over it is one over its children."""

    tag: str
    """With its namespace before it, in braces, if it has one."""
    line: int
    attributes: dict[str, str]
    text: str
    """Before the first child."""
    tail: str
    """Between its end and what comes next."""
    children: list[XmlElement] = field(default_factory=list)

    def __iter__(self) -> Iterator[XmlElement]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    @property
    def name(self) -> str:
        """Return its tag without the namespace."""
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        """Return its namespace, or an empty text."""
        return self.tag.rpartition("}")[0].removeprefix("{")

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def itertext(self) -> Iterator[str]:
        """Yield the texts in it, in the order of the document."""
        yield self.text
        for child in self.children:
            yield from child.itertext()
            yield child.tail


def parse_xml(path: Path, progress: Progress) -> XmlElement:
    """Return the root element of an XML document, comments left out; read in a process of its own.

    Args:
        path: The file.
        progress: Called several times a second; may raise CancelledError.

    Raises:
        CoderError: It is no XML, is too large or nested too deeply, or declares entities; the message
            names the line.
    """
    # The coding screen is drawn without it.
    from coder.formats.shared.guarded import read_guarded

    read_bytes(path, _LIMIT, start=1)
    elements: list[XmlElement] = []

    def receive(batch: list[tuple[int | None, str, int, dict[str, str], str, str]]) -> None:
        for parent, tag, line, attributes, text, tail in batch:
            elements.append(XmlElement(tag, line, attributes, text, tail))
            if parent is not None:
                elements[parent].children.append(elements[-1])
        progress(0, None)

    read_guarded(elements_of, path, receive, lambda: progress(0, None))
    return elements[0]


def elements_of(path: Path) -> Iterator[list[list[Any]]]:
    """Yield an XML document's elements in batches, each with the number of its parent; runs in the child."""
    root = _root(path, read_bytes(path, _LIMIT))
    numbers: dict[Any, int] = {}
    walk = root.iter()
    while batch := list(islice(walk, _ELEMENTS_OF_A_BATCH)):
        for element in batch:
            numbers[element] = len(numbers)
        if len(numbers) > _MOST_ELEMENTS:
            msg = f"{path.name} has more than {_MOST_ELEMENTS:,} elements; no codebook has as many."
            raise CoderError(msg, "Is it the right file?")
        yield [
            [
                numbers.get(element.getparent()), element.tag, element.sourceline or 1,
                dict(element.attrib), element.text or "", element.tail or "",
            ]
            for element in batch
        ]  # fmt: skip


def _root(path: Path, content: bytes) -> Any:
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
