"""Operations on a codebook as somebody types them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from making import CODEBOOK

from coder.domain.codebook import Codebook, Theme
from coder.domain.revising.decisions import Decision
from coder.domain.revising.revisions import Merge, Revision, Split
from coder.errors import CoderError
from coder.workflows.revising.operations import split_into, with_operations
from coder.workflows.revising.typed_operations import Operation, operation_of, option_of

TWO = Codebook(
    (
        Theme("q1-pay", "Pay", questions=("Q1",)),
        Theme("q2-pay", "Pay", questions=("Q2",)),
        Theme("q2-staff", "Staff, agency=temporary", questions=("Q2",)),
    )
)


def done(*typed: str, before: Codebook = CODEBOOK, question: str | None = None) -> Revision:
    """Return the revision that operations make: `merge Pay=Money`."""
    operations = (Operation(*each.split(" ", 1)) for each in typed)
    return with_operations(Revision.of(before), operations, question)


def refused(*typed: str, before: Codebook = CODEBOOK) -> CoderError:
    """Return the error that operations raise."""
    with pytest.raises(CoderError) as caught:
        done(*typed, before=before)
    return caught.value


def test_themes_are_named_by_id_or_label() -> None:
    """Ids and labels do, whatever the case, with blanks around them."""
    revision = done("merge PAY , staff = Money")
    assert revision.carried.merges == (Merge(("pay", "staff"), "money"),)
    assert revision.new.by_id["pay"].status == "retired"


def test_a_merge_may_bring_a_theme() -> None:
    """A target that is no theme yet is added after the first source, with its net."""
    revision = done("merge pay,staff=Pay and staff")
    new = revision.new.by_id["pay-and-staff"]
    assert (new.label, new.parent) == ("Pay and staff", "people")
    assert [theme.id for theme in revision.new][:3] == ["people", "pay", "pay-and-staff"]


def test_a_split_brings_its_parts() -> None:
    """Parts that are no themes yet are added after the theme, in their order; it may be one itself."""
    revision = done("split beds=beds, Wards, Chairs")
    assert revision.carried.splits == (Split("beds", ("beds", "wards", "chairs")),)
    assert [theme.id for theme in revision.new][4:7] == ["beds", "wards", "chairs"]


def test_a_part_is_a_theme_of_the_same_question() -> None:
    """A label that only another question's theme has is a new part; an id means that very theme."""
    revision = done("split q2-staff=Pay,Rest", before=TWO)
    assert revision.carried.splits[0].parts == ("q2-pay", "q2-rest")
    alone = replace(TWO, themes=(TWO.themes[0], TWO.themes[2]))
    assert done("split q2-staff=Pay,Rest", before=alone).carried.splits[0].parts == ("q2-pay", "q2-rest")
    assert done("split q2-staff=q1-pay,Rest", before=alone).carried.splits[0].parts == ("q1-pay", "q2-rest")


def test_commas_and_equals_signs_in_labels() -> None:
    """A backslash keeps a comma or = in a label; texts need none."""
    revision = done(r"rename staff\, agency\=temporary=A=B, C", before=TWO)
    assert revision.new.by_id["q2-staff"].label == "A=B, C"
    assert done(r"split q1-pay=One\, two,Three", before=TWO).new.find("One, two").questions == ("Q1",)


@pytest.mark.parametrize(
    ("typed", "theme_id", "field", "value"),
    [
        ("rename beds= No  beds ", "beds", "label", "No beds"),
        ("define beds=Too few = none", "beds", "definition", "Too few = none"),
        ("define beds=", "beds", "definition", ""),
        ("move beds=People", "beds", "parent", "people"),
        ("move pay=", "pay", "parent", None),
        ("retire Beds", "beds", "status", "retired"),
        ("bring-back old ways", "old", "status", "active"),
        ("add Trains", "trains", "label", "Trains"),
    ],
)
def test_the_other_operations(typed: str, theme_id: str, field: str, value: object) -> None:
    """Each changes its field of the theme that is named."""
    assert getattr(done(typed).new.by_id[theme_id], field) == value


def test_what_happens_to_codings_of_redefined_themes() -> None:
    """`look-again` and `keep` note the themes."""
    revision = done("look-again Beds", "keep Money")
    assert (revision.carried.look_again, revision.keep) == (("beds",), ("money",))


def test_operations_follow_one_another() -> None:
    """A theme that was added or renamed can be used by the next operation."""
    revision = done("add Trains", "rename money=Cash", "move trains=People", "merge beds=cash")
    assert revision.new.by_id["trains"].parent == "people"
    assert revision.carried.merges == (Merge(("beds",), "money"),)


def test_a_new_theme_for_a_question() -> None:
    """A question may be named for what is added."""
    assert done("add Trains", question="Q1").new.by_id["q1-trains"].questions == ("Q1",)


def test_a_deleted_theme_comes_back_retired() -> None:
    """A theme that the file lacks can be retired, merged or split: it stands at its place, retired."""
    edited = replace(CODEBOOK, themes=tuple(each for each in CODEBOOK if each.id != "staff"))
    for typed in ("retire Staff", "merge staff=Money", "split staff=Nurses,Others"):
        after = with_operations(Revision(CODEBOOK, edited), [Operation(*typed.split(" ", 1))]).new
        assert [theme.id for theme in after][:3] == ["people", "pay", "staff"]
        assert after.by_id["staff"].status == "retired"


def test_a_theme_deleted_with_its_net() -> None:
    """It comes back without the net."""
    edited = replace(CODEBOOK, themes=CODEBOOK.themes[3:])
    after = Revision(CODEBOOK, edited).merge(["staff", "pay"], "money").new
    assert [(theme.id, theme.parent) for theme in after][:3] == [
        ("pay", None),
        ("staff", None),
        ("money", None),
    ]


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("merge pay", "--merge 'pay' has no '='.", "Write --merge THEME,THEME=THEME."),
        ("merge =pay", "--merge '=pay' names no theme before '='.", "Write --merge THEME,THEME=THEME."),
        ("merge pay,,staff=money", "--merge 'pay,,staff=money' has a comma with no name", "a label as '\\,'"),
        ("merge pay=", "A theme needs a label.", ""),
        ("merge stuff=money", "The codebook has no theme 'stuff'.", "Did you mean 'Staff'?"),
        ("merge pay=pay", "'Pay' cannot be merged into itself.", ""),
        ("split beds=", "'Beds' cannot be split into nothing.", "Name two or more parts"),
        ("split beds=Wards", "'Beds' would be split into one theme, 'Wards'.", ""),
        ("rename beds", "--rename 'beds' has no '='.", ""),
        ("rename beds=", "A theme needs a label.", ""),
        ("move people=pay", "'People' cannot lie under 'Pay': that is a circle.", ""),
        ("retire bed", "The codebook has no theme 'bed'.", "'Beds'"),
        ("bring-back beds", "'Beds' is not retired.", ""),
        ("add Beds", "There is a theme 'Beds' for some question already.", ""),
    ],
)
def test_what_makes_no_sense(typed: str, message: str, hint: str) -> None:
    """The error says what is wrong with which operation, and what to write."""
    error = refused(typed)
    assert message in error.message
    assert hint in error.hint


def test_an_ambiguous_label() -> None:
    """A label that two themes have is refused with their ids."""
    assert refused("retire pay", before=TWO).hint == "Use an id: q1-pay, q2-pay."
    assert refused("merge q2-staff=Pay", before=TWO).hint == "Use an id: q1-pay, q2-pay."


def test_a_theme_may_take_the_label_of_one_merged_into_it() -> None:
    """Retired themes keep their labels, and stand in nobody's way; a name means the theme in use."""
    revision = done("merge pay=staff", "rename staff=Pay")
    assert revision.new.by_id["staff"].label == "Pay"
    assert revision.new.find("pay").id == "pay"
    assert revision.new.find("PAY").id == "staff"
    assert "for some question already" in refused("rename staff=Beds").message


def test_nothing_moves_under_a_retired_net() -> None:
    """A net that is retired must be brought back first."""
    assert refused("move beds=old").message == "'Old ways' is retired."


def test_a_decision_is_typed_as_an_option() -> None:
    """The command line has an option for each decision, with a word where a theme is still to be chosen."""
    assert option_of(Decision("retire", "beds", "")) == "--retire beds"
    assert option_of(Decision("merge", "beds", "", "money")) == "--merge beds=money"
    assert option_of(Decision("merge", "beds", "")) == "--merge beds=THEME"
    assert operation_of(Decision("merge", "beds", ""), "Money") == Operation("merge", "beds=Money")


def test_names_of_parts_need_no_escapes() -> None:
    """Names that are given one by one may hold what parts them on a command line."""
    start = Revision.of(CODEBOOK)
    revision = split_into(start, CODEBOOK.by_id["beds"], ["Beds, wards = rooms", "Beds"])
    new, beds = revision.carried.splits[0].parts
    assert (revision.new.label(new), beds) == ("Beds, wards = rooms", "beds")
