"""An organisation's own Word template and logo.

Of a template everything is taken but what stands on its pages: styles, paper and margins, headers and
footers. Styles that reports need and the template has not defined come from python-docx's own template.
"""

from __future__ import annotations

import io
from copy import deepcopy
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from coder.errors import CoderError
from coder.formats.shared.stable_archives import stable_archive

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_NEEDED = (
    "Title", *(f"Heading {level}" for level in range(1, 10)), "Caption", "List Bullet", "Quote",
    "Light Shading", "Table Grid", "Header", "Footer",
)  # fmt: skip
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How the files begin of pictures that Word, and every browser, shows."""
_TEMPLATE, _DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
"""In the types of a .dotx and of a .docx, which is all that differs."""
_BULLETS = """\
<w:abstractNum {names} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\u2022"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>"""
_LIST = '<w:num {names} w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'
_TYPES = "[Content_Types].xml"


def picture_type(logo: bytes) -> str:
    """Return the media type of a logo.

    Raises:
        CoderError: It is neither PNG nor JPEG.
    """
    for beginning, media_type in _PICTURES.items():
        if logo.startswith(beginning):
            return media_type
    msg = "The logo is no PNG and no JPEG."
    raise CoderError(msg, "Save it as PNG, and name that.")


def house_document(template: bytes) -> Document:
    """Return an empty document with the styles, paper, headers and footers of a template.

    Args:
        template: The content of a .docx or .dotx.

    Raises:
        CoderError: It is no Word document.
    """
    import docx

    try:
        document = docx.Document(io.BytesIO(_as_document(template)))
        body = document.element.body
    except (BadZipFile, KeyError, ValueError, SyntaxError, AttributeError) as error:
        msg = f"The template is no Word document: {error}."
        raise CoderError(msg, "Save it in Word as .docx or .dotx, and name that.") from None
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    if not document.sections:
        document.add_section()
    _add_styles(document)
    return document


def _as_document(template: bytes) -> bytes:
    """Return a template as a document: python-docx opens no .dotx."""
    with ZipFile(io.BytesIO(template)) as source:
        types = source.read(_TYPES)
        if _TEMPLATE not in types:
            return template
        changed = io.BytesIO()
        with ZipFile(changed, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                target.writestr(name, content.replace(_TEMPLATE, _DOCUMENT) if name == _TYPES else content)
    return stable_archive(changed.getvalue())


def _add_styles(document: Document) -> None:
    import docx
    from docx.oxml.ns import qn

    own = docx.Document().styles
    styles = document.styles
    missing = [name for name in _NEEDED if name not in styles]
    taken = {style.style_id for style in styles}
    for name in missing:
        element = deepcopy(own[name].element)
        _cut_loose(element, taken)
        for number in element.iter(qn("w:numId")):
            number.set(qn("w:val"), str(_new_bullets(document)))
        styles.element.append(element)


def _cut_loose(element: BaseOxmlElement, taken: set[str]) -> None:
    """Have a style refer to no style that the document has not."""
    from docx.oxml.ns import qn

    for name in ("w:basedOn", "w:next", "w:link"):
        for reference in element.findall(qn(name)):
            if reference.get(qn("w:val")) not in taken:
                element.remove(reference)


def _new_bullets(document: Document) -> int:
    """Add a list with bullets to a document; return its number."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    lists = _lists_of(document)
    kinds = [int(kind.get(qn("w:abstractNumId"))) for kind in lists.findall(qn("w:abstractNum"))]
    numbers = [int(one_list.get(qn("w:numId"))) for one_list in lists.findall(qn("w:num"))]
    kind, number = max(kinds, default=0) + 1, max(numbers, default=0) + 1
    # Pictures stand before kinds of lists, these before the lists.
    bullets = parse_xml(_BULLETS.format(names=nsdecls("w"), kind=kind))
    lists.insert(_end_of(lists, "w:numPicBullet", "w:abstractNum"), bullets)
    one_list = parse_xml(_LIST.format(names=nsdecls("w"), kind=kind, number=number))
    lists.insert(_end_of(lists, "w:numPicBullet", "w:abstractNum", "w:num"), one_list)
    return number


def _end_of(parent: BaseOxmlElement, *names: str) -> int:
    """Return the place behind the children of these names."""
    from docx.oxml.ns import qn

    tags = {qn(name) for name in names}
    return max((place for place, child in enumerate(parent, start=1) if child.tag in tags), default=0)


def _lists_of(document: Document) -> BaseOxmlElement:
    """Return the element with a document's lists, made if it has none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml.ns import nsdecls
    from docx.parts.numbering import NumberingPart

    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/numbering.xml")
        part = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    if not isinstance(part, XmlPart):
        msg = "The lists of the template cannot be read."
        raise CoderError(msg, "Save it in Word as .docx once more, and name that.")
    element: BaseOxmlElement = part.element
    return element
