"""What the public is handed: nothing internal, no names of persons, short quotes; the rest as it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

import unionkg
from tests.graph.making import TEXT, document, evidence, identified, record, stated
from unionkg import KnowledgeGraph
from unionkg import workspace as workspaces
from unionkg.cli.options import audience_option
from unionkg.configuration import Config, Public, Rights
from unionkg.errors import WorkspaceError
from unionkg.graph.audience import Rules, public_corpus, public_ledgers
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.corpus import Corpus
from unionkg.graph.decisions import EffectiveRecord, IdentityDecision, ReviewDecision
from unionkg.graph.ledgers import Ledger, LedgerEntry, LedgerRecord, with_ledgers
from unionkg.graph.public_rules import rules, with_rights
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    ConceptStatement,
    DiffusionStatement,
    OutcomeStatement,
    Section,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.structure import vocabularies
from unionkg.loading import load_files
from unionkg.ontology.regions import table

WHERE = Path("unionkg.toml")
WORDS = (
    TEXT + "区总工会主席陈安之同志说,示例制衣有限公司工会也来学。\n"
    "点评:沈青禾,省工会干部学校教授。示例制衣有限公司出了灯具20盏。\n苏小满负责看护。记者苏小满\n"
)


def told(quote: str) -> Any:
    return evidence(quote, WORDS)


def rich(document_id: str, **changes: Any) -> CaseRecord:
    """A record whose words hold persons and a company's union."""
    plain = record(document_id)
    company = stated(
        UnionStatement,
        "示例制衣有限公司工会",
        WORDS,
        name="示例制衣有限公司工会",
        canonical="示例制衣有限公司工会",
        role="partner",
        type="enterprise",
        level="grassroots",
    )
    given = {
        "title": stated(TextStatement, "家门口的歇脚屋", value="区总工会主席陈安之谈歇脚屋"),
        "sections": (Section("点评", "沈青禾的话", 20, 60),),
        "unions": (*plain.unions, company),
        "concepts": (*plain.concepts, stated(ConceptStatement, "歇脚屋", concept="new:沈青禾工作法")),
        "outcomes": (
            *plain.outcomes,
            stated(
                OutcomeStatement,
                "示例制衣有限公司出了灯具20盏",
                WORDS,
                indicator="示例制衣有限公司出灯具",
                value=20.0,
                unit="盏",
                claimed_by="区总工会主席陈安之",
            ),
        ),
        "commentators": (
            stated(CommentatorStatement, "沈青禾,省工会干部学校教授", WORDS, name="沈青禾", title="省工会干部学校教授"),
        ),
        "diffusion": (
            *plain.diffusion,
            stated(
                DiffusionStatement,
                "区总工会主席陈安之同志说,示例制衣有限公司工会也来学",
                WORDS,
                type="scaled_to",
                other="示例制衣有限公司工会",
            ),
            stated(DiffusionStatement, "苏小满负责看护", WORDS, type="scaled_to", other="苏小满所在小区"),
        ),
    }
    return replace(plain, **{**given, **changes})


def corpus(*records: CaseRecord, **given: Any) -> Corpus:
    authority = Authority()
    by_document: dict[str, list[CaseRecord]] = {}
    for one in records or (rich("doc:aaaa"), record("doc:bbbb")):
        by_document.setdefault(one.document, []).append(one)
    documents = [
        (
            document(
                name,
                origin=f"家/陈安之/{name[4:]}.docx",
                title=f"{name[4:]}文献",
                url="file:///home/chen/x.docx",
                authors=("苏小满", "示例区总工会"),
            ),
            [EffectiveRecord(one) for one in identified(*some, authority=authority)],
        )
        for name, some in by_document.items()
    ]
    return Corpus(documents, authority, {}, [], [], **given)


def shown(
    held: Corpus, public: Public | None = None, rights: tuple[Rights, ...] = (), ledgers: tuple[Ledger, ...] = ()
) -> tuple[Corpus, Projection]:
    given = rules(Config("x", public=public or Public(), rights=rights), held, ledgers, WHERE)
    made = public_corpus(with_rights(held, rights), given, lambda _: WORDS)
    words = vocabularies()
    graph = project(made.documents, words, made.redirects, table(), made.apart, (), made.copies)
    return made, with_ledgers(graph, public_ledgers(ledgers, given), words)


def rows(projection: Projection) -> Iterator[tuple[Any, ...]]:
    """Everything of a projection but the parts that no document states."""
    nodes = [*projection.entities, *(node for graph in projection.documents for node in graph.nodes)]
    ties = [*projection.derived, *(tie for graph in projection.documents for tie in graph.relationships)]
    ties += [tie for tie in projection.structure[1] if tie.type == "COVERAGE"]
    yield from ((node.label, node.id, node.properties) for node in nodes)
    yield from ((tie.type, tie.id, tie.start, tie.end, tie.properties) for tie in ties)


def text(projection: Projection) -> str:
    return json.dumps(list(rows(projection)), ensure_ascii=False)


def kinds(projection: Projection) -> set[str]:
    return {row[0] for row in rows(projection)}


def test_no_name_of_a_person_is_anywhere() -> None:
    held = corpus()
    assert all(name in text(project_all(held)) for name in ("陈安之", "沈青禾", "苏小满"))  # else it would show nothing
    _, graph = shown(held)
    assert not [name for name in ("陈安之", "沈青禾", "苏小满", "/home", ".docx") if name in text(graph)]
    assert {"Person", "COMMENTED_ON", "INFERRED_TIE"} & kinds(graph) == set()
    assert "示例区总工会" in text(graph)
    assert "区总工会主席某某" in text(graph)


def test_a_person_of_one_document_is_masked_in_what_people_wrote_for_another() -> None:
    title = stated(TextStatement, "家门口的歇脚屋", value="沈青禾看歇脚屋")
    held = corpus(rich("doc:aaaa"), record("doc:bbbb", title=title))
    made = public_corpus(held, Rules(), lambda _: "")
    shown_title = made.documents[1][1][0].record.title
    assert shown_title is not None
    assert shown_title.value == "某某看歇脚屋"


def project_all(held: Corpus) -> Projection:
    return project(held.documents, vocabularies(), held.redirects, table())


def test_what_is_not_touched_is_the_same() -> None:
    held = corpus(record("doc:aaaa"))
    made, _ = shown(held)
    assert made.documents[0][1] == held.documents[0][1]


@pytest.mark.parametrize("by", ["id", "name", "width"])
def test_an_internal_union_is_nowhere(by: str) -> None:
    held = corpus()
    (company,) = {u.entity for case in held.cases for u in case.record.unions if u.type == "enterprise" if u.entity}
    name = {"id": company, "name": "示例制衣有限公司工会", "width": "示例制衣（有限公司）工会"}[by]
    made, graph = shown(held, Public(internal=(name,)))
    assert "示例制衣" not in text(graph)
    assert company not in text(graph)
    assert len(made.cases) == 2
    assert "某单位出灯具" in text(graph)  # the outcome stays, the name does not


def test_an_account_whose_originator_or_main_practice_is_internal_goes_as_a_whole() -> None:
    other = record("doc:bbbb", practices=(replace(record().practices[0], name="流动理发车", aliases=()),))
    made, graph = shown(corpus(rich("doc:aaaa"), other), Public(internal=("流动理发车",)))
    assert [case.record.document for case in made.cases] == ["doc:aaaa"]
    assert "流动理发车" not in text(graph)
    made, _ = shown(corpus(), Public(internal=("上海市宝山区示例镇总工会",)))
    assert made.cases == []


def test_statements_about_other_internal_things_go() -> None:
    held = corpus(record("doc:aaaa"))
    _, graph = shown(held, Public(internal=("区城管局", "静安区总工会")))
    assert {"SUPPORTED", "LEARNED_FROM", "Organization"} & kinds(graph) == set()
    assert "静安区总工会" not in text(graph)
    assert "城管局" not in text(graph)


@pytest.mark.parametrize("named", ["doc:aaaa", "aaaa", "aaaa.docx", "aaaa文献"])
@pytest.mark.parametrize("as_rights", [True, False])
def test_an_internal_document_is_left_out(named: str, as_rights: bool) -> None:
    public = Public() if as_rights else Public(internal=(named,))
    rights = (Rights(named, internal=True),) if as_rights else ()
    made, graph = shown(corpus(), public, rights)
    assert [one.id for one, _ in made.documents] == ["doc:bbbb"]
    assert "aaaa" not in text(graph)


def test_an_internal_account_is_left_out_and_its_other_printing_stays() -> None:
    held = corpus(record("doc:aaaa"), record("doc:bbbb"))
    first, second = (case.record.id for case in held.cases)
    held = replace(held, redirects={second: first})
    made, graph = shown(held, Public(internal=(first,)))
    assert [case.record.id for case in made.cases] == [second]
    assert first not in text(graph)


def test_who_decided_what_and_why_is_not_handed_out() -> None:
    held = corpus(record("doc:aaaa"), record("doc:bbbb"))
    ids = tuple(case.record.id for case in held.cases)
    said = IdentityDecision(decision="different", ids=ids, by="陈安之", at="2026-01-01", why="苏小满说的")
    refused = ReviewDecision(decision="reject", document="doc:aaaa", case=ids[0], by="陈安之", at="2026-01-01")
    documents = [(one, [replace(case, rejected={"f": refused}) for case in cases]) for one, cases in held.documents]
    made, _ = shown(replace(held, documents=documents, standing={frozenset(ids): said}))
    assert made.apart == {frozenset(ids)}
    assert "陈安之" not in repr(made)
    assert "苏小满" not in repr(made)


def quotes(made: Corpus, document: str) -> list[Any]:
    cases = (case for one, some in made.documents if one.id == document for case in some)
    return [e for case in cases for _, item in case.record.statements() for e in item.evidence]


def test_quotes_are_shortened_to_the_limit_of_their_document() -> None:
    held = corpus(record("doc:aaaa"), record("doc:bbbb"))
    made, _ = shown(held, Public(quote_limit=9), (Rights("bbbb.docx", quote_limit=4),))
    for identifier, limit in (("doc:aaaa", 9), ("doc:bbbb", 4)):
        for short, whole in zip(quotes(made, identifier), quotes(held, identifier), strict=True):
            assert (short.start, short.end) == (whole.start, whole.end)
            if len(whole.quote) <= limit:
                assert short.quote == whole.quote
            else:
                assert short.quote.endswith("……")
                assert whole.quote[:limit].startswith(short.quote.removesuffix("……"))
        assert max(len(short.quote) for short in quotes(made, identifier)) == limit + 2


@pytest.mark.parametrize(
    ("quote", "limit", "short"),
    [
        ("共发放补贴50多万元", 6, "共发放补贴……"),
        ("共发放补贴50多万元", 7, "共发放补贴……"),
        ("共发放补贴50多万元", 9, "共发放补贴50多万……"),
        ("满意度达95%以上的有三家", 6, "满意度达……"),
        ("服务职工一万余人", 5, "服务职工……"),
        ("2019年起服务职工", 2, "……"),
        ("服务职工", 4, "服务职工"),
    ],
)
def test_no_quote_is_cut_inside_a_number(quote: str, limit: int, short: str) -> None:
    title = stated(TextStatement, quote, quote, value="题名")
    held = corpus(record("doc:aaaa", title=title))
    made, _ = shown(held, Public(quote_limit=limit))
    given = made.documents[0][1][0].record.title
    assert given is not None
    assert [one.quote for one in given.evidence] == [short]


def test_a_name_is_masked_before_it_could_be_cut_in_two() -> None:
    made, _ = shown(corpus(), Public(quote_limit=8))
    assert not [e.quote for e in quotes(made, "doc:aaaa") if "陈" in e.quote]


def test_accounts_count_alike_for_both_audiences_however_short_the_quotes() -> None:
    lines = [stated(ConceptStatement, line, concept=f"new:{line[:2]}") for line in TEXT.splitlines()]
    held = corpus(record("doc:aaaa", concepts=tuple(lines)), record("doc:bbbb", concepts=tuple(lines)))

    def accounts(graph: Projection) -> list[Any]:
        return [row[2]["account"] for row in rows(graph) if row[0] == "PracticeCase"]

    _, graph = shown(held, Public(quote_limit=30), (Rights("bbbb.docx", quote_limit=2),))
    assert accounts(graph) == accounts(project_all(held))
    assert len(set(accounts(graph))) == 1


def test_rights_are_told_to_every_audience() -> None:
    told_ = with_rights(corpus(), (Rights("aaaa文献", statement="仅供内部参考"),))
    assert [one.rights for one, _ in told_.documents] == ["仅供内部参考", None]
    made, _ = shown(corpus(), rights=(Rights("aaaa文献", statement="仅供内部参考"),))
    assert [one.rights for one, _ in made.documents] == ["仅供内部参考", None]


@pytest.mark.parametrize(
    ("public", "rights", "near"),
    [
        (Public(internal=("示例制衣工会",)), (), "示例制衣有限公司工会"),
        (Public(internal=("doc:zzzz",)), (), ""),
        (Public(), (Rights("aaaa.pdf"),), "aaaa.docx"),
    ],
)
def test_a_name_that_means_nothing_is_an_error_with_near_ones(
    public: Public, rights: tuple[Rights, ...], near: str
) -> None:
    with pytest.raises(WorkspaceError) as error:
        shown(corpus(), public, rights)
    assert (*public.internal, *(one.document for one in rights))[0] in error.value.what
    assert error.value.where == "unionkg.toml"
    assert near in (error.value.hint or "")


def test_a_name_that_others_bear_too_and_names_of_classes_stay() -> None:
    district = replace(record().unions[2], name="区总工会", canonical="上海市静安区总工会")
    held = corpus(record("doc:aaaa", unions=(*record().unions[:2], district)), record("doc:bbbb"))
    entity = next(u.entity for u in held.cases[0].record.unions if u.name == "区总工会")
    _, graph = shown(held, Public(internal=(str(entity),)))
    assert "上海市总工会" in text(graph)
    assert "某工会" not in json.dumps([row[2] for row in rows(graph) if row[0] == "TradeUnion"], ensure_ascii=False)


def ledger() -> Ledger:
    entry = LedgerEntry(
        region="310113",
        region_printed="宝山区",
        practice_type="集体协商",
        practice_printed="集体协商",
        place="第2行",
        quote="宝山区 | 是 | 联系人：陈安之",
        status="开展",
    )
    about = LedgerRecord(id="ledger:1", title="覆盖台账", origin="陈安之/台账.xlsx", sha256="0", media_type="x")
    return Ledger(about, (entry,))


def test_ledgers_are_masked_or_left_out() -> None:
    _, graph = shown(corpus(), ledgers=(ledger(),))
    assert "COVERAGE" in kinds(graph)
    assert "陈安之" not in text(graph)
    _, graph = shown(corpus(), Public(internal=("台账.xlsx",)), ledgers=(ledger(),))
    assert "COVERAGE" not in kinds(graph)


def test_rules_without_anything_hide_persons_only() -> None:
    assert rules(Config("x"), corpus(), (), WHERE) == Rules()


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[[str], KnowledgeGraph]:
    """A workspace with one account read from a file, with lines added to its configuration."""

    def make(configuration: str) -> KnowledgeGraph:
        made = workspaces.create(tmp_path / "kg")
        (tmp_path / "新闻.txt").write_text(
            "虹口区示例街道总工会开起夜间学堂\n\n本报讯(记者 苏小满)2023年3月起,虹口区示例街道总工会为快递员开设夜间学堂,"
            "已办45期,参加职工1200人次。街道总工会主席陈安之说,今年再办30期。\n",
            encoding="utf-8",
        )
        load_files(made, [tmp_path / "新闻.txt"])
        path = made.root / workspaces.MARKER
        path.write_text(path.read_text(encoding="utf-8") + configuration, encoding="utf-8")
        return unionkg.open(made.root)

    return make


def test_a_workspace_is_projected_for_the_public(loaded: Callable[[str], KnowledgeGraph]) -> None:
    kg = loaded('[public]\nquote_limit = 10\n[rights."新闻.txt"]\nstatement = "仅供内部参考"\n')
    before = {path: path.read_bytes() for path in kg.workspace.root.rglob("*") if path.is_file()}
    public, internal = kg.projection(audience="public"), kg.projection()
    assert [row[2]["rights"] for row in rows(internal) if row[0] == "Document"] == ["仅供内部参考"]
    assert [row[2]["rights"] for row in rows(public) if row[0] == "Document"] == ["仅供内部参考"]
    assert "陈安之" not in text(public)
    found = [
        e.quote for case in kg.corpus(audience="public").cases for _, s in case.record.statements() for e in s.evidence
    ]
    assert found
    assert max(map(len, found)) == 12
    assert {path: path.read_bytes() for path in kg.workspace.root.rglob("*") if path.is_file()} == before


def test_a_wrong_name_stops_the_public_edition_only(loaded: Callable[[str], KnowledgeGraph]) -> None:
    kg = loaded('[public]\ninternal = ["新闻.doc"]\n')
    assert kg.projection().documents
    with pytest.raises(WorkspaceError, match="新闻") as error:
        kg.projection(audience="public")
    assert "新闻.txt" in (error.value.hint or "")


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ((), "internal"),
        (("内部",), "internal"),
        (("公开",), "public"),
        (("public",), "public"),
        (("internal",), "internal"),
    ],
)
def test_the_option_takes_both_languages(given: tuple[str, ...], value: str) -> None:
    @click.command()
    @audience_option
    def command(audience: str) -> None:
        click.echo(audience)

    done = CliRunner().invoke(command, [part for one in given for part in ("--audience", one)])
    assert done.output == value + "\n"
    assert CliRunner().invoke(command, ["--audience", "人人"]).exit_code == 2


@pytest.mark.documents
def test_the_public_edition_of_the_documents_holds_no_name_and_nothing_internal(shared: Path, tmp_path: Path) -> None:
    made = workspaces.create(tmp_path / "kg")
    load_files(made, sorted((shared / "documents").glob("*.txt")))
    kg = unionkg.open(made.root)
    labelled = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    persons = {person["name"] for one in labelled for person in one.get("commentators", ())}
    everything = text(kg.projection())
    assert len([name for name in persons if name in everything]) > 5
    enterprise = {
        union.name for case in kg.corpus().cases for union in case.record.unions if union.type == "enterprise"
    }
    listed = sorted(enterprise)[:5]
    path = made.root / workspaces.MARKER
    lines = f"[public]\nquote_limit = 40\ninternal = {json.dumps(listed, ensure_ascii=False)}\n"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    public = unionkg.open(made.root).projection(audience="public")
    handed = text(public)
    assert not [name for name in persons if name in handed]
    assert not [name for name in listed if name in handed]
    assert str(shared) not in handed
    assert {"Person", "COMMENTED_ON", "INFERRED_TIE"} & kinds(public) == set()
    assert max(len(quote) for row in rows(public) for quote in row[-1].get("quotes", ())) <= 42
