"""Ids: minted once, kept by a reader that improves, apart where names only look alike."""

from __future__ import annotations

import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from tests.graph.making import identified, record, stated
from unionkg.errors import RecordError
from unionkg.graph.authority import Authority, Entry, judged, read_authority, write_authority
from unionkg.graph.decisions import IdentityDecision
from unionkg.graph.identity import identify, with_entities
from unionkg.graph.records import (
    CaseRecord,
    CommentatorStatement,
    HonorStatement,
    PartnerStatement,
    RegionStatement,
    Statement,
    TextStatement,
    UnionStatement,
)
from unionkg.graph.union_names import union_keys
from unionkg.loaders.pipeline import read_file

UNION = {"role": "originator", "type": "local_federation", "level": "township"}


def union(canonical: str, **given: object) -> UnionStatement:
    made: UnionStatement = stated(
        UnionStatement, "示例镇总工会", **{"name": "示例镇总工会", "canonical": canonical, **UNION, **given}
    )
    return made


def test_reading_again_gives_the_same_ids() -> None:
    authority = Authority()
    first = identified(authority=authority)
    assert identify((record(),), first, authority) == first


def test_every_statement_has_an_id_of_its_own() -> None:
    (made,) = identified()
    ids = [statement.id for _, statement in made.statements()]
    assert all(i.startswith("fact:") for i in ids)
    assert len(set(ids)) == len(ids)


def test_a_case_keeps_its_id_when_title_and_lines_are_read_better() -> None:
    authority = Authority()
    (first,) = identified(authority=authority)
    (second,) = identify((record(lines=((1, 4),), title=None),), [first], authority)
    assert second.id == first.id


def test_two_accounts_of_a_document_are_two_cases() -> None:
    one, other = identified(record(lines=((1, 5),)), record(lines=((6, 9),)))
    assert one.id != other.id


def test_a_better_reading_of_the_same_words_joins_the_entity() -> None:
    authority = Authority()
    (first,) = identified(record(unions=(union("示例镇总工会"),)), authority=authority)
    (second,) = identify((record(unions=(union("上海市宝山区示例镇总工会", region="310113"),)),), [first], authority)
    assert second.unions[0].entity == first.unions[0].entity
    entry = authority.entries["union"][str(first.unions[0].entity)]
    assert len(entry.keys) == 2


def test_a_reader_that_improves_does_not_merge_two_unions() -> None:
    authority = Authority()
    both = (union("上海市甲区总工会"), replace(union("上海市乙区总工会"), role="superior", name="乙"))
    (first,) = identified(record(unions=both), authority=authority)
    changed = (union("上海市丙区总工会"), both[1])
    (second,) = identify((record(unions=changed),), [first], authority)
    assert second.unions[0].entity != second.unions[1].entity


def test_ids_do_not_depend_on_the_order_of_documents() -> None:
    one, other = Authority(), Authority()
    identified(record("doc:a"), authority=one)
    identified(record("doc:b"), authority=one)
    identified(record("doc:b"), authority=other)
    identified(record("doc:a"), authority=other)
    assert set(one.entries["union"]) == set(other.entries["union"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            {"canonical": "城东街道总工会", "region": "330102"},
            {"canonical": "城东街道总工会", "region": "320115"},
            False,
        ),
        ({"canonical": "城东街道总工会", "region": None}, {"canonical": "城东街道总工会", "region": "320115"}, False),
        (
            {"canonical": "上海市总工会", "level": "provincial"},
            {"canonical": "上海市总工会", "level": "provincial"},
            True,
        ),
        (
            {"canonical": "示例钢铁有限公司工会", "type": "enterprise", "region": "310113"},
            {"canonical": "示例钢铁有限公司工会", "type": "enterprise", "region": None},
            True,
        ),
        ({"canonical": "镇总工会", "region": "310113"}, {"canonical": "镇总工会", "region": "310113"}, False),
        (
            {"canonical": "红星工会", "type": "enterprise", "region": "310113"},
            {"canonical": "红星工会", "type": "enterprise", "region": "440100"},
            False,
        ),
    ],
)
def test_the_same_name_is_the_same_union_only_in_one_place(one: dict, other: dict, same: bool) -> None:
    authority = Authority()
    (first,) = identified(record("doc:a", unions=(union(**one),)), authority=authority)
    (second,) = identified(record("doc:b", unions=(union(**other),)), authority=authority)
    assert (first.unions[0].entity == second.unions[0].entity) is same


def test_blanks_width_and_brackets_do_not_make_another_union() -> None:
    assert union_keys(union("示例(集团)有限公司 工会", type="enterprise"), "d", "c") == union_keys(
        union("示例（集团）有限公司工会", type="enterprise"), "d", "c"
    )


def test_authority_files_are_written_and_read_back(tmp_path: Path) -> None:
    authority = Authority()
    identified(authority=authority)
    write_authority(tmp_path, authority)
    assert read_authority(tmp_path).entries == authority.entries


def test_one_key_for_two_entries_is_refused(tmp_path: Path) -> None:
    lines = '{"id":"union:1","name":"甲","keys":["甲"]}\n{"id":"union:2","name":"甲","keys":["甲"]}\n'
    (tmp_path / "union.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(RecordError, match=r"union\.jsonl:2"):
        read_authority(tmp_path)


def judgements(*decisions: tuple[str, tuple[str, ...]]) -> list[IdentityDecision]:
    return [IdentityDecision(decision=d, ids=ids, by="甲", at="2026-01-01") for d, ids in decisions]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("decisions", "leads"),
    [
        ([], {}),
        ([("same", ("union:a", "union:b"))], {"union:b": "union:a"}),
        ([("same", ("union:a", "union:b")), ("undo", ("union:b", "union:a"))], {}),
        ([("same", ("union:a", "union:b")), ("different", ("union:a", "union:b"))], {}),
        (
            [("same", ("union:a", "union:b")), ("same", ("union:b", "union:c"))],
            {"union:b": "union:a", "union:c": "union:a"},
        ),
        ([("undecided", ("union:a", "union:b"))], {}),
        ([("same", ("union:a", "union:b", "union:c")), ("different", ("union:a", "union:b"))], {"union:c": "union:a"}),
    ],
)
def test_judgements_lead_ids_to_those_that_stand_for_them(decisions: list, leads: dict) -> None:
    assert judged(Authority(), judgements(*decisions)).leads == leads


def test_a_retired_id_leads_on() -> None:
    authority = Authority()
    authority.add("union", Entry(id="union:new", name="新", keys=("新",)))
    authority.add("union", Entry(id="union:old", name="旧", keys=("旧",), redirect="union:new"))
    assert judged(authority, []).leads == {"union:old": "union:new"}
    assert authority.find("union", "旧") == authority.entries["union"]["union:new"]


def test_what_was_judged_different_is_not_joined_by_way_of_a_third() -> None:
    made = judgements(
        ("different", ("union:a", "union:b")), ("same", ("union:a", "union:c")), ("same", ("union:b", "union:c"))
    )
    found = judged(Authority(), made)
    assert found.leads == {"union:c": "union:a"}
    assert found.conflicts == (("union:b", "union:c"),)


def test_accounts_keep_their_ids_when_text_is_put_before_them() -> None:
    authority = Authority()
    first = identified(record(lines=((1, 5),)), second_account(lines=((6, 10),)), authority=authority)
    shifted = (
        third_account(lines=((1, 5),)),
        record(lines=((6, 10),)),
        second_account(lines=((11, 15),)),
    )
    again = identify(shifted, first, authority)
    assert [r.id for r in again[1:]] == [r.id for r in first]
    assert again[0].id not in {r.id for r in first}


def test_authority_files_survive_accounts_that_change_places(tmp_path: Path) -> None:
    authority = Authority()
    first = identified(record(lines=((1, 5),)), second_account(lines=((6, 10),)), authority=authority)
    swapped = identify((second_account(lines=((1, 5),)), record(lines=((6, 10),))), first, authority)
    assert [r.id for r in swapped] == [r.id for r in reversed(first)]
    write_authority(tmp_path, authority)
    assert read_authority(tmp_path).entries == authority.entries


def second_account(**changes: object) -> CaseRecord:
    plain = {"title": stated(TextStatement, "静安区总工会", value="另一个案例"), "outcomes": (), "practices": ()}
    return record(**{**plain, **changes})


def third_account(**changes: object) -> CaseRecord:
    plain = {
        "title": stated(TextStatement, "快递员", value="新来的案例"),
        "unions": (),
        "outcomes": (),
        "practices": (),
    }
    return record(**{**plain, **changes})


@pytest.mark.parametrize(
    ("field", "one", "other", "same"),
    [
        ("partners", {"name": "律师协会", "type": "social_org"}, {}, False),
        ("partners", {"name": "上海市律师协会", "type": "social_org"}, {}, True),
        ("partners", {"name": "示例外卖", "type": "enterprise"}, {}, True),
        ("honors", {"name": "市级先进单位"}, {}, False),
        ("honors", {"name": "全国工人先锋号"}, {}, True),
        ("commentators", {"name": "王伟", "title": "教授"}, {}, False),
        ("commentators", {"name": "王伟", "title": "示例大学教授"}, {}, True),
        ("policies", {"value": "关于加强工会工作的意见"}, {}, False),
        ("policies", {"value": "中华人民共和国工会法"}, {}, True),
        ("policies", {"value": "劳动合同法"}, {}, True),
        ("platforms", {"value": "工惠平台"}, {}, False),
    ],
)
def test_an_entity_seen_in_two_provinces_is_one_only_where_its_name_says_so(
    field: str, one: dict, other: dict, same: bool
) -> None:
    types = {"partners": PartnerStatement, "honors": HonorStatement, "commentators": CommentatorStatement}
    item = stated(types.get(field, TextStatement), "区城管局", **one)
    authority = Authority()
    elsewhere = (stated(RegionStatement, "宝山区", name="湖州市", code="330500", role="location"),)
    (first,) = identified(record("doc:a", **{field: (item,)}), authority=authority)
    (second,) = identified(record("doc:b", regions=elsewhere, **{field: (item,)}), authority=authority)
    assert (getattr(first, field)[0].entity == getattr(second, field)[0].entity) is same


@pytest.mark.parametrize("name", ["镇江市总工会", "市北区总工会", "乡宁县总工会", "区委宣传部"])
def test_a_place_that_begins_like_a_level_is_a_place(name: str) -> None:
    key, *_ = union_keys(union(name, level="county", region=None), "doc:d", "case:c")
    assert ("case:c" in key) is (name == "区委宣传部")


def test_an_added_fact_gets_its_entity_without_being_written_down() -> None:
    authority = Authority()
    (made,) = identified(authority=authority)
    bare = replace(
        made, unions=(*made.unions, union("上海市静安区总工会", level="county", region="310106", name="静安"))
    )
    given = with_entities(bare, authority)
    assert given.unions[-1].entity == made.unions[2].entity
    assert given.unions[:-1] == made.unions


def test_the_same_award_in_two_years_is_two_facts() -> None:
    items = tuple(stated(HonorStatement, "2022年度全市工会案例", name="工人先锋号", year=y) for y in ("2015", "2018"))
    (made,) = identified(record(honors=items))
    assert [h.year for h in made.honors] == ["2015", "2018"]


def read_by_an_older_reader(made: CaseRecord, *, wide: bool) -> CaseRecord:
    """The same account as another version of the rules reads it: names as printed, other roles, quotes and lines."""

    def moved(item: Statement) -> Statement:
        evidence = tuple(replace(e, start=max(0, e.start - 2) if wide else e.start) for e in item.evidence)
        return replace(item, evidence=evidence)

    unions = tuple(
        replace(moved(u), canonical=u.name, region=None, role="mentioned" if u.role == "partner" else u.role)
        for u in made.unions
    )
    title = made.title and replace(made.title, value=made.title.value[: max(4, len(made.title.value) // 2)])
    practices = tuple(replace(moved(p), name=f"“{p.name}”") for p in made.practices)
    partners = tuple(moved(p) for p in made.partners)
    lines = tuple((first + 2, last + 2) for first, last in made.lines)
    return replace(made, unions=unions, title=title, practices=practices, partners=partners, lines=lines)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", ["案例选编.txt", "重点工作案例选登.txt"])
def test_ids_survive_a_better_reader(name: str, wide: bool) -> None:
    """Accounts and what they name keep their ids when the next version of the rules reads the same document better."""
    reading = read_file(Path(str(files("unionkg") / "example" / name)), name)
    authority = Authority()
    older = identify([read_by_an_older_reader(r, wide=wide) for r in reading.records], (), authority)
    newer = identify(reading.records, older, authority)
    assert [r.id for r in newer] == [r.id for r in older]
    known = {e.id for kind in ("union", "practice", "organization") for e in authority.entries[kind].values()}
    for before, after in zip(older, newer, strict=True):
        for field in ("unions", "practices", "partners"):
            pairs = zip(getattr(before, field), getattr(after, field), strict=True)
            for one, other in pairs:
                assert other.entity in known
                assert other.entity == one.entity, (one, other)
    again = identify(reading.records, newer, authority)
    assert again == newer


def test_a_practice_follows_when_its_originators_are_judged_one() -> None:
    authority = Authority()
    (one,) = identified(record("doc:a"), authority=authority)
    other_union = replace(record().unions[0], canonical="上海市宝山区示例镇工会工作站工会")
    (other,) = identified(record("doc:b", unions=(other_union,)), authority=authority)
    ends = (str(one.unions[0].entity), str(other.unions[0].entity))
    practices = (str(one.practices[0].entity), str(other.practices[0].entity))
    assert len({*practices}) == 2
    leads = judged(authority, judgements(("same", ends))).leads
    assert leads[ends[1]] == ends[0]
    assert leads[practices[1]] == practices[0]
    kept = judged(authority, judgements(("same", ends), ("different", practices)))
    assert practices[1] not in kept.leads


def test_the_ids_of_a_document_are_given_without_looking_at_other_documents() -> None:
    """The time for one more document does not grow with the number of those known."""
    authority = Authority()

    def seconds(first: int, last: int) -> float:
        start = time.process_time()
        for number in range(first, last):
            identified(record(f"doc:{number}"), authority=authority)
        return time.process_time() - start

    seconds(0, 50)
    early = seconds(50, 150)
    seconds(150, 1500)
    assert seconds(1500, 1600) < 3 * early


@pytest.mark.parametrize(
    ("canonical", "region", "key"),
    [
        ("江北区总工会", "330205", "330205:总工会"),
        ("江北区总工会", "500105", "500105:总工会"),
        ("重庆市江北区总工会", "330205", "500105:总工会"),  # what the name says counts
        ("福建省三明市三元区总工会", "350403", "350403:总工会"),  # the old 三元区, not the one made of two
        ("福建省三明市三元区总工会", "350404", "350404:总工会"),
        ("鼓楼区总工会", None, "鼓楼区总工会@doc:d"),
        ("上海市宝山区顾村镇总工会委员会", "310113", "310113109:总工会"),
        ("顾村镇总工会", "310113", "310113109:总工会"),
        ("全国总工会", None, "中华全国总工会"),
        ("集团公司工会", "310113", "集团公司工会@case:c"),
        ("第二人民医院工会", "320500", "第二人民医院工会@320500"),
        ("第二人民医院工会", "310000", "第二人民医院工会@doc:d/310000"),
    ],
)
def test_the_key_of_a_union_says_what_it_is_known_by(canonical: str, region: str | None, key: str) -> None:
    first, *_ = union_keys(union(canonical, region=region), "doc:d", "case:c")
    assert first == key


# ---------------------------------------------------------------- ids that turn out to be one

CITY = {"canonical": "浙江省宁波市奉化市总工会", "level": "county", "region": "330283"}
DISTRICT = {"canonical": "浙江省宁波市奉化区总工会", "level": "county", "region": "330213"}


def entity(made: CaseRecord) -> str:
    return str(made.unions[0].entity)


def minted_by_rules_that_knew_no_renaming() -> tuple[Authority, CaseRecord, CaseRecord]:
    """Two documents whose unions an older reader held for two: one printed 奉化市, the other 奉化区."""
    authority = Authority()
    entries = [authority.mint("union", f"{one['region']}:总工会", str(one["canonical"])) for one in (CITY, DISTRICT)]
    older = []
    for name, one, entry in zip(("doc:a", "doc:b"), (CITY, DISTRICT), entries, strict=True):
        (made,) = identified(record(name, unions=()), authority=authority)
        older.append(replace(made, unions=(union(**one, entity=entry.id),)))
    return authority, older[0], older[1]


def test_two_ids_that_keys_of_one_mention_lead_to_become_one_in_all_documents(tmp_path: Path) -> None:
    authority, one, other = minted_by_rules_that_knew_no_renaming()
    assert entity(one) != entity(other)
    (again,) = identify((record("doc:a", unions=(union(**CITY),)),), [one], authority)
    assert entity(again) == entity(one)
    assert judged(authority, []).leads == {entity(other): entity(one)}  # doc:b was not read again
    write_authority(tmp_path, authority)
    kept = read_authority(tmp_path)
    assert kept.entries == authority.entries
    (later,) = identify((record("doc:b", unions=(union(**DISTRICT),)),), [other], kept)
    assert entity(later) == entity(one)
    # The document that showed it may go: the id stays retired.
    (new,) = identify((record("doc:c", unions=(union(**DISTRICT),)),), (), kept)
    assert entity(new) == entity(one)
    write_authority(tmp_path, kept)
    assert read_authority(tmp_path).entries == kept.entries


def test_reading_again_after_an_id_was_retired_changes_nothing_more() -> None:
    authority, one, _ = minted_by_rules_that_knew_no_renaming()
    read = record("doc:a", unions=(union(**CITY), union(**DISTRICT, name="示例镇总工会 ")))
    first = identify((read,), [one], authority)
    entries = {kind: dict(some) for kind, some in authority.entries.items()}
    assert identify((read,), first, authority) == first
    assert authority.entries == entries
    assert {u.entity for u in first[0].unions} == {entity(one)}


def test_what_people_judged_different_is_not_retired_and_comes_back() -> None:
    authority, one, other = minted_by_rules_that_knew_no_renaming()
    pair = frozenset({entity(one), entity(other)})
    read = (record("doc:a", unions=(union(**CITY),)),)
    identify(read, [one], authority, {pair})
    assert judged(authority, []).leads == {}
    identify(read, [one], authority)
    made = judgements(("different", tuple(sorted(pair))))
    assert judged(authority, made).leads == {}
    (later,) = identify(
        (record("doc:b", unions=(union(**DISTRICT),)),), [other], authority, judged(authority, made).apart
    )
    assert entity(later) == entity(other)


@pytest.mark.parametrize(
    ("elsewhere", "retired"),
    [
        ((), True),
        # another account still says no more than the town: whose it is stays open
        ((union("城东街道总工会", region=None),), False),
    ],
)
def test_an_id_that_only_one_document_could_use_is_retired_when_its_words_are_read_better(
    elsewhere: tuple, retired: bool
) -> None:
    authority = Authority()
    (known,) = identified(
        record("doc:b", unions=(union("江苏省南京市江宁区城东街道总工会", region="320115"),)), authority=authority
    )
    vague = union("城东街道总工会", region=None)
    older = identified(record(unions=(vague,)), second_account(lines=((6, 9),), unions=elsewhere), authority=authority)
    assert entity(older[0]) != entity(known)
    better = (
        record(unions=(union("江苏省南京市江宁区城东街道总工会", region="320115"),)),
        second_account(lines=((6, 9),), unions=elsewhere),
    )
    newer = identify(better, older, authority)
    assert entity(newer[0]) == entity(known)
    leads = {one: first for one, first in judged(authority, []).leads.items() if one.startswith("union:")}
    assert leads == ({entity(older[0]): entity(known)} if retired else {})


def test_an_id_that_other_documents_use_is_not_retired_by_one_of_them() -> None:
    authority = Authority()
    company = {"type": "enterprise", "level": "grassroots"}
    identified(record("doc:b", unions=(union("上海示例有限公司工会", **company),)), authority=authority)
    older = identified(record(unions=(union("示例有限公司工会", **company),)), authority=authority)
    identify((record(unions=(union("上海示例有限公司工会", **company),)),), older, authority)
    assert judged(authority, []).leads == {}


def test_redirects_in_a_circle_are_refused(tmp_path: Path) -> None:
    lines = (
        '{"id":"union:1","name":"甲","keys":["甲"],"redirect":"union:2"}\n'
        '{"id":"union:2","name":"乙","keys":["乙"],"redirect":"union:1"}\n'
    )
    (tmp_path / "union.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(RecordError, match=r"union\.jsonl:2"):
        read_authority(tmp_path)
