"""What a briefing says: every statement with its quote, dates as they are known, four kinds of silence, nothing added up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.viz.briefing.briefed import briefing, cells, notes, pieces, projected, table, topic, words
from tests.viz.pictured import DOCUMENT, TEXT, small, stated
from unionkg.graph.analysis.accounts import Selection, collection
from unionkg.graph.projection import DocumentGraph
from unionkg.graph.stores.protocol import Node
from unionkg.viz.briefing.blocks import Section, Subheading
from unionkg.viz.briefing.brief import brief
from unionkg.viz.briefing.cited import Note, closed_up, plain
from unionkg.viz.briefing.facts import facts
from unionkg.viz.briefing.topic import Kind, Topic, material

STATIONS = "工会驿站/户外劳动者服务站"
TOPICS: list[tuple[Kind, str]] = [
    ("practice", "行业工会联合会"),
    ("practice", STATIONS),
    ("theme", "基层工会建设"),
    ("group", "农民工"),
    ("group", "新就业形态劳动者"),
    ("region", "上海市"),
    ("region", "浙江省"),
]
each_topic = pytest.mark.parametrize(("kind", "name"), TOPICS, ids=[name for _, name in TOPICS])


@each_topic
def test_it_has_its_six_parts_in_order(kind: Kind, name: str) -> None:
    found = [section.heading for section in briefing(kind, name).sections]
    assert found == [
        "一、资料范围与截止日期",
        "二、做法分类",
        "三、代表单位",
        "四、自报成效",
        "五、资料未见",
        "六、借鉴条件",
    ]


@each_topic
def test_every_quote_stands_where_its_note_says(kind: Kind, name: str) -> None:
    made = briefing(kind, name)
    projection, texts = projected()
    known = material(topic(kind, name, projection), facts(projection, texts), texts)
    by_number = dict(enumerate((document.id for document in known.sources.documents), 1))
    found = [quote for note in notes(made.sections) for quote in note.quotes]
    assert len(found) >= 10
    for quote in found:
        assert quote.lines is not None
        first, last = quote.lines
        lines = texts[by_number[quote.document]].split("\n")[first - 1 : last]
        assert quote.words in closed_up("\n".join(lines))


@each_topic
def test_tables_are_numbered_as_they_stand_and_spoken_of_by_number(kind: Kind, name: str) -> None:
    sections = briefing(kind, name).sections
    captions = [one.caption for section in sections for one in section.tables]
    assert [caption.split("　")[0] for caption in captions] == [f"表{n}" for n in range(1, len(captions) + 1)]
    spoken = {int(number) for number in re.findall(r"表(\d)", words(sections))}
    assert spoken <= set(range(1, len(captions) + 1))
    assert not any("<" in plain(text) for text in pieces(sections))


@each_topic
def test_it_claims_no_first_and_no_rank(kind: Kind, name: str) -> None:
    said = words(briefing(kind, name).sections)
    for disclaimer in ("不表示首创", "不作排名", "不表示谁先开展", "不作推断"):
        said = said.replace(disclaimer, "")
    assert not re.search("首创|首家|率先|第一|排名|领先|推断|影响力|平均为|合计|共计|总计", said)


@each_topic
def test_units_stand_by_date_then_by_code(kind: Kind, name: str) -> None:
    projection, texts = projected()
    known = material(topic(kind, name, projection), facts(projection, texts), texts)
    by_date = [
        (entry.dating.get("not_after") or "9999", entry.dating.get("not_before") or "", entry.code)
        for entry in known.entries
    ]
    assert by_date == sorted(by_date)
    rows = cells(briefing(kind, name), "代表单位")
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert len(rows) == min(20, len(known.entries))


@each_topic
def test_every_unit_and_every_figure_has_its_quotes(kind: Kind, name: str) -> None:
    made = briefing(kind, name)
    for row in table(made, "代表单位").rows:
        assert any(isinstance(piece, Note) and piece.quotes for piece in row[5]), plain(row[5])
        if plain(row[1]) != "案例未写明单位":
            assert any(isinstance(piece, Note) and piece.quotes for piece in row[1]), plain(row[1])
    for row in table(made, "自报成效").rows:
        assert any(isinstance(piece, Note) and piece.quotes for piece in row[3]), plain(row[3])


def test_an_upper_bound_is_called_one_and_a_stated_start_is_not() -> None:
    rows = {row[1]: row[4] for row in cells(briefing("practice", "行业工会联合会"), "代表单位")}
    assert rows["长宁区家政行业工会联合会"] == "2017年8月4日"
    since = {row[1]: row[4] for row in cells(briefing("region", "上海市"), "代表单位")}
    assert since["宝山区月浦镇总工会"] == "不晚于2018年5月"
    assert since["上海市绿化市容行业工会"] == "2015年"


def test_a_stated_start_has_its_words_behind_it() -> None:
    row = next(
        row for row in table(briefing("region", "上海市"), "代表单位").rows if plain(row[1]).startswith("徐汇区")
    )
    (note,) = [piece for piece in row[4] if isinstance(piece, Note)]
    assert any("2016年7月" in quote.words for quote in note.quotes)


def test_figures_are_told_as_printed_with_kind_and_reporter() -> None:
    rows = cells(briefing("region", "上海市"), "自报成效")
    told = {row[3]: row for row in rows}
    assert "97.9%" in told
    assert "2.6万份" in told
    assert {row[5] for row in rows} <= {"成效", "产出", "规模", "投入", "—"}
    assert all(row[6] for row in rows)
    per_account: dict[str, list[str]] = {}
    for row in rows:
        per_account.setdefault(row[0], []).append(row[5])
    order = ["成效", "产出", "规模", "投入", "—"]
    assert all(kinds == sorted(kinds, key=order.index) and len(kinds) <= 4 for kinds in per_account.values())


def test_figures_of_a_practice_are_only_those_of_accounts_that_it_is_the_main_thing_of() -> None:
    made = briefing("practice", "子女托管与关爱")
    units = {row[0]: row[6] for row in cells(made, "代表单位")}
    assert set(units.values()) == {"主", "部分"}
    assert {units[row[0]] for row in cells(made, "自报成效")} == {"主"}


def test_figures_of_accounts_that_it_is_only_a_part_of_are_not_called_its_own() -> None:
    assert "不能看作它的成效" in words(briefing("practice", "区域/园区/楼宇联合工会").sections)
    assert "不能看作它的成效" not in words(briefing("practice", "子女托管与关爱").sections)


# ------------------------------------------------------------ 资料未见


def states(kind: Kind, name: str, *, ledger: bool = False) -> dict[str, tuple[int, str]]:
    return {row[0]: (int(row[1]), row[2]) for row in cells(briefing(kind, name, ledger=ledger), "各地有无记载")}


@pytest.mark.parametrize(("kind", "name"), [one for one in TOPICS if one[0] != "region"])
def test_every_province_is_in_one_state(kind: Kind, name: str) -> None:
    found = states(kind, name)
    assert list(found) == ["有记载", "台账确认未开展", "资料未见", "无该地资料"]
    assert sum(count for count, _ in found.values()) == 32
    for count, listed in found.values():
        assert count == len([one for one in re.sub("（[^）]*）", "", listed).split("、") if one != "无"])


def test_without_a_ledger_nothing_is_confirmed_absent() -> None:
    assert states("practice", STATIONS)["台账确认未开展"] == (0, "无")
    assert "没有收入台账" in words(briefing("practice", STATIONS).sections)


def test_only_what_a_ledger_says_is_confirmed_absent_with_its_date() -> None:
    found = states("practice", STATIONS, ledger=True)
    count, listed = found["台账确认未开展"]
    assert count == 1
    assert listed.startswith("江苏省（台账《")
    assert "未开展，截至2023年6月" in listed
    assert "福建省（台账《" in found["有记载"][1]
    assert "没有收入台账" not in words(briefing("practice", STATIONS, ledger=True).sections)


def test_a_ledger_on_one_practice_type_says_nothing_of_a_whole_field() -> None:
    made = briefing("theme", "工会服务职工", ledger=True)
    assert states("theme", "工会服务职工", ledger=True)["台账确认未开展"] == (0, "无")
    said = "\n".join(plain(text) for text in pieces(made.sections))
    assert "江苏省的“工会驿站/户外劳动者服务站”" in said
    assert "不等于整个领域的工作没有开展" in said


def test_a_region_is_told_its_unseen_fields_and_what_a_ledger_says_of_it() -> None:
    said = "\n".join(plain(text) for text in pieces(briefing("region", "上海市", ledger=True).sections))
    assert "台账确认未开展的有：“住房服务”" in said
    assert "资料未见上海市案例的有" in said
    assert "江苏" not in said


def test_the_parts_of_a_region_with_and_without_accounts() -> None:
    rows = {row[0]: row for row in cells(briefing("region", "上海市"), "下级地区有无案例")}
    assert int(rows["有该地案例"][1]) + int(rows["无该地资料"][1]) == 16
    assert "长宁区（" in rows["有该地案例"][2]


# ------------------------------------------------------------ what counts


def test_a_group_counts_those_below_it_and_tells_them_apart() -> None:
    made = briefing("group", "新就业形态劳动者")
    (scope, *_) = made.sections
    told = plain(scope.blocks[0].text)  # type: ignore[union-attr]
    direct, narrower = map(int, re.findall(r"直接写明的(\d+)则，只写明其中一类（[^）]+）的(\d+)则", told)[0])
    assert (direct + narrower, narrower > 0) == (made.accounts, True)


def test_what_only_touches_a_field_is_told_apart_and_not_counted() -> None:
    made = briefing("theme", "工会服务职工")
    others = int(re.findall(r"另有(\d+)则案例主做法归入其他领域", words(made.sections))[0])
    projection, _ = projected()
    every = len(collection(projection, Selection(routine=True)).accounts)
    assert 0 < others <= every - made.accounts


def test_two_bodies_of_one_name_are_named_once_with_the_quotes_of_both() -> None:
    before = small()
    (graph,) = before.documents
    bodies = [Node("Organization", f"organization:{at}", {"name": "人社部门", "type": "government"}) for at in (1, 2)]
    ties = [
        stated("SUPPORTED", ("Organization", one.id), ("PracticeCase", "case:1"), "case:1", quote, type="government")
        for one, quote in zip(bodies, ("暖杯", "小站"), strict=True)
    ]
    made = replace(
        before,
        documents=[DocumentGraph(DOCUMENT, graph.nodes, (*graph.relationships, *ties))],
        entities=[*before.entities, *bodies],
    )
    told = brief(made, {DOCUMENT: TEXT}, Topic("practice", "practice_type:station", "驿站"))
    (text,) = [text for text in pieces(told.sections[-1:]) if plain(text).startswith("政府部门")]
    assert plain(text) == "政府部门：人社部门。"
    assert [quote.words for piece in text if isinstance(piece, Note) for quote in piece.quotes] == ["小站", "暖杯"]


def test_conditions_are_only_what_accounts_state_in_their_words() -> None:
    section: Section = briefing("region", "上海市").sections[5]
    heads = [block.text for block in section.blocks if isinstance(block, Subheading)]
    assert heads == [
        "（一）人员",
        "（二）经费",
        "（三）场地、设备和其他投入",
        "（四）制度和平台",
        "（五）协同部门",
        "（六）上级工会和伙伴工会",
    ]
    for text in pieces((section,)):
        said = plain(text)
        if said.startswith(("政府部门：", "企业：", "文中引用", "指导、试点")) or "原文：" in said:
            assert any(isinstance(piece, Note) and piece.quotes for piece in text), said


def test_references_are_those_of_the_documents_with_accounts() -> None:
    made = briefing("practice", "行业工会联合会")
    assert made.documents == len(made.references)
    assert all(re.match(rf"\[{number}\] .*\[(?:G|Z|N)\]", told) for number, told in enumerate(made.references, 1))
    cited = {quote.document for note in notes(made.sections) for quote in note.quotes}
    assert cited == set(range(1, made.documents + 1))


def test_a_topic_without_accounts_has_no_sections() -> None:
    projection, texts = projected()
    made = brief(projection, texts, topic("practice", "疗休养", projection))
    assert (made.accounts, made.sections) == (0, ())


def test_a_topic_that_is_nowhere_has_none_either() -> None:
    projection, texts = projected()
    assert brief(projection, texts, Topic("region", "region:540000", "西藏自治区")).accounts == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_chinese_whatever_the_user_reads(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONKG_LANG", language)
    projection, texts = projected()
    made = brief(projection, texts, topic("practice", "行业工会联合会", projection))
    said = re.sub("[A-Za-z]*[+＋&]|“[^”]*”", "", words(made.sections))
    assert not re.search(r"[A-Za-z]{6,}", said)
    assert made.title == "“行业工会联合会”做法情况简报"
