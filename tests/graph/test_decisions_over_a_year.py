"""A year in a workspace: documents are read again by better rules, sources change and move; decisions stay.

Everything is in real files, written as loading and deciding write them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from unionkg import workspace as workspaces
from unionkg.graph.authority import read_authority, write_authority
from unionkg.graph.corpus import folder_of, read_corpus, records_of
from unionkg.graph.decisions import EffectiveRecord, read_reviews
from unionkg.graph.identity import identify
from unionkg.graph.records import (
    CaseRecord,
    DocumentRecord,
    Evidence,
    OutcomeStatement,
    PracticeStatement,
    RegionStatement,
    Statement,
    TargetGroupStatement,
    TextStatement,
    UnionStatement,
    lines_text,
    to_line,
)
from unionkg.graph.verdicts import Accept, Add, Edit, Lack, Merge, Reject, Split, Undo
from unionkg.loading import load_files
from unionkg.reviewing import Desk
from unionkg.workspace import Workspace, commit_document

DOCUMENT = "doc:aaaabbbbcccc"
TEXT = """甲区总工会 门房变驿站
2021年4月起,甲区总工会把闲置门房改成驿站。
到2022年底,驿站增至12个,服务3400余人次。
区城管局出了场地,快递员常来歇脚。
乙区总工会 夜校进车间
乙区总工会办夜校60期,学员900人。
丙区总工会 法律夜市
丙区总工会摆夜市30场。
丁区总工会 流动书车
丁区总工会开出书车5辆。
戊区总工会 工间操
"""


def words(quote: str, text: str, after: str = "") -> tuple[Evidence, ...]:
    start = text.index(quote, text.index(after) if after else 0)
    return (Evidence(quote, start, start + len(quote)),)


def outcome(quote: str, text: str, **given: object) -> OutcomeStatement:
    plain = {"method": "outcome.rule", "confidence": 0.8, "evidence": words(quote, text)}
    return OutcomeStatement(**{**plain, **given})  # type: ignore[arg-type]


def account(text: str, first: int, last: int, name: str, title: str, *items: Statement) -> CaseRecord:
    """A record of lines ``first`` to ``last`` as a reader makes it: no ids yet."""
    union = UnionStatement(
        name=name, canonical=name, role="originator", type="local_federation", level="county", region="310113",
        evidence=words(name, text), method="union.title", confidence=0.9,
    )  # fmt: skip
    return CaseRecord(
        id="",
        document=DOCUMENT,
        kind="case",
        lines=((first, last),),
        title=TextStatement(value=f"{name} {title}", evidence=words(title, text), method="title", confidence=0.9),
        unions=(union,),
        outcomes=tuple(item for item in items if isinstance(item, OutcomeStatement)),
        target_groups=tuple(item for item in items if isinstance(item, TargetGroupStatement)),
        practices=(
            PracticeStatement(
                name=title, theme="工会服务职工", main=True, evidence=words(title, text), method="p", confidence=0.5
            ),
        ),
        regions=(
            RegionStatement(
                name=name[:2], code="310113", role="location", evidence=words(name[:2], text), method="r", confidence=1
            ),
        ),
    )


def read(text: str, shift: int = 0) -> list[CaseRecord]:
    """The accounts as January's rules read them, ``shift`` lines further down."""
    group = TargetGroupStatement(
        group="快递员", surface="快递员", evidence=words("快递员", text), method="g", confidence=0.5
    )
    return [
        account(
            text, 1 + shift, 4 + shift, "甲区总工会", "门房变驿站",
            outcome("驿站增至12个", text, indicator="驿站", value=12.0, unit="个"),
            outcome("服务3400余人次", text, indicator="服务", value=3400.0, unit="人次"), group,
        ),
        account(
            text, 5 + shift, 8 + shift, "乙区总工会", "夜校进车间",
            outcome("夜校60期", text, indicator="夜校", value=60.0, unit="期"),
            outcome("夜市30场", text, indicator="夜市", value=30.0, unit="场"),
        ),
        account(text, 9 + shift, 10 + shift, "丁区总工会", "流动书车",
                outcome("书车5辆", text, indicator="书车", value=5.0, unit="辆")),
        account(text, 11 + shift, 11 + shift, "戊区总工会", "工间操"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Year:
    """The workspace, and what a load and a reviewer do to it."""

    workspace: Workspace

    def load(self, text: str, records: Sequence[CaseRecord]) -> None:
        """Put a reading into the workspace as loading does."""
        authority = read_authority(self.workspace.authority)
        given = identify(records, records_of(self.workspace, DOCUMENT), authority)
        write_authority(self.workspace.authority, authority)
        document = DocumentRecord(
            id=DOCUMENT, title="选编", origin="选编.txt", sha256="0" * 64, encoding="utf-8", published="2023"
        )
        files = {"text.txt": text.encode(), "meta.json": (to_line(document) + "\n").encode()}
        with workspaces.locked(self.workspace, "load"):
            commit_document(self.workspace, folder_of(DOCUMENT), files, lines_text(given))

    def cases(self) -> dict[str, EffectiveRecord]:
        """Effective accounts by the name of their originator, or their id."""
        found = {}
        for case in read_corpus(self.workspace).cases:
            names = [union.name for union in case.record.unions if union.role == "originator"]
            found[names[0] if names else case.record.id] = case
        return found

    def fact(self, account: str, field: str, part: str) -> Statement:
        """The one fact of an account whose quotes or values hold some words."""
        items = getattr(self.cases()[account].record, field)
        (one,) = [item for item in items if part in str(item)]
        found: Statement = one
        return found

    def state_of(self, account: str, field: str, part: str) -> str:
        return self.cases()[account].review(self.fact(account, field, part))

    def reopened(self) -> list[str]:
        return [one.reason for one in read_corpus(self.workspace).reopened]

    def decide(self, *verdicts: object) -> list[str]:
        made = Desk(self.workspace).decide(verdicts, by="甲")  # type: ignore[arg-type]
        return [decision.id for decision in made]

    def grounded(self) -> bool:
        """Whether every quote of every fact stands in the text where it says."""
        text = (self.workspace.sources / folder_of(DOCUMENT) / "text.txt").read_text(encoding="utf-8")
        return all(
            text[e.start : e.end] == e.quote
            for case in read_corpus(self.workspace).cases
            for _, statement in case.record.statements()
            for e in statement.evidence
        )


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """January: the document is loaded and gone through."""
    year = Year(workspaces.create(tmp_path / "kg"))
    year.load(TEXT, read(TEXT))
    first = year.cases()["甲区总工会"].record.id
    year.decide(Accept(year.fact("甲区总工会", "outcomes", "驿站增至").id))
    year.decide(Edit(year.fact("甲区总工会", "outcomes", "服务3400").id, {"indicator": "歇脚", "approximate": True}))
    year.decide(Reject(year.fact("甲区总工会", "target_groups", "快递员").id))
    year.decide(Add(first, "partners", {"type": "government"}, "区城管局"))
    year.decide(Split(year.cases()["乙区总工会"].record.id, 7))
    fourth, fifth = year.cases()["丁区总工会"].record.id, year.cases()["戊区总工会"].record.id
    year.decide(Accept(year.fact("丁区总工会", "outcomes", "书车").id))
    year.decide(Merge(fourth, (fifth,)))
    return year


def check_january(year: Year) -> None:
    """All that was decided in January still holds."""
    assert year.state_of("甲区总工会", "outcomes", "驿站") == "accepted"
    edited = year.fact("甲区总工会", "outcomes", "服务3400")
    assert isinstance(edited, OutcomeStatement)
    assert (edited.indicator, edited.value, edited.approximate) == ("歇脚", 3400.0, True)
    assert year.state_of("甲区总工会", "outcomes", "服务3400") == "corrected"
    assert year.cases()["甲区总工会"].record.target_groups == ()
    assert len(year.cases()["甲区总工会"].rejected) == 1
    assert year.state_of("甲区总工会", "partners", "区城管局") == "corrected"
    assert [o.indicator for o in year.cases()["乙区总工会"].record.outcomes] == ["夜校"]
    (second,) = [case for key, case in year.cases().items() if key.endswith(".2")]
    assert [o.indicator for o in second.record.outcomes] == ["夜市"]
    assert "戊区总工会" in [union.name for union in year.cases()["丁区总工会"].record.unions]
    assert year.state_of("丁区总工会", "outcomes", "书车") == "accepted"
    assert year.reopened() == []
    assert year.grounded()


def test_january(year: Year) -> None:
    check_january(year)


def test_loading_again_changes_nothing(year: Year) -> None:
    before = [to_line(case.record) for case in read_corpus(year.workspace).cases]
    year.load(TEXT, read(TEXT))
    assert [to_line(case.record) for case in read_corpus(year.workspace).cases] == before


def test_longer_quotes_other_confidence_and_new_facts_of_better_rules(year: Year) -> None:
    better = read(TEXT)
    longer = words("到2022年底,驿站增至12个", TEXT)
    stops = replace(better[0].outcomes[0], evidence=longer, confidence=0.99, method="outcome.better")
    more = outcome("闲置门房", TEXT, indicator="门房", value=1.0, unit="处")
    better[0] = replace(better[0], outcomes=(stops, better[0].outcomes[1], more))
    year.load(TEXT, better)
    check_january(year)
    assert year.fact("甲区总工会", "outcomes", "indicator='驿站'").evidence == longer
    assert year.state_of("甲区总工会", "outcomes", "门房") == "unreviewed"


def test_what_was_accepted_keeps_what_it_says_when_rules_read_its_details_otherwise(year: Year) -> None:
    better = read(TEXT)
    vague = replace(better[0].outcomes[0], approximate=True, kind="规模")
    better[0] = replace(better[0], outcomes=(vague, better[0].outcomes[1]))
    year.load(TEXT, better)
    kept = year.fact("甲区总工会", "outcomes", "驿站增至")
    assert isinstance(kept, OutcomeStatement)
    assert (kept.approximate, kept.kind) == (False, None)
    assert year.reopened() == []


def test_facts_that_the_rules_no_longer_read_stay(year: Year) -> None:
    worse = [replace(record, outcomes=(), target_groups=()) for record in read(TEXT)]
    year.load(TEXT, worse)
    assert year.state_of("甲区总工会", "outcomes", "驿站增至") == "accepted"
    assert year.state_of("甲区总工会", "outcomes", "服务3400") == "corrected"
    assert year.state_of("丁区总工会", "outcomes", "书车") == "accepted"
    assert year.reopened() == []
    assert year.grounded()


def test_another_value_reopens_exactly_that_decision_until_somebody_says_so_again(year: Year) -> None:
    other = read(TEXT)
    misread = replace(other[0].outcomes[0], value=120.0)
    other[0] = replace(other[0], outcomes=(misread, other[0].outcomes[1]))
    year.load(TEXT, other)
    assert year.reopened() == ["other_value"]
    assert year.state_of("甲区总工会", "outcomes", "120.0") == "unreviewed"
    assert year.state_of("甲区总工会", "outcomes", "服务3400") == "corrected"

    desk = Desk(year.workspace)
    item = desk.queue()[0]
    assert item.decision is not None
    assert item.value.endswith("驿站 12个")
    desk.decide([Undo(item.id), Edit(item.facts[0], {"value": 12.0})], by="乙")
    assert year.reopened() == []
    assert year.state_of("甲区总工会", "outcomes", "驿站增至") == "corrected"

    year.load(TEXT, read(TEXT))  # the mistake is mended: the value is as the person has it
    assert [o.value for o in year.cases()["甲区总工会"].record.outcomes] == [12.0, 3400.0]
    assert year.reopened() == []


def test_lines_inserted_above_move_everything(year: Year) -> None:
    text = "编者的话\n又一行,说的是驿站增至12个这样的事。\n" + TEXT
    moved = [
        replace(record, outcomes=record.outcomes[1:], target_groups=()) for record in read(text, shift=2)
    ]  # some of it is read no more, so the program must find the words itself
    year.load(text, moved)
    kept = year.fact("甲区总工会", "outcomes", "驿站增至")
    assert kept.evidence[0].start > text.index("甲区总工会")
    assert year.state_of("甲区总工会", "partners", "区城管局") == "corrected"
    (second,) = [case.record for key, case in year.cases().items() if key.endswith(".2")]
    assert second.lines == ((9, 10),)
    assert year.reopened() == []
    assert year.grounded()


def test_a_sentence_that_leaves_the_source_reopens_what_rested_on_it(year: Year) -> None:
    gone = "区城管局出了场地,快递员常来歇脚。\n"
    text = TEXT.replace(gone, "大家都说好。\n") + "尾声:区城管局另有通知。\n"
    records = read(TEXT)
    for number, record in enumerate(records):
        moved = {
            field: tuple(replace(item, evidence=words(item.evidence[0].quote, text)) for item in getattr(record, field))
            for field in ("outcomes", "unions", "practices", "regions")
        }
        title = replace(record.title, evidence=words(record.title.evidence[0].quote, text))
        records[number] = replace(record, target_groups=(), title=title, **moved)
    records[-1] = replace(records[-1], lines=((11, 12),))
    year.load(text, records)
    # 区城管局 still stands in the document, but in another account: nobody said it of this one.
    assert year.reopened() == ["quote_left_source", "quote_left_source"]
    assert year.cases()["甲区总工会"].record.partners == ()
    assert year.state_of("甲区总工会", "outcomes", "驿站增至") == "accepted"
    assert year.grounded()


def test_rules_that_cut_where_people_cut_keep_what_was_decided_on_the_parts(year: Year) -> None:
    (part,) = [case.record for key, case in year.cases().items() if key.endswith(".2")]
    year.decide(Accept(part.outcomes[0].id), Add(part.id, "platforms", {}, "夜市"))
    better = read(TEXT)
    second = replace(better[1], lines=((5, 6),), outcomes=better[1].outcomes[:1])
    third = account(TEXT, 7, 8, "丙区总工会", "法律夜市", better[1].outcomes[1])
    year.load(TEXT, [better[0], second, third, *better[2:]])
    assert year.state_of("丙区总工会", "outcomes", "夜市30场") == "accepted"
    assert year.state_of("丙区总工会", "platforms", "夜市") == "corrected"
    assert year.reopened() == []


def test_rules_that_join_what_people_joined_keep_what_was_decided_before(year: Year) -> None:
    better = read(TEXT)
    whole = replace(better[2], lines=((9, 11),), unions=better[2].unions + better[3].unions)
    fifth = Accept(next(u.id for u in year.cases()["丁区总工会"].record.unions if u.name == "戊区总工会"))
    year.decide(fifth)
    year.load(TEXT, [*better[:2], whole])
    assert year.state_of("丁区总工会", "unions", "戊区总工会") == "accepted"
    assert year.state_of("丁区总工会", "outcomes", "书车") == "accepted"
    assert year.reopened() == []


def test_undone_decisions_are_gone_and_the_file_keeps_everything(year: Year) -> None:
    lines = year.workspace.reviews.read_text(encoding="utf-8")
    fact = year.fact("甲区总工会", "outcomes", "驿站增至").id
    year.decide(Undo(fact))
    assert year.state_of("甲区总工会", "outcomes", "驿站增至") == "unreviewed"
    year.decide(Undo())  # the person's last one: the merge
    assert "戊区总工会" in year.cases()
    year.decide(Accept(fact))
    assert year.state_of("甲区总工会", "outcomes", "驿站增至") == "accepted"
    assert year.workspace.reviews.read_text(encoding="utf-8").startswith(lines)


def test_a_decision_that_others_rest_on_is_not_undone_first(year: Year) -> None:
    (part,) = [case.record for key, case in year.cases().items() if key.endswith(".2")]
    year.decide(Accept(part.outcomes[0].id))
    split = next(d for d in read_reviews(year.workspace.reviews) if d.decision == "split")
    with pytest.raises(Exception, match="rests on it"):
        year.decide(Undo(split.id))
    year.decide(Undo(part.outcomes[0].id))
    year.decide(Undo(split.id))
    assert len(year.cases()["乙区总工会"].record.outcomes) == 2


def test_a_fact_said_to_be_missing_rightly_is_not_asked_again(year: Year) -> None:
    first = year.cases()["甲区总工会"].record
    year.load(TEXT, [replace(record, regions=()) for record in read(TEXT)])
    asked = [i.field for i in Desk(year.workspace).queue(cause="missing") if i.case == first.id]
    assert asked == ["regions"]
    year.decide(Lack(first.id, "regions"))
    assert not [i for i in Desk(year.workspace).queue(cause="missing") if i.case == first.id]


SOURCE = """案例一
甲县总工会 把闲置门房改成驿站

【做法】
2021年4月起,甲县总工会把闲置门房改成工会驿站。
到2022年底,全县建成工会驿站12个,服务户外劳动者3400人次。
"""


def test_a_document_that_is_read_again_after_it_moved_and_changed(tmp_path: Path) -> None:
    """With the real readers, whatever they read of it."""
    workspace = workspaces.create(tmp_path / "kg")
    source = tmp_path / "案例.txt"
    source.write_text(SOURCE, encoding="utf-8")

    def load(path: Path) -> None:
        with workspaces.locked(workspace, "load"):
            report = load_files(workspace, [path])
        assert not report.failed

    load(source)
    desk = Desk(workspace)
    (case,) = desk.corpus.cases
    outcomes = case.record.outcomes
    assert outcomes
    made = desk.decide([Accept(one.id) for one in outcomes], by="甲")
    assert len(made) == len(outcomes)
    desk.decide([Add(case.record.id, "platforms", {"value": "闲置门房"}, "闲置门房")], by="甲")

    moved = tmp_path / "二〇二三" / "案例.txt"
    moved.parent.mkdir()
    source.rename(moved)
    load(moved)
    moved_corpus = read_corpus(workspace)
    assert len(moved_corpus.documents) == 1
    assert moved_corpus.reopened == []

    source.write_text("县里的几个做法\n\n" + SOURCE.replace("\n", "\n\n"), encoding="utf-8")
    moved.unlink()
    load(source)
    after = read_corpus(workspace)
    (again,) = [one for one in after.cases if one.record.id == case.record.id]
    states = {o.indicator: again.review(o) for o in again.record.outcomes}
    assert {states[o.indicator] for o in outcomes} == {"accepted"}
    assert [p.value for p in again.record.platforms] == ["闲置门房"]
    assert after.reopened == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_kill_between_or_during_writes_loses_nothing(year: Year) -> None:
    """Decisions are written as fast as possible and the writer is killed at any moment, again and again."""
    code = """
import sys
from pathlib import Path
from unionkg import workspace as workspaces
from unionkg.graph.verdicts import Lack, Undo
from unionkg.reviewing import Desk
desk = Desk(workspaces.require(Path(sys.argv[1])))
case = desk.corpus.cases[0].record.id
while True:
    for verdict in (Lack(case, "honors"), Undo(case)):
        (made,) = desk.decide([verdict], by="乙")
        print(made.id, flush=True)
"""
    path = year.workspace.reviews
    told: list[str] = []
    for wait in (0.02, 0.05, 0.1):
        started = subprocess.Popen(
            [sys.executable, "-c", code, str(year.workspace.root)],
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert started.stdout is not None
        told.append(started.stdout.readline().strip())
        time.sleep(wait)
        os.kill(started.pid, signal.SIGKILL)
        told += started.stdout.read().split()
        started.wait()
        lines = path.read_text(encoding="utf-8").splitlines()
        assert all(json.loads(line) for line in lines)
        assert set(told) - {""} <= {decision.id for decision in read_reviews(path)}
        check_january(year)
