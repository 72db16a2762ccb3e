"""Codebooks to write in every format: their texts hold whatever could be taken for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from coder.domain.codebook import Codebook, Theme

if TYPE_CHECKING:
    from coder.domain.codebook import Status

_PIECES = (
    "Include: x", "**Exclude:** y", "\\Id: z", "\\\\Keywords: w", "# head", "## head ##", "- item",
    "  - item", "1. one", "a; b", "a\\; b", "\\", "\n", "\n\n", "\t", "=1+1", "+44", "@me", '"x"', "a,b",
    "<b>", "]]>", "&amp;", "&#10;", "<!-- order: a -->", "*em*", "_x000D_", "_x0041_", "#N/A", "2023", "1e5",
    "TRUE", "null", "> quote", "```", "Status: gone", "Unnamed theme", "Codebook", ": x", "é", "😀", "---",
)  # fmt: skip
_ANY = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t")
TEXTS = (st.text(_ANY, max_size=20) | st.lists(st.sampled_from(_PIECES), max_size=6).map(" ".join)).map(
    str.strip
) | st.lists(st.sampled_from(_PIECES), max_size=4).map("\n".join).map(str.strip)
FILLED = TEXTS.filter(bool)
_ITEMS = st.lists(FILLED, max_size=3).map(tuple)
_GUIDS = st.just("") | st.uuids().map(str)


@st.composite
def tidy_codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook without faults, its texts without blanks at the ends or control characters."""
    ids = draw(
        st.lists(st.from_regex(r"[\w.-]+", fullmatch=True), min_size=1, max_size=7, unique_by=str.casefold)
    )
    guids = draw(st.lists(_GUIDS, min_size=len(ids), max_size=len(ids)))
    themes: list[Theme] = []
    for place, (theme_id, guid) in enumerate(zip(ids, guids, strict=True)):
        above = draw(st.sampled_from([None, *themes]))
        states: list[Status] = ["retired"] if above and above.status == "retired" else ["active", "retired"]
        theme = Theme(
            theme_id,
            f"{draw(TEXTS)} {place}".strip(),
            draw(TEXTS),
            draw(TEXTS),
            draw(TEXTS),
            draw(_ITEMS),
            draw(_ITEMS),
            above.id if above else None,
            draw(_ITEMS),
            draw(st.sampled_from(states)),
            draw(st.booleans()),
            guid if guid not in guids[:place] else "",
        )
        themes.append(theme)
    return Codebook(tuple(draw(st.permutations(themes))), draw(TEXTS), draw(TEXTS))
