"""A theme's fields as one text that people read and that can be taken apart again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.formats.codebooks.item_texts import join_items, split_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme

LABELS = ("Include", "Exclude", "Examples", "Keywords", "Questions", "Status", "Id")
"""What a paragraph may begin with; one without is the definition."""


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

    labels: Sequence[str] = LABELS
    form: str = "{}:"
    """How a label is written."""
    escape: Callable[[str], str] = str
    """Makes a text mean itself in the language that surrounds it."""
    unescape: Callable[[str], str] = str

    @cached_property
    def _pattern(self) -> str:
        return re.escape(self.form).replace(r"\{\}", f"({'|'.join(self.labels)})")

    def write(self, theme: Theme, further: Mapping[str, str]) -> str:
        """Return a theme's words as paragraphs, then further labels with their values."""
        fields = {
            "Include": theme.include,
            "Exclude": theme.exclude,
            "Keywords": join_items(theme.keywords, ";"),
            "Questions": join_items(theme.questions, ";"),
            **further,
        }
        written = {label: self._guarded(self.escape(text)) for label, text in fields.items() if text}
        bullets = ["- " + self.escape(example).replace("\n", "\n  ") for example in theme.examples]
        paragraphs = {label: f"{self.form.format(label)} {text}" for label, text in written.items()}
        if bullets:
            paragraphs["Examples"] = "\n".join([self.form.format("Examples"), *bullets])
        definition = self._guarded(self.escape(theme.definition))
        in_order = [definition, *(paragraphs[label] for label in self.labels if label in paragraphs)]
        return "\n\n".join(filter(None, in_order))

    def sections(self, text: str, line: int = 1) -> dict[str, Section]:
        """Return the sections of a text by label, the definition's being "".

        Args:
            text: The paragraphs, lines parted by LF.
            line: The number of its first line.
        """
        found: dict[str, Section] = {}
        for label, at, lines in self._parts(text, line):
            place, before = found.get(label, Section(at, ""))
            found[label] = Section(place, "\n\n".join(filter(None, [before, "\n".join(lines).strip()])))
        return found

    def _parts(self, text: str, line: int) -> Iterator[tuple[str, int, Sequence[str]]]:
        label, at, lines = "", line, list[str]()
        for number, each in enumerate(text.split("\n"), start=line):
            if begun := re.match(self._pattern, each):
                yield label, at, lines
                label, at, lines = begun[1], number, [each[begun.end() :]]
            else:
                lines.append(each)
        yield label, at, lines

    def value(self, sections: Mapping[str, Section], label: str) -> str:
        """Return what stands under a label, or an empty text."""
        text = sections[label].text if label in sections else ""
        return self.unescape(re.sub(rf"(?m)^\\(?=\\*{self._pattern})", "", text))

    def words(self, sections: Mapping[str, Section]) -> dict[str, Any]:
        """Return the fields of a theme that `write` takes from it, by their names."""
        texts = {key: self.value(sections, key.capitalize()) for key in ("include", "exclude")}
        lists = {
            key: split_items(self.value(sections, key.capitalize()), ";") for key in ("keywords", "questions")
        }
        definition = self.value(sections, "")
        return {"definition": definition, "examples": self._examples(sections), **texts, **lists}

    def _examples(self, sections: Mapping[str, Section]) -> tuple[str, ...]:
        text = sections["Examples"].text if "Examples" in sections else ""
        bullets = re.split(r"(?m)^[-*] ", text)
        examples = (self.unescape(re.sub(r"\n {1,2}", "\n", bullet)).strip() for bullet in bullets)
        return tuple(filter(None, examples))

    def _guarded(self, text: str) -> str:
        return re.sub(rf"(?m)^(?=\\*{self._pattern})", r"\\", text)
