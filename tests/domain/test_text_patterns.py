"""Regular expressions that answers are searched with."""

from __future__ import annotations

import pytest

from coder.domain.text_patterns import compiled, has_pattern, is_pattern
from coder.errors import CoderError


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("beds?", "No BED"),
        (r"\bpay\b", "Low pay."),
        ("^we ", "We lost"),
        ("café|tea", "Cafe\N{COMBINING ACUTE ACCENT}"),
    ],
)
def test_it_is_found_whatever_the_case_and_form(pattern: str, text: str) -> None:
    """Accents may be joined to their letters or stand behind them."""
    assert has_pattern(pattern, text)


def test_what_is_a_pattern() -> None:
    """Words alone are none, and neither is what cannot be searched with."""
    patterns = [typed for typed in ("beds", "beds?", "beds(", "(a+)+", "a|b") if is_pattern(typed)]
    assert patterns == ["beds?", "a|b"]


@pytest.mark.parametrize("pattern", ["(", "(a+)+$", "(x*){2,}", "a{3,1}"])
def test_what_cannot_be_searched_with_is_refused(pattern: str) -> None:
    """With a reason; so is one that may never end."""
    with pytest.raises(CoderError, match=r"pattern|regular"):
        compiled(pattern)
