"""Read a codebook from REFI-QDA (.qdc): what can be, with a remark on what cannot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder.domain.codebook import Codebook, Theme
from coder.domain.label_positions import LabelPositions
from coder.domain.near_names import fold_name
from coder.domain.theme_fields import FIELD_NAMED
from coder.domain.theme_guids import BOOK_GUID, canonical, guid_of
from coder.domain.theme_ids import ID, TakenIds
from coder.errors import CoderError
from coder.formats.codebooks.imported import CodebookImport
from coder.formats.codebooks.placed_themes import Place, PlacedTheme, rule_faults
from coder.formats.codebooks.refi_qda_codes import Code, Remark, read_codes
from coder.formats.codebooks.refi_qda_writing import SET_NAME, TEXT
from coder.formats.codebooks.tree_order import in_order
from coder.formats.shared.xml import parse_xml
from coder.formats.surveys.raw_tables import no_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coder.domain.progress import Progress
    from coder.formats.shared.xml import XmlElement

_CODABLE = {"true": True, "1": True, "false": False, "0": False}
_UNNAMED = "Unnamed theme"


def import_qdc(path: Path, progress: Progress | None = None) -> CodebookImport:
    """Read a codebook from a REFI-QDA codebook file.

    Faults of form that leave the codes readable become remarks, as does what a codebook has no place
    for: colours and sets.

    Raises:
        CoderError: It is no such file, or holds no codes; the message names the line.
    """
    root = parse_xml(path, progress or no_progress)
    codes, remarks = read_codes(path.name, root)
    making = _Making(codes, remarks)
    themes = making.themes()
    if faults := rule_faults(themes):
        lines = [f"{path.name}, line {fault.place.line}: {fault.message} — {fault.hint}" for fault in faults]
        raise CoderError("\n".join(lines), f"Mend {path.name} and try again.")
    whole = _read_sets(root, remarks)
    title = note = ""
    if whole is not None:
        ids = {guid_of(placed.theme): placed.theme.id for placed in themes}
        members = (canonical(member.get("guid")) for member in whole if member.name == "MemberCode")
        themes = in_order(themes, [ids[guid] for guid in members if guid in ids])
        title = whole.get("name").removeprefix(SET_NAME).removeprefix(":").strip()
        note = "".join(member.text for member in whole if member.name == "Description").strip()
    codebook = Codebook(tuple(placed.theme for placed in themes), title, note)
    remark_lines = (f"{path.name}, line {remark.line}: {remark.text}" for remark in sorted(remarks))
    return CodebookImport(codebook, tuple(remark_lines))


def _read_sets(root: XmlElement, remarks: list[Remark]) -> XmlElement | None:
    """Return the set that stands for the codebook, if there is one; remark on all others."""
    codebook_set = None
    for sets in (part for part in root if part.name == "Sets"):
        if len(sets) == 0:
            text = "<Sets> is empty; there should be a set in it, or no <Sets>. Nothing is lost by it."
            remarks.append(Remark(sets.line, text))
        for set_element in sets:
            if canonical(set_element.get("guid")) == BOOK_GUID:
                codebook_set = set_element
            else:
                size = sum(child.name == "MemberCode" for child in set_element)
                name = set_element.get("name")
                text = f"The set '{name}' of {size} codes is not carried: themes have nets, no sets."
                remarks.append(Remark(set_element.line, text))
    return codebook_set


@dataclass
class _Making:
    """Makes themes of codes; what has to be changed on the way becomes a remark."""

    codes: Sequence[Code]
    remarks: list[Remark]
    guids: dict[str, Code] = field(default_factory=dict)
    positions: LabelPositions = field(default_factory=LabelPositions)
    next_numbers: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def themes(self) -> list[PlacedTheme]:
        """Return a theme for each code, in the order of the file."""
        ids = self._ids()
        placed_themes = list[PlacedTheme]()
        for code, theme_id in zip(self.codes, ids, strict=True):
            net = None if code.above is None else placed_themes[code.above].theme
            theme = self._theme(code, theme_id, net)
            self.positions.add(theme.label, theme.questions, len(placed_themes))
            placed_themes.append(PlacedTheme(theme, {"": Place(code.line, 1)}))
        return placed_themes

    def _remark(self, code: Code, text: str) -> None:
        self.remarks.append(Remark(code.line, text))

    def _ids(self) -> list[str]:
        """Return an id for each code: the one in its description, or else made of its name."""
        taken = TakenIds()
        ids = []
        for code in self.codes:
            theme_id = TEXT.text_of(code.sections, "id")
            if theme_id and (not ID.fullmatch(theme_id) or theme_id in taken):
                self._remark(code, f"The id '{theme_id}' of '{code.name}' cannot be used; it got another.")
                theme_id = ""
            taken.add(theme_id)
            ids.append(theme_id)
        named = zip(self.codes, ids, strict=True)
        return [theme_id or taken.new("", code.name or _UNNAMED) for code, theme_id in named]

    def _theme(self, code: Code, theme_id: str, net: Theme | None) -> Theme:
        for name, meanings in TEXT.meanings.items():
            if (word := TEXT.text_of(code.sections, name)) not in meanings:
                default = FIELD_NAMED[name].default
                self._remark(code, f"The {name} '{word}' of '{code.name}' is not known; it is {default}.")
        fields = TEXT.read(code.sections) | {"id": theme_id, "label": code.name or _UNNAMED}
        theme = Theme(**fields, parent=net.id if net else None, codable=self._codable(code))
        guid = self._guid(code)
        own_guid = "" if guid == guid_of(theme) else guid
        return replace(theme, label=self._label(code, theme, net), guid=own_guid)

    def _label(self, code: Code, theme: Theme, net: Theme | None) -> str:
        """Return a label that no other theme for the same question has."""
        if not code.name:
            self._remark(code, "A code has no name. Give the theme its label.")
        of_net = [f"{theme.label} ({net.label})"] if net else []
        label = next(filter(self._is_free(theme), [theme.label, *of_net]), "") or self._numbered(theme)
        if label != theme.label and code.name:
            self._remark(code, f"'{theme.label}' is the name of another code too; this one is now '{label}'.")
        return label

    def _is_free(self, theme: Theme) -> Callable[[str], bool]:
        """Return what tells whether no theme beside this one has a label."""
        return lambda label: self.positions.beside(label, theme.questions) is None

    def _numbered(self, theme: Theme) -> str:
        """Return a theme's label with the first number that makes it free."""
        is_free, key = self._is_free(theme), (fold_name(theme.label), theme.questions)
        # The numbers before this one are taken: thousands of equal labels would all be counted through.
        number = self.next_numbers.get(key, 2)
        while not is_free(label := f"{theme.label} ({number})"):
            number += 1
        self.next_numbers[key] = number + 1
        return label

    def _guid(self, code: Code) -> str:
        """Return a code's guid, or an empty text if it has none that can be used."""
        text = code.element.attributes.get("guid")
        guid = canonical(text or "")
        name = code.name or _UNNAMED
        if text is None:
            self._remark(code, f"'{name}' has no guid; it gets a new one.")
        elif not guid:
            self._remark(code, f"The guid '{text}' of '{name}' is not in the form of one; it gets a new one.")
        elif (bearer := self.guids.setdefault(guid, code)) is not code:
            text = f"'{name}' has the guid of '{bearer.name}' on line {bearer.line}; it gets a new one."
            self._remark(code, text)
            return ""
        return guid

    def _codable(self, code: Code) -> bool:
        text = code.element.attributes.get("isCodable")
        if text is None or text.strip() not in _CODABLE:
            fault = "is missing" if text is None else f"cannot be '{text}'"
            self._remark(code, f"isCodable of '{code.name}' {fault}; the theme is one to code with.")
            return True
        return _CODABLE[text.strip()]
