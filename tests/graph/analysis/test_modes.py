"""Modes of spread, on stories made by hand: each mode once, and what must not be taken for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.queries.asked import BAOSHAN, BARGAINING, HUZHOU, NATIONAL, NINGBO, SHANGHAI, account, said, union
from tests.queries.asked_spread import CHANGXING, JIADING, STEEL, TOWN, owner, spread
from unionkg.graph.analysis.modes import TypeModes, modes
from unionkg.graph.announced import identified
from unionkg.graph.authority import Authority
from unionkg.graph.build import Projection, project
from unionkg.graph.decisions import EffectiveRecord
from unionkg.graph.identity import identify
from unionkg.graph.records import AnnouncementStatement, CaseRecord, DocumentRecord, RegionStatement, TextStatement
from unionkg.graph.structure import vocabularies
from unionkg.ontology.regions import table

ZHEJIANG = ("浙江省总工会", "浙江省总工会", "superior", "provincial", "330000")
GROUP = owner("示例集团工会", "示例集团工会", "grassroots", "310113", "enterprise")


def telling(one: tuple[Any, ...], started: str | None, *spreads: Any, line: int = 1, **more: Any) -> CaseRecord:
    """An account of collective bargaining by a union, with what it says of its spread."""
    return account(
        "doc:m", line, f"{one[0]}谈判", one, one[4], ((BARGAINING, "main"),), started, diffusion=tuple(spreads), **more
    )


def of(*records: CaseRecord, publishers: tuple[str | None, ...] = (None,)) -> Projection:
    """A collection of a document for each publisher, all of 2021; the first holds the accounts."""
    authority = Authority()
    numbered = [replace(record, lines=((10 * n + 1, 10 * n + 4),)) for n, record in enumerate(records)]
    cases = [EffectiveRecord(record) for record in identify(numbered, (), authority)]
    documents = []
    for number, publisher in enumerate(publishers):
        document = DocumentRecord(
            id="doc:m" if number == 0 else f"doc:m{number}",
            title="示例文献",
            origin="m.txt",
            sha256="0" * 64,
            encoding="utf-8",
            publisher=publisher,
            published="2021",
        )
        documents.append((document, cases if number == 0 else []))
    return project(documents, vocabularies(), {}, table())


def found(projection: Projection) -> TypeModes:
    (one,) = modes(projection, BARGAINING)
    return one


def told(projection: Projection) -> list[tuple[str, str, list[tuple[str, str | None]]]]:
    """Every story: mode, order, and its steps with their time."""
    return [(f.mode, f.order, [(s.role, s.period) for s in f.steps]) for f in found(projection).findings]


def words_at(start: int, statement: Any) -> Any:
    """The statement with its words at another place of the text."""
    (words,) = statement.evidence
    return replace(statement, evidence=(replace(words, start=start, end=start + len(words.quote)),))


def place(name: str, code: str) -> Any:
    return said(RegionStatement, name, name=name, code=code, role="mentioned")


def located(record: CaseRecord, *places: Any) -> CaseRecord:
    return replace(record, regions=(*record.regions, *places))


UPPER = {"unions": (union(*SHANGHAI), union(*NATIONAL))}


def citing(issued: str | None, concepts: tuple[str, ...], *spreads: Any) -> Projection:
    """宝山's account, begun in 2015, which cites a policy of the national federation."""
    cited = (said(TextStatement, "按照协商意见", value="协商意见"),)
    announced = said(
        AnnouncementStatement,
        "协商意见",
        name="协商意见",
        lines=((91, 92),),
        issuers=("中华全国总工会",),
        issued=issued,
        concepts=concepts,
    )
    authority = Authority()
    record = telling(
        BAOSHAN,
        "2015",
        *spreads,
        policies=cited,
        unions=(*UPPER["unions"], union(*JIADING[:2], "mentioned", *JIADING[3:])),
    )
    cases = [EffectiveRecord(one) for one in identify([record], (), authority)]
    policy = cases[0].record.policies[0].entity
    document = DocumentRecord(
        id="doc:m", title="示例", origin="m.txt", sha256="0" * 64, encoding="utf-8", announcements=(announced,)
    )
    document = identified(document, authority)
    same = replace(document.announcements[0], entity=policy)
    return project([(replace(document, announcements=(same,)), cases)], vocabularies(), {}, table())


# ------------------------------------------------------------ from above


@pytest.mark.parametrize(
    ("started", "period", "expected"),
    [
        ("2016-07", "2015", [("top_down", "dated", [("act", "2015"), ("start", "2016-07")])]),
        ("2016-07", "2016", [("top_down", "open", [("act", "2016"), ("start", "2016-07")])]),
        (None, "2016", [("top_down", "open", [("act", "2016")])]),
        ("2016-07", "2017", []),
    ],
)
def test_what_a_superior_assigned_before_is_top_down(
    started: str | None, period: str, expected: list[tuple[Any, ...]]
) -> None:
    assigned = spread("piloted_by", "上海市总工会", period=period)
    assert told(of(telling(BAOSHAN, started, assigned, **UPPER))) == expected


def test_a_promotion_surely_before_the_beginning_is_top_down() -> None:
    promoted = spread("promoted_by", "上海市总工会", period="2014")
    assert told(of(telling(BAOSHAN, "2015", promoted, **UPPER))) == [
        ("top_down", "dated", [("act", "2014"), ("start", "2015")])
    ]


@pytest.mark.parametrize(
    ("form", "period", "expected"),
    [
        (None, None, []),
        ("发文推广", None, []),
        ("发文推广", "2015", []),  # of the same year: who came first is open
        ("现场会", None, [("bottom_up", "worded", [("start", "2015"), ("uptake", None)])]),
    ],
)
def test_a_promotion_without_an_order_tells_no_direction_unless_its_form_does(
    form: str | None, period: str | None, expected: list[tuple[Any, ...]]
) -> None:
    promoted = spread("promoted_by", "上海市总工会", period=period, form=form)
    one = found(of(telling(BAOSHAN, "2015", promoted, **UPPER)))
    assert [(f.mode, f.order, [(s.role, s.period) for s in f.steps]) for f in one.findings] == expected
    assert one.unused == ({} if expected else {("PROMOTED_BY", "order"): 1})


@pytest.mark.parametrize(
    ("concepts", "issued", "expected"),
    [
        ((BARGAINING,), "2014-05", [("top_down", "dated", [("act", "2014-05"), ("start", "2015")])]),
        ((BARGAINING,), "2016", []),  # nothing states that its issuer took up this practice
        (("小三级工会",), "2014-05", []),
    ],
)
def test_a_cited_policy_of_a_superior_counts_where_it_is_about_the_practice_type(
    concepts: tuple[str, ...], issued: str, expected: list[tuple[Any, ...]]
) -> None:
    assert told(citing(issued, concepts)) == expected


# ------------------------------------------------------------ from below


@pytest.mark.parametrize(
    ("said_of_it", "expected"),
    [
        (spread("promoted_by", "中华全国总工会", period="2016-12", form="发文推广"), ["bottom_up"]),
        (spread("recognised_by", "上海市总工会", period="2016", form="写入文件"), ["bottom_up"]),
        (spread("recognised_by", "上海市总工会", period="2016", form="入选"), []),
        (spread("recognised_by", "上海市总工会", period="2016", form="批示"), []),
        (spread("promoted_by", "上海市总工会", period="2016", form="会议交流"), []),
        (spread("promoted_by", "上海市总工会", period="2016", intended=True), []),
        (spread("promoted_by", "某某公司", period="2016"), []),
        (spread("scaled_to", "上海市", period="2016"), ["bottom_up"]),
        (spread("scaled_to", "全市", period="2016", collective=True), []),
    ],
)
def test_only_what_amounts_to_an_uptake_is_bottom_up(said_of_it: Any, expected: list[str]) -> None:
    record = located(telling(BAOSHAN, "2015", said_of_it, **UPPER), place("上海市", "310000"))
    assert [mode for mode, *_ in told(of(record))] == expected


def test_a_superior_that_learns_from_below_takes_up() -> None:
    above = owner(*SHANGHAI[:2], *SHANGHAI[3:])
    learned = spread("learned_from", "宝山区总工会", period="2016")
    records = (
        telling(BAOSHAN, "2015"),
        telling(above, "2017", learned, unions=(union(*BAOSHAN[:2], "mentioned", *BAOSHAN[3:]),)),
    )
    assert told(of(*records)) == [("bottom_up", "dated", [("start", "2015"), ("uptake", "2016")])]


def test_what_was_assigned_is_not_bottom_up_however_it_is_promoted_later() -> None:
    both = spread("piloted_by", "上海市总工会", period="2014"), spread("promoted_by", "中华全国总工会", period="2016")
    assert [mode for mode, *_ in told(of(telling(BAOSHAN, "2015", *both, **UPPER)))] == ["top_down", "pilot_rollout"]


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("2014-05", ["top_down"]),
        ("2015", ["top_down"]),  # the policy may have come first
        (None, ["top_down"]),
        ("2016", ["bottom_up"]),
    ],
)
def test_what_follows_a_cited_policy_did_not_start_locally(issued: str | None, expected: list[str]) -> None:
    written = spread("recognised_by", "上海市总工会", period="2016", form="写入文件")
    assert [mode for mode, *_ in told(citing(issued, (BARGAINING,), written))] == expected


@pytest.mark.parametrize(("period", "expected"), [("2014", ["top_down"]), ("2016", ["bottom_up", "bottom_up"])])
def test_what_a_superior_promoted_before_did_not_start_locally(period: str, expected: list[str]) -> None:
    promoted = spread("promoted_by", "上海市总工会", period=period)
    written = spread("recognised_by", "中华全国总工会", period="2017", form="写入文件")
    assert [mode for mode, *_ in told(of(telling(BAOSHAN, "2015", promoted, written, **UPPER)))] == expected


def test_a_later_policy_that_is_cited_is_not_absorbed_either() -> None:
    copied = spread("replicated_in", "嘉定区总工会", period="2017")
    assert "absorb_radiate" not in [mode for mode, *_ in told(citing("2016", (BARGAINING,), copied))]


def test_absorption_and_radiation_needs_all_three_steps_and_a_place_below_the_superior() -> None:
    endorsed = spread("recognised_by", "上海市总工会", period="2016", form="批示")
    copied = spread("replicated_in", "嘉定区", period="2017")
    record = telling(BAOSHAN, "2015", endorsed, copied, **UPPER)
    assert told(of(located(record, place("嘉定区", "310114"))))[0] == (
        "absorb_radiate",
        "dated",
        [("start", "2015"), ("uptake", "2016"), ("radiation", "2017")],
    )
    outside = telling(BAOSHAN, "2015", endorsed, spread("replicated_in", "湖州市", period="2017"), **UPPER)
    assert "absorb_radiate" not in [mode for mode, *_ in told(of(located(outside, place("湖州市", "330500"))))]
    inside = telling(BAOSHAN, "2015", endorsed, spread("replicated_in", "宝山区", period="2017"), **UPPER)
    assert "absorb_radiate" not in [mode for mode, *_ in told(of(inside))]
    too_early = spread("replicated_in", "嘉定区", period="2014")
    early = located(telling(BAOSHAN, "2015", endorsed, too_early, **UPPER), place("嘉定区", "310114"))
    assert "absorb_radiate" not in [mode for mode, *_ in told(of(early))]


def test_another_account_that_says_whom_it_learned_from_radiates_too() -> None:
    promoted = spread("promoted_by", "中华全国总工会", period="2016")
    learner = telling(
        HUZHOU,
        "2018",
        spread("learned_from", "宝山区总工会", period="2017"),
        unions=(union(*BAOSHAN[:2], "mentioned", *BAOSHAN[3:]),),
    )
    stories = told(of(telling(BAOSHAN, "2015", promoted, **UPPER), learner))
    assert stories[0] == ("absorb_radiate", "dated", [("start", "2015"), ("uptake", "2016"), ("radiation", "2017")])


# ------------------------------------------------------------ sideways


def learner(one: tuple[Any, ...], source: tuple[Any, ...], started: str | None = "2018", **more: Any) -> CaseRecord:
    said_so = spread("learned_from", source[0], **more)
    return telling(one, started, said_so, unions=(union(*source[:2], "mentioned", *source[3:]),))


@pytest.mark.parametrize(
    ("one", "source", "mode"),
    [
        (HUZHOU, NINGBO, "same_level"),
        (JIADING, BAOSHAN, "same_level"),
        (JIADING, NINGBO, "forerunner"),
        (HUZHOU, BAOSHAN, "forerunner"),
        (GROUP, STEEL, "same_level"),
        (CHANGXING, HUZHOU, None),  # its own superior
        (GROUP, HUZHOU, None),  # a company and a city have no standing towards each other
    ],
)
def test_levels_tell_equals_from_forerunners(one: tuple[Any, ...], source: tuple[Any, ...], mode: str | None) -> None:
    assert told(of(learner(one, source))) == (
        [(mode, "worded", [("start", "2018"), ("learning", None)])] if mode else []
    )


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ("2015", [("same_level", "dated", [("start", "2015"), ("start", "2018"), ("learning", None)])]),
        ("2018", [("same_level", "worded", [("start", "2018"), ("learning", None)])]),
        ("2020", []),
    ],
)
def test_dates_prove_or_contradict_what_words_say(theirs: str, expected: list[tuple[Any, ...]]) -> None:
    assert told(of(telling(NINGBO, theirs), learner(HUZHOU, NINGBO))) == expected


@pytest.mark.parametrize("flag", ["collective", "internal", "intended"])
def test_no_tie_between_two_units_is_no_mode(flag: str) -> None:
    assert told(of(learner(HUZHOU, NINGBO, **{flag: True}))) == []


@pytest.mark.parametrize(
    ("period", "expected"), [("2016", ["top_down"]), (None, []), ("2019", ["same_level", "bottom_up"])]
)
def test_between_equals_no_common_superior_has_acted_before(period: str | None, expected: list[str]) -> None:
    promoted = spread("promoted_by", "浙江省总工会", period=period)
    record = learner(HUZHOU, NINGBO, "2018", period="2017-03")
    both = replace(record, diffusion=(*record.diffusion, promoted), unions=(*record.unions, union(*ZHEJIANG)))
    assert [mode for mode, *_ in told(of(both)) if mode != "bottom_up" or period == "2019"] == expected


# ------------------------------------------------------------ pilots


@pytest.mark.parametrize(
    ("pilot", "rollout", "expected"),
    [
        ("2016-07", "2017-05", "dated"),
        ("2016", "2016-09", "open"),
        (None, "2017", "open"),
        ("2018", "2017", None),
    ],
)
def test_a_pilot_then_a_roll_out(pilot: str | None, rollout: str, expected: str | None) -> None:
    steps = (
        spread("piloted_by", "某产业园", period=pilot),
        words_at(200, spread("scaled_to", "各区县", period=rollout, collective=True)),
    )
    stories = told(of(telling(TOWN, None, *steps)))
    assert [(mode, order) for mode, order, _ in stories] == ([("pilot_rollout", expected)] if expected else [])


def test_one_sentence_may_state_the_order() -> None:
    words = "先在某产业园试点再推到各区县"
    steps = tuple(
        replace(one, evidence=(replace(one.evidence[0], quote=words, start=40, end=40 + len(words)),))
        for one in (spread("piloted_by", "某产业园"), spread("scaled_to", "各区县", collective=True))
    )
    assert [(mode, order) for mode, order, _ in told(of(telling(TOWN, None, *steps)))] == [("pilot_rollout", "worded")]


# ------------------------------------------------------------ too little, and what is told with it


def test_too_little_is_told_with_what_there_is() -> None:
    one = found(
        of(
            telling(BAOSHAN, "2015", spread("recognised_by", "上海市总工会", form="表彰"), **UPPER),
            telling(JIADING, None, spread("learned_from", "某地"), spread("scaled_to", "全市", collective=True)),
            telling(STEEL, None, spread("scaled_to", "全集团", intended=True)),
        )
    )
    assert one.findings == ()
    assert one.unused == {
        ("RECOGNISED_BY", "noted"): 1,
        ("LEARNED_FROM", "unresolved"): 1,
        ("SCALED_TO", "collective"): 1,
        ("SCALED_TO", "intended"): 1,
    }
    counted = one.basis
    assert (counted.accounts, counted.stated, counted.known_by, counted.placed, counted.edges) == (3, 1, 2, 3, 2)


def test_a_beginning_is_quoted_in_its_own_words() -> None:
    (story,) = found(
        of(telling(BAOSHAN, "2015", spread("promoted_by", "上海市总工会", period="2014"), **UPPER))
    ).findings
    act, start = story.steps
    assert (act.quotes, act.other, act.unions) == (("promoted_by上海市总工会",), "上海市总工会", ("宝山区总工会",))
    assert (start.quotes, start.relationship, start.document) == (("2015起",), "started", "doc:m")


def test_routine_types_and_types_that_are_only_a_part_have_no_modes() -> None:
    assigned = spread("piloted_by", "上海市总工会", period="2014")
    record = account(
        "doc:m",
        1,
        "送清凉",
        BAOSHAN,
        "310113",
        (("送清凉", "main"), (BARGAINING, "part")),
        "2015",
        diffusion=(assigned,),
        **UPPER,
    )
    assert modes(of(record)) == []
