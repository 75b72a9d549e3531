"""People's decisions over HTTP: what deserves a look, verdicts on facts, judgements on who is who.

Only where the server was started for it (`unionkg serve --edit`), only from its own pages or from programs, never from
other sites' pages, and never without saying who decides and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from unionkg.errors import InputError, UnionkgError
from unionkg.language import say
from unionkg.viz.server.service import Editing, Service

_Text = Annotated[str, StringConstraints(max_length=2_000)]
_Id = Annotated[str, StringConstraints(max_length=200)]
_Said = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")
]
_Cause = Literal["reopened", "contradiction", "missing", "unknown_place", "low_confidence", "proposed"]


class EditingOffError(UnionkgError):
    """The server only reads."""


class ForeignRequestError(UnionkgError):
    """A decision that does not come from a page of this server's, or not in the form that only such a page can send."""


class RefusedDecisionError(UnionkgError):
    """A decision that cannot be; nothing of it was written."""


class Verdict(BaseModel):
    """一条裁定 · a verdict: accept, reject, edit, add, lack, split, merge, undo, hold."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["accept", "reject", "edit", "add", "lack", "split", "merge", "undo", "hold"] = Field(
        description="接受、驳回、更正、增加、确实没有、拆分、合并、撤销、坚持（失效的裁定）· what is said"
    )
    id: _Id | None = Field(None, description="陈述、案例或裁定的编号 · of a fact, an account or a decision")
    case: _Id | None = Field(
        None, description="案例编号（增加、确实没有、拆分、合并）· the account, where no fact is named"
    )
    field: _Id | None = Field(None, description="栏目（增加、确实没有）· the field")
    values: dict[_Id, _Text] = Field(
        default_factory=dict, description="属性和值，照人的写法 · attributes as people write them"
    )
    quote: _Text = Field("", description="原文依据，照抄 · the words that say it")
    line: int | None = Field(None, description="拆分：第二个案例从文献的这一行开始 · where the second begins")
    others: list[_Id] = Field(default_factory=list, max_length=50, description="合并进来的案例 · accounts to merge")
    seen: _Id | None = Field(
        None, description="所看陈述的 version；已变则拒绝 · refused where the fact has changed since"
    )


class Reviewed(BaseModel):
    """裁定、裁定人、理由 · verdicts, who gives them, and why."""

    model_config = ConfigDict(extra="forbid")
    verdicts: list[Verdict] = Field(min_length=1, max_length=200)
    by: _Said = Field(description="裁定人 · who decides")
    why: _Said = Field(description="理由 · why")


class Judged(BaseModel):
    """谁是谁的裁定 · a judgement on who is who."""

    model_config = ConfigDict(extra="forbid")
    decision: Literal["same", "different", "undecided", "undo"]
    ids: list[_Id] = Field(
        min_length=1, max_length=50, description="一对的编号，或两个以上的编号 · a pair's id, or ids"
    )
    by: _Said = Field(description="裁定人 · who decides")
    why: _Said = Field(description="理由 · why")


def router(service: Service, responses: dict[int | str, dict[str, Any]]) -> APIRouter:
    """The routes of review and judgements.

    Parameters
    ----------
    service : Service
    responses : dict
        What else may be answered, for the description.
    """
    more: dict[int | str, dict[str, Any]] = {
        403: {"description": "服务只读，或请求来自别的网页 · only reading, or from another site's page"},
        409: {"description": "工作区正被他人写入 · somebody else is writing to the workspace"},
    }
    editor = _editor_of(service)
    routes = APIRouter(
        prefix="/api", tags=["复核 · review"], responses=responses | more, dependencies=[Depends(editor)]
    )

    @routes.get("/review/queue", summary="最该看的 · what deserves a look", response_model=dict[str, Any])
    def queue(
        document: Annotated[_Id | None, Query(description="只看一份文献（编号）· of one document")] = None,
        field: Annotated[_Id | None, Query(description="只看一个栏目 · of one field")] = None,
        cause: Annotated[_Cause | None, Query(description="只看一种原因 · of one cause")] = None,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> Mapping[str, Any]:
        """可疑的陈述、缺漏和失效的裁定，附原句；进度；最近的裁定。· Doubtful facts, gaps and reopened decisions."""
        return _asked(lambda: editor().queue(document, field, cause, limit))

    @routes.get("/review/facts/{identifier}", summary="一条陈述的全部 · a fact in full", response_model=dict[str, Any])
    def facts(identifier: Annotated[_Id, Path(description="陈述或案例的编号 · id")]) -> Mapping[str, Any]:
        """属性、原句、裁定的经过。· Attributes, sentences and history."""
        return _asked(lambda: editor().facts(identifier))

    @routes.get("/review/fields", summary="栏目和属性 · fields", response_model=dict[str, Any])
    def fields() -> Mapping[str, Any]:
        """每个栏目的属性和可用的值。· The attributes of every field and what they may be."""
        return _asked(editor().fields)

    @routes.post("/review", summary="裁定陈述和案例 · decide", response_model=dict[str, Any])
    def review(body: Reviewed, _: Annotated[None, Depends(_ours)]) -> Mapping[str, Any]:
        """全部写下或一条不写；图随后更新（见 `/page/state.json`）。· All or none; the graph follows."""
        return _asked(lambda: editor().decide([one.model_dump() for one in body.verdicts], body.by, body.why))

    @routes.get("/identities/pairs", summary="可能是同一个的 · pairs that may be one", response_model=dict[str, Any])
    def pairs(
        kind: Annotated[_Id | None, Query(description="只看一类，如 union · of one kind")] = None,
        judged: Annotated[bool, Query(description="连同已裁定的 · judged ones too")] = False,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
    ) -> Mapping[str, Any]:
        """最像的在前。· The likest first."""
        return _asked(lambda: editor().pairs(kind, judged=judged, limit=limit))

    @routes.get(
        "/identities/pairs/{identifier}", summary="一对的原文 · where both are named", response_model=dict[str, Any]
    )
    def pair(identifier: Annotated[_Id, Path(description="一对的编号 · id of a pair")]) -> Mapping[str, Any]:
        """两者各在哪些句子里。· The sentences that name each."""
        return _asked(lambda: editor().pair([identifier]))

    @routes.post("/identities", summary="裁定谁是谁 · judge", response_model=dict[str, Any])
    def judge(body: Judged, _: Annotated[None, Depends(_ours)]) -> Mapping[str, Any]:
        """同一个、不是、未定、撤销；图随后更新。· The graph follows."""
        return _asked(lambda: editor().judge(body.decision, body.ids, body.by, body.why))

    return routes


def _editor_of(service: Service) -> Callable[[], Editing]:
    def editor() -> Editing:
        if service.editing is None:
            raise EditingOffError(
                say("这个服务只读，不接受裁定", "this server only reads: it takes no decisions"),
                hint=say("用 unionkg serve --edit 启动", "start it with `unionkg serve --edit`"),
            )
        return service.editing

    return editor


def _ours(request: Request) -> None:
    """Refuse what a page of another site could have sent: forms and plain text need no leave of ours, JSON does.

    That an ``Origin``, where there is one, is ours has been checked before (`unionkg.viz.server.protection`).
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    site = request.headers.get("sec-fetch-site", "same-origin")
    if kind != "application/json" or site != "same-origin":
        raise ForeignRequestError(
            say(
                "裁定只接受本服务页面或程序以 JSON 提交",
                "decisions are taken as JSON, from this server's pages or programs",
            ),
            hint="Content-Type: application/json",
        )


def _asked(ask: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return ask()
    except InputError as error:
        raise RefusedDecisionError(error.what, where=error.where, hint=error.hint) from error
