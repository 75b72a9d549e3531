"""The page as one HTML file that opens from disk, and as what a server gives piece by piece."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from unionkg.errors import MissingExtraError
from unionkg.language import say
from unionkg.viz.explorer.scripts import script, style

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
    "form-action 'none'; base-uri 'none'"
)
_HEAD = '<meta charset="utf-8">\n<meta name="generator" content="unionkg">\n<meta name="viewport" content="width=device-width">'
_NO_SCRIPT = (
    "浏览器禁用了脚本，无法显示。请允许此文件运行脚本。 This page needs scripts; please allow them for this file."
)


def page_html(data: Mapping[str, Any]) -> str:
    """The self-contained page: nothing in it leads outside.

    Parameters
    ----------
    data : mapping
        From `unionkg.viz.explorer.data.explorer_data`.

    Raises
    ------
    MissingExtraError
        plotly is not installed.
    """
    charts = plotly_script() if "practices" in data else ""
    # The library is parsed when a first chart is drawn, not before: the page answers at once.
    return (
        f'<!DOCTYPE html>\n<html lang="{_tag(data)}">\n<head>\n{_HEAD}\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{_title(data)}</title>\n<style>\n{style()}</style>\n</head>\n<body>\n"
        f"<noscript>{_NO_SCRIPT}</noscript>\n"
        f'<script type="application/json" id="data">{safe_json(data)}</script>\n'
        f"<script>\n{script()}</script>\n"
        f'<script type="text/plain" id="plotly">{charts}</script>\n</body>\n</html>\n'
    )


def live_page(language: str) -> str:
    """The page that a server gives: scripts, styles and data have addresses of their own."""
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n{_HEAD}\n'
        f"<title>{say('工会创新实践图谱', 'Trade-union practices')}</title>\n"
        '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/page/app.css" '
        # An element of this name and class keeps plotly from writing styles into the page, which its policy forbids.
        'id="plotly.js-style-global" class="no-inline-styles">\n</head>\n<body>\n'
        f"<noscript>{_NO_SCRIPT}</noscript>\n"
        f'<p id="waiting" class="nothing" role="status">{say("正在读取图谱……", "Loading the graph …")}</p>\n'
        '<script src="/page/app.js"></script>\n</body>\n</html>\n'
    )


def plotly_script() -> str:
    """plotly.js from the installed package.

    Raises
    ------
    MissingExtraError
        plotly is not installed.
    """
    try:
        from plotly.offline import get_plotlyjs
    except ImportError as error:
        raise MissingExtraError(
            say("页面的图表需要 plotly，还没有安装", "the page's charts need plotly, which is not installed"),
            hint='pip install "unionkg[view]"',
        ) from error
    text: str = get_plotlyjs()
    # Inside a script element nothing else may look like its end.
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def safe_json(data: object) -> str:
    """JSON that stays inside its script element whatever a name contains."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _tag(data: Mapping[str, Any]) -> str:
    return "zh-CN" if data["about"]["language"] == "zh" else "en"


def _title(data: Mapping[str, Any]) -> str:
    both = data["words"]["kit.title"]
    return html.escape(both[0] if data["about"]["language"] == "zh" else both[1])
