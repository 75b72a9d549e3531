"""Reviewing in a terminal: one item after the other, one key a verdict, each written at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from unionkg.cli.review import in_full, tell
from unionkg.errors import InputError, UnionkgError
from unionkg.graph.attributes import Attribute, all_fields, cell, field_named, parsed
from unionkg.graph.decisions import statement_types
from unionkg.graph.projection import case_name
from unionkg.graph.proposals import is_open
from unionkg.graph.records import decode
from unionkg.graph.reviewing import Cause, Item, field_label
from unionkg.graph.sentences import DocumentText, Marked
from unionkg.graph.verdicts import PRINTED, Accept, Add, Edit, Lack, Merge, Reject, Split, Undo, Verdict
from unionkg.language import say
from unionkg.reviewing import Desk

if TYPE_CHECKING:
    from unionkg.knowledge_graph import KnowledgeGraph


#: What comes after a key: the next item, the same again, the queue made anew because accounts changed, the end.
_Step = Literal["next", "again", "anew", "quit"]


def go_through(
    kg: KnowledgeGraph, document: str | None, field: str | None, cause: Cause | None, by: str, why: str
) -> None:
    """Walk through what deserves a look; every verdict is written at once, the graph is brought up on leaving."""
    session = _Session(Desk(kg.workspace), by, why)
    try:
        session.run(lambda: session.desk.queue(document, field, cause))
    except (click.Abort, EOFError, KeyboardInterrupt):
        click.echo()  # leaving in the middle of a question writes nothing of it
    finally:
        click.echo(say(f"写下 {session.written} 条裁定", f"{session.written} decisions written"), err=True)
        if session.written:
            click.echo(say("正在更新图…", "bringing the graph up to date…"), err=True)
            kg.update()


class _Session:
    """One person's walk: what was skipped, how many decisions were written."""

    def __init__(self, desk: Desk, by: str, why: str) -> None:
        self.desk = desk
        self.by = by
        self.why = why
        self.written = 0
        self.skipped: set[tuple[str, str | None]] = set()

    def run(self, queue: Callable[[], Sequence[Item]]) -> None:
        """Show what was neither judged nor skipped, until nothing is left."""
        todo = list(queue())
        while todo:
            item = todo.pop(0)
            if (item.id, item.field) in self.skipped or not self._stands(item):
                continue
            match self._judged(item, len(todo)):
                case "quit":
                    return
                case "anew":
                    todo = list(queue())
        click.echo(say("没有需要看的了", "nothing else deserves a look"))

    def _stands(self, item: Item) -> bool:
        """Whether an item is still there to be judged."""
        state = self.desk.state()
        if item.decision is not None:
            return any(one.id == item.id for one in state.standing)
        if item.id in state.cases:
            return item.field not in state.cases[item.id].lacks
        if item.id not in state.facts:
            proposal = state.proposals.get(item.id)
            return proposal is not None and item.case in state.cases and is_open(proposal, state.cases[item.case])
        case, _, statement = state.facts[item.id]
        return case.review(statement) == "unreviewed"

    def _judged(self, item: Item, left: int) -> _Step:
        """Show an item and take keys until one leads on."""
        click.echo(_described(item, self.desk.document(item.document).title, left))
        keys = _keys(item)
        menu = "  ".join(f"[{key}]{label}" for key, (label, _) in keys.items())
        while True:
            click.echo(f"{menu} > ", nl=False)
            key = click.getchar()
            click.echo(key if key.isprintable() else "")
            if key not in keys:
                click.echo(say("没有这个键", "no such key"))
                continue
            try:
                step = keys[key][1](self, item)
            except UnionkgError as error:
                click.echo(str(error))
                continue
            if step != "again":
                return step

    def write(self, *verdicts: Verdict) -> None:
        """Write verdicts down at once."""
        made = self.desk.decide(verdicts, by=self.by, why=self.why)
        self.written += len(made)
        tell(made)

    def accept(self, item: Item) -> _Step:
        """It is right; nothing is missing; or what is read now counts instead of a reopened decision."""
        if item.decision is not None:
            self.write(Undo(item.id), *(Accept(fact) for fact in item.facts))
        elif item.id in self.desk.state().cases and item.field:
            self.write(Lack(item.id, item.field))
        else:
            self.write(Accept(item.id))
        return "next"

    def reject(self, item: Item) -> _Step:
        """It is wrong: a fact, or a whole account."""
        account = item.id in self.desk.state().cases
        if account and not click.confirm(say("整个案例不算？", "drop the whole account?"), default=False):
            return "again"
        self.write(Reject(item.id))
        return "anew" if account else "next"

    def hold(self, item: Item) -> _Step:
        """Say again what a reopened decision said."""
        decision = item.decision
        if decision is None or decision.field is None or not item.facts:
            raise InputError(
                say("现在没有读出与它不同的值，无从坚持", "nothing is read that it could be held against"),
                hint=say("用 n 按新的原文增加，或用 d 放下", "add it with new words (n), or drop it (d)"),
            )
        if decision.decision == "reject" or decision.value is None:
            self.write(Undo(item.id), *(Reject(fact) for fact in item.facts))
        else:
            statement = decode(statement_types()[decision.field], decision.value, decision.where)
            values = {name: getattr(statement, name) for name in all_fields()[decision.field].attributes}
            others = (Reject(fact) for fact in item.facts[1:])
            self.write(Undo(item.id), Edit(item.facts[0], values), *others)
        return "next"

    def drop(self, item: Item) -> _Step:
        """Take a reopened decision back."""
        self.write(Undo(item.id))
        return "next"

    def edit(self, item: Item) -> _Step:
        """Ask which attributes change, and to what."""
        _, name, statement = self.desk.state().fact(item.id)
        own = list(all_fields()[name].attributes.values())
        given: dict[str, Any] = {}
        while True:
            for number, attribute in enumerate(own, 1):
                now = given.get(attribute.name, getattr(statement, attribute.name))
                click.echo(f"  {number} {attribute.label}：{cell(attribute, now)}")
            which = _asked(say("改哪一项（序号，回车写入）", "which one (number, Enter writes)"))
            if not which:
                break
            if not which.isdecimal() or not 1 <= int(which) <= len(own):
                click.echo(say("没有这一项", "no such attribute"))
                continue
            given[own[int(which) - 1].name] = self._value(own[int(which) - 1])
        if not given:
            return "again"
        self.write(Edit(item.id, given))
        return "next"

    def _value(self, attribute: Attribute, default: str = "") -> Any:
        """Ask for a value until it is one."""
        extra = self.desk.workspace.vocabularies
        if choices := attribute.choices(extra):
            click.echo("  " + say("、", ", ").join(map(str, choices)))
        while True:
            try:
                return parsed(attribute, _asked(str(attribute.label), default), extra)
            except InputError as error:
                click.echo(str(error))

    def add(self, item: Item) -> _Step:
        """Ask for a statement that was not read: its field, the words that say it, what must be told."""
        click.echo("  " + say("、", ", ").join(str(field.label) for field in all_fields().values()))
        name = field_named(_asked(say("栏目", "field"), field_label(item)))
        quote = _asked(say("依据的原文（照抄）", "the words that say it"))
        if not quote:
            return "again"
        given = {
            attribute.name: self._value(attribute, quote if PRINTED.get(name) == attribute.name else "")
            for attribute in all_fields()[name].attributes.values()
            if not attribute.optional and attribute.name not in {"main", "canonical"}
        }
        if name == "practices" and item.field == name and not item.value:
            given["main"] = True  # a main practice is what was missing
        added = Add(item.case, name, given, quote)
        if item.decision is not None:
            self.write(Undo(item.id), added)
            return "next"
        self.write(added)
        return "again" if item.value else "next"

    def split(self, item: Item) -> _Step:
        """Show the lines of the account and ask where the second one begins."""
        record = self.desk.state().case(item.case).record
        text = DocumentText(self.desk.text(record.document))
        for number in (n for first, last in record.lines for n in range(first, last + 1)):
            if text.line(number).strip():
                click.echo(f"{number:>6}  {text.line(number).strip()[:60]}")
        line = _asked(say("第二个案例从哪一行开始（回车放弃）", "the line that the second begins with (Enter: none)"))
        if not line.isdecimal():
            return "again"
        self.write(Split(item.case, int(line)))
        return "anew"

    def merge(self, item: Item) -> _Step:
        """Merge the account with the one that follows it in the document."""
        cases = next(c for d, c in self.desk.corpus.documents if d.id == item.document)
        order = [case.record.id for case in cases]
        at = order.index(item.case)
        if at + 1 == len(order):
            raise InputError(say("后面没有案例了", "there is no account behind it"))
        following = cases[at + 1].record
        told = say(f"与下一个案例合并：{case_name(following)}？", f"merge with the next: {case_name(following)}?")
        if not click.confirm(told, default=False):
            return "again"
        self.write(Merge(item.case, (following.id,)))
        return "anew"

    def undo(self, item: Item) -> _Step:  # noqa: ARG002  every key gets the item
        """Take back the person's last decision; what it was on comes again."""
        self.write(Undo())
        return "anew"

    def look(self, item: Item) -> _Step:
        """Show the fact in full, and the text of the account."""
        state = self.desk.state()
        if item.id in state.facts or item.id in state.proposals:
            click.echo(in_full(self.desk.show(item.id)[0]))
        if item.case in state.cases:
            record = state.cases[item.case].record
            click.echo(DocumentText(self.desk.text(record.document)).lines(record.lines))
        return "again"

    def skip(self, item: Item) -> _Step:
        """Leave it for another time."""
        self.skipped.add((item.id, item.field))
        return "next"

    def quit(self, item: Item) -> _Step:  # noqa: ARG002  every key gets the item
        """Leave."""
        return "quit"


_Key = tuple[str, Callable[[_Session, Item], _Step]]


def _keys(item: Item) -> dict[str, _Key]:
    """The keys that fit an item, with what they do."""
    always: dict[str, _Key] = {
        "v": (say("看原文", "view"), _Session.look),
        "u": (say("撤销上一条", "undo"), _Session.undo),
        "k": (say("跳过", "skip"), _Session.skip),
        "q": (say("退出", "quit"), _Session.quit),
    }
    if item.decision is not None:
        return {
            "a": (say("采用现在的读法", "take what is read now"), _Session.accept),
            "h": (say("坚持原裁定", "hold the decision"), _Session.hold),
            "d": (say("放下原裁定", "drop it"), _Session.drop),
            "n": (say("按新的原文增加", "add with new words"), _Session.add),
            **always,
        }
    account: dict[str, _Key] = {
        "n": (say("增加", "add"), _Session.add),
        "s": (say("拆分", "split"), _Session.split),
        "m": (say("合并下一个", "merge next"), _Session.merge),
    }
    if not item.value:
        return {
            "a": (say("确实没有", "rightly missing"), _Session.accept),
            "r": (say("不是案例", "no account"), _Session.reject),
            **account,
            **always,
        }
    judged: dict[str, _Key] = {
        "a": (say("接受", "accept"), _Session.accept),
        "r": (say("驳回", "reject"), _Session.reject),
    }
    if any(reason.cause == "proposed" for reason in item.reasons):  # it is in no record yet; accepted, it can be edited
        return {**judged, **account, **always}
    return {
        **judged,
        "e": (say("修改", "edit"), _Session.edit),
        **account,
        **always,
    }


def _asked(question: str, default: str = "") -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default))
    return answer.strip()


def _described(item: Item, title: str, left: int) -> str:
    place = [title, item.case_name]
    if item.page:
        place.append(say(f"第 {item.page} 页", f"page {item.page}"))
    if item.line:
        place.append(say(f"第 {item.line} 行", f"line {item.line}"))
    value = item.value or say("（没有读出）", "(nothing read)")
    sure = (
        "" if item.confidence is None else say(f"  可信度 {item.confidence:.2f}", f"  confidence {item.confidence:.2f}")
    )
    lines = ["", click.style(" · ".join(place), dim=True) + say(f"（还有 {left} 处）", f" ({left} left)")]
    lines.append(click.style(f"{field_label(item)}：{value}", bold=True) + sure)
    lines += [say("为何：", "why: ") + reason.text for reason in item.reasons]
    lines += [say("原文：", "text: ") + _styled(sentence) for sentence in item.sentences]
    return "\n".join(lines)


def _styled(sentence: Marked) -> str:
    """A sentence for a terminal: the quote in brackets and in reverse video."""
    pieces: Iterable[str] = (
        click.style(f"【{piece}】", reverse=True) if quoted else piece for piece, quoted in sentence.pieces
    )
    return "".join(pieces)
