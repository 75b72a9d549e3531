"""The map as shipped: what a map of China has to show is there after simplification, and neighbours share one border."""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from unionkg.ontology.regions import table

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ROOM = REPOSITORY / "viz" / "map"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
FILES = ("provinces.json", "cities.json")
SIZES = {"provinces.json": 130_000, "cities.json": 320_000}

Point = tuple[float, float]
Ring = list[Point]

#: In the region table but without a polygon of its own: founded after the layer was drawn.
WITHOUT_POLYGON = {"659013": "草湖市, founded in 2025"}
#: Polygons of areas in 甘肃 that are administered apart and are no divisions of GB/T 2260.
NO_DIVISION = {"629700", "629800", "629900"}


def differences(text: str) -> list[int]:
    """The numbers of an encoded line."""
    found, value, shift = [], 0, 0
    for digit in map(DIGITS.index, text):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            found.append(-(value + 1) // 2 if value & 1 else value // 2)
            value = shift = 0
    return found


def line(text: str, start: tuple[int, int]) -> list[tuple[int, int]]:
    x, y = start
    steps = differences(text)
    points = []
    for right, down in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right, y + down
        points.append((x, y))
    return points


class Map:
    """A layer as shipped, turned back into degrees."""

    def __init__(self, file: str) -> None:
        self.data: dict[str, Any] = json.loads((ROOM / file).read_text(encoding="utf-8"))
        self.arcs: list[list[tuple[int, int]]] = []
        at = (0, 0)
        for text in self.data["arcs"].split(" "):
            self.arcs.append(line(text, at))
            at = self.arcs[-1][-1]
        self.labels = {code: self.degrees((x, y)) for code, x, y, _ in self.data["regions"]}
        self.rings: dict[str, list[Ring]] = {
            code: [[self.degrees(point) for point in self.ring(arcs)] for arcs in rings]
            for code, _, _, rings in self.data["regions"]
        }

    def ring(self, arcs: Sequence[int]) -> list[tuple[int, int]]:
        points: list[tuple[int, int]] = []
        for arc in arcs:
            run = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            assert not points or points[-1] == run[0], "the arcs of a ring hang together"
            points += run[1:] if points else run
        return points

    def degrees(self, point: tuple[int, int]) -> Point:
        """Longitude and latitude; the inverse of Snyder's equations 14-3 to 14-11 on the sphere."""
        given = self.data["projection"]
        first, second = (math.radians(parallel) for parallel in given["parallels"])
        n = (math.sin(first) + math.sin(second)) / 2
        c = math.cos(first) ** 2 + 2 * n * math.sin(first)
        x = (point[0] + given["west"]) * given["unit"]
        y = given["radius"] * math.sqrt(c) / n - (given["north"] - point[1]) * given["unit"]
        latitude = math.asin((c - (math.hypot(x, y) * n / given["radius"]) ** 2) / (2 * n))
        return given["meridian"] + math.degrees(math.atan2(x, y) / n), math.degrees(latitude)

    def at(self, longitude: float, latitude: float) -> list[str]:
        """The codes of the regions that a point lies in."""
        return [code for code, rings in self.rings.items() if inside((longitude, latitude), rings)]

    def every(self) -> Iterator[Ring]:
        for rings in self.rings.values():
            yield from rings


def inside(point: Point, rings: Sequence[Ring]) -> bool:
    x, y = point
    odd = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


@pytest.fixture(scope="module", params=FILES)
def layer(request: pytest.FixtureRequest) -> Map:
    return Map(request.param)


@pytest.fixture(scope="module")
def provinces() -> Map:
    return Map("provinces.json")


@pytest.fixture(scope="module")
def cities() -> Map:
    return Map("cities.json")


def test_there_are_34_provinces_and_all_prefectures(provinces: Map, cities: Map) -> None:
    known = table()
    assert set(provinces.rings) == {r.code for r in known.at("province") if r.code != "xpcc"}
    assert len(provinces.rings) == 34
    direct = {r.code for r in known.at("county") if known.valid(r.code) and _directly_under_a_province(r.code)}
    wanted = {r.code for r in known.at("prefecture") if known.valid(r.code)} | direct
    wanted |= {"110000", "120000", "310000", "500000", "710000", "810000", "820000"}
    assert wanted - set(cities.rings) == set(WITHOUT_POLYGON)
    assert set(cities.rings) - wanted == NO_DIVISION


def _directly_under_a_province(code: str) -> bool:
    upper = table().parents(code)[0]
    return upper.endswith("0000") and upper[:2] not in {"11", "12", "31", "50"}


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "province"),
    [
        ("台北", 121.56, 25.04, "710000"),
        ("达旺", 91.87, 27.58, "540000"),
        ("阿克赛钦", 79.5, 35.2, "650000"),
        ("黑瞎子岛", 134.5, 48.33, "230000"),
        ("海口", 110.33, 20.03, "460000"),
        ("永兴岛", 112.338, 16.834, "460000"),
        ("香港", 114.17, 22.4, "810000"),
        ("澳门", 113.545, 22.195, "820000"),
        ("漠河", 122.54, 52.97, "230000"),
        ("拉萨", 91.11, 29.65, "540000"),
    ],
)
def test_places_lie_where_they_belong(
    provinces: Map, place: str, longitude: float, latitude: float, province: str
) -> None:
    assert provinces.at(longitude, latitude) == [province], place


def test_diaoyu_dao_is_there(layer: Map) -> None:
    near = [ring for ring in layer.every() if all(123.2 <= x <= 124.7 and 25.4 <= y <= 26.1 for x, y in ring)]
    assert len(near) >= 1
    belongs = [code for code, rings in layer.rings.items() if any(ring in rings for ring in near)]
    assert {code[:2] for code in belongs} == {"71"}


def test_the_islands_of_the_south_china_sea_are_there(layer: Map) -> None:
    assert min(y for ring in layer.every() for _, y in ring) <= 3.9
    south = [ring for ring in layer.every() if max(y for _, y in ring) < 18]
    assert len(south) >= 40
    owners = {code[:2] for code, rings in layer.rings.items() if any(ring in rings for ring in south)}
    assert owners == {"46"}


def test_sansha_belongs_to_hainan_and_has_its_reefs(cities: Map) -> None:
    assert len(cities.rings["460300"]) >= 40
    assert min(y for ring in cities.rings["460300"] for _, y in ring) <= 3.9


def test_the_map_reaches_as_far_as_the_country(layer: Map) -> None:
    points = [point for ring in layer.every() for point in ring]
    assert max(y for _, y in points) > 53.5
    assert max(x for x, _ in points) > 135.0
    assert min(x for x, _ in points) < 73.6


def test_ten_dashes(layer: Map) -> None:
    dashes = [[layer.degrees(point) for point in line(text, (0, 0))] for text in layer.data["dashes"]]
    assert len(dashes) == 10
    assert any(x > 122 and y > 23 for dash in dashes for x, y in dash), "the one east of Taiwan"
    assert min(y for dash in dashes for _, y in dash) < 4


def test_nothing_is_cut_off(layer: Map) -> None:
    width, height = layer.data["projection"]["size"]
    points = [point for arc in layer.arcs for point in arc]
    points += [point for text in layer.data["dashes"] for point in line(text, (0, 0))]
    assert all(0 < x < width and 0 < y < height for x, y in points)


def test_every_ring_is_at_least_a_triangle(layer: Map) -> None:
    for _, _, _, rings in layer.data["regions"]:
        for arcs in rings:
            points = layer.ring(arcs)
            assert points[0] == points[-1]
            assert len(set(points)) >= 3
            assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points)) != 0


def test_label_points_lie_in_their_own_region_alone(layer: Map) -> None:
    for code, point in layer.labels.items():
        assert layer.at(*point) == [code]


def test_prefectures_points_of_the_region_table_lie_in_their_own_polygon(cities: Map) -> None:
    known = table()
    points = {
        region.code: (region.longitude, region.latitude)
        for region in known.at("prefecture")
        if known.valid(region.code) and region.longitude is not None and region.latitude is not None
    }
    assert len(points) == 333
    assert [code for code, (x, y) in points.items() if cities.at(x, y) != [code]] == []


def test_neighbours_share_their_border(layer: Map) -> None:
    # A line between two regions is one arc used by both, so no gap can open between them.
    used = Counter(
        arc if arc >= 0 else ~arc for _, _, _, rings in layer.data["regions"] for arcs in rings for arc in arcs
    )
    assert set(used) == set(range(len(layer.arcs)))
    assert set(used.values()) == {1, 2}
    edges = Counter(frozenset(edge) for arc in layer.arcs for edge in pairwise(arc) if edge[0] != edge[1])
    assert max(edges.values()) <= 2, "only what the grid joins lies on one line twice"


@pytest.mark.parametrize(("file", "level"), [("provinces.json", "province"), ("cities.json", "prefecture")])
def test_the_neighbours_are_those_of_the_region_table(file: str, level: str) -> None:
    shown = Map(file)
    owners: dict[int, set[str]] = {}
    for code, _, _, rings in shown.data["regions"]:
        for arcs in rings:
            for arc in arcs:
                owners.setdefault(arc if arc >= 0 else ~arc, set()).add(code)
    drawn = {tuple(sorted(some)) for some in owners.values() if len(some) == 2}
    listed = {(a, b) for a, b in table().adjacent(level) if a in shown.rings and b in shown.rings}
    assert {pair for pair in drawn if not NO_DIVISION & set(pair)} == listed


@pytest.mark.parametrize(("file", "most"), SIZES.items())
def test_the_files_are_small(file: str, most: int) -> None:
    assert len((ROOM / file).read_bytes()) <= most


def test_areas_are_kept(provinces: Map) -> None:
    # Of equal areas: 新疆 has 1.66, 湖南 0.2118 million square kilometres.
    unit = provinces.data["projection"]["unit"] / 1000

    def area(code: str) -> float:
        rings = next(rings for known, _, _, rings in provinces.data["regions"] if known == code)
        turns = (sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(provinces.ring(arcs))) for arcs in rings)
        return abs(sum(turns)) / 2 * unit * unit

    assert area("650000") == pytest.approx(1_660_000, rel=0.03)
    assert area("430000") == pytest.approx(211_800, rel=0.02)


def test_islands_are_named(layer: Map) -> None:
    named = {zh: layer.degrees((x, y)) for zh, _, x, y, _ in layer.data["names"]}
    assert {"钓鱼岛", "赤尾屿", "东沙群岛", "西沙群岛", "中沙群岛", "黄岩岛", "南沙群岛", "曾母暗沙"} == set(named)
    assert named["曾母暗沙"][1] == pytest.approx(3.97, abs=0.05)


# ---------------------------------------------------------------- tiles


@pytest.fixture(scope="module")
def tiles() -> dict[str, tuple[int, int]]:
    lines = (ROOM / "tiles.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(one for one in lines if not one.startswith("#"))
    return {row["code"]: (int(row["row"]), int(row["column"])) for row in rows}


def test_each_province_has_one_tile_and_the_corps_stands_beside_xinjiang(tiles: dict[str, tuple[int, int]]) -> None:
    assert set(tiles) == {r.code for r in table().at("province")}
    assert len(set(tiles.values())) == 35
    (row, column), (other, beside) = tiles["650000"], tiles["xpcc"]
    assert (row, abs(column - beside)) == (other, 1)


def test_tiles_lie_about_where_the_provinces_are(tiles: dict[str, tuple[int, int]], provinces: Map) -> None:
    codes = [code for code in tiles if code != "xpcc"]
    right = wrong = 0
    for at, one in enumerate(codes):
        for other in codes[:at]:
            (x1, y1), (x2, y2) = provinces.labels[one], provinces.labels[other]
            for drawn, there in (
                (tiles[one][1] - tiles[other][1], x1 - x2),
                (tiles[other][0] - tiles[one][0], y1 - y2),
            ):
                if abs(there) > 4 and drawn:
                    right, wrong = right + (drawn * there > 0), wrong + (drawn * there < 0)
    assert right > 20 * wrong


# ---------------------------------------------------------------- the builder


@pytest.fixture(scope="module")
def builder() -> Iterator[ModuleType]:
    folder = str(REPOSITORY / "scripts")
    sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("build_map", REPOSITORY / "scripts" / "build_map.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules["build_map"] = script
    spec.loader.exec_module(script)
    yield script
    sys.path.remove(folder)
    del sys.modules["build_map"]


def square(x: int, y: int, size: int) -> list[tuple[int, int]]:
    return [(x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)]


def test_a_border_of_two_is_one_arc(builder: ModuleType) -> None:
    regions, arcs = builder.cut([("a", [square(0, 0, 10)]), ("b", [square(10, 0, 10)])])
    parts = [{arc if arc >= 0 else ~arc for arc in rings[0]} for _, rings in regions]
    assert len(arcs) == 3
    assert len(parts[0] & parts[1]) == 1


def test_an_enclave_is_one_arc_too(builder: ModuleType) -> None:
    hole = square(4, 4, 2)
    turned = [*hole[2:], *hole[1:3]]  # the same line, begun elsewhere
    regions, arcs = builder.cut([("a", [square(0, 0, 10), hole]), ("b", [turned[::-1]])])
    assert len(arcs) == 2
    assert {arc if arc >= 0 else ~arc for arc in regions[0][1][1]} == {
        arc if arc >= 0 else ~arc for arc in regions[1][1][0]
    }


def test_the_least_bend_goes_first(builder: ModuleType) -> None:
    points = ((0, 0), (10, 1), (20, 0), (30, 9), (40, 0))
    assert builder.bends(points)[1] < builder.bends(points)[3]
    assert builder.bends(points)[0] == math.inf


def test_a_small_island_stays_a_triangle(builder: ModuleType) -> None:
    points = tuple(square(0, 0, 3))
    arc = builder.Arc(points, builder.bends(points), closed=True, least=2, threshold=10**9)
    assert len(set(arc.kept())) >= 3


def test_lines_that_cross_are_found(builder: ModuleType) -> None:
    assert builder.crossings([((0, 0), (10, 10)), ((0, 10), (10, 0))]) == {0, 1}
    assert builder.crossings([((0, 0), (10, 10)), ((10, 10), (20, 0))]) == set()


def test_the_notice_names_the_packages_and_denies_an_approval(builder: ModuleType) -> None:
    text = (ROOM / "NOTICE").read_text(encoding="utf-8")
    assert all(file in text and digest in text for file, (_, _, digest) in builder.PACKAGES.items())
    assert "MIT licence" in text
    assert "NOT an approval" in text
