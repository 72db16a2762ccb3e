"""Intervals as lines at the bars of a chart on a slide, which python-pptx has not.

So that no number is written over a line, it stands behind the end of it: a row of bars that are not seen, as
long as the lines reach, carries the numbers. Element: ECMA-376, part 1, 21.2.2.55, errBars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.formats.tables.slide_texts import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 15_875
"""Of a line, in EMU: a point and a quarter."""


def add_lines(
    bars: Any, lines: Sequence[tuple[float, float] | None], columns: tuple[str, str], sheet_name: str
) -> None:
    """Add lines to a row of bars; where there is none, one without length, which is not seen.

    Args:
        bars: The row, as python-pptx has it.
        lines: For each bar how far its interval reaches below its number, and above.
        columns: The letters of the columns of the workbook behind the chart that have the same.
        sheet_name: Its worksheet.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    below, above = zip(*(line or (0.0, 0.0) for line in lines), strict=True)
    minus, plus = (
        _numbers(numbers, f"{sheet_name}!${column}$2:${column}${1 + len(numbers)}")
        for numbers, column in zip((below, above), columns, strict=True)
    )
    ink = f'<a:solidFill><a:srgbClr val="{INK}"/></a:solidFill>'
    element = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/><c:errValType val="cust"/>'
        f'<c:noEndCap val="1"/><c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>'
        f'<c:spPr><a:ln w="{_WIDTH}">{ink}</a:ln></c:spPr></c:errBars>'
    )
    series = bars._element  # noqa: SLF001  # python-pptx has no lines at bars
    series.cat.addprevious(element)


def _numbers(numbers: Sequence[float], cells: str) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{number!r}</c:v></c:pt>' for place, number in enumerate(numbers)
    )
    cache = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(numbers)}"/>{points}'
    return f"<c:numRef><c:f>{cells}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def carry_numbers(bars: Any, texts: Sequence[str], points: float) -> None:
    """Have bars that are not seen carry texts at their ends.

    Args:
        bars: The row, as python-pptx has it.
        texts: For each bar; empty where nothing is to stand.
        points: The size of their type.
    """
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    bars.format.fill.background()
    bars.format.line.fill.background()
    for place, text in enumerate(texts):
        if text:
            label = bars.points[place].data_label
            label.text_frame.text = text
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(points)
            label.position = XL_LABEL_POSITION.OUTSIDE_END
