"""The public Python interface: open a workspace, load documents, ask questions, make pictures, hand on data.

A question opens the store and nothing else: what reads and writes documents is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from unionkg import workspace as workspaces
from unionkg.errors import GraphBehindError, MissingExtraError, StoreError
from unionkg.graph import stores
from unionkg.graph.stores import Target, parse_target, reading
from unionkg.language import say

if TYPE_CHECKING:
    from unionkg.briefing import Briefed
    from unionkg.case_view import CaseView
    from unionkg.evaluating import Evaluation
    from unionkg.graph.analysis.network_graph import Graph
    from unionkg.graph.audience import Audience
    from unionkg.graph.build import Changes, Projection
    from unionkg.graph.corpus import Corpus
    from unionkg.graph.decisions import IdentityDecision, ReviewDecision
    from unionkg.graph.ledgers import Ledger, LedgerRecord
    from unionkg.graph.records import DocumentRecord
    from unionkg.graph.reviewing import Cause, Item
    from unionkg.graph.stores.ownership import Build
    from unionkg.graph.stores.protocol import Counts, Rows, Store
    from unionkg.graph.verdicts import Verdict
    from unionkg.importing import Imported
    from unionkg.loading import LoadReport
    from unionkg.queries.answers import Answer
    from unionkg.queries.search import Found, SearchIndex
    from unionkg.resolving import Appearance, Pair, Side
    from unionkg.reviewing import Shown
    from unionkg.viz.briefing.compare import Comparison
    from unionkg.viz.briefing.topic import Kind as TopicKind
    from unionkg.viz.explorer.data import ViewName
    from unionkg.viz.network import Drawn


class KnowledgeGraph:
    """A workspace and its graph.

    Parameters
    ----------
    workspace : Workspace
    target : Target
        The store: the embedded one, or a Neo4j server.
    """

    def __init__(self, workspace: workspaces.Workspace, target: Target) -> None:
        self.workspace = workspace
        self.target = target
        self._searched: SearchIndex | None = None

    def load(
        self,
        *paths: str | Path,
        published: str | None = None,
        dry_run: bool = False,
        report: Callable[[Path], None] = lambda _: None,
    ) -> LoadReport:
        """Read documents and bring the graph up to date.

        Parameters
        ----------
        *paths : str or Path
            Files, folders and globs.
        published : str, optional
            Date of publication (2017, 2017-05, 2017-05-02) for all of them, over what they say.
        dry_run : bool
            Read and report, write nothing.
        report : callable
            Told each file before it is read.

        Returns
        -------
        LoadReport
            What was read, with the coverage of its lines, what could not be read, and whether the graph could not
            be brought up to date (``behind``): the documents are in the workspace all the same.

        Raises
        ------
        InputError
            A path names nothing that can be read.
        WorkspaceError
            Somebody else is writing to the workspace.
        """
        from dataclasses import replace

        from unionkg.loading import files_of, load_files

        files = files_of(paths)
        if dry_run:
            return load_files(self.workspace, files, published=published, dry_run=True, report=report)
        with workspaces.locked(self.workspace, "load"):
            done = load_files(self.workspace, files, published=published, report=report)
            if done.loaded or done.ledgers:
                try:
                    self._follow()
                except GraphBehindError as error:
                    return replace(done, behind=error)
        return done

    def remove(self, document: str) -> DocumentRecord | LedgerRecord:
        """Take out a document or coverage ledger, named by id, path, file name or title, with exactly its statements.

        Raises
        ------
        InputError
            No document or ledger, or several, are named so.
        GraphBehindError
            It was taken out, but the graph could not be brought up to date.
        """
        from unionkg.loading import remove_document

        with workspaces.locked(self.workspace, "remove"):
            removed = remove_document(self.workspace, document)
            self._follow()
        return removed

    def build(self) -> Changes:
        """Make the graph again from nothing but records and decisions."""
        with workspaces.locked(self.workspace, "build"):
            return self._update(fresh=True)

    def update(self) -> None:
        """Bring the graph up to records and decisions; GraphBehindError where that cannot be."""
        with workspaces.locked(self.workspace, "build"):
            self._follow()

    def review_queue(
        self, document: str | None = None, field: str | None = None, cause: Cause | None = None
    ) -> list[Item]:
        """What deserves a look, what deserves it first in front (`unionkg.graph.reviewing`).

        Parameters
        ----------
        document : str, optional
            Only of one document, named by id, path, file name or title.
        field : str, optional
            Only of one field of a record, such as ``outcomes``.
        cause : str, optional
            Only what has one cause: reopened, contradiction, missing, unknown_place, low_confidence, proposed.
        """
        from unionkg.reviewing import Desk

        return Desk(self.workspace).queue(self.document(document).id if document else None, field, cause)

    def review_item(self, identifier: str) -> list[Shown]:
        """A fact with its sentences and its history, or every fact of an account; InputError for an unknown id."""
        from unionkg.reviewing import Desk

        return Desk(self.workspace).show(identifier)

    def decide(self, *verdicts: Verdict, by: str, why: str = "") -> list[ReviewDecision]:
        """Write down what a person says of the reading, all of it or nothing, and bring the graph up to date.

        Parameters
        ----------
        *verdicts : Accept, Reject, Edit, Add, Lack, Split, Merge or Undo
            See `unionkg.graph.verdicts`; what has been said already adds nothing.
        by, why : str
            Who decides, for what reason.

        Returns
        -------
        The new lines of ``decisions/reviews.jsonl``.

        Raises
        ------
        InputError
            A verdict cannot be; nothing is written then.
        WorkspaceError
            Somebody else is writing to the workspace.
        GraphBehindError
            The decisions are written, but the graph could not be brought up to date.
        """
        from unionkg.reviewing import Desk

        made = Desk(self.workspace).decide(verdicts, by=by, why=why)
        self.update()
        return made

    def _update(self, *, fresh: bool = False) -> Changes:
        from unionkg.graph.build import update

        projection = self.projection()
        try:
            return update(self.target, self.workspace.graph, self.workspace.config.id, projection, fresh=fresh)
        finally:  # search needs no store: it works where that one is missing or down
            self._index(projection, fresh=fresh)

    def _index(self, projection: Projection, *, fresh: bool = False) -> None:
        from unionkg.graph.corpus import text_path
        from unionkg.queries.search_index import update

        texts = {graph.document: text_path(self.workspace, graph.document) for graph in projection.documents}
        update(self.workspace.search_index, projection, texts, fresh=fresh)

    def _follow(self) -> None:
        """Bring the graph up to files that were changed just now; what fails does not take back the change."""
        try:
            self._update()
        except (StoreError, MissingExtraError) as error:
            hint = say("排除后运行 unionkg build", "when that is mended, run unionkg build")
            raise GraphBehindError(
                say(
                    f"文件已写好，但图没有更新：{error.what}", f"the files are written, the graph is not: {error.what}"
                ),
                where=error.where,
                hint=f"{error.hint}{say('；', '; ')}{hint}" if error.hint else hint,
            ) from error

    def projection(self, audience: Audience = "internal") -> Projection:
        """The graph as plain data, made from the workspace's files.

        The public one holds nothing internal, no names of persons and short quotes (`unionkg.graph.audience`); WorkspaceError
        where the configuration names what the workspace has not.
        """
        from unionkg.graph.build import project
        from unionkg.graph.ledgers import with_ledgers
        from unionkg.graph.structure import vocabularies
        from unionkg.ontology.regions import table

        corpus, kept = self._told(audience)
        words = vocabularies(self.workspace.vocabularies)
        places = {entry.region for ledger in kept for entry in ledger.entries}
        made = project(corpus.documents, words, corpus.redirects, table(), corpus.apart, places, corpus.copies)
        return with_ledgers(made, kept, words)

    def ledgers(self) -> Sequence[Ledger]:
        """The coverage ledgers of the workspace, with their entries."""
        from unionkg.graph.ledgers import ledgers

        return ledgers(self.workspace)

    def corpus(self, audience: Audience = "internal") -> Corpus:
        """Documents and effective records, read from the workspace's files; for the public as in `projection`."""
        return self._told(audience)[0]

    def _told(self, audience: Audience) -> tuple[Corpus, Sequence[Ledger]]:
        """What an audience is told: the corpus and the ledgers."""
        from unionkg.graph.corpus import read_corpus, text_of
        from unionkg.graph.public_rules import rules, with_rights

        corpus = with_rights(read_corpus(self.workspace), self.workspace.config.rights)
        ledgers = self.ledgers()
        if audience == "internal":
            return corpus, ledgers
        from unionkg.graph.audience import public_corpus, public_ledgers

        given = rules(self.workspace.config, corpus, ledgers, self.workspace.root / workspaces.MARKER)
        return public_corpus(corpus, given, partial(text_of, self.workspace)), public_ledgers(ledgers, given)

    def document(self, named: str) -> DocumentRecord:
        """The document that an id, path, file name or title names."""
        from unionkg.graph.corpus import find_document

        return find_document(self.workspace, named)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the graph for reading, for several questions in a row."""
        with reading(self.target, self.workspace.graph, self.workspace.config.id) as store:
            yield store

    def cypher(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Answer a statement in Cypher that only reads.

        Parameters
        ----------
        statement : str
            Labels, relationship types and properties are those of the schema (docs/reference/schema.md).
        parameters : mapping, optional
            What ``$name`` stands for in it: plain values, lists and maps of them, dates.

        Returns
        -------
        Rows
            Plain Python values, the same from both stores.

        Raises
        ------
        QueryError
            The statement is wrong, writes, reads files, or takes longer than a minute.
        StoreError
            There is no graph yet, or the server does not answer.

        Examples
        --------
        >>> statement = "MATCH (u:TradeUnion {level: $level}) RETURN u.name AS name ORDER BY name"
        >>> kg.cypher(statement, {"level": "county"}).to_pandas()  # doctest: +SKIP
        """
        with self.store() as store:
            return store.ask(statement, parameters)

    def query(self, name: str, /, **parameters: Any) -> Answer:
        """Ask a question of the packs.

        Parameters
        ----------
        name : str
            ``pack.query``; ``unionkg query list`` shows all.
        **parameters
            As people type them: terms by label, alias or key, regions by any name, years as ``"2017..2019"``.

        Returns
        -------
        Answer
            The rows, with the statements behind each (`evidence`) and what the answer leaves out.

        Raises
        ------
        QueryError
            The query, a parameter or a name is unknown; near ones are named.

        Examples
        --------
        >>> answer = kg.query("timeline.earliest_records", practice_type="集体协商")  # doctest: +SKIP
        >>> answer[0]["union"], len(answer), answer.to_pandas()  # doctest: +SKIP
        """
        from unionkg.queries import answers, library

        query = library.find(name, self.workspace.queries)
        with self.store() as store:
            return answers.run(query, store, parameters, self.workspace.vocabularies, self.projection)

    def network(self, kind: str, ties: str | None = None, **parameters: Any) -> Graph:
        """A network of unions, regions or practice types as a graph of networkx.

        Parameters
        ----------
        kind : str
            ``union-practice``, ``practice-practice``, ``region-region`` or ``union-union``.
        ties : str, optional
            ``stated`` (directed between units), ``inferred`` (directed) or ``shared``; may be left out where the
            network has but one kind.
        **parameters
            The others of the query ``network.ties``: practice_type, theme, region, level, within, routine, at_least.

        Returns
        -------
        networkx.Graph or networkx.DiGraph
            Nodes are ids, with ``name``, ``kind``, ``accounts`` …, edges have ``weight``, and ``accounts`` and
            ``statements``: the ids behind them, joined by ``|``. GraphML and GEXF take every attribute.

        Raises
        ------
        InputError, QueryError
            There is no such network, or a parameter is wrong.
        MissingExtraError
            networkx is not installed.

        Examples
        --------
        >>> graph = kg.network("practice-practice", theme="维护职工权益")  # doctest: +SKIP
        >>> networkx.write_graphml(graph, "做法.graphml")  # doctest: +SKIP
        """
        from dataclasses import replace

        from unionkg.queries.networks import network_of, network_queries
        from unionkg.queries.parameters import bind

        table = next(query for query in network_queries() if query.name == "network.ties")
        asked = replace(table, parameters=tuple(one for one in table.parameters if one.name != "limit"))
        given = {**parameters, "projection": kind, "ties": ties}
        if parameters.get("region"):  # which of several regions of one name is meant, the graph knows
            with self.store() as store:
                bound = bind(asked, given, self.workspace.vocabularies, store)
        else:
            bound = bind(asked, given, self.workspace.vocabularies)
        return network_of(self.projection(), bound).graph

    def with_evidence(self, answer: Answer) -> Rows:
        """The rows of an answer with document, page, line and quote: each row once for every quote behind it."""
        from unionkg.graph.corpus import titled_texts
        from unionkg.queries import answers

        return answers.with_evidence(answer, titled_texts(self.workspace))

    def search(
        self,
        text: str,
        limit: int = 20,
        *,
        label: str | None = None,
        region: str | None = None,
        theme: str | None = None,
        year: int | str | None = None,
    ) -> Found:
        """Find accounts, unions, practices … by names, pinyin, quotes and full text.

        No store is opened. Where there is no index yet, or one of another version, it is made first.

        Parameters
        ----------
        text : str
            Words separated by blanks, all of which must occur; quotation marks keep a phrase.
        limit : int
            How many hits to return; total and facets count all.
        label, region, theme, year : optional
            Only hits of a kind, from a region, of a theme, of a year or interval (`unionkg.queries.search.search`).

        Returns
        -------
        Found
            The hits, the best first, how many there are in all, and their facets.

        Raises
        ------
        QueryError
            There is nothing to search for, or a filter names nothing.
        WorkspaceError
            The index has to be made, and somebody else is writing to the workspace.

        Examples
        --------
        >>> [(hit.label, hit.name) for hit in kg.search("快递员 入会", region="上海")]  # doctest: +SKIP
        """
        from unionkg.queries import search

        return search.search(self.search_index(), text, limit=limit, label=label, region=region, theme=theme, year=year)

    def search_index(self) -> SearchIndex:
        """The index that `search` asks, kept open; made where there is none that this version reads.

        Raises
        ------
        WorkspaceError
            It has to be made, and somebody else is writing to the workspace.
        """
        from unionkg.queries.search import SearchIndex
        from unionkg.queries.search_index import usable

        if not usable(self.workspace.search_index):
            with workspaces.locked(self.workspace, "search"):
                self._index(self.projection())
        if self._searched is None:
            self._searched = SearchIndex(self.workspace.search_index)
        return self._searched

    def case(self, named: str) -> CaseView:
        """One account in full: its text with every quote marked, each statement with its sentence and review state.

        Parameters
        ----------
        named : str
            The id, with or without ``case:``, or the title. By title all accounts are gone through.

        Returns
        -------
        CaseView
            Shown as a page in a notebook, as text by ``print``; ``to_dict()`` gives plain data.

        Raises
        ------
        InputError
            None or several are named so; the hint tells near ones.
        RecordError
            A file of the workspace is broken; names file and line.

        Examples
        --------
        >>> account = kg.case("户外劳动者驿站建设")  # doctest: +SKIP
        >>> [(fact.value, fact.sentences[0].text()) for fact in account.facts]  # doctest: +SKIP
        """
        from unionkg.case_view import read_case

        return read_case(self.workspace, named)

    def state(self) -> Build | None:
        """What the graph says of itself; None where none was built yet."""
        return stores.state(self.target, self.workspace.graph)

    def records_text(self, form: Literal["stored", "eval"] = "stored") -> str:
        """The effective records as JSONL, stored or flat (`unionkg.graph.exchange.flat`)."""
        from unionkg.graph.exchange import records

        return records.text(self.corpus().documents, form)

    def import_records(self, path: str | Path) -> Imported:
        """Take in records, stored or flat; quotes are found again in the document's text.

        Returns
        -------
        Imported
            How many accounts came in, and what became of those that their documents had.

        Raises
        ------
        RecordError
            A line is broken, or its document is unknown; names file and line. Nothing is taken in then.
        GraphBehindError
            They were taken in, but the graph could not be brought up to date.
        """
        from unionkg.importing import import_records

        with workspaces.locked(self.workspace, "import"):
            imported = import_records(self.workspace, Path(path))
            self._follow()
        return imported

    def rdf_text(self, form: Literal["turtle", "json-ld"] = "turtle") -> str:
        """The effective records as RDF, each statement with its evidence."""
        from unionkg.graph.exchange import rdf

        return rdf.text(self.projection(), self.workspace.config.base, form)

    def view(
        self,
        name: ViewName,
        output: str | Path,
        *,
        audience: Audience = "internal",
        practice_type: str | None = None,
        theme: str | None = None,
        region: str | None = None,
    ) -> dict[str, Any]:
        """Write a page for planners: one HTML file that opens without a network.

        Parameters
        ----------
        name : {"explorer", "diffusion", "map", "timeline"}
            All views, or a part of them.
        output : str or Path
            The file.
        audience : {"internal", "public"}
            The public edition holds no names of persons, nothing that is internal, and shortened quotes.
        practice_type, theme, region : str, optional
            Only accounts of these are shown in full; what counts all counts all the same.

        Returns
        -------
        dict
            How many documents and accounts it rests on (``documents``, ``accounts``), how many are shown (``kept``), …

        Raises
        ------
        QueryError
            A name is unknown; near ones are named.
        MissingExtraError
            plotly or networkx is not installed.
        """
        from unionkg.picturing import write_page

        return write_page(
            self, name, Path(output), audience=audience, practice_type=practice_type, theme=theme, region=region
        )

    def view_poster(self, practice_type: str, output: str | Path, *, audience: Audience = "internal") -> None:
        """Write all that is known of a practice type on one sheet of A3, as ``.pdf`` or ``.svg``, for a wall.

        Raises
        ------
        InputError
            There is no such practice type (near ones are named), no account applies it, or the suffix is another.
        MissingExtraError
            reportlab or fontTools is not installed (``unionkg[brief]``); an ``.svg`` needs neither.
        """
        from unionkg.briefing import write_poster

        write_poster(self, practice_type, Path(output), audience=audience)

    def compare(self, *names: str, output: str | Path | None = None, audience: Audience = "internal") -> Comparison:
        """Put 2 to 6 unions, regions, practice types or named practices (accounts) side by side.

        Parameters
        ----------
        *names : str
            All of one kind, by any name.
        output : str or Path, optional
            A file to write too: ``.docx``, ``.xlsx`` or ``.html``.
        audience : {"internal", "public"}

        Returns
        -------
        Comparison
            Rows of cells, every statement with its quotes (`unionkg.viz.briefing.compare`); ``to_dict()`` gives plain
            data.

        Raises
        ------
        InputError
            A name is unknown or may mean several (near ones are told), they are of different kinds, too few or too
            many, or the suffix is another.
        MissingExtraError
            python-docx is not installed (``unionkg[brief]``).

        Examples
        --------
        >>> kg.compare("宝山区", "嘉定区", output="比较.docx")  # doctest: +SKIP
        """
        from unionkg.briefing import compared

        return compared(self, names, Path(output) if output else None, audience=audience)

    def view_network(self, output: str | Path) -> Drawn:
        """Write the network page: one HTML file that opens without a network."""
        from unionkg.files import hand_over
        from unionkg.graph.corpus import text_of
        from unionkg.language import language
        from unionkg.viz.network import network_page

        corpus = self.corpus()
        texts = {document.id: text_of(self.workspace, document.id) for document, _ in corpus.documents}
        drawn = network_page(self.projection(), texts, language=language())
        hand_over(Path(output), drawn.html)
        return drawn

    def brief(
        self, topic: str, output: str | Path, *, kind: TopicKind | None = None, audience: Audience = "internal"
    ) -> Briefed:
        """Write the briefing on a topic: a Word file in which everything stated has its quote in an endnote.

        Parameters
        ----------
        topic : str
            A practice type, theme, target group or region, by any of its names.
        output : str or Path
            The file (``.docx``), in Chinese whatever the user's language.
        kind : {"practice", "theme", "group", "region"}, optional
            Which is meant, where a name is of several kinds.
        audience : {"internal", "public"}
            For whom it is made.

        Returns
        -------
        Briefed
            What it rests on; where the material has nothing of the topic no file is written, and near topics are named.

        Raises
        ------
        InputError
            The name means nothing, or several things; near ones are told.
        MissingExtraError
            python-docx is not installed.

        Examples
        --------
        >>> kg.brief("集体协商", "集体协商简报.docx").accounts  # doctest: +SKIP
        """
        from unionkg.briefing import write_brief

        return write_brief(self, topic, Path(output), kind=kind, audience=audience)

    def evaluate(self, gold: str | Path) -> Evaluation:
        """Score the effective records against labelled accounts (flat JSONL), and note the figures in the workspace.

        Raises
        ------
        RecordError
            A line of the file is not of the flat form; names file and line.
        """
        from unionkg import evaluating

        return evaluating.score(self.workspace, self.corpus(), evaluating.labelled(Path(gold)))

    def pairs(self, kind: str | None = None, *, judged: bool = False) -> list[Pair]:
        """Pairs of unions, organisations, practices … or accounts that may be one, the likest first.

        ``kind`` is a kind of `unionkg.graph.records.KINDS`; those that people judged are left out unless ``judged``.
        """
        from unionkg import resolving

        return resolving.pairs(self.corpus(), kind, all_of_them=judged)

    def appearances(self, *given: str) -> list[tuple[Side, list[Appearance]]]:
        """Where each of several things is named, with the sentences.

        They are named by their ids or names, or two of them by the id of their pair; InputError for what is unknown.
        """
        from unionkg import resolving

        corpus = self.corpus()
        ids = resolving.named(corpus, given)
        return [(resolving.side(corpus, one), resolving.appearances(corpus, self.workspace, one)) for one in ids]

    def judge(
        self, decision: Literal["same", "different", "undecided", "undo"], *given: str, by: str, why: str = ""
    ) -> tuple[IdentityDecision, bool]:
        """Write down who is who (named as in `appearances`) and bring the graph up to date.

        Returns
        -------
        The judgement, and whether it is new: one that stands already is not written again.

        Raises
        ------
        InputError
            It cannot be (see `unionkg.resolving.judge`); nothing is written then.
        GraphBehindError
            It is written, but the graph could not be brought up to date.
        """
        from unionkg import resolving

        made, new = resolving.judge(self.workspace, decision, given, by, why)
        if new:
            self.update()
        return made, new

    def counts(self) -> Counts:
        """How many nodes by label and relationships by type."""
        with self.store() as store:
            return store.counts()


def open_graph(path: str | Path = ".", *, store: str | None = None, create: bool = True) -> KnowledgeGraph:
    """Open the workspace at a path; a new folder becomes one.

    Parameters
    ----------
    path : str or Path
        The workspace's folder. The current one stands for the nearest parent that is a workspace; any other folder
        means itself.
    store : str, optional
        ``"embedded"`` or the address of a Neo4j server, over what the workspace says.
    create : bool
        Make the folder a workspace where it is none; else that is a WorkspaceError.

    Returns
    -------
    KnowledgeGraph
        Nothing is read and no store opened before something is asked.

    Raises
    ------
    WorkspaceError
        The workspace is of a newer format, or there is none and ``create`` is false.
    StoreError
        ``store`` is neither ``"embedded"`` nor the address of a server, or holds a password.

    Examples
    --------
    >>> import unionkg
    >>> kg = unionkg.open("工会图谱")  # doctest: +SKIP
    >>> kg = unionkg.open("工会图谱", store="neo4j://localhost:7687")  # doctest: +SKIP
    """
    folder = Path(path)
    found = workspaces.find(None if folder.resolve() == Path.cwd() else folder)
    if found is None:
        found = workspaces.create(folder) if create else workspaces.require(folder)
    return KnowledgeGraph(found, parse_target(store or found.config.store))
