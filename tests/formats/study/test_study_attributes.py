"""What `study.toml` says of attributes: names, labels and orders of values."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.study_settings import AttributeSetting, Settings
from coder.errors import CoderError
from coder.formats.study.study_file import settings_of, write_settings

PATH = Path("study.toml")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
ATTRIBUTE = st.builds(AttributeSetting, TEXT, TEXT, st.lists(TEXT, unique=True, max_size=3).map(tuple))


@given(st.lists(ATTRIBUTE, unique_by=lambda attribute: attribute.name, max_size=3))
def test_they_are_read_as_they_were_written(attributes: list[AttributeSetting]) -> None:
    """Whatever letters their names and values have."""
    settings = Settings("Small", attributes=tuple(attributes))
    assert settings_of(PATH, write_settings(settings)) == settings


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('[attribute]\nname = "region"', "attribute is"),
        ('[[attribute]]\nlabel = "Region"', "block 1 does not say which attribute"),
        ('[[attribute]]\nname = "a"\n[[attribute]]\nname = "a"', "there are 2 blocks"),
        ('[[attribute]]\nname = "a"\nvalues = ["x", "y", "x"]', "'x' 2 times"),
        ('[[attribute]]\nname = "a"\norder = ["x"]', "no setting 'order'"),
        ('[[attribute]]\nname = "a"\nvalues = "x"', "values is 'x'"),
    ],
)
def test_faults_are_refused(lines: str, message: str) -> None:
    """With the block that they are in."""
    with pytest.raises(CoderError, match=message):
        settings_of(PATH, f'title = "Small"\n{lines}\n')
