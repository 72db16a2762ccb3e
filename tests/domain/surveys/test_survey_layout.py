"""Columns and their parts, changed by hand."""

from __future__ import annotations

from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout


def layout(*roles: Role) -> SurveyLayout:
    """Return a layout with columns of these parts."""
    return SurveyLayout("wide", tuple(SurveyColumn(n, f"c{n}", role, "") for n, role in enumerate(roles)), 2)


def test_a_column_takes_another_part() -> None:
    """The column says who decided; the others keep theirs."""
    revised = layout("id", "open", "ignore").with_role(2, "attribute")
    assert [column.role for column in revised.columns] == ["id", "open", "attribute"]
    assert revised.columns[2].reason == "chosen by you"
    assert revised.of_role("open") == layout("id", "open", "ignore").of_role("open")


def test_there_is_one_id() -> None:
    """Where another column becomes the id, the one before becomes an attribute."""
    revised = layout("id", "open", "attribute").with_role(2, "id")
    assert [column.role for column in revised.columns] == ["attribute", "open", "id"]
