"""Themes, ids, nets and questions of codebooks in either Unicode form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.codebooks.reading import import_codebook, parse_codebook
from coder.formats.codebooks.yaml.editing import edited_text

if TYPE_CHECKING:
    from pathlib import Path

Form = Literal["NFC", "NFD"]


def apart(text: str) -> str:
    """Return a text with its accents behind their letters."""
    return normalize("NFD", text)


@pytest.mark.parametrize("second", ["Café", apart("Café"), apart("CAFÉ")])
def test_two_themes_that_look_the_same(second: str) -> None:
    """A label in either form is on another theme already."""
    source = f"themes:\n- id: a\n  label: Café\n- id: b\n  label: {second}\n"
    with pytest.raises(CoderError, match="is already on"):
        parse_codebook(source, "codebook.yaml")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ids_with_accents(form: Form) -> None:
    """An id whose accents stand behind their letters is an id, and a net is found by it."""
    source = normalize(form, "themes:\n- id: été\n  label: Été\n- id: juin\n  label: Juin\n  parent: été\n")
    codebook = parse_codebook(source, "codebook.yaml")
    assert [theme.id for theme in codebook] == ["été", "juin"]
    assert codebook.is_net("été")
    assert codebook.find(apart("ÉTÉ")).id == codebook.find("été").id == "été"


def test_an_edit_leaves_the_other_form_where_it_is() -> None:
    """What an edit does not concern stays in the file as it is written."""
    source = apart("themes:\n- id: été\n  label: Été\n  definition: La chaleur.\n- id: juin\n  label: Juin\n")
    codebook = parse_codebook(source, "codebook.yaml")
    target = replace(codebook, themes=(codebook.by_id["été"], Theme("juin", "Juillet")))
    edited = edited_text(source, "codebook.yaml", target)
    assert edited == source.replace("label: Juin", "label: Juillet")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_nets_of_a_table_go_by_their_label(tmp_path: Path, form: Form) -> None:
    """A net is the row with its label in whichever form, and no second one is made."""
    path = tmp_path / "themes.csv"
    path.write_text(f"theme,parent\nÉcole,\nLycée,{normalize(form, 'école')}\n", encoding="utf-8")
    codebook = import_codebook(path).codebook
    assert [theme.label for theme in codebook] == ["École", "Lycée"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_themes_for_a_question(form: Form) -> None:
    """A theme is for its question, and beside the others of it, in either form of the question's id."""
    theme = Theme("a", "A", questions=(normalize(form, "Qualité"),))
    assert theme.serves("Qualité")
    assert theme.serves(apart("Qualité"))
    assert not theme.serves("Qualite")
    assert theme.shares_question(Theme("b", "B", questions=("Qualité",)))
