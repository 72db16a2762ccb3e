"""The codes of a REFI-QDA codebook as they stand in the file, and what is wrong with its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.formats.codebooks.refi_qda_writing import NAMESPACE, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.formats.codebooks.labelled_text import Section
    from coder.formats.shared.xml import XmlElement

_OURS = frozenset({"guid", "name", "isCodable"})


class Remark(NamedTuple):
    """Something that could not be carried, or was not as the format wants it."""

    line: int
    text: str


class Code(NamedTuple):
    """A code and what its description holds."""

    element: XmlElement
    above: int | None
    """The place, among the codes of the file, of the one it stands in."""
    sections: dict[str, Section]

    @property
    def line(self) -> int:
        """Return the line it begins on."""
        return self.element.line

    @property
    def name(self) -> str:
        """Return its name without blanks at the ends."""
        return self.element.get("name").strip()


def read_codes(name: str, root: XmlElement) -> tuple[list[Code], list[Remark]]:
    """Return the codes of a file, each before those that stand in it, and remarks on the form.

    Args:
        name: The file's name, for messages.
        root: Its root element.

    Raises:
        CoderError: It is no REFI-QDA codebook, or has no codes.
    """
    remarks = list(_check_root(name, root))
    codes = list[Code]()
    for part in root:
        if part.name == "Codes":
            _gather(part, None, codes, remarks)
        elif part.name != "Sets":
            remarks.append(_not_carried(part))
    if not codes:
        msg = f"{name}, line {root.line}: There are no codes in the file."
        raise CoderError(msg, "Export the codebook again from the program it comes from.")
    return codes, remarks + list(_attributes(codes))


def _check_root(name: str, root: XmlElement) -> Iterator[Remark]:
    if root.name == "Project":
        msg = f"{name} is a whole REFI-QDA project, not a codebook."
        raise CoderError(msg, "Export the codebook alone, as .qdc.")
    if root.name != "CodeBook":
        msg = f"{name}, line {root.line}: The file begins with <{root.name}>, not <CodeBook>."
        raise CoderError(msg, "Is it a REFI-QDA codebook (.qdc)?")
    if root.namespace != NAMESPACE:
        fault = f"is '{root.namespace}'" if root.namespace else "is missing"
        yield Remark(root.line, f"The namespace {fault}; it should be '{NAMESPACE}'. All was read.")


def _gather(element: XmlElement, above: int | None, codes: list[Code], remarks: list[Remark]) -> None:
    """Take up the codes in an element and what stands beside them."""
    for child in element:
        if child.name == "Code":
            codes.append(Code(child, above, TEXT.sections(_description(child, remarks))))
            _gather(child, len(codes) - 1, codes, remarks)
        elif above is None or child.name != "Description":
            remarks.append(_not_carried(child))


def _not_carried(element: XmlElement) -> Remark:
    return Remark(element.line, f"The part <{element.name}> is not of a codebook and not carried.")


def _description(code: XmlElement, remarks: list[Remark]) -> str:
    """Return the text of a code's descriptions."""
    descriptions = [child for child in code if child.name == "Description"]
    if descriptions and descriptions[0] is not code.children[0]:
        text = "A description should come before everything else in its code. It was read."
        remarks.append(Remark(descriptions[0].line, text))
    if len(descriptions) > 1:
        text = "A code should have one description. This one was added to the first."
        remarks.append(Remark(descriptions[1].line, text))
    return "\n\n".join("".join(description.itertext()).replace("\r\n", "\n") for description in descriptions)


def _attributes(codes: list[Code]) -> Iterator[Remark]:
    """Yield the attributes that a theme has no place for, each once."""
    bearers: dict[str, list[Code]] = {}
    for code in codes:
        for name in code.element.attributes:
            if name not in _OURS:
                bearers.setdefault(name.rpartition("}")[2], []).append(code)
    for name, having in bearers.items():
        kind = "colour" if name == "color" else f"attribute '{name}'"
        which = f"of '{having[0].name}'" if len(having) == 1 else f"of {len(having)} codes, from here on,"
        yield Remark(having[0].line, f"The {kind} {which} is not carried.")
