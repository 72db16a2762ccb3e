"""The names that the package gives."""

from __future__ import annotations

import pytest

import coder.suggest


def test_the_package_gives_its_names_and_no_others() -> None:
    """Every public name is found when asked for; a wrong one is an error as usual."""
    assert {getattr(coder.suggest, name).__name__ for name in coder.suggest.__all__} == set(
        coder.suggest.__all__
    )
    with pytest.raises(AttributeError, match="Sugester"):
        coder.suggest.Sugester  # noqa: B018
