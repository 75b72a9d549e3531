"""The API: packs, search, accounts and Cypher over HTTP, described in OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from unionkg.errors import (
    BusyError,
    InputError,
    MissingExtraError,
    QueryError,
    QueryTimeoutError,
    QueryTooLargeError,
    StoreError,
    UnionkgError,
    WorkspaceBusyError,
    WorkspaceError,
)
from unionkg.graph.exchange.result_files import finite
from unionkg.language import say
from unionkg.viz.server import documentation, editing, pages
from unionkg.viz.server.protection import Access, Application, Protection
from unionkg.viz.server.service import Answered, Service, Sought

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ABOUT = """工会创新案例知识图谱的接口；除“复核”外都是只读接口。每条事实都能回到原文的那一句（`evidence=true`）。
出错时返回 `{what, where, hint}`，语言随 `Accept-Language`（zh 或 en）。时间、行数、大小都有上限，见 `/api/status`。

Access to the graph, read-only but for the review. Errors are `{what, where, hint}`, in the language of `Accept-Language`. Time, rows and
sizes are limited (see `/api/status`); `truncated` marks an answer that was cut."""

_RESERVED = ("evidence", "format")


class Problem(BaseModel):
    """出错时的回答：什么错、在哪里、可以怎么办 · what is wrong, where, and what to try."""

    what: str
    where: str | None = None
    hint: str | None = None


class Table(BaseModel):
    """一张结果表 · a result table."""

    columns: list[str] = Field(description="列名 · names of the columns")
    rows: list[dict[str, Any]] = Field(description="每行一个对象 · an object a row")
    truncated: bool = Field(description="还有更多行没有取回 · there are more rows than these")
    notes: list[str] = Field(description="读结果时要知道的：略去了什么 · what the answer leaves out")
    parameters: dict[str, Any] = Field(description="实际使用的参数值 · the values that were asked with")


class Statement(BaseModel):
    """一条只读 Cypher 语句 · a Cypher statement that only reads."""

    model_config = ConfigDict(extra="forbid")
    statement: str = Field(
        description="语句 · the statement", examples=["MATCH (u:TradeUnion) RETURN u.name AS name LIMIT 5"]
    )
    parameters: dict[str, Any] = Field(default_factory=dict, description="$名称 的值 · what $name stands for")


_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "查询、参数或语句有误，或不允许 · wrong, or not allowed"},
    404: {"model": Problem, "description": "没有这一项 · there is none"},
    413: {"model": Problem, "description": "请求太大 · too large"},
    422: {"model": Problem, "description": "请求的写法不对 · not the form of a request"},
    429: {"model": Problem, "description": "请求太多，稍后再试 · too many requests, try again later"},
    503: {"model": Problem, "description": "图打不开 · the graph cannot be opened"},
    504: {"model": Problem, "description": "超时 · took too long"},
}
Form = Literal["json", "csv", "md", "xlsx", "page"]


def app(service: Service, access: Access, version: str) -> Application:
    """The application to serve: the API and its page, behind `Protection`.

    Parameters
    ----------
    service : Service
        Who answers.
    access : Access
        Who may ask.
    version : str
        The version of unionkg, for the description.
    """
    api = FastAPI(title="unionkg", version=version, description=_ABOUT, docs_url=None, redoc_url=None)
    api.include_router(_questions(service))
    api.include_router(_rest(service))
    api.include_router(editing.router(service, _PROBLEMS))
    api.include_router(pages.router(service))
    api.include_router(documentation.router)
    api.add_exception_handler(UnionkgError, _told)
    api.add_exception_handler(RequestValidationError, _told_invalid)
    api.add_exception_handler(HTTPException, _told_http)
    generated = api.openapi

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            generated()
        assert api.openapi_schema is not None
        try:
            asked = _paths([query for query in service.queries() if "problem" not in query])
        except QueryError:  # a broken file of the workspace: /api/queries names it, the page is there all the same
            asked = {}
        # One path a query, so that its parameters can be read and tried; a workspace's own come and go.
        return api.openapi_schema | {"paths": {**api.openapi_schema["paths"], **asked}}

    api.openapi = described  # type: ignore[method-assign]
    return Protection(api, access)


def _questions(service: Service) -> APIRouter:
    router = APIRouter(prefix="/api/queries", tags=["查询包 · packs"], responses=_PROBLEMS)

    @router.get("", summary="列出全部查询 · list the queries", response_model=list[dict[str, Any]])
    def queries() -> Sequence[Mapping[str, Any]]:
        """每个查询的名称、问题、参数和列。· Name, question, parameters and columns of every query."""
        return service.queries()

    @router.get("/{name}", summary="查看一个查询 · describe a query", response_model=dict[str, Any])
    def query(name: Annotated[str, Path(description="查询包.查询 · pack.query")]) -> Mapping[str, Any]:
        """问题、参数、列、例子和语句。· The question, its parameters, columns, an example and the statement."""
        return _found(service, name)

    @router.get("/{name}/choices", summary="参数可用的值 · what parameters may be", response_model=dict[str, Any])
    def choices(name: Annotated[str, Path(description="查询包.查询 · pack.query")]) -> Mapping[str, Any]:
        """每个参数可选的值和显示的文字；没有列出的可以自由填写。· Pairs of value and label; none where it is free."""
        _found(service, name)
        return service.choices(name)

    @router.get("/{name}/rows", summary="运行一个查询 · ask a query", response_model=Table)
    def rows(
        request: Request,
        name: Annotated[str, Path(description="查询包.查询 · pack.query")],
        evidence: Annotated[
            bool, Query(description="每行附上文献、页、行号和原文 · with document, page, line and quote")
        ] = False,
        format: Annotated[  # noqa: A002  its name in the address
            Form,
            Query(
                description="输出格式；page 供网页显示：标题和值用文字，每行附引文 · form of the answer; "
                "page is for showing: headings and values in words, each row with its quotes"
            ),
        ] = "json",
    ) -> Any:
        """查询的参数写在网址里，如 `?practice_type=集体协商&region=宝山区`。· Its parameters stand in the address."""
        known = _found(service, name)
        given = {key: value for key, value in request.query_params.items() if key not in _RESERVED}
        if format == "page":
            return JSONResponse(dict(service.table(name, given)))
        answered = service.rows(name, given, evidence=evidence)
        return _json(answered) if format == "json" else _file(service, str(known["name"]), answered, format)

    return router


def _rest(service: Service) -> APIRouter:
    router = APIRouter(prefix="/api", tags=["图 · graph"], responses=_PROBLEMS)

    @router.post("/cypher", summary="运行一条只读 Cypher 语句 · answer a Cypher statement", response_model=Table)
    def cypher(body: Statement) -> Any:
        """只能查询：写入、LOAD CSV、过程都不允许。· Plain reads only: no writing, no LOAD CSV, no procedures."""
        return _json(service.cypher(body.statement, body.parameters))

    @router.get("/search", summary="查找案例、工会、做法 · search", response_model=dict[str, Any])
    def search(
        text: Annotated[str, Query(description="要找的词，空格隔开 · words", min_length=1, max_length=200)],
        label: Annotated[str | None, Query(description="只找一类，如 TradeUnion · only one label")] = None,
        region: Annotated[str | None, Query(description="只在一个地区（含下级）· only of a region")] = None,
        theme: Annotated[str | None, Query(description="只在一个领域 · only of a theme")] = None,
        year: Annotated[str | None, Query(description="年份或区间，如 2015..2017 · a year or an interval")] = None,
        limit: Annotated[int, Query(ge=1, le=1000, description="最多几条 · at most so many")] = 20,
    ) -> Mapping[str, Any]:
        """按名称、拼音、引文和全文查找；facets 是全部结果的分类计数，没有结果时 near 是相近的名称。

        By name, pinyin, quotes and full text; facets count all hits, near are names where there is none.
        """
        return service.search(Sought(text, label, region, theme, year, limit))

    @router.get("/accounts/{identifier}", summary="查看一个案例 · an account", response_model=dict[str, Any])
    def account(identifier: Annotated[str, Path(description="案例编号 · id", max_length=200)]) -> Mapping[str, Any]:
        """案例的全部内容，每条事实带原文。· Everything that is known of it, each statement with its sentences."""
        return service.account(identifier)

    @router.get("/status", summary="图里有什么 · what the graph holds", response_model=dict[str, Any])
    def status() -> Mapping[str, Any]:
        """节点和关系的数量、建图时间、各项上限。· Counts, when it was built, and the limits."""
        return service.status()

    return router


class _NotFoundError(UnionkgError):
    """What an address names does not exist."""


def _found(service: Service, name: str) -> Mapping[str, Any]:
    try:
        return service.query(name)
    except QueryError as error:
        if error.where is not None:  # it is there, but broken
            raise
        raise _NotFoundError(error.what, where=error.where, hint=error.hint) from error


def _json(answered: Answered) -> JSONResponse:
    rows = [dict(zip(answered.columns, map(finite, row), strict=True)) for row in answered.rows]
    told = {
        "columns": list(answered.columns),
        "rows": rows,
        "truncated": answered.truncated,
        "notes": list(answered.notes),
        "parameters": dict(answered.parameters),
    }
    return JSONResponse(told)


def _file(service: Service, name: str, answered: Answered, form: Form) -> Response:
    content = service.file(name, answered, form)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}.{form}"}
    if answered.truncated:
        headers["x-truncated"] = "true"
    return Response(content, media_type=_MEDIA[form], headers=headers)


_STATUS: Sequence[tuple[type[UnionkgError], int]] = (
    (_NotFoundError, 404),
    (editing.EditingOffError, 403),
    (editing.ForeignRequestError, 403),
    (editing.RefusedDecisionError, 422),
    (WorkspaceBusyError, 409),
    (QueryTimeoutError, 504),
    (QueryTooLargeError, 413),
    (BusyError, 429),
    (QueryError, 400),
    (InputError, 404),
    (StoreError, 503),
    (WorkspaceError, 503),
    (MissingExtraError, 501),
)


async def _told(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, UnionkgError)
    status = next((number for kind, number in _STATUS if isinstance(error, kind)), 500)
    headers = {"retry-after": "5"} if status == 429 else None
    # A path of the server's is none of the client's business: the name of the file will do.
    where = error.where and re.split(r"[\\/]", error.where)[-1]
    return JSONResponse({"what": error.what, "where": where, "hint": error.hint}, status, headers)


async def _told_invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    what = say(f"请求有误：{first['msg']}", f"the request is wrong: {first['msg']}")
    return JSONResponse({"what": what, "where": place, "hint": "/docs"}, 422)


async def _told_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    what = {
        404: say("没有这个网址", "there is nothing at this address"),
        405: say("这个网址不接受这种请求", "this address takes no such request"),
    }.get(error.status_code, str(error.detail))
    return JSONResponse({"what": what, "where": None, "hint": "/docs"}, error.status_code, error.headers)


_JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}


def _paths(queries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {f"/api/queries/{query['name']}/rows": {"get": _operation(query)} for query in queries}


def _operation(query: Mapping[str, Any]) -> dict[str, Any]:
    asked = [
        {
            "name": one["name"],
            "in": "query",
            "required": one["required"],
            "description": f"{one['zh']} · {one['en']}",
            "schema": {"type": _JSON_TYPES.get(one["type"], "string")}
            | ({"default": one["default"]} if one["default"] is not None else {})
            | ({"enum": one["values"]} if isinstance(one["values"], list) else {}),
        }
        for one in query["parameters"]
    ]
    always = [
        {"name": "evidence", "in": "query", "schema": {"type": "boolean", "default": False}},
        {
            "name": "format",
            "in": "query",
            "schema": {"type": "string", "enum": list(get_args(Form)), "default": "json"},
        },
    ]
    table = {"application/json": {"schema": {"$ref": "#/components/schemas/Table"}}}
    return {
        "tags": [str(query["pack"])],
        "summary": f"{query['question']['zh']} · {query['question']['en']}",
        "operationId": f"rows_{query['name'].replace('.', '_')}",
        "parameters": [*asked, *always],
        "responses": {"200": {"description": "OK", "content": table}},
    }
