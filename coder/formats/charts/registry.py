"""The file formats that the chart of a table can be written in.

Whoever offers formats reads them here: the tables screen, its keys and messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.charts.drawing import chart_png, chart_svg

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.formats.shared.file_contents import Writer

CHART_FORMATS: dict[str, Writer[PrintedTable]] = {"svg": chart_svg, "png": chart_png}
"""By the ending of their files."""
