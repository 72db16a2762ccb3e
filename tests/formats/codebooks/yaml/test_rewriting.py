"""A codebook file becomes another codebook: what both say stays as it was written."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook
from coder.formats.codebooks.yaml.editing import edited_text
from coder.formats.codebooks.yaml.yaml_text import write_codebook

SAMPLE = Path(__file__).parents[4] / "codebooks" / "pch-2023.yaml"
TEXT = """\
# head
title: "T"   # printed
themes:
  # --- first ---

  # on a
  - id: a
    label: 'A'
    examples:
      - "one"  # best
      # the next is rare
      - "two"
    # a: to be discussed

  # free
  # standing

  # on b
  - id: b
    label: B   # b's label
    keywords: [x,  y]

  # on c
  - id: c
    label: C
# foot
"""
A, B, C = parse_codebook(TEXT, "x.yaml").themes


def changes(before: str, after: str) -> list[str]:
    """Return the lines taken out and put in, marked - and +."""
    diff = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[2:]
    return [line for line in diff if line[0] in "+-"]


def edited(text: str, *themes: Theme, title: str | None = None, note: str = "") -> str:
    """Return a text after it has become the codebook of these themes."""
    target = Codebook(themes, parse_codebook(text, "x.yaml").title if title is None else title, note)
    new_text = edited_text(text, "x.yaml", target)
    assert parse_codebook(new_text, "x.yaml") == target
    return new_text


NEW = Theme("n", "New", definition="Words.")
NEW_LINES = ["+  - id: n", "+    label: New", "+    definition: Words."]


@pytest.mark.parametrize(
    ("themes", "expected"),
    [
        pytest.param((A, B, C), [], id="the same"),
        pytest.param((replace(A, label="Alpha"), B, C), ["-    label: 'A'", "+    label: Alpha"], id="label"),
        pytest.param(
            (replace(A, examples=("one", "2", "two")), B, C), ["+      - '2'"], id="an example more"
        ),
        pytest.param((replace(A, examples=("two",)), B, C), ['-      - "one"  # best'], id="one fewer"),
        pytest.param(
            (replace(A, examples=("one", "two", "three")), B, C), ["+      - three"], id="one at the end"
        ),
        pytest.param((A, B, replace(C, status="retired")), ["+    status: retired"], id="retired"),
        pytest.param(
            (A, replace(B, keywords=(), definition="D."), C),
            ["-    keywords: [x,  y]", "+    definition: D."],
            id="one key for another",
        ),
        pytest.param((A, B, NEW, C), ["+", *NEW_LINES], id="added"),
        pytest.param((A, B, C, NEW), ["+", *NEW_LINES], id="added last"),
        pytest.param((NEW, A, B, C), [*NEW_LINES, "+"], id="added first"),
        pytest.param((A, NEW, B, C), ["+", *NEW_LINES], id="added below a comment on the theme above"),
        pytest.param(
            (A, C),
            ["-  # on b", "-  - id: b", "-    label: B   # b's label", "-    keywords: [x,  y]", "-"],
            id="removed",
        ),
        pytest.param((A, B), ["-", "-  # on c", "-  - id: c", "-    label: C"], id="last removed"),
        pytest.param(
            (A, B, NEW), ["-  # on c", "-  - id: c", "-    label: C", *NEW_LINES], id="last replaced"
        ),
        pytest.param(
            (A, C, B),
            [
                "+",
                "+  # on c",
                "+  - id: c",
                "+    label: C",
                "-",
                "-  # on c",
                "-  - id: c",
                "-    label: C",
            ],
            id="moved",
        ),
        pytest.param(
            (replace(A, codable=False), replace(B, parent="a"), C), ["+    parent: a"], id="a net appears"
        ),
        pytest.param(
            (A, replace(B, parent="a"), C),
            ["+    codable: true", "+    parent: a"],
            id="a net appears, codable",
        ),
        pytest.param(
            (A, replace(B, parent="n"), C, replace(NEW, codable=False)),
            ["+    parent: n", "+", *NEW_LINES, "+    codable: false"],
            id="a new net below its child",
        ),
    ],
)
def test_only_the_lines_of_the_change_change(themes: tuple[Theme, ...], expected: list[str]) -> None:
    """Each revision touches its own lines; comments, quotes and blank lines elsewhere stay, also in CRLF."""
    assert sorted(changes(TEXT, edited(TEXT, *themes))) == sorted(expected)
    windows = edited(TEXT.replace("\n", "\r\n"), *themes)
    assert windows == edited(TEXT, *themes).replace("\n", "\r\n")


def test_a_net_that_loses_its_last_theme() -> None:
    """A net that only grouped others says so once nothing makes it one, and no longer says what is plain."""
    text = "themes:\n- id: n\n  label: N\n- id: a\n  label: A\n  parent: n\n"
    net, theme = parse_codebook(text, "x.yaml").themes
    assert changes(text, edited(text, net, replace(theme, parent=None))) == [
        "+  codable: false",
        "-  parent: n",
    ]
    alone = edited(text, net)
    assert alone == "themes:\n- id: n\n  label: N\n  codable: false\n"
    assert edited(alone, replace(net, codable=True)) == "themes:\n- id: n\n  label: N\n"


def test_the_first_comments_stay_when_the_first_theme_goes() -> None:
    """What stands apart from a theme that goes is kept; what stands on it goes with it."""
    text = edited(TEXT, C)
    assert text == (
        '# head\ntitle: "T"   # printed\nthemes:\n  # --- first ---\n\n  # free\n  # standing\n\n'
        "  # on c\n  - id: c\n    label: C\n# foot\n"
    )
    assert edited(text) == (
        '# head\ntitle: "T"   # printed\nthemes:\n  # --- first ---\n\n  # free\n  # standing\n# foot\n'
    )


def test_title_and_note() -> None:
    """The title and the note are put in on top of the themes, changed, and taken out."""
    text = "# head\nthemes:\n- id: a\n  label: A\n"
    both = edited(text, Theme("a", "A"), title="T", note="N")
    assert both == "# head\ntitle: T\nnote: N\nthemes:\n- id: a\n  label: A\n"
    assert edited(both, Theme("a", "A"), title="U") == both.replace("T\nnote: N", "U")
    assert edited(both, Theme("a", "A"), title="") == text
    assert edited("title: T\n" + text, Theme("a", "A"), title="", note="N").startswith("# head\nnote: N\nth")


@pytest.mark.parametrize("empty", ["themes:", "themes: []", "themes:  [ ]", "themes: null", "themes: ~"])
@pytest.mark.parametrize("end", ["", "\n", "   # none yet\n\n# foot\n", "\ntitle: T"])
def test_an_empty_list_of_themes(empty: str, end: str) -> None:
    """The first themes go below the key, however the empty list is written and whatever follows."""
    themes = (Theme("a", "A"), Theme("b", "B", status="retired"))
    text = edited(empty + end, *themes)
    comment, rest = (end[:13], end[13:]) if "#" in end else ("", end)
    block = "\n  - id: a\n    label: A\n\n  - id: b\n    label: B\n    status: retired"
    assert text == f"themes:{comment}{block}{rest}"
    assert edited(text, title="").startswith("themes:")


@pytest.mark.parametrize("dash", ["- ", "  - ", "-   ", "      -\n        "])
def test_indents_are_those_of_the_file(dash: str) -> None:
    """New themes and keys stand where the file's own stand, also without a last line end."""
    column = len(dash.rsplit("\n", maxsplit=1)[-1])
    text = f"themes:\n{dash}id: a\n{' ' * column}label: A"
    before = " " * dash.index("-")
    new = f"\n\n{before}- id: b\n{before}  label: B"
    assert edited(text, Theme("a", "A"), Theme("b", "B")) == text + new
    assert edited(text, Theme("a", "A", include="I")) == f"{text}\n{' ' * column}include: I"
    assert edited(text + new, Theme("b", "B")) == f"themes:{new[1:]}"


def test_a_comment_stays_beside_a_text_that_grows() -> None:
    """A comment behind a short text stays out of the long one that takes its place."""
    text = "themes:\n- id: a\n  label: A\n  definition: short # why\n"
    long = " ".join(["word"] * 40)
    assert edited(text, Theme("a", "A", definition=long)).splitlines()[3] == "  definition: >- # why"
    braces = "themes:\n- {id: a, label: A}  # why\n- {id: b, label: B}\n"
    assert edited(braces, Theme("a", "A", definition=long), Theme("c", "C")).splitlines() == [
        "themes:",
        "- id: a  # why",
        "  label: A",
        "  definition: >-",
        "    " + " ".join(["word"] * 20),
        "    " + " ".join(["word"] * 20),
        "- id: c",
        "  label: C",
    ]


def test_folded_texts_and_aliases_elsewhere_stay() -> None:
    """Anchors, aliases and folded texts of themes that stay are left as they are written."""
    text = (
        "themes:\n- id: a\n  label: A\n  questions: &q [Q1]\n  definition: |\n    One.\n\n    Two.\n\n"
        "- id: b\n  label: B\n  questions: *q  # as above\n  examples:\n  - &e x\n  - *e\n"
    )
    a, b = parse_codebook(text, "x.yaml").themes
    assert b.examples == ("x", "x")
    assert edited(text, a, NEW, b).replace("- id: n\n  label: New\n  definition: Words.\n\n", "") == text
    questions = edited(text, a, replace(b, questions=("Q2",)))
    assert changes(text, questions) == ["-  questions: *q  # as above", "+  questions: [Q2]  # as above"]
    assert edited(text, a) == text.partition("\n- id: b")[0]


def test_items_of_a_list_keep_their_lines() -> None:
    """Items that stay keep quotes, folds and comments; an odd list is written anew as a whole."""
    text = (
        "themes:\n- id: a\n  label: A\n  examples:\n  # top\n  - >-\n    a\n    b\n  # mid\n  - 'q'   # z\n"
    )
    theme = parse_codebook(text, "x.yaml").themes[0]
    more = edited(text, replace(theme, examples=("new", "a b", "other", "q", "last"), include="I"))
    added = ["+  include: I", "+  - new", "+  - other", "+  - last"]
    assert sorted(changes(text, more)) == sorted(added)
    assert edited(more, theme) == text
    assert changes(text, edited(text, replace(theme, examples=("q",)))) == ["-  - >-", "-    a", "-    b"]
    odd = "themes:\n- id: a\n  label: A\n  examples:\n  -\n    a\n  - b\n"
    assert edited(odd, replace(theme, examples=("a",))).endswith("  examples:\n    - a\n")


@pytest.mark.parametrize(
    ("text", "target", "message", "hint"),
    [
        ("themes: [{id: a, label: A}]\n", [Theme("a", "B")], "stand in brackets", "Write each theme below"),
        ("{themes: []}\n", [Theme("a", "B")], "stand in brackets", "Write each theme below"),
        (
            "themes:\n- {id: a, # one\n   label: A}\n",
            [Theme("a", "B")],
            "no room to change 'a'",
            "Write each of a theme's keys",
        ),
        (
            "themes:\n- id: a\n  label: A\n  definition: &d D\n- id: b\n  label: B\n  definition: *d\n",
            [Theme("b", "B", definition="D")],
            r"'\*d' in x.yaml would stand without '&d'",
            r"what '\*d' stands for",
        ),
        ("themes:\r- id: a\r  label: A\r", [Theme("a", "B")], r"x.yaml:1: The character '\\r'", "Save"),
        ("themes:\n- id: a\n  label: 'A \u2028 a'\n", [Theme("a", "B")], r"x.yaml:3: .* '\\u2028'", "Save"),
        ("themes:\n- id: a\n  label: A\n", [Theme("a", "A"), Theme("b", "a")], "already on line 2", "Mend"),
        ("themes:\n- id: a\n  label: A\n", [Theme("a", "A"), Theme("a", "B")], "'a' is already", "Mend"),
        (
            "themes:\n- id: a\n  label: A\n",
            [Theme("a", "A", examples=(" ",)), *(Theme(f"t{n}", f"{n}") for n in range(5))],
            "no room to change 'a', 't0', 't1' and 3 more",
            "keys",
        ),
    ],
)
def test_what_cannot_be_edited_is_told(text: str, target: list[Theme], message: str, hint: str) -> None:
    """A layout without room, or a target with faults, is named."""
    with pytest.raises(CoderError, match=message) as error:
        edited_text(text, "x.yaml", Codebook(tuple(target)))
    assert hint in error.value.hint or error.match(hint)


TEXTS = st.sampled_from(
    ["", "short", "a: b # c", "é 住房 🏠", "- x", "'q' \"r\"", "w\tx\ny", "word " * 40 + "end", "# no"]
)
LISTS = st.lists(TEXTS.filter(str.strip), max_size=3).map(tuple)


@st.composite
def pools(draw: st.DrawFn, ids: str) -> Codebook:
    """Draw a codebook without faults of some of the ids."""
    chosen = draw(st.permutations(ids))[: draw(st.integers(0, len(ids)))]
    themes = []
    for number, theme_id in enumerate(chosen):
        parent = draw(st.sampled_from([None, *chosen[number + 1 :]]))
        theme = Theme(
            theme_id,
            draw(st.sampled_from([f"L{theme_id}", f"M: {theme_id}"])),
            definition=draw(TEXTS),
            examples=draw(LISTS),
            keywords=draw(LISTS),
            parent=parent,
            codable=draw(st.booleans()),
            status="retired" if parent is None and draw(st.booleans()) else "active",
        )
        themes.append(theme)
    retired = {theme.id for theme in themes if theme.status == "retired"}
    free = [replace(theme, parent=None) if theme.parent in retired else theme for theme in themes]
    return Codebook(tuple(draw(st.permutations(free))), draw(TEXTS), draw(TEXTS))


@st.composite
def commented(draw: st.DrawFn, text: str) -> str:
    """Put comments and blank lines between the blocks of a text, a comment naming the theme below it."""
    lines = []
    for line in text.split("\n"):
        name = line.removeprefix("  - id: ").strip("'\"")
        if name != line.strip("'\""):
            for number in range(draw(st.integers(0, 3))):
                lines.append(draw(st.sampled_from(["", "  "])) + f"# {name}{number} -")
                lines.extend([""] * draw(st.integers(0, 2)))
        lines.append(line)
    return "\n".join(lines)


@settings(max_examples=60)
@given(st.data())
def test_any_codebook_becomes_any_other(data: st.DataObject) -> None:
    """The text says the target, keeps the comments over themes that stay, and can become itself again."""
    old, new = data.draw(pools("abcdef")), data.draw(pools("bcdefgh"))
    text = data.draw(commented(write_codebook(old)))
    if data.draw(st.booleans()):
        text = text.rstrip("\n").replace("\n", "\r\n")
    new_text = edited_text(text, "x.yaml", new)
    assert parse_codebook(new_text, "x.yaml") == new
    comments = [line.strip() for line in text.split("\n") if line.lstrip().startswith("# ") and " -" in line]
    lines = {line.strip() for line in new_text.split("\n")}
    assert {comment for comment in comments if comment[2] in new} <= lines
    assert new_text.count("\r\n") == (new_text.count("\n") if "\r\n" in text else 0)
    assert parse_codebook(edited_text(new_text, "x.yaml", old), "x.yaml") == old


@settings(max_examples=10)
@given(st.data())
def test_themes_that_stay_keep_their_lines(data: st.DataObject) -> None:
    """A theme in both codebooks with the same fields keeps each of its lines; becoming the same keeps all."""
    text = SAMPLE.read_text("utf-8")
    codebook = parse_codebook(text, SAMPLE.name)
    assert edited_text(text, SAMPLE.name, codebook) == text
    leaves = [theme for theme in codebook if not codebook.is_net(theme.id)]
    gone = data.draw(st.lists(st.sampled_from(leaves), unique=True, max_size=3))
    changed = data.draw(st.sampled_from([theme for theme in leaves if theme not in gone]))
    themes = [replace(t, label="Quite new") if t is changed else t for t in codebook if t not in gone]
    at = data.draw(st.integers(0, len(themes)))
    target = replace(codebook, themes=(*themes[:at], NEW, *themes[at:]))
    lines = changes(text, edited_text(text, SAMPLE.name, target))
    added = [line for line in lines if line.startswith("+")]
    assert sorted(added) == sorted(["+", *NEW_LINES, "+    label: Quite new"])
