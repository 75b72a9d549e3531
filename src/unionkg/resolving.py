"""Who is who in a workspace: pairs to look at, where each of two is named, and judgements that are kept."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from unionkg.errors import InputError
from unionkg.files import write_bytes
from unionkg.graph.authority import judged, standing_identities
from unionkg.graph.candidates import Subject, candidates, subjects
from unionkg.graph.corpus import Corpus, read_corpus, text_of
from unionkg.graph.decisions import IdentityDecision, read_identities
from unionkg.graph.identity import NAMED
from unionkg.graph.projection import case_name
from unionkg.graph.records import to_line
from unionkg.graph.same_account import same_accounts
from unionkg.graph.sentences import DocumentText, Marked
from unionkg.graph.union_names import normal
from unionkg.language import say
from unionkg.ontology.regions import table
from unionkg.workspace import Workspace, locked


@dataclass(frozen=True, slots=True)
class Side:
    """One of two: its id, its name, and where it is (empty where that is not known)."""

    id: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that may be one.

    ``id`` is a digest of both ids, short enough to type. ``score`` 0 to 1 orders pairs, ``reason`` is that of
    `unionkg.graph.candidates.Candidate`; a pair that only people named has score 1 and reason ``judged``.
    """

    id: str
    kind: str
    score: float
    reason: str
    first: Side
    other: Side
    judgement: IdentityDecision | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """One statement that names a thing: as what, in which account and document, with the sentences."""

    id: str
    name: str
    field: str
    document: str
    case: str
    sentences: tuple[Marked, ...]


def pair_id(one: str, other: str) -> str:
    """The short id of a pair, whichever is named first."""
    return hashlib.sha256("\n".join(sorted((one, other))).encode()).hexdigest()[:6]


def pairs(corpus: Corpus, kind: str | None = None, *, all_of_them: bool = False) -> list[Pair]:
    """The pairs that wait for a judgement, the likest first.

    With ``all_of_them`` judged ones too, and the copies of accounts that are certain and count as one without asking.
    """
    sides = {side.id: side for side in _sides(corpus)}
    found = {
        frozenset((one.first, one.other)): Pair(
            pair_id(one.first, one.other),
            one.first.partition(":")[0],
            one.score,
            one.reason,
            sides[one.first],
            sides[one.other],
        )
        for one in candidates(subjects(corpus.cases, corpus.redirects))
    }
    for copy in same_accounts(corpus.cases, corpus.redirects):
        if copy.certain and not all_of_them:
            continue
        ends = frozenset((copy.first, copy.other))
        found[ends] = Pair(pair_id(*ends), "case", copy.score, copy.method, sides[copy.first], sides[copy.other])
    for ends, made in corpus.standing.items():
        leads = frozenset(corpus.redirects.get(end, end) for end in ends)
        known = found.pop(leads, None) or found.pop(ends, None)
        first, other = sorted(ends)
        named = known or Pair(
            pair_id(first, other), first.partition(":")[0], 1.0, "judged", _side(sides, first), _side(sides, other)
        )
        found[ends] = replace(named, judgement=made)
    return sorted(
        (pair for pair in found.values() if kind in {None, pair.kind} and (all_of_them or pair.judgement is None)),
        key=lambda pair: (-pair.score, pair.id),
    )


def side(corpus: Corpus, identifier: str) -> Side:
    """One thing with its name and place."""
    return _side({one.id: one for one in _sides(corpus)}, identifier)


def _side(sides: dict[str, Side], identifier: str) -> Side:
    return sides.get(identifier, Side(identifier, "", ""))


def _sides(corpus: Corpus) -> Iterator[Side]:
    """Everything that the records speak of; what another stands for as well, by its own name; ids that are retired."""
    for entries in corpus.authority.entries.values():
        yield from (Side(entry.id, "", "") for entry in entries.values() if entry.redirect)
    for subject in (*subjects(corpus.cases, corpus.redirects), *subjects(corpus.cases, {})):
        yield Side(subject.id, subject.name, _place(subject))
    for document, cases in corpus.documents:
        for case in cases:
            yield Side(case.record.id, case_name(case.record), document.title)


def _place(subject: Subject) -> str:
    if subject.region is None or subject.region not in table():
        return subject.scope if subject.kind == "person" else ""
    return table().full_name(subject.region)


def appearances(corpus: Corpus, workspace: Workspace, identifier: str) -> list[Appearance]:
    """Where a thing is named, with the sentences; of an account its title and what it is known by."""
    found = []
    for document, cases in corpus.documents:
        text: DocumentText | None = None
        for case in cases:
            for field, item in case.record.statements():
                entity = getattr(item, "entity", None)
                mine = entity == identifier and field in NAMED
                known_by = case.record.id == identifier and field in {"title", "started", "outcomes", "unions"}
                if mine or known_by:
                    text = text or DocumentText.of(document, text_of(workspace, document.id))
                    name = str(item.key[0])
                    sentences = tuple(text.marked(item.evidence))
                    found.append(Appearance(identifier, name, field, document.title, case_name(case.record), sentences))
    return found


def named(corpus: Corpus, given: Sequence[str]) -> tuple[str, ...]:
    """The ids that a user means: a pair's short id, or several ids or names.

    Raises
    ------
    InputError
        One is unknown or is the name of several things, or they are not of one kind.
    """
    if len(given) == 1:
        pair = _pair(corpus, given[0])
        return pair.first.id, pair.other.id
    sides = {side.id: side for side in _sides(corpus)}
    ids = tuple(dict.fromkeys(_meant(sides, one) for one in given))
    if len(ids) < 2:
        raise InputError(say("要两个不同的编号", "two different ids are needed"), where=" ".join(given))
    if len({identifier.partition(":")[0] for identifier in ids}) > 1:
        raise InputError(say("它们不是同一类，不会是同一个", "they are not of one kind"), where=" ".join(ids))
    return ids


def _pair(corpus: Corpus, short: str) -> Pair:
    """The pair of a short id; InputError where there is none, or several."""
    found = [pair for pair in pairs(corpus, all_of_them=True) if pair.id == short]
    if not found:
        raise InputError(
            say("没有这个编号的一对", "there is no pair of this id"),
            where=short,
            hint=say("用 unionkg resolve list 查看，或写出两个编号", "see `unionkg resolve list`, or name two ids"),
        )
    if len(found) > 1:
        raise InputError(
            say(f"有 {len(found)} 对都是这个编号", f"{len(found)} pairs have this id"),
            where=short,
            hint=say("写出两个编号：", "name two ids: ") + "; ".join(f"{p.first.id} {p.other.id}" for p in found),
        )
    return found[0]


def _meant(sides: dict[str, Side], given: str) -> str:
    if given in sides:
        return given
    found = [side for side in sides.values() if normal(side.name) == normal(given)]
    if len(found) == 1:
        return found[0].id
    if found:
        raise InputError(
            say(f"有 {len(found)} 个都叫“{given}”", f"{len(found)} things are called {given!r}"),
            hint=say("用编号指明：", "name it by id: ") + ", ".join(f"{side.id} {side.place}" for side in found),
        )
    near = difflib.get_close_matches(given, [*sides, *(side.name for side in sides.values())], n=3)
    raise InputError(
        say("没有这个编号或名称", "there is no such id or name"),
        where=given,
        hint=say("是不是 ", "did you mean ") + ", ".join(near) if near else None,
    )


def judge(
    workspace: Workspace,
    decision: Literal["same", "different", "undecided", "undo"],
    given: Sequence[str],
    by: str,
    why: str,
) -> tuple[IdentityDecision, bool]:
    """Write down a judgement; the graph is brought up to date elsewhere.

    Returns
    -------
    The judgement, and whether it is new: one that stands already is not written again.

    Raises
    ------
    InputError
        Nobody is named as judging, a name is unknown, there is nothing to undo, or what is to be the same was judged
        different, directly or by way of a third.
    WorkspaceError
        Somebody else is writing to the workspace.
    """
    if not by.strip():
        raise InputError(
            say("没有写明谁作的裁定", "nobody is named as deciding"),
            where="--by",
            hint=say("用 --by 姓名，或设环境变量 UNIONKG_BY", "use --by NAME, or set UNIONKG_BY"),
        )
    with locked(workspace, "resolve"):
        corpus = read_corpus(workspace)
        ids = _taken_back(corpus, given) if decision == "undo" else named(corpus, given)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        made = IdentityDecision(decision=decision, ids=ids, by=by.strip(), at=at, why=why.strip())
        before = read_identities(workspace.identities)
        standing = next((d for d in reversed(standing_identities(before)) if set(d.ids) == set(ids)), None)
        if decision == "undo" and standing is None:
            raise InputError(
                say("没有可撤销的裁定", "there is no judgement to undo"),
                where=" ".join(ids),
                hint=say("用 unionkg resolve list --all 查看", "see `unionkg resolve list --all`"),
            )
        if standing is not None and standing.decision == decision:
            return standing, False
        _check_joins(corpus, before, made)
        path = workspace.identities
        held = path.read_bytes() if path.is_file() else b""
        if held and not held.endswith(b"\n"):
            held += b"\n"
        write_bytes(path, held + (to_line(made) + "\n").encode("utf-8"))
    return made, True


def _taken_back(corpus: Corpus, given: Sequence[str]) -> tuple[str, ...]:
    """The ids of the judgement that a pair stands under: more than two may have been judged at once, or others since joined."""
    if len(given) == 1 and (standing := _pair(corpus, given[0]).judgement) is not None:
        return standing.ids
    return named(corpus, given)


def _check_joins(corpus: Corpus, before: Sequence[IdentityDecision], made: IdentityDecision) -> None:
    """Refuse what would not hold because other judgements keep the two apart."""
    if made.decision != "same":
        return
    against = set(judged(corpus.authority, [*before, made]).conflicts) - set(corpus.conflicts)
    if against:
        raise InputError(
            say("先前的裁定把它们分开了", "earlier judgements keep them apart"),
            where="; ".join(" ".join(pair) for pair in sorted(against)),
            hint=say(
                "用 unionkg resolve list --all 找到那条裁定，先撤销（undo）",
                "find it with `unionkg resolve list --all` and undo it first",
            ),
        )
