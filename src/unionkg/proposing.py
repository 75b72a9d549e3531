"""Asking a language model about accounts: what it would cost, the run, and the proposals kept for review.

Answers are kept by model and question (``proposals/answers/``), so a run that was cut off, or repeated after the rules
became better, asks only what was never asked. Proposals are made anew of the answers each time.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from unionkg.errors import InputError, RecordError, UnionkgError
from unionkg.files import write_text
from unionkg.graph.corpus import Corpus, folder_of, read_corpus, text_of
from unionkg.graph.decisions import EffectiveRecord, ReviewDecision, read_reviews
from unionkg.graph.identity import statement_id
from unionkg.graph.proposals import Proposal, relation
from unionkg.graph.records import Statement, encode, lines_text
from unionkg.graph.sentences import DocumentText
from unionkg.graph.verdicts import Add, State, stated
from unionkg.language import say
from unionkg.loaders.llm import answers, client, prompt
from unionkg.reviewing import kept_proposals
from unionkg.workspace import Workspace, locked

#: Tokens for a character of Chinese, and of an answer for one of the account: on the safe side for current models.
_TOKENS, _ANSWERED = 1.0, 1.5
#: What a model says is as sure as nothing that was checked; people decide.
_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would ask: accounts, those answered before, tokens in and out, money where the price is known."""

    accounts: int
    cached: int
    tokens_in: int
    tokens_out: int
    money: float | None


@dataclass(slots=True)
class Proposed:
    """What a run gave: proposals by what they do, values that the record has already, what was dropped and why,
    accounts that failed.
    """

    proposals: list[Proposal] = field(default_factory=list)
    agreed: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, UnionkgError]] = field(default_factory=list)
    asked: int = 0


@dataclass(frozen=True, slots=True)
class _Question:
    case: EffectiveRecord
    text: str
    messages: list[dict[str, str]]
    answer: Path


def estimate(workspace: Workspace, corpus: Corpus, documents: Iterable[str], settings: client.Settings) -> Estimate:
    """What asking about all accounts of some documents would cost. Nothing is asked."""
    questions = _questions(workspace, corpus, set(documents), settings)
    new = [question for question in questions if not question.answer.is_file()]
    tokens_in = round(sum(len(part["content"]) for question in new for part in question.messages) * _TOKENS)
    tokens_out = round(sum(len(question.text) for question in new) * _ANSWERED)
    price = settings.price
    money = None if price is None else (tokens_in * price[0] + tokens_out * price[1]) / 1_000_000
    return Estimate(len(questions), len(questions) - len(new), tokens_in, tokens_out, money)


def propose(
    workspace: Workspace,
    corpus: Corpus,
    documents: Iterable[str],
    settings: client.Settings,
    report: Callable[[], None] = lambda: None,
) -> Proposed:
    """Ask about all accounts of some documents, and keep what the model reads otherwise as proposals.

    An account whose request fails is told in ``failed`` and keeps the proposals it had; the others go on.

    Raises
    ------
    InputError
        No request can succeed: wrong key, address or model.
    MissingExtraError
        The package that talks to models is not installed.
    WorkspaceError
        Somebody else is writing to the workspace.
    """
    chosen = set(documents)
    done = Proposed()
    _ask(_questions(workspace, corpus, chosen, settings), settings, workspace.vocabularies, done, report)
    with locked(workspace, "review"):
        corpus = read_corpus(workspace)  # others may have loaded and decided while the model was asked
        state = _state(workspace, corpus, chosen)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        found: dict[str, list[Proposal]] = {document.id: [] for document, _ in state.documents}
        for question in _questions(workspace, corpus, chosen, settings):
            record = question.case.record
            if not question.answer.is_file():
                found[record.document] += [one for one in state.proposals.values() if one.case == record.id]
                continue
            items, dropped = answers.read(_kept(question.answer), question.text, workspace.vocabularies)
            done.dropped.update(one.why for one in dropped)
            found[record.document] += _proposals(items, question.case, settings.model, state, at, done)
        for document in sorted(found):
            path = workspace.proposals / f"{folder_of(document)}.jsonl"
            write_text(path, lines_text(found[document]))
            done.proposals += found[document]
    return done


def _ask(
    questions: Iterable[_Question],
    settings: client.Settings,
    vocabularies: Path,
    done: Proposed,
    report: Callable[[], None],
) -> None:
    """Ask what was never asked, and keep every answer that can be read. That takes hours, so nothing is locked."""
    connected = client.connect(settings)
    schema = prompt.json_schema(vocabularies)
    for question in questions:
        try:
            if not question.answer.is_file():
                answer = client.ask(connected, settings.model, question.messages, schema)
                done.asked += 1
                answers.read(answer, question.text, vocabularies)
                _keep(question.answer, settings.model, answer)
        except client.ModelError as error:
            done.failed.append((question.case.record.id, error))
        finally:
            report()


def _state(workspace: Workspace, corpus: Corpus, documents: set[str]) -> State:
    chosen = [(document, cases) for document, cases in corpus.documents if document.id in documents]
    texts = {document.id: text_of(workspace, document.id) for document, _ in chosen}
    decisions: Sequence[ReviewDecision] = read_reviews(workspace.reviews)
    return State(chosen, texts, decisions, workspace.vocabularies, kept_proposals(workspace, documents))


def _questions(workspace: Workspace, corpus: Corpus, documents: set[str], settings: client.Settings) -> list[_Question]:
    found = []
    for document, cases in corpus.documents:
        if document.id not in documents:
            continue
        text = DocumentText.of(document, text_of(workspace, document.id))
        for case in cases:
            own = text.lines(case.record.lines)
            messages = prompt.messages(own, workspace.vocabularies)
            digest = hashlib.sha256(json.dumps([settings.model, messages], ensure_ascii=False).encode()).hexdigest()
            found.append(_Question(case, own, messages, workspace.proposals / "answers" / f"{digest[:32]}.json"))
    return found


def _keep(path: Path, model: str, answer: str) -> None:
    write_text(path, json.dumps({"model": model, "answer": answer}, ensure_ascii=False) + "\n")


def _kept(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["answer"])
    except (ValueError, KeyError, TypeError) as error:
        raise RecordError(
            say("保存的模型回答读不出来", "a kept answer of the model cannot be read"),
            where=path,
            hint=say("删去这个文件后再运行", "delete the file and run again"),
        ) from error


def _proposals(
    items: Iterable[answers.Item], case: EffectiveRecord, model: str, state: State, at: str, done: Proposed
) -> list[Proposal]:
    """What of an answer is new or otherwise, each value once; what no person could decide so is dropped."""
    found: dict[str, Proposal] = {}
    for item in items:
        try:
            statement = stated(Add(case.record.id, item.field, item.values, item.quote), state)
        except InputError:
            done.dropped["value"] += 1
            continue
        how = relation(item.field, statement, case.record)
        if how.known:
            done.agreed += 1
            continue
        one = _proposal(item.field, statement, case, model, how.against, at)
        found.setdefault(one.id, one)
    return list(found.values())


def _proposal(
    name: str, statement: Statement, case: EffectiveRecord, model: str, against: str | None, at: str
) -> Proposal:
    record = case.record
    value: Mapping[str, object] = {
        **encode(statement),
        "id": statement_id(record.document, record.id, name, statement.key),
        "method": f"model.{model}",
        "confidence": _CONFIDENCE,
    }
    return Proposal(document=record.document, case=record.id, field=name, value=value, against=against, at=at)
