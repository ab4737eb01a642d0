"""How cost grows, as a picture: with the rules, and with the cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers import PEERS

if TYPE_CHECKING:
    from benchmarks.columns import Cell

COLOURS = dict(
    zip(
        PEERS,
        [
            "#c4622d",
            "#e39b6c",
            "#b58a1b",
            "#3674a8",
            "#2f8f6f",
            "#7d8794",
            "#6f5aa8",
            "#a893d6",
            "#c06a92",
            "#4d4d4d",
        ],
        strict=True,
    )
)
FONT = "Inter, Arial, sans-serif"


def picture(cells: Sequence[Cell], path: Path) -> None:
    """Write the picture as SVG and PNG beside each other; `path` has no ending."""
    import vl_convert  # noqa: PLC0415

    chart = _chart([cell for cell in cells if not cell.skipped])
    path.with_suffix(".svg").write_text(str(vl_convert.vegalite_to_svg(chart)) + "\n", encoding="utf-8")
    path.with_suffix(".png").write_bytes(bytes(vl_convert.vegalite_to_png(chart, scale=2)))


def _chart(cells: Sequence[Cell]) -> dict[str, Any]:
    import altair as alt  # noqa: PLC0415

    middle = sorted({cell.rules for cell in cells})
    rules = 100 if 100 in middle else middle[0]
    return dict(
        alt.hconcat(
            _panel(_largest(cells), "rules", "Microseconds a case, by the number of rules"),
            _panel(
                [cell for cell in cells if cell.rules == rules], "cases", f"By the number of cases ({rules:,} rules)"
            ),
        )
        .configure(font=FONT, background="white")
        .configure_axis(gridColor="#e6e8eb", domainColor="#7d8794", tickColor="#7d8794", labelFontSize=12)
        .configure_title(fontSize=14, anchor="start", offset=12)
        .configure_view(stroke=None)
        .to_dict()
    )


def _largest(cells: Sequence[Cell]) -> list[Cell]:
    """Of each engine and number of rules the cell with most cases."""
    found: dict[tuple[str, int], Cell] = {}
    for cell in sorted(cells, key=lambda cell: cell.cases):
        found[cell.engine, cell.rules] = cell
    return list(found.values())


def _panel(cells: Sequence[Cell], by: str, title: str) -> Any:
    import altair as alt  # noqa: PLC0415

    rows = [
        {"engine": c.engine, by: getattr(c, by), "us": c.seconds / c.cases * 1e6, "ours": c.engine.startswith("reform")}
        for c in cells
    ]
    inline: Any = alt.Data
    steps = sorted({row[by] for row in rows})
    base = alt.Chart(inline(values=rows)).encode(
        x=alt.X(f"{by}:Q", scale=alt.Scale(type="log"), axis=alt.Axis(values=steps, format="~s", title=by)),
        y=alt.Y(
            "us:Q",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[10.0**power for power in range(-2, 6)], format="~g", title=None),
        ),
        color=alt.Color(
            "engine:N",
            scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
            legend=alt.Legend(title=None, labelFontSize=12, symbolStrokeWidth=3, symbolType="stroke"),
        ),
    )
    width: Any = alt.condition("datum.ours", alt.value(3.2), alt.value(1.6))
    return (base.mark_line().encode(strokeWidth=width) + base.mark_point(filled=True, size=40)).properties(
        width=420, height=340, title=title
    )
