"""Search over a generated collection: how long the index takes to make and to follow, and how long a question takes.

The collection is made here, the same from the same numbers: accounts of about 1,000 characters in documents of 100,
drawn from words by Zipf's law, with 工会 in every account and 集体协商 in about a third, and as many unions. A question
is everything that `unionkg search` asks for: the number of all hits, facets over all, 20 hits with their snippets.

    python benchmarks/search.py [ACCOUNTS] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from conditions import command, conditions, spread

from unionkg.graph.build import Projection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.graph.structure import structure, vocabularies
from unionkg.ontology.regions import table
from unionkg.queries.search import SearchIndex, search
from unionkg.queries.search_index import update

PER_DOCUMENT = 100
QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("工会", {}),
    ("集体协商", {}),
    ("12351", {}),
    ("APP", {}),
    ("e家", {}),
    ("gc", {}),
    ("gucun", {}),
    ("zgh", {}),
    ("顧村鎮總工會", {}),
    ("工", {}),
    ("工会 集体协商 职工", {}),
    ("没有这几个字", {}),
    ("集体协商", {"label": "PracticeCase", "region": "浙江", "year": "2015..2019"}),
)
_FIXED = {"工会": 0.012, "集体协商": 0.0012, "12351": 1e-4, "APP": 3e-4, "e家": 2e-5, "职工": 0.02}
_MARKS = {"，": 0.07, "。": 0.04, "\n": 0.03}


class Words:
    """Words of one to four characters; a common word is common in every account."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        characters = [chr(0x4E00 + i * 5) for i in range(3500)]
        often = 1 / np.arange(1, len(characters) + 1) ** 0.8
        sizes = self.random.choice([1, 2, 2, 2, 3, 4], size=30_000)
        made = ["".join(self.random.choice(characters, size=n, p=often / often.sum())) for n in sizes]
        fixed = {**_FIXED, **_MARKS}
        zipf = 1 / np.arange(1, len(made) + 1) ** 0.9
        share = np.concatenate([zipf / zipf.sum() * (1 - sum(fixed.values())), list(fixed.values())])
        self.words = np.array([*made, *fixed], dtype=object)
        self.upto = np.cumsum(share / share.sum())

    def some(self, count: int) -> str:
        """Running text of so many words."""
        return "".join(self.words[np.searchsorted(self.upto, self.random.random(count)).clip(max=len(self.words) - 1)])


def documents(words: Words, folder: Path, accounts: int, codes: list[str]) -> Iterator[DocumentGraph]:
    """Documents with their accounts; the texts go to files."""
    for number in range(accounts // PER_DOCUMENT):
        document = f"doc:{number:06}"
        lines: list[str] = []
        nodes = [Node("Document", document, {"name": f"案例选编{number}", "published": str(2010 + number % 15)})]
        ties: list[Relationship] = []
        at = 0
        for i in range(PER_DOCUMENT):
            case = f"case:{number:06}{i:03}"
            text = (words.some(12).replace("\n", "") + "\n工会" + words.some(480)).split("\n")
            first = len(lines) + 1
            lines += text
            nodes.append(
                Node("PracticeCase", case, {"name": text[0], "lines": [first, len(lines)], "document": document})
            )
            whole = "\n".join(text)
            begins = [at + k * 90 for k in range(8)]
            evidence = {
                "case_id": case,
                "quotes": [whole[k * 90 : k * 90 + 40] for k in range(8)],
                "starts": begins,
                "ends": [start + 40 for start in begins],
            }
            place = ("Region", f"region:{codes[(number * 7 + i) % len(codes)]}")
            ties.append(Relationship("TOOK_PLACE_IN", f"p{case}", ("PracticeCase", case), place, evidence))
            theme = ("Theme", f"theme:{('grassroots', 'service', 'rights')[i % 3]}")
            ties.append(Relationship("IN_THEME", f"t{case}", ("PracticeCase", case), theme, {"case_id": case}))
            at += len(whole) + 1
        (folder / f"{number:06}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
        yield DocumentGraph(document, tuple(nodes), tuple(ties))


def unions(words: Words, count: int, codes: list[str]) -> Iterator[Node]:
    """Unions of places and of enterprises, each with another name."""
    regions = table()
    for number in range(count):
        code = codes[number % len(codes)]
        place = regions.name(code)
        name = "顾村镇总工会" if number == 0 else f"{place}{words.some(2).strip('，。')}总工会".replace("\n", "")
        other = f"{regions.full_name(code)}{name}"
        yield Node("TradeUnion", f"union:{number:06}", {"name": name, "canonical": other, "region": code})


def collection(accounts: int, folder: Path) -> tuple[Projection, dict[str, Path]]:
    """The projection and where its texts lie."""
    words = Words(20261121)
    codes = sorted(region.code for region in table().at("county") if region.valid_to is None)
    graphs = list(documents(words, folder, accounts, codes))
    themes = structure(vocabularies(), table(), ())
    texts = {graph.document: folder / f"{graph.document.removeprefix('doc:')}.txt" for graph in graphs}
    return Projection(themes, graphs, list(unions(words, accounts, codes)), ()), texts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("accounts", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="keep the index in this folder")
    given = parser.parse_args()
    print(f"{command()}\n{conditions()}\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        projection, texts = collection(given.accounts, folder)
        size = sum(path.stat().st_size for path in texts.values())
        path = (given.keep or folder) / "search.sqlite"
        print(f"{given.accounts:,} accounts, as many unions, {size / 1e6:,.0f} MB of text (UTF-8)\n")
        print("| update | wall time | CPU |\n|---|---:|---:|")
        timed("made from nothing", path, projection, texts, fresh=True)
        timed("nothing changed", path, projection, texts)
        first = projection.documents[0]
        texts[first.document].write_text(texts[first.document].read_text(encoding="utf-8") + "补记\n", encoding="utf-8")
        timed(f"one document of {PER_DOCUMENT} accounts changed", path, projection, texts)
        timed("one document removed", path, replace(projection, documents=projection.documents[1:]), texts)
        print(f"\n{path.stat().st_size / 1e6:,.0f} MB on the disk")
        ask(path)


def timed(name: str, path: Path, projection: Projection, texts: Mapping[str, Path], **options: bool) -> None:
    """Time an update."""
    begun, worked = time.perf_counter(), time.process_time()
    update(path, projection, texts, **options)
    print(f"| {name} | {time.perf_counter() - begun:.2f} s | {time.process_time() - worked:.2f} s |", flush=True)


def ask(path: Path) -> None:
    """Time the questions on an index."""
    begun = time.perf_counter()
    index = SearchIndex(path)
    search(index, "工会")
    print(f"first question of a process: {(time.perf_counter() - begun) * 1000:.0f} ms\n")
    print("| question | hits | wall time, min / median / max | CPU, median |\n|---|---:|---:|---:|")
    for text, filters in QUESTIONS:
        times, work = [], []
        for _ in range(15):
            begun, worked = time.perf_counter(), time.process_time()
            found = search(index, text, **filters)  # type: ignore[arg-type]
            times.append((time.perf_counter() - begun) * 1000)
            work.append((time.process_time() - worked) * 1000)
        told = " ".join([text, *(f"{key}={value}" for key, value in filters.items())])
        print(f"| {told} | {found.total:,} | {spread(times, 'ms', 1)} | {statistics.median(work):.1f} ms |")


if __name__ == "__main__":
    main()
