"""The picture of a forecast: how often each score comes, as rectangles and lines of an SVG made on the server."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 440, 204, 8, 8, 36, 24
TICKS = 5
RARE = 0.002  # a bar at either end with a smaller share is not drawn


@dataclass(frozen=True)
class Bar:
    """A bar: its place in the picture, what it says, and whether it lies in the middle 80 %."""

    x: str
    y: str
    width: str
    height: str
    said: str
    is_likely: bool


@dataclass(frozen=True)
class Mark:
    """A line across the picture, or a figure of the axis, with its words."""

    x: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Picture:
    """Everything the template draws; lengths in units of the view box."""

    bars: Sequence[Bar]
    ticks: Sequence[Mark]
    mean: Mark
    line: Mark | None
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    top: int = TOP


def picture(
    bars: Sequence[tuple[float, float, int]], mean: float, likely: tuple[float, float], line: float | None
) -> Picture:
    """Bars of (low, high, draws), the mean, the range of eight draws in ten, and the score to be reached."""
    draws, most = sum(bar[2] for bar in bars), max(bar[2] for bar in bars)
    bars = _without_ends(bars, RARE * draws)
    low, high = bars[0][0], bars[-1][1]

    def at(score: float) -> float:
        return LEFT + (score - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    found = []
    for start, end, count in bars:
        tall = (HEIGHT - TOP - BOTTOM) * count / most
        said = f"{start:g} 至 {end:g} 分：{100 * count / draws:.1f}%"
        middle = (start + end) / 2
        found.append(
            Bar(
                f"{at(start) + 0.5:.1f}",
                f"{HEIGHT - BOTTOM - tall:.1f}",
                f"{max(at(end) - at(start) - 1, 0.5):.1f}",
                f"{tall:.1f}",
                said,
                likely[0] <= middle <= likely[1],
            )
        )
    every = max(1, round(len(bars) / TICKS))
    ticks = [
        Mark(f"{at(start):.1f}", f"{start:g}", "middle" if number else "start")
        for number, (start, _, _) in enumerate(bars[::every])
    ]
    inside = line is not None and low <= line <= high
    return Picture(
        found, ticks, _mark(at(mean), f"平均 {mean:.2f}"), _mark(at(line), f"{line:g} 分") if inside else None
    )


def _without_ends(bars: Sequence[tuple[float, float, int]], least: float) -> Sequence[tuple[float, float, int]]:
    """The bars from the first to the last that are not rare."""
    high = [number for number, bar in enumerate(bars) if bar[2] >= least]
    return bars[high[0] : high[-1] + 1]


def _mark(x: float, label: str) -> Mark:
    """A label leans away from the near edge."""
    anchor = "start" if x < WIDTH / 3 else "end" if x > WIDTH * 2 / 3 else "middle"
    return Mark(f"{x:.1f}", label, anchor)
