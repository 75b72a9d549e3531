"""Answers: a question's rows, the statements behind each, and what the answer leaves out.

A query returns, after its columns, ``evidence``: the statements behind the row, as relationships or nodes of the
graph that carry ``quotes`` with their places. It is taken off the rows here, and `with_evidence` turns it into
document, page, line and quote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionkg.graph.stores.protocol import Reader, Rows
from unionkg.graph.stores.tables import html_table
from unionkg.language import say
from unionkg.ontology.vocabulary import terms
from unionkg.queries import parameters
from unionkg.queries.library import Query
from unionkg.queries.omissions import OMISSIONS

if TYPE_CHECKING:
    from unionkg.graph.build import Projection
    from unionkg.graph.sentences import DocumentText

EVIDENCE = "evidence"
EVIDENCE_COLUMNS = ("document", "page", "line", "quote")
"""What `with_evidence` adds: the document's title, the page as printed, the line from 1, the words."""

_NARROWING = ("region", "theme", "document", "level", "union", "name", "target_group", "indicator")
"""Parameters that narrow a question down, which the counters of what is left out do not heed."""

Statement = Mapping[str, Any]
Text = Callable[[str], "tuple[str, DocumentText] | None"]
"""The title and the text of a document by id; None where it is not at hand."""


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Rows):
    """The rows of a question.

    Attributes
    ----------
    query : Query
    parameters : mapping
        The values that were asked with.
    evidence : sequence of sequences of mappings
        Behind each row, the statements: their properties as in the graph.
    left_out : mapping
        How many accounts the question cannot take in, by the counters of `unionkg.queries.omissions`.
    notes : tuple of str
        What else has to be said with the rows, in the user's language.
    """

    query: Query
    parameters: Mapping[str, Any]
    evidence: Sequence[Sequence[Statement]]
    left_out: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether there are as many rows as ``limit`` allows, so that there may be more."""
        limit = self.parameters.get("limit")
        return isinstance(limit, int) and len(self.rows) >= limit

    def to_networkx(self) -> Any:
        """A `networkx.MultiDiGraph` of what the rows and the evidence behind them hold."""
        from unionkg.graph.stores import conversions

        return conversions.to_networkx([*self.rows, *map(tuple, self.evidence)])

    def _repr_html_(self) -> str:
        meanings = {column.name: say(column.zh, column.en) for column in self.query.columns}
        return html_table(self.columns, self.rows, meanings=meanings, notes=footer(self))


def run(
    query: Query,
    store: Reader,
    given: Mapping[str, Any],
    vocabularies: Path | None = None,
    projection: Callable[[], Projection] | None = None,
) -> Answer:
    """Ask a question.

    Parameters
    ----------
    query, store
        The question, and whom to ask.
    given : mapping
        Parameters, see `unionkg.queries.parameters.bind`.
    vocabularies : Path, optional
        The workspace's ``vocabularies/`` folder.
    projection : callable, optional
        Gives the graph as plain data, for questions that Cypher cannot answer.

    Raises
    ------
    QueryError
        A parameter is wrong or names nothing in the graph; the statement fails.
    """
    notes: Sequence[str] = ()
    bound = parameters.bind(query, given, vocabularies, store)
    if query.compute is None:
        rows = store.ask(query.statement, bound)
    else:
        if projection is None:
            raise TypeError(f"{query.name} is computed from the graph as plain data")
        columns, found, notes = query.compute(projection(), bound)
        rows = Rows(tuple(columns), [tuple(row) for row in found])
    if not rows.rows:
        parameters.check_names(query, bound, store)
        notes = [*notes, *_routine(query, bound, vocabularies), *_by_default(query, bound, given)]
    left_out = {name: _count(name, bound, store) for name in query.leaves_out}
    return answer(query, bound, rows, left_out, notes)


def answer(
    query: Query, bound: Mapping[str, Any], rows: Rows, left_out: Mapping[str, int], notes: Sequence[str] = ()
) -> Answer:
    """An answer from the rows of the statement: evidence is taken off them."""
    columns = rows.columns or (*(column.name for column in query.columns), EVIDENCE)
    if columns[-1] != EVIDENCE:
        return Answer(columns, rows.rows, query, bound, [()] * len(rows.rows), left_out, tuple(notes))
    plain = [row[:-1] for row in rows.rows]
    return Answer(columns[:-1], plain, query, bound, [row[-1] or () for row in rows.rows], left_out, tuple(notes))


def _routine(query: Query, bound: Mapping[str, Any], vocabularies: Path | None) -> list[str]:
    """Why a question about order finds nothing of a routine practice type: every union has it."""
    name = bound.get("practice_type")
    if name is None or "routine" not in query.statement:
        return []
    extra = vocabularies / "practice_types.csv" if vocabularies else None
    if not any(term.zh == name and term.fields.get("routine") == "yes" for term in terms("practice_types", extra)):
        return []
    return [
        say(
            f"“{name}”是各级工会的常规工作，不问先后，这个问题不收",
            f"{name} is what every union does: no order is asked of it, so this question leaves it out",
        )
    ]


def _by_default(query: Query, bound: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """That an empty answer is about a practice type that nobody named."""
    named = {parameters.named(query, typed) for typed, value in given.items() if value is not None and value != ""}
    name = bound.get("practice_type")
    if name is None or "practice_type" in named:
        return []
    return [
        say(
            f"没有指定做法类型，问的是默认的“{name}”；换一类用 practice_type=…",
            f"no practice type was named, so it was asked of {name}; name another with practice_type=",
        )
    ]


def _count(name: str, bound: Mapping[str, Any], store: Reader) -> int:
    omission, practice_type = OMISSIONS[name], bound.get("practice_type")
    statement = omission.of_type if practice_type else omission.of_all
    return int(store.ask(statement, {"practice_type": practice_type} if practice_type else {}).rows[0][0])


def footer(found: Answer) -> list[str]:
    """What a reader has to know of an answer, in the user's language: what it leaves out, and how sure its words are."""
    notes = list(found.notes)
    if found.cut:
        limit = found.parameters["limit"]
        notes.append(
            say(
                f"已列满 {limit} 行，可能还有（limit 可调大）",
                f"{limit} rows, as many as limit allows; there may be more",
            )
        )
    left = [
        say(f"{OMISSIONS[name].zh} {count} 则", f"{count} {OMISSIONS[name].en}")
        for name, count in found.left_out.items()
        if count
    ]
    if left:
        narrowed = any(found.parameters.get(name) is not None for name in _NARROWING)
        scope = (
            say("（按全部资料计，不限所选范围）", " (in all the material, whatever was selected)") if narrowed else ""
        )
        told = say("未计入、无法定时的", "left out or not to be placed")
        notes.append(told + scope + say("：", ": ") + say("、", ", ").join(left))
    stated = {str(s["id"]): s for statements in found.evidence for s in statements if "review" in s}
    unreviewed = sum(s["review"] == "unreviewed" for s in stated.values())
    if stated:
        notes.append(
            say(
                f"依据的陈述 {len(stated)} 条，其中未经复核 {unreviewed} 条",
                f"rests on {len(stated)} statements, {unreviewed} of them not reviewed",
            )
        )
    if not found.rows and found.query.needs:
        notes.append(say(*found.query.needs))
    return notes


def about(query: Query, bound: Mapping[str, Any], notes: Sequence[str]) -> list[str]:
    """Everything that a table has to say of itself when it is passed on: question, parameters, and the notes."""
    asked = [f"{name}={_told(value)}" for name, value in bound.items() if value is not None]
    return list(dict.fromkeys([say(query.question_zh, query.question_en), query.name, *asked, *notes]))


def _told(value: Any) -> str:
    """A parameter's value as people write it; years as ``2017..2019``, regions by their names."""
    from unionkg.ontology.regions import table

    if isinstance(value, list):
        if tuple(value) == parameters.EVER:
            return say("不限", "any")
        return "..".join("" if year == open_ else str(year) for year, open_ in zip(value, parameters.EVER, strict=True))
    code = str(value).removeprefix("region:")
    return table().full_name(code) if code != value and code in table() else str(value)


def understood(found: Answer, given: Mapping[str, Any]) -> list[str]:
    """How parameters were understood, for those whose value is not what was typed: ``region=上海市宝山区``."""
    notes = []
    for typed, value in given.items():
        name = parameters.named(found.query, typed)
        bound = found.parameters.get(name)
        if isinstance(bound, str) and bound != value:
            notes.append(f"{name}={_told(bound)}")
    return notes


def with_evidence(found: Answer, text: Text) -> Rows:
    """The rows with document, page, line and quote: each row once for every quote behind it, at least once."""
    rows = []
    for row, places in zip(found.rows, quoted(found, text), strict=True):
        rows += [(*row, *place) for place in places or [(None, None, None, None)]]
    return Rows((*found.columns, *_added(found.columns)), rows)


def quoted(found: Answer, text: Text) -> list[list[tuple[Any, ...]]]:
    """Behind each row document, page, line and words of every quote, each once."""
    return [
        list(dict.fromkeys(place for statement in statements for place in _places(statement, text)))
        for statements in found.evidence
    ]


def _added(columns: Iterable[str]) -> list[str]:
    taken = set(columns)
    return [f"evidence_{name}" if name in taken else name for name in EVIDENCE_COLUMNS]


def _places(statement: Statement, text: Text) -> Iterator[tuple[Any, ...]]:
    """Document, page, line and words of each quote of a statement."""
    if "row" in statement and "ledger" in statement:  # an entry of a coverage ledger
        yield statement.get("source"), statement.get("place"), None, statement["row"]
        return
    identifier = statement.get("document")
    known = text(identifier) if identifier else None
    title, lines = known or (identifier, None)
    for quote, start in zip(statement.get("quotes") or (), statement.get("starts") or (), strict=False):
        yield title, lines and lines.page_of(start), lines and lines.line_of(start), " ".join(quote.split())
