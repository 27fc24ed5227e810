"""At most sixty firms and their supply links laid out in columns, as numbers that `_graph.html` prints as SVG."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from unicodedata import east_asian_width

from kernel.errors import Limit
from web.drawings.layers import Bend, layers_of, ordered

MOST_FIRMS = 60
ROW_PX, BEND_ROW_PX, BOX_HEIGHT_PX, TOP_PX, MARGIN_PX = 30, 10, 24, 44, 14
WIDEST_GAP_PX, NARROWEST_GAP_PX, WIDEST_BOX_PX, NARROWEST_BOX_PX = 130, 60, 196, 84
WIDTH_PX = 1040
CHARACTER_PX, PADDING_PX, MARK_PX = 6.3, 10, 16
STALE_AFTER_DAYS = 365

Basis = Literal["declared", "orders", "survey"]
DASHES: dict[str, str] = {"orders": "none", "declared": "7 4", "survey": "1.5 4"}


@dataclass(frozen=True)
class Node:
    """One firm. stage: its column's position, None to let the links decide. level: risk 0-3, None when not told.

    kind: master (the chain master), firm, or alias (a firm the viewer may not know).
    """

    id: str
    label: str
    stage: int | None = None
    kind: Literal["master", "firm", "alias"] = "firm"
    level: int | None = None
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Edge:
    """Goods flow source -> target. confidence 0..1; age_days since the latest evidence, None when never dated.

    disputed: one end says that it is wrong.
    """

    source: str
    target: str
    basis: Basis
    confidence: float
    age_days: int | None = None
    ended: bool = False
    item: str = ""
    disputed: bool = False


@dataclass(frozen=True)
class PlacedNode:
    """A node's box: (x, y) is its left top corner; `text` is the label cut to fit."""

    node: Node
    x: float
    y: float
    width: float
    text: str
    suppliers: int
    buyers: int

    @property
    def middle(self) -> float:
        return self.y + BOX_HEIGHT_PX / 2


@dataclass(frozen=True)
class PlacedEdge:
    """A link's curve with its presentation attributes. `cross` is where an ended link is struck through."""

    edge: Edge
    path_d: str
    dash: str
    width: float
    opacity: float
    stale: bool
    faded: bool
    forward: bool
    cross: tuple[float, float]


@dataclass(frozen=True)
class Column:
    """A column's head: the stage's name, else its count only."""

    x: float
    width: float
    name: str
    count: int

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class FirmGraph:
    """Everything `_graph.html` needs; sizes in pixels."""

    width: float
    height: float
    columns: tuple[Column, ...]
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]
    box_height: int = BOX_HEIGHT_PX


def firm_graph(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    stage_names: Sequence[tuple[int, str]] = (),
    stale_after_days: int = STALE_AFTER_DAYS,
    width_px: float = WIDTH_PX,
) -> FirmGraph:
    """Lay out firms and links. Raises Limit above MOST_FIRMS.

    stage_names: (position, name). Links to firms that are not drawn are left out. width_px is aimed at by the gaps
    between columns; more columns than fit make a wider picture, to be scrolled in its own frame.
    """
    if len(nodes) > MOST_FIRMS:
        raise Limit(
            f"at most {MOST_FIRMS} firms can be drawn and {len(nodes)} were chosen: narrow the filter",
            f"最多可绘制 {MOST_FIRMS} 家企业，当前为 {len(nodes)} 家；请缩小筛选范围",
        )
    drawn_ids = {node.id for node in nodes}
    kept = [e for e in edges if e.source in drawn_ids and e.target in drawn_ids and e.source != e.target]
    ends = [(e.source, e.target) for e in kept]
    layer_of = layers_of([(node.id, node.stage) for node in nodes], ends)
    layers, chains = ordered(layer_of, ends)
    placed, columns, height = _placed(
        {node.id: node for node in nodes}, layers, ends, names=dict(stage_names), width_px=width_px
    )
    spots = _bend_places(layers, columns)
    boxes = {p.node.id: p for p in placed}
    curves = tuple(
        _curve(edge, chain, boxes, spots, stale_after_days) for edge, chain in zip(kept, chains, strict=True)
    )
    width = max((p.x + p.width for p in placed), default=0) + MARGIN_PX
    return FirmGraph(round(width, 1), round(height, 1), columns, placed, curves)


def text_width(text: str) -> float:
    """Pixels a label takes at 12 px: a Chinese character is two Latin ones wide."""
    return sum(2 if east_asian_width(c) in "WF" else 1.05 for c in text) * CHARACTER_PX


def cut(text: str, room_px: float) -> str:
    """The label, shortened with an ellipsis where it does not fit."""
    if text_width(text) <= room_px:
        return text
    while text and text_width(text) + 2 * CHARACTER_PX > room_px:
        text = text[:-1]
    return text + "…"


def _box_width(node: Node) -> float:
    wanted = text_width(node.label) + 2 * PADDING_PX + (MARK_PX if node.level is not None else 0)
    return min(WIDEST_BOX_PX, max(NARROWEST_BOX_PX, wanted))


def _layer_height(layer: Sequence[Hashable]) -> float:
    return sum(BEND_ROW_PX if isinstance(spot, Bend) else ROW_PX for spot in layer)


def _placed(
    by_id: dict[str, Node],
    layers: Sequence[Sequence[Hashable]],
    ends: Sequence[tuple[str, str]],
    *,
    names: dict[int, str],
    width_px: float,
) -> tuple[tuple[PlacedNode, ...], tuple[Column, ...], float]:
    """Boxes column by column, each column centred on the tallest."""
    tallest = max((_layer_height(layer) for layer in layers), default=0)
    suppliers, buyers = Counter(b for _, b in ends), Counter(a for a, _ in ends)
    placed: list[PlacedNode] = []
    columns: list[Column] = []
    x = float(MARGIN_PX)
    firms = [[by_id[spot] for spot in layer if isinstance(spot, str)] for layer in layers]
    widths = [round(max((_box_width(node) for node in here), default=NARROWEST_BOX_PX), 1) for here in firms]
    spare = (width_px - sum(widths) - 2 * MARGIN_PX) / max(1, len(layers) - 1)
    gap = min(WIDEST_GAP_PX, max(NARROWEST_GAP_PX, spare))
    for layer, here, width in zip(layers, firms, widths, strict=True):
        y = TOP_PX + (tallest - _layer_height(layer)) / 2
        for spot in layer:
            if isinstance(spot, str):
                node = by_id[spot]
                room = width - 2 * PADDING_PX - (MARK_PX if node.level is not None else 0)
                placed.append(
                    PlacedNode(
                        node,
                        round(x, 1),
                        round(y + 3, 1),
                        width,
                        cut(node.label, room + 1),
                        suppliers[spot],
                        buyers[spot],
                    )
                )
            y += BEND_ROW_PX if isinstance(spot, Bend) else ROW_PX
        stages = {node.stage for node in here}
        stage = stages.pop() if len(stages) == 1 else None
        columns.append(Column(round(x, 1), width, names.get(stage, "") if stage is not None else "", len(here)))
        x += width + gap
    return tuple(placed), tuple(columns), TOP_PX + tallest + MARGIN_PX


def _bend_places(
    layers: Sequence[Sequence[Hashable]], columns: Sequence[Column]
) -> dict[Bend, tuple[float, float, float]]:
    """For each bend: (left x, right x, y) of the straight bit in its column's breadth."""
    tallest = max((_layer_height(layer) for layer in layers), default=0)
    spots: dict[Bend, tuple[float, float, float]] = {}
    for layer, column in zip(layers, columns, strict=True):
        y = TOP_PX + (tallest - _layer_height(layer)) / 2
        for spot in layer:
            if isinstance(spot, Bend):
                spots[spot] = (column.x, round(column.x + column.width, 1), round(y + BEND_ROW_PX / 2, 1))
            y += BEND_ROW_PX if isinstance(spot, Bend) else ROW_PX
    return spots


def _curve(
    edge: Edge,
    chain: Sequence[Hashable],
    boxes: dict[str, PlacedNode],
    spots: dict[Bend, tuple[float, float, float]],
    stale_after_days: int,
) -> PlacedEdge:
    a, b = boxes[edge.source], boxes[edge.target]
    forward = b.x > a.x
    path_d, cross = _arc(a, b) if a.x == b.x else _sweep(a, b, [spots[s] for s in chain[1:-1] if isinstance(s, Bend)])
    sure = min(1.0, max(0.0, edge.confidence))
    stale = edge.age_days is not None and edge.age_days > stale_after_days
    faded = stale or edge.ended
    return PlacedEdge(
        edge,
        path_d,
        DASHES[edge.basis],
        round(1 + 2 * sure, 1),
        round((0.25 if faded else 0.5) + (0.1 if faded else 0.5) * sure, 2),
        stale,
        faded,
        forward,
        cross,
    )


def _arc(a: PlacedNode, b: PlacedNode) -> tuple[str, tuple[float, float]]:
    """Both ends in one column: out to the right and back in."""
    x, reach = round(a.x + a.width, 1), round(min(70.0, 26 + abs(b.middle - a.middle) * 0.18), 1)
    path_d = f"M{x:g} {a.middle:g}C{x + reach:g} {a.middle:g} {x + reach:g} {b.middle:g} {x:g} {b.middle:g}"
    return path_d, (round(x + reach * 0.75, 1), round((a.middle + b.middle) / 2, 1))


def _sweep(
    a: PlacedNode, b: PlacedNode, bends: Sequence[tuple[float, float, float]]
) -> tuple[str, tuple[float, float]]:
    """From box to box, straight through the breadth of each column between them, curved in the gaps."""
    forward = b.x > a.x
    stops = [(round(a.x + a.width, 1), a.middle) if forward else (a.x, a.middle)]
    for left, right, y in bends:
        stops += [(left, y), (right, y)] if forward else [(right, y), (left, y)]
    stops.append((b.x, b.middle) if forward else (round(b.x + b.width, 1), b.middle))
    path_d = f"M{stops[0][0]:g} {stops[0][1]:g}"
    for n, ((x0, y0), (x1, y1)) in enumerate(pairwise(stops)):
        middle = round((x0 + x1) / 2, 1)
        path_d += f"L{x1:g} {y1:g}" if n % 2 else f"C{middle:g} {y0:g} {middle:g} {y1:g} {x1:g} {y1:g}"
    (x0, y0), (x1, y1) = stops[:2]
    return path_d, (round((x0 + x1) / 2, 1), round((y0 + y1) / 2, 1))
