"""The thirteen prefectures of Jiangsu as SVG paths: a schematic (示意图), never a statement on boundaries.

The operator may replace the GeoJSON by the province's standard map (same ids and names) and state its 审图号.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

OUTLINES = Path(__file__).parent / "jiangsu" / "jiangsu-prefectures.geojson"
STEP_PX = 0.8
# Where the file's own label point lies upon a neighbour's label or a border.
NUDGES_PX: Mapping[str, tuple[float, float]] = {
    "320200": (-1, -18),
    "320300": (6, -6),
    "320400": (-17, 6),
    "320500": (18, -14),
    "320600": (4, -30),
    "320800": (14, -4),
    "321000": (0, -22),
    "321100": (2, 18),
    "321200": (11, -8),
    "321300": (20, 18),
}

Point = tuple[float, float]
SPARSE_BELOW = 10


@dataclass(frozen=True)
class PrefectureShape:
    """One prefecture, ready for `<path d>`; the label stands centred at (label_x, label_y)."""

    code: str
    name: str
    path_d: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class PrefectureFigure:
    """What one prefecture shows. Counts below the floor arrive as `withheld`: printed "<3", without any risk mark.

    level: 0 calm, 1 watch, 2 warning, 3 stopped; None where nothing may or can be said.
    words, told: what stands on the map and what is read out, where it is not firms at risk of all firms.
    shade: 0 to 4, paler to darker, for maps that show how many rather than how well.
    """

    code: str
    href: str
    firms: int | None
    at_risk: int | None
    level: int | None
    withheld: bool = False
    words: str = ""
    told: str = ""
    shade: int | None = None

    @property
    def sparse(self) -> bool:
        """Too few firms for a shade to mean much: the map hatches it."""
        return self.withheld or (self.firms is not None and 0 < self.firms < SPARSE_BELOW)


@dataclass(frozen=True)
class PrefectureMap:
    """The shapes and the box they fill."""

    width: float
    height: float
    shapes: tuple[PrefectureShape, ...]


@cache
def jiangsu(width_px: int = 560) -> PrefectureMap:
    """The map of the province at a width in pixels, drawn once."""
    return drawn(json.loads(OUTLINES.read_text(encoding="utf-8")), width_px)


def drawn(outlines: Mapping[str, Any], width_px: int) -> PrefectureMap:
    """Equirectangular projection at the middle latitude, thinned to steps of STEP_PX. `outlines`: GeoJSON features."""
    features = outlines["features"]
    points = [point for feature in features for ring in _rings(feature["geometry"]) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    scale = width_px / ((east - west) * squeeze)

    def place(lon_lat: Sequence[float]) -> Point:
        return round((lon_lat[0] - west) * squeeze * scale, 1), round((north - lon_lat[1]) * scale, 1)

    shapes = []
    for feature in sorted(features, key=lambda f: str(f["id"])):
        code, (x, y) = str(feature["id"]), place(feature["properties"]["cp"])
        right, down = NUDGES_PX.get(code, (0, 0))
        rings = (thinned([place(point) for point in ring]) for ring in _rings(feature["geometry"]))
        path_d = "".join(_path(ring) for ring in rings if len(ring) > 2)
        unit = width_px / 560
        shapes.append(
            PrefectureShape(
                code, feature["properties"]["name"], path_d, round(x + right * unit, 1), round(y + down * unit, 1)
            )
        )
    return PrefectureMap(width_px, round((north - south) * scale, 1), tuple(shapes))


def thinned(ring: Sequence[Point]) -> list[Point]:
    """The ring without points nearer than STEP_PX to the last one kept, and without its closing repeat."""
    kept: list[Point] = []
    for x, y in ring:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= STEP_PX:
            kept.append((x, y))
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _path(ring: Sequence[Point]) -> str:
    """Relative steps in whole tenths, half the length of absolute ones; sums of integers do not drift."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = "".join(_pair(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(tenths))
    return f"M{_pair(*tenths[0]).strip()}l{steps.strip()}z"


def _pair(x: int, y: int) -> str:
    return "".join(f"{sign}{_tenths(abs(n))}" for n in (x, y) for sign in ("-" if n < 0 else " ",))


def _tenths(n: int) -> str:
    whole, tenth = divmod(n, 10)
    return f"{whole or ''}.{tenth}" if tenth else str(whole)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon
