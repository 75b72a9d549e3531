"""The explorer page as a server gives it: page, script, style, charts library and data, each at an address of its own."""

from __future__ import annotations

import ast
import base64
import gzip
import hashlib
import re
from functools import cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from unionkg.errors import MissingExtraError
from unionkg.language import language
from unionkg.viz.server.service import Service

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data: blob:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Nothing but what comes from here, and nothing that stands in the page itself: no text of a document can become a script."""

#: A style sheet that the charts library puts into the page when it is loaded.
_STYLE_SHEET = re.compile(
    r"""createElement\("style"\)[^'"]{0,20}(?:\.id="[^"]*",\w+)?\.textContent=("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
)
_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"


def router(service: Service) -> APIRouter:
    """The routes of the page.

    Parameters
    ----------
    service : Service
        Who makes the data.
    """
    pages = APIRouter(include_in_schema=False)

    @pages.get("/")
    def page() -> HTMLResponse:
        """The page, without anything of the graph in it."""
        from unionkg.viz.explorer.page import live_page

        return HTMLResponse(live_page(language()), headers={"content-security-policy": _policy()})

    @pages.get("/page/app.js")
    def script(request: Request) -> Response:
        """Our own scripts."""
        return _packed(request, _script(), _SCRIPT)

    @pages.get("/page/app.css")
    def style(request: Request) -> Response:
        """Their styles."""
        return _packed(request, _style(), _STYLE)

    @pages.get("/page/plotly.js")
    def library(request: Request) -> Response:
        """The charts library from the installed package, which the page asks for when a first chart is drawn."""
        return _packed(request, _plotly(), _SCRIPT)

    @pages.get("/page/data.json")
    def data(request: Request) -> Response:
        """The data, made once a build; 429 while it is being made."""
        return _packed(request, service.page(), "application/json")

    @pages.get("/page/state.json")
    def state() -> JSONResponse:
        """Which build the data is of, and whether decisions wait to be followed by the graph."""
        return JSONResponse(dict(service.page_state()))

    return pages


def _packed(request: Request, content: bytes, kind: str) -> Response:
    """Content that is held packed, unpacked for who cannot do so."""
    accepted = [part.partition(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")]
    if "gzip" in accepted:
        return Response(content, media_type=kind, headers={"content-encoding": "gzip", "vary": "accept-encoding"})
    return Response(gzip.decompress(content), media_type=kind, headers={"vary": "accept-encoding"})


@cache
def _policy() -> str:
    """The policy; the styles that the installed charts library brings are allowed by what they are, no others."""
    try:
        sheets = _STYLE_SHEET.findall(gzip.decompress(_plotly()).decode())
    except MissingExtraError:  # the page says so where a chart would be
        sheets = []
    digests = [hashlib.sha256(str(ast.literal_eval(sheet)).encode()).digest() for sheet in sheets]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return _POLICY.format(styles=" ".join(["'self'", *hashes]))


@cache
def _script() -> bytes:
    from unionkg.viz.explorer.scripts import script

    return gzip.compress(script(live=True).encode())


@cache
def _style() -> bytes:
    from unionkg.viz.explorer.scripts import style

    return gzip.compress(style(live=True).encode())


@cache
def _plotly() -> bytes:
    from unionkg.viz.explorer.page import plotly_script

    return gzip.compress(plotly_script().encode())
