"""The ways to settle a doubt, read from the options that its remedy names."""

from __future__ import annotations

from dataclasses import fields

import pytest

from coder.domain.surveys.doubt_ways import choices_with, ways_to_settle
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.domain.surveys.survey_doubts import Doubt
from coder.errors import CoderError


def ways(remedy: str) -> list[ImportChoices]:
    """Return what each way to settle a doubt says."""
    return [choices_with(NO_CHOICES, way) for way in ways_to_settle(Doubt("ids", "odd", remedy))]


def test_each_option_of_a_remedy_is_a_way() -> None:
    """Options with a value, without one, several together, and quoted names."""
    assert ways("--last-row 7 if that is right; --last-row 9 to keep them") == [
        ImportChoices(last_row=7),
        ImportChoices(last_row=9),
    ]
    assert ways("--drop-tests to leave them out; --keep-tests to keep them") == [
        ImportChoices(tests="drop"),
        ImportChoices(tests="keep"),
    ]
    assert ways("--row-is respondent if each is one; --id 'Who; 1' --row-is part to gather them") == [
        ImportChoices(row_meaning="respondent"),
        ImportChoices(id_column="Who; 1", row_meaning="part"),
    ]
    assert ways(
        "--boxes 'Q=\"a, b\",c' if they are boxes; --apart 'a, b' --apart Nr. if each is a question"
    ) == [
        ImportChoices(boxes=('Q="a, b",c',)),
        ImportChoices(apart=("a, b", "Nr.")),
    ]


def test_text_and_blank_of_a_way() -> None:
    """A way says when it is right; a blank is filled in."""
    first, second = ways_to_settle(
        Doubt("sheet", "two", "--sheet 'A b' if that is right; --sheet NAME for another one")
    )
    assert (first.text, first.command, first.blank) == ("if that is right", "--sheet 'A b'", "")
    assert second.blank == "sheet"
    assert choices_with(NO_CHOICES, second.filled("C d")).sheet == "C d"


@pytest.mark.parametrize(
    "remedy", ["Mend the file and import it then; --yes takes it", "Export it again.", ""]
)
def test_without_an_option_there_is_no_way(remedy: str) -> None:
    """What only the file's own program can settle names none."""
    assert ways_to_settle(Doubt("lost cells", "two", remedy)) == ()


def test_a_row_is_a_number() -> None:
    """What was typed for a row and is no number is refused."""
    (way,) = ways_to_settle(Doubt("rows", "two", "--last-row N if it ends there"))
    with pytest.raises(CoderError, match="no number of a row"):
        choices_with(NO_CHOICES, way.filled("last"))


def test_a_way_can_say_whatever_a_person_can_say() -> None:
    """A new choice that settles a doubt is offered on the screen; roles of columns have keys of their own."""
    options = [
        "sheet",
        "encoding",
        "header",
        "last-row",
        "lone-rows",
        "hidden-rows",
        "id",
        "row-is",
        "boxes",
        "apart",
    ]
    remedies = [f"--{name} 7 if so" for name in options]
    remedies += [f"--{name} if so" for name in ["decode-entities", "number-blanks", "drop-tests", "turned"]]
    said = {
        field.name
        for (choices,) in map(ways, remedies)
        for field in fields(ImportChoices)
        if getattr(choices, field.name) != getattr(NO_CHOICES, field.name)
    }
    assert {field.name for field in fields(ImportChoices)} - said == {
        *("open_columns", "attributes", "weight"),
        *("about", "about_chosen"),
    }
