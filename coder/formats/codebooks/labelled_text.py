"""A theme's fields as one text that people read and that can be taken apart again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.theme_fields import FIELD_NAMED, THEME_FIELDS
from coder.formats.codebooks.field_texts import meanings_of, read_field, write_field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.theme_fields import ThemeField

_UNLABELLED = "definition"
"""The field whose paragraphs have no label: they stand first."""
_AT_THE_END = ("questions", "status", "id", "codable", "parent", "guid")
"""The fields that stand below all that says what the theme means."""
_FLAGS = {"yes": True, "no": False}


class Section(NamedTuple):
    """One field's text."""

    line: int
    """Of its label, from 1."""
    text: str


@dataclass(frozen=True)
class LabelledText:
    r"""Paragraphs, each of which begins with the label of its field; the first is the definition.

    Examples stand on lines of their own after "- ". A line that only looks like a label has a `\` before
    it. What blanks stand at the ends of a field is not kept.
    """

    left_out: Collection[str] = ()
    """The fields that stand elsewhere in the file."""
    form: str = "{}:"
    """How a label is written."""
    escape: Callable[[str], str] = str
    """Makes a text mean itself in the language that surrounds it."""
    unescape: Callable[[str], str] = str

    @cached_property
    def fields(self) -> tuple[ThemeField, ...]:
        """The fields that have a label, in the order of their paragraphs."""
        labelled = [f for f in THEME_FIELDS if f.name not in (*self.left_out, _UNLABELLED, *_AT_THE_END)]
        at_the_end = [FIELD_NAMED[name] for name in _AT_THE_END if name not in self.left_out]
        return (*labelled, *at_the_end)

    @cached_property
    def meanings(self) -> Mapping[str, Mapping[str, Any]]:
        """What may be written in each field that is a choice or a flag, with what it means."""
        return {field.name: meanings for field in self.fields if (meanings := meanings_of(field, _FLAGS))}

    @cached_property
    def _pattern(self) -> str:
        labels = "|".join(re.escape(field.label) for field in self.fields)
        return re.escape(self.form).replace(r"\{\}", f"({labels})")

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {field.label: field.name for field in self.fields}

    def write(self, theme: Theme, fields: Collection[ThemeField]) -> str:
        """Return fields of a theme as paragraphs; those that the text does not hold are passed over."""
        paragraphs = [self._guarded(self.escape(theme.definition))]
        paragraphs += [self._paragraph(field, field.of(theme)) for field in self.fields if field in fields]
        return "\n\n".join(filter(None, paragraphs))

    def _paragraph(self, field: ThemeField, value: Any) -> str:
        label = self.form.format(field.label)
        if field.kind == "texts":
            bullets = ["- " + self.escape(text).replace("\n", "\n  ") for text in value]
            return "\n".join([label, *bullets])
        return f"{label} {self._guarded(self.escape(write_field(field, value)))}"

    def sections(self, text: str, line: int = 1) -> dict[str, Section]:
        """Return the sections of a text by the names of their fields.

        Args:
            text: The paragraphs, lines parted by LF.
            line: The number of its first line.
        """
        sections: dict[str, Section] = {}
        for name, number, lines in self._split(text, line):
            section = sections.get(name, Section(number, ""))
            joined = "\n\n".join(filter(None, [section.text, "\n".join(lines).strip()]))
            sections[name] = Section(section.line, joined)
        return sections

    def _split(self, text: str, line: int) -> Iterator[tuple[str, int, Sequence[str]]]:
        """Yield the lines of each field with its name and the number of the first of them."""
        name, first_line, lines = _UNLABELLED, line, list[str]()
        for number, content in enumerate(text.split("\n"), start=line):
            if label := re.match(self._pattern, content):
                yield name, first_line, lines
                name, first_line, lines = self._names[label[1]], number, [content[label.end() :]]
            else:
                lines.append(content)
        yield name, first_line, lines

    def text_of(self, sections: Mapping[str, Section], name: str) -> str:
        """Return what stands in the section of a field, or an empty text."""
        text = sections[name].text if name in sections else ""
        return self.unescape(re.sub(rf"(?m)^\\(?=\\*{self._pattern})", "", text))

    def read(self, sections: Mapping[str, Section]) -> dict[str, Any]:
        """Return what a text says of all fields that it may hold, by their names."""
        return {
            field.name: self._read_texts(sections, field.name)
            if field.kind == "texts"
            else read_field(field, self.text_of(sections, field.name), self.meanings.get(field.name, {}))
            for field in (FIELD_NAMED[_UNLABELLED], *self.fields)
        }

    def _read_texts(self, sections: Mapping[str, Section], name: str) -> tuple[str, ...]:
        bullets = re.split(r"(?m)^[-*] ", sections[name].text if name in sections else "")
        texts = (self.unescape(re.sub(r"\n {1,2}", "\n", bullet)).strip() for bullet in bullets)
        return tuple(filter(None, texts))

    def _guarded(self, text: str) -> str:
        return re.sub(rf"(?m)^(?=\\*{self._pattern})", r"\\", text)
