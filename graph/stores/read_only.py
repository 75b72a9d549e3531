"""What a plain read is, and the refusal of everything else.

Access that is read-only is not enough: with it both engines still answer ``LOAD CSV FROM 'file:///…'`` and call
procedures. So three checks, each by what is allowed: the text (here, for both engines), the embedded engine's own
parse tree, and Neo4j's plan. On the embedded engine the tree is the one to trust, since its EXPLAIN leaves out what
stands inside COLLECT { } and CALL { }. On Neo4j it is the plan, together with the text, because a plan nested in an
expression is not among its operators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from unionkg.errors import QueryError
from unionkg.graph.stores.allowed import CLAUSES, FUNCTIONS, OPERATORS, PROCEDURES
from unionkg.language import say

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n\r]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<word>[^\W\d]\w*)
      | (?P<number>\d[\w.]*)
      | (?P<symbol>.)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})?")
_SPEAKING = {0x22, 0x27, 0x5C, 0x60}
"""Quotes, backslash and backtick: written as an escape, they would end a string on Neo4j."""


class Token(NamedTuple):
    """A word, symbol or literal of a statement and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The upper-case word, empty for anything quoted or else."""
        return self.text.upper() if self.kind == "word" else ""


def checked_text(statement: str, *, keep_version: bool = False) -> str:
    """Return the one statement in the text, without its closing semicolon, if its text allows it to be a plain read.

    Parameters
    ----------
    statement : str
        Cypher as a user wrote it, comments and all.
    keep_version : bool
        Whether a leading ``CYPHER 5`` or ``CYPHER 25`` stays (Neo4j) or goes (the embedded engine knows no such
        prefix).

    Raises
    ------
    QueryError
        For no statement or several, EXPLAIN and PROFILE, other prefixes, USE, LOAD CSV, and a call of a procedure
        or a namespaced function that is not on the list.
    """
    tokens = tokens_of(statement)
    while tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise QueryError(say("没有查询语句", "there is no statement"))
    begin, stop = tokens[0].start, tokens[-1].start + len(tokens[-1].text)
    if tokens[0].word == "CYPHER":
        version = tokens[1] if len(tokens) > 1 else None
        if version is None or version.text not in {"5", "25"}:
            raise _refused("CYPHER", say("只能写 CYPHER 5 或 CYPHER 25", "only CYPHER 5 or CYPHER 25"))
        tokens = tokens[2:]
        if not tokens:
            raise QueryError(say("没有查询语句", "there is no statement"))
        begin = begin if keep_version else tokens[0].start
    if any(token.text == ";" for token in tokens):
        raise QueryError(
            say("一次只能提交一条查询语句", "one statement at a time"),
            hint=say("把分号隔开的语句分开运行", "run the statements between the semicolons one by one"),
        )
    _check_words(tokens)
    _check_calls(tokens)
    return statement[begin:stop]


def check_clauses(clauses: Iterable[tuple[str, str]], called: Iterable[tuple[str, str]]) -> None:
    """Check the embedded engine's parse tree.

    Parameters
    ----------
    clauses : iterable of (kind, text)
        Every clause, nested ones too; kinds as the engine's grammar names them.
    called : iterable of (kind, name)
        The kind is ``"procedure"`` or ``"function"``.

    Raises
    ------
    QueryError
        For the first that is not on the lists.
    """
    for kind, text in clauses:
        if kind not in CLAUSES:
            raise _refused(text[:40])
    for kind, name in called:
        if _plain_name(name) not in (PROCEDURES if kind == "procedure" else FUNCTIONS):
            raise _refused(name, _not_listed(kind))


def check_plan(plan: Mapping[str, Any]) -> None:
    """Check a plan as Neo4j's EXPLAIN returns it, recursively.

    Raises
    ------
    QueryError
        For the first operator or procedure that is not on the lists.
    """
    operator = str(plan.get("operatorType", "")).split("@", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
    # The variant in brackets, as in Expand(All), does not matter.
    if operator not in OPERATORS:
        raise _refused(operator)
    if operator == "ProcedureCall":
        name = str(plan.get("args", {}).get("Details", "")).split("(", maxsplit=1)[0]
        if _plain_name(name) not in PROCEDURES:
            raise _refused(name, _not_listed("procedure"))
    for child in plan.get("children", ()):
        check_plan(child)


def tokens_of(statement: str) -> list[Token]:
    """Cut a statement into tokens, without blanks and comments; QueryError where a quote or comment is not closed."""
    tokens = []
    for match in _TOKEN.finditer(statement):
        kind, text = str(match.lastgroup), match.group()
        # Neo4j replaces \u escapes before it reads anything, so that one in a comment may end the comment.
        for code in _ESCAPE.findall(text) if kind != "symbol" else ():
            if kind != "string" or not code or int(code, 16) in _SPEAKING:
                raise _refused("\\u" + code, say("请直接写出这个字符", "write the character itself"))
        if text in {"'", '"', "`", "\\"} or (text == "/" and statement.startswith("/*", match.start())):
            raise QueryError(
                say(
                    f"引号或注释没有结束：{statement[match.start() :][:30]}",
                    f"not closed: {statement[match.start() :][:30]}",
                )
            )
        if kind != "skip":
            tokens.append(Token(kind, text, match.start()))
    return tokens


def _check_words(tokens: list[Token]) -> None:
    if tokens[0].word in {"EXPLAIN", "PROFILE", "USE", "CYPHER"}:
        raise _refused(tokens[0].text)
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        follower = after.word if after else ""
        if token.word == "LOAD" and follower == "CSV":
            raise _refused("LOAD CSV", say("查询不能读取文件或网址", "a query reads no files or addresses"))
        opens = before is not None and (before.text == "{" or before.word in {"UNION", "ALL", "DISTINCT", "NEXT"})
        if token.word == "USE" and opens and after and after.kind in {"word", "quoted"}:
            raise _refused("USE")


def _check_calls(tokens: list[Token]) -> None:
    """Refuse what is called by a name that is not on the lists, wherever it stands."""
    position = 0
    while position < len(tokens):
        first = position
        while tokens[position].kind in {"word", "quoted"} and _dot_and_name_follow(tokens, position):
            position += 2
        name = _plain_name("".join(token.text for token in tokens[first : position + 1]))
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        by_call = first > 0 and tokens[first - 1].word == "CALL" and (first < 2 or tokens[first - 2].text not in ".:")
        is_name = tokens[first].kind in {"word", "quoted"}
        opens = following is not None and following.text == "("
        if is_name and by_call and (opens or "." in name or following is None or following.word == "YIELD"):
            if name not in PROCEDURES:
                raise _refused(name, _not_listed("procedure"))
        elif is_name and opens and "." in name and name not in FUNCTIONS | PROCEDURES:
            raise _refused(name, _not_listed("function"))
        position += 1


def _dot_and_name_follow(tokens: list[Token], position: int) -> bool:
    rest = tokens[position + 1 : position + 3]
    return len(rest) == 2 and rest[0].text == "." and rest[1].kind in {"word", "quoted"}


def _plain_name(name: str) -> str:
    return re.sub(r"[\s`]", "", name).lower()


def _not_listed(kind: str) -> str:
    if kind == "procedure":
        return say("只能调用列出的只读过程", "only read procedures that are on the list can be called")
    return say("只能使用标准的 Cypher 函数", "only the standard functions of Cypher can be used")


def _refused(what: str, hint: str | None = None) -> QueryError:
    return QueryError(
        say(f"这里只能查询，不允许：{what}", f"only plain reads are answered here, not: {what}"),
        hint=hint
        or say(
            "用 MATCH … RETURN 查询；图由 unionkg load 和 unionkg build 写入",
            "ask with MATCH … RETURN; the graph is written by unionkg load and unionkg build",
        ),
    )
