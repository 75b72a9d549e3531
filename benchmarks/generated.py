"""A generated graph of as many accounts as asked for, in the schema and the shape of a real one.

Records of accounts are made up at random from the real vocabularies and the real table of regions, and go through the real
projection (`unionkg.graph.projection`, `derived`, `structure`, `ledgers`): what follows from what is consistent, as after a
load. Only the reading and the recognition of names are left out: every union has its id from the start.

Per account about 16 statements: an originator, a main practice and its parts, a place, practice types (a third dated by
the text, most known by the publication only, some without any date), fields, groups, three outcomes, policies, awards, partners
and ties of diffusion. Some unions, types and regions have thousands of accounts and most have few (Zipf). The same
number of accounts and seed gives the same graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from typing import Any

from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.derived import copies_of, derived_relationships, union_structure
from unionkg.graph.diffusion_ends import resolve_end
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, coverage_relationships
from unionkg.graph.projection import project_document
from unionkg.graph.records import (
    AnnouncementStatement,
    CaseRecord,
    ClaimStatement,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    DocumentRecord,
    Evidence,
    HonorStatement,
    OutcomeStatement,
    Page,
    PartnerStatement,
    PracticeStatement,
    RegionStatement,
    Section,
    Statement,
    SuperiorStatement,
    TargetGroupStatement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.same_account import Copy
from unionkg.graph.stores.protocol import Node, Relationship
from unionkg.graph.structure import structure, vocabularies
from unionkg.ontology.regions import table
from unionkg.ontology.vocabulary import terms

ACCOUNTS_A_DOCUMENT = 100
_CHARACTERS_AN_ACCOUNT = 800
_FIRST_YEAR, _LAST_YEAR = 2006, 2025
_COPIES = 50  # every so many accounts one is printed a second time
_BODIES = ("enterprise", "institution", "area_federation", "sectoral_federation", "industrial")
_ENDINGS = {
    "enterprise": "有限公司工会",
    "institution": "学院工会",
    "area_federation": "园区工会联合会",
    "sectoral_federation": "行业工会联合会",
    "industrial": "教育工会",
}
_SYLLABLES = "安和兴荣泰瑞德明远达信诚华盛康宁嘉通恒源"
_PRACTICES = ("工作法", "行动", "工程", "机制", "驿站", "课堂", "平台", "热线", "计划", "联盟")
_INDICATORS = (
    ("新建工会", "家", "产出"),
    ("发展会员", "人", "产出"),
    ("建成驿站", "个", "产出"),
    ("签订集体合同", "份", "产出"),
    ("覆盖职工", "人", "规模"),
    ("投入经费", "元", "投入"),
    ("建会率", "%", "成效"),
    ("职工满意率", "%", "成效"),
    ("化解纠纷", "件", "成效"),
    ("培训职工", "人次", "产出"),
)
_DIFFUSION = ("learned_from", "piloted_by", "promoted_by", "scaled_to", "replicated_in", "recognised_by")
_PARTNERS = ("government", "judiciary", "party", "enterprise", "school", "media", "social_org", "hospital", "other")


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the graph; the ends of relationships may be nodes of earlier parts."""

    nodes: Sequence[Node]
    relationships: Sequence[Relationship]


@dataclass(frozen=True, slots=True)
class _Union:
    id: str
    name: str
    canonical: str
    type: Any
    level: Any
    region: str | None


class _Chooser:
    """Draws indexes below ``number``, the first ones most often: the n-th with weight n to the power of ``-slope``."""

    def __init__(self, number: int, slope: float) -> None:
        self.numbers = range(number)
        self.sums = list(accumulate((n + 1) ** -slope for n in self.numbers))

    def __call__(self, chance: random.Random) -> int:
        return chance.choices(self.numbers, cum_weights=self.sums)[0]


def parts(accounts: int, seed: int = 1) -> Iterator[Part]:
    """Yield the graph in parts: what all share, then a part for each document, last what is derived.

    Nothing is kept of a document but what derivation needs, about 4 kB an account.
    """
    made = _Collection(accounts, seed)
    yield made.shared()
    cases: list[EffectiveRecord] = []
    adopted: list[Relationship] = []
    learned: list[Relationship] = []
    for number in range(made.documents):
        document, some = made.document(number)
        graph = project_document(document, some, made.words, {}, made.groups)
        practices = {
            p.entity: Node("Practice", str(p.entity), {"name": p.name}) for case in some for p in case.record.practices
        }
        yield Part([*graph.nodes, *practices.values()], graph.relationships)
        adopted += [r for r in graph.relationships if r.type == "APPLIED"]
        learned += [r for r in graph.relationships if r.type == "LEARNED_FROM"]
        cases += map(_slim, some)
    derived = derived_relationships(cases, adopted, learned, made.words, {}, made.groups)
    derived += union_structure(cases, made.union_nodes, {}, made.groups)
    yield Part((), [*derived, *copies_of(made.doubtful_copies(), made.groups)])


def _slim(case: EffectiveRecord) -> EffectiveRecord:
    """The record with what derivation reads and no more."""
    record = case.record
    kept = {name: getattr(record, name) for name in ("unions", "superiors", "regions", "practices", "concepts")}
    return EffectiveRecord(CaseRecord(id=record.id, document=record.document, kind="case", lines=((1, 1),), **kept))


class _Collection:
    """What all documents share, and how one is made up."""

    def __init__(self, accounts: int, seed: int) -> None:
        self.accounts, self.seed = accounts, seed
        self.documents = -(-accounts // ACCOUNTS_A_DOCUMENT)
        self.words = vocabularies()
        self.unions = self._unions(max(40, accounts * 2 // 5))
        self.union_nodes = [_union_node(union) for union in self.unions]
        shuffled = list(range(len(self.unions)))
        random.Random(seed).shuffle(shuffled)
        self.active = shuffled
        self.which_union = _Chooser(len(self.unions), 0.7)
        self.types = list(self.words.practice_types)
        self.which_type = _Chooser(len(self.types), 0.8)
        self.themes = list(self.words.themes)
        self.targets = list(self.words.target_groups)
        self.which_target = _Chooser(len(self.targets), 0.8)
        self.forms = [term.zh for term in terms("recognition_forms")]
        self.shared_things = {
            "organization": max(20, accounts // 20),
            "policy": max(20, accounts // 30),
            "platform": max(20, accounts // 50),
            "award": max(20, accounts // 50),
            "person": max(20, accounts // 100),
            "unresolved": max(20, accounts // 30),
        }
        self.which_thing = {kind: _Chooser(number, 0.7) for kind, number in self.shared_things.items()}
        #: The second printing of an account -> the first.
        self.groups: Mapping[str, str] = {
            _case_id(number): _case_id(number - accounts // 2) for number in range(accounts // 2 + 1, accounts, _COPIES)
        }

    def chance(self, *of: object) -> random.Random:
        return random.Random(repr((self.seed, *of)))

    # ------------------------------------------------------------ unions

    def _unions(self, number: int) -> list[_Union]:
        """The nation's, those of all provinces, prefectures and counties (while there is room), of towns and bodies."""
        regions = table()
        found = [_Union("union:000000", "中华全国总工会", "中华全国总工会", "local_federation", "national", None)]
        ids = (f"union:{n:06d}" for n in count(1))
        for level, union_level in (("province", "provincial"), ("prefecture", "prefecture"), ("county", "county")):
            for region in regions.at(level):  # type: ignore[arg-type]
                if not region.valid_to and len(found) < number:
                    full = regions.full_name(region.code) + "总工会"
                    found.append(
                        _Union(next(ids), region.name + "总工会", full, "local_federation", union_level, region.code)
                    )
        chance = self.chance("unions")
        counties = [union for union in found if union.level == "county"]
        towns = list(regions.at("township"))
        for town in chance.sample(towns, min(len(towns), (number - len(found)) // 2)):
            full = regions.full_name(town.code) + "总工会"
            found.append(_Union(next(ids), town.name + "总工会", full, "local_federation", "township", town.code))
        while len(found) < number:
            kind = _BODIES[len(found) % len(_BODIES)]
            county = chance.choice(counties)
            words = "".join(chance.choices(_SYLLABLES, k=4)) + _ENDINGS[kind]
            full = regions.full_name(str(county.region)) + words
            found.append(_Union(next(ids), words, full, kind, "grassroots", county.region))
        return found

    # ------------------------------------------------------------ what all documents share

    def shared(self) -> Part:
        """Regions, vocabularies, unions, organisations and the like, and the entries of ledgers."""
        used = {union.region for union in self.unions if union.region}
        nodes, relationships = structure(self.words, table(), used)
        nodes += self.union_nodes
        for kind, number in self.shared_things.items():
            nodes += [self._thing_node(kind, index) for index in range(number)]
        for ledger in self._ledgers():
            relationships += coverage_relationships(ledger, self.words)
        return Part(nodes, relationships)

    def thing(self, kind: str, index: int) -> tuple[str, str]:
        """Id and name of one of the things that documents share."""
        chance = self.chance(kind, index)
        word = "".join(chance.choices(_SYLLABLES, k=3)) + str(index)
        name = {
            "organization": f"{word}局",
            "policy": f"关于{word}工作的意见",
            "platform": f"{word}云",
            "award": f"{word}奖",
            "person": f"专家{word}",
            "unresolved": f"{word}等地",
        }[kind]
        return (_unresolved(name) if kind == "unresolved" else f"{kind}:{index:06d}"), name

    def _thing_node(self, kind: str, index: int) -> Node:
        identifier, name = self.thing(kind, index)
        labels = {"unresolved": "UnresolvedName"}
        more: dict[str, Any] = {
            "organization": {"type": _PARTNERS[index % len(_PARTNERS)]},
            "policy": {"number": f"工发〔{_FIRST_YEAR + index % 20}〕{index % 90 + 1}号"} if index % 3 else {},
            "award": {"kind": ("award", "selection", "title")[index % 3], "year": str(_FIRST_YEAR + index % 20)},
        }.get(kind, {})
        return Node(labels.get(kind, kind.capitalize()), identifier, {"name": name, **more})

    def _ledgers(self) -> Iterator[Ledger]:
        """Two ledgers of all counties, each with one practice type, at the ends of two years."""
        counties = [region for region in table().at("county") if not region.valid_to]
        for index, practice_type in enumerate(self.types[:2]):
            chance = self.chance("ledger", index)
            record = LedgerRecord(
                id=f"ledger:{index}", title=f"覆盖台账{index}", origin="", sha256="0" * 64, media_type="text/csv"
            )
            entries = []
            for row, region in enumerate(counties[: self.accounts // 10]):
                status: Any = "开展" if chance.random() < 0.6 else "未开展"
                entries.append(
                    LedgerEntry(
                        region=region.code,
                        region_printed=region.name,
                        practice_type=practice_type,
                        practice_printed=practice_type,
                        place=f"第{row + 2}行",
                        quote=f"{region.name}|{status}",
                        status=status,
                        date=f"{_LAST_YEAR - index}-12-31",
                        number=float(chance.randrange(200)) if status == "开展" else None,
                        unit="家",
                    )
                )
            yield Ledger(record, tuple(entries))

    def doubtful_copies(self) -> list[Copy]:
        """Pairs that may be one account."""
        return [
            Copy(_case_id(number), _case_id(number + 7), 0.6, "same_account.facts", certain=False)
            for number in range(3, self.accounts - 7, 200)
        ]

    # ------------------------------------------------------------ a document

    def document(self, number: int) -> tuple[DocumentRecord, list[EffectiveRecord]]:
        """One document and its accounts."""
        chance = self.chance("document", number)
        year = chance.randint(_FIRST_YEAR, _LAST_YEAR)
        identifier = f"doc:{number:05d}"
        first = number * ACCOUNTS_A_DOCUMENT
        numbers = range(first, min(self.accounts, first + ACCOUNTS_A_DOCUMENT))
        length = len(numbers) * _CHARACTERS_AN_ACCOUNT
        record = DocumentRecord(
            id=identifier,
            title=f"工会工作案例汇编之{number + 1}",
            origin=f"documents/{number:05d}.txt",
            sha256=f"{number:064x}",
            encoding="utf-8",
            publisher=f"{self.thing('organization', number % 7)[1]}编",
            published=chance.choice((None, str(year), f"{year}-{chance.randint(1, 12):02d}")),
            pages=tuple(Page(start, str(page)) for page, start in enumerate(range(0, length, 1000), 1)),
            announcements=(self._announcement(number, chance),) if number % 40 == 0 else (),
        )
        return record, [EffectiveRecord(_Account(self, n, record, year).record()) for n in numbers]

    def _announcement(self, number: int, chance: random.Random) -> AnnouncementStatement:
        policy, name = self.thing("policy", number % self.shared_things["policy"])
        return AnnouncementStatement(
            id=f"fact:announcement{number}",
            evidence=(Evidence(f"印发{name}", 10, 12 + len(name)),),
            method="benchmark.made_up",
            confidence=1.0,
            name=name,
            lines=((1, 3),),
            issuers=("中华全国总工会",),
            issuer_entities=(self.unions[0].id,),
            concepts=(self.types[self.which_type(chance)],),
            regions=(chance.choice(table().counting_units()),),
            entity=policy,
        )


class _Account:
    """Makes one account up, sentence by sentence, so that quotes stand in order inside its part of the document."""

    def __init__(self, of: _Collection, number: int, document: DocumentRecord, year: int) -> None:
        self.of, self.document, self.year = of, document, year
        self.id = _case_id(number)
        self.chance = of.chance("account", number)
        self.begin = self.at = number % ACCOUNTS_A_DOCUMENT * _CHARACTERS_AN_ACCOUNT
        self.line = number % ACCOUNTS_A_DOCUMENT * 12 + 1
        self.facts = 0

    def record(self) -> CaseRecord:
        chance, of = self.chance, self.of
        owner = of.unions[of.active[of.which_union(chance)]]
        practices = self._practices(owner)
        unions, superiors = self._unions(owner)
        started = self._date() if chance.random() < 0.4 else None
        return CaseRecord(
            id=self.id,
            document=self.document.id,
            kind="case" if chance.random() < 0.8 else "news",
            lines=((self.line, self.line + 11),),
            title=self._said(TextStatement, practices[0].name, value=f"{owner.name}：{practices[0].name}"),
            started=self._said(TextStatement, f"{started}年起" if started else "", value=started) if started else None,
            sections=tuple(
                Section(kind, None, self.begin + 200 * n, self.begin + 200 * (n + 1))
                for n, kind in enumerate(("背景", "做法", "成效"))  # type: ignore[arg-type]
            ),
            unions=unions,
            superiors=superiors,
            regions=self._regions(owner),
            practices=practices,
            concepts=self._concepts(),
            target_groups=tuple(
                self._said(TargetGroupStatement, group, group=group, surface=group)
                for group in self._some(of.targets, of.which_target, (0.2, 0.4, 0.3, 0.1))
            ),
            outcomes=self._outcomes(),
            partners=tuple(
                self._said(PartnerStatement, name, name=name, entity=entity, type=_PARTNERS[int(entity[-6:]) % 9])
                for entity, name in self._things("organization", (0.5, 0.3, 0.2))
            ),
            policies=tuple(
                self._said(TextStatement, name, value=name, entity=entity)
                for entity, name in self._things("policy", (0.6, 0.3, 0.1))
            ),
            platforms=tuple(
                self._said(TextStatement, name, value=name, entity=entity)
                for entity, name in self._things("platform", (0.8, 0.2))
            ),
            honors=tuple(
                self._said(
                    HonorStatement,
                    name,
                    name=name,
                    entity=entity,
                    kind=("award", "selection", "title")[int(entity[-6:]) % 3],
                    level=chance.choice(("national", "provincial", "prefecture")),
                    year=str(self.year) if chance.random() < 0.5 else None,
                )
                for entity, name in self._things("award", (0.7, 0.2, 0.1))
            ),
            commentators=tuple(
                self._said(CommentatorStatement, name, name=name, title="研究员", entity=entity)
                for entity, name in self._things("person", (0.95, 0.05))
            ),
            diffusion=self._diffusion(),
            claims=(self._said(ClaimStatement, "全市首家", claim="全市首家", scope="全市"),)
            if chance.random() < 0.03
            else (),
        )

    def _said(self, cls: type[Statement], words: str, **given: Any) -> Any:
        """A statement of the next fact, its quote a sentence around ``words``."""
        self.facts += 1
        quote = f"在各方支持下，第{self.facts}件事是{words}，职工都说办得好。"
        start = self.at
        self.at += len(quote)
        review: Any = "accepted" if self.chance.random() < 0.1 else "unreviewed"
        return cls(
            id=f"fact:{self.id[5:]}-{self.facts}",
            evidence=(Evidence(quote, start, self.at),),
            method="benchmark.made_up",
            confidence=round(self.chance.uniform(0.5, 1.0), 3),
            review=review,
            **given,
        )

    def _some(self, of: Sequence[str], which: _Chooser, how_many: Sequence[float]) -> list[str]:
        """Different members of a list; ``how_many`` are the chances of none, one, two …"""
        number = self.chance.choices(range(len(how_many)), how_many)[0]
        return list(dict.fromkeys(of[which(self.chance)] for _ in range(number)))

    def _things(self, kind: str, how_many: Sequence[float]) -> list[tuple[str, str]]:
        number = self.chance.choices(range(len(how_many)), how_many)[0]
        which = self.of.which_thing[kind]
        return [self.of.thing(kind, index) for index in dict.fromkeys(which(self.chance) for _ in range(number))]

    def _date(self) -> str:
        """A partial date up to ten years before the publication."""
        chance = self.chance
        year = self.year - chance.randint(0, 10)
        return chance.choice(
            (str(year), f"{year}-{chance.randint(1, 12):02d}", f"{year}-{chance.randint(1, 12):02d}-15")
        )

    def _union(self, union: _Union, role: str) -> UnionStatement:
        made: UnionStatement = self._said(
            UnionStatement,
            union.name,
            name=union.name,
            canonical=union.canonical,
            role=role,
            type=union.type,
            level=union.level,
            region=union.region,
            entity=union.id,
        )
        return made

    def _unions(self, owner: _Union) -> tuple[tuple[UnionStatement, ...], tuple[SuperiorStatement, ...]]:
        chance, all_unions = self.chance, self.of.unions
        others: dict[str, tuple[_Union, str]] = {}
        if chance.random() < 0.3:
            upper = all_unions[chance.randrange(min(len(all_unions), 400))]
            others[upper.name] = upper, "superior"
        for role, share in (("partner", 0.1), ("created", 0.1), ("mentioned", 0.4)):
            if chance.random() < share:
                union = chance.choice(all_unions)
                others.setdefault(union.name, (union, role))
        others.pop(owner.name, None)
        said = [*((owner, "originator"),) * (chance.random() > 0.02), *others.values()]
        superiors = [
            self._said(SuperiorStatement, union.name, union=owner.name, superior=union.name)
            for union, role in others.values()
            if role == "superior" and owner.level == "grassroots" and chance.random() < 0.3
        ]
        return tuple(self._union(*one) for one in said), tuple(superiors)

    def _regions(self, owner: _Union) -> tuple[RegionStatement, ...]:
        places: dict[tuple[str, str], None] = {}
        if owner.region and self.chance.random() < 0.95:
            places[owner.region, "location"] = None
        if self.chance.random() < 0.2:
            other = self.chance.choice(self.of.unions).region
            if other:
                places[other, "mentioned"] = None
        return tuple(
            self._said(RegionStatement, table().name(code), name=table().name(code), code=code, role=role)
            for code, role in places
        )

    def _practices(self, owner: _Union) -> tuple[PracticeStatement, ...]:
        chance = self.chance
        made = []
        for index in range(chance.choices((1, 2, 3), (0.5, 0.3, 0.2))[0]):
            # A union tells of the same practice again and again.
            name = "“" + "".join(chance.choices(_SYLLABLES[:6], k=3)) + f"”{chance.choice(_PRACTICES)}"
            if all(name != one.name for one in made):
                theme = chance.choice(self.of.themes)
                entity = f"practice:{owner.id[6:]}-{name.encode().hex()[6:24]}{_PRACTICES.index(name[5:])}"
                made.append(self._said(PracticeStatement, name, name=name, theme=theme, main=index == 0, entity=entity))
        return tuple(made)

    def _concepts(self) -> tuple[ConceptStatement, ...]:
        of = self.of
        return tuple(
            self._said(
                ConceptStatement,
                name,
                concept=name,
                role="part" if index else "main",
                started=self._date() if index and self.chance.random() < 0.15 else None,
            )
            for index, name in enumerate(self._some(of.types, of.which_type, (0.05, 0.45, 0.3, 0.15, 0.05)))
        )

    def _outcomes(self) -> tuple[OutcomeStatement, ...]:
        chance = self.chance
        made: list[OutcomeStatement] = []
        for indicator, unit, kind in chance.sample(_INDICATORS, chance.choice((1, 2, 3, 3, 4, 5))):
            value = float(round(chance.uniform(1, 100), 1)) if unit == "%" else float(int(10 ** chance.uniform(0, 5)))
            made.append(
                self._said(
                    OutcomeStatement,
                    f"{indicator}{value:g}{unit}",
                    indicator=indicator,
                    value=value,
                    unit=unit,
                    approximate=chance.random() < 0.3,
                    baseline=round(value / 2, 1) if unit == "%" and chance.random() < 0.3 else None,
                    period=chance.choice((None, str(self.year), f"{self.year - 3}/{self.year}", f"{self.year}-06")),
                    kind=kind,
                    cumulative=chance.choice((None, True, False)),
                    subset_of=made[0].name if made and made[0].unit == unit and chance.random() < 0.3 else None,
                )
            )
        return tuple(made)

    def _diffusion(self) -> tuple[DiffusionStatement, ...]:
        chance = self.chance
        made: dict[tuple[str, str], DiffusionStatement] = {}
        for _ in range(chance.choices((0, 1, 2), (0.6, 0.3, 0.1))[0]):
            kind = chance.choice(_DIFFUSION)
            entity, name = self._other_end(kind)
            if (kind, name) not in made:
                made[kind, name] = self._said(
                    DiffusionStatement,
                    name,
                    type=kind,
                    other=name,
                    entity=entity,
                    period=self._date() if chance.random() < 0.3 else None,
                    collective=chance.random() < 0.15,
                    internal=chance.random() < 0.1,
                    intended=chance.random() < 0.1,
                    form=chance.choice(self.of.forms) if kind == "recognised_by" else None,
                )
        return tuple(made.values())

    def _other_end(self, kind: str) -> tuple[str | None, str]:
        """Id and name of what a tie leads to: a union, a region, an organisation, a policy or a name that is not resolved."""
        chance, of = self.chance, self.of
        what = chance.random()
        if what < 0.5:
            union = of.unions[of.active[of.which_union(chance)]]
            return union.id, union.name
        if what < 0.7:
            code = str(chance.choice(of.unions[1:]).region)
            return f"region:{code}", table().name(code)
        if what < 0.85:
            shared = "policy" if kind == "promoted_by" else "organization"
            return of.thing(shared, of.which_thing[shared](chance))
        return None, of.thing("unresolved", of.which_thing["unresolved"](chance))[1]


def _case_id(number: int) -> str:
    return f"case:{number:06d}"


def _unresolved(name: str) -> str:
    """The id that projection gives to a name that it cannot resolve."""
    spread = DiffusionStatement(evidence=(), method="", confidence=1.0, type="learned_from", other=name)
    return resolve_end(spread, {})[1]


def _union_node(union: _Union) -> Node:
    properties: dict[str, Any] = {
        "name": union.name,
        "canonical": union.canonical,
        "type": union.type,
        "level": union.level,
        "aliases": [union.canonical] if union.canonical != union.name else None,
        "region": union.region,
    }
    return Node("TradeUnion", union.id, {key: value for key, value in properties.items() if value})
