"""diffusion: how practices spread. One module a command."""

from __future__ import annotations

import click

from unionkg.cli.lazy import LazyGroup
from unionkg.language import say

COMMANDS = {
    "cascades": ("cascades", "show_cascades", "谁在何时采用了什么", "Who took up what, and when"),
    "curves": ("curves", "show_curves", "逐年的采用数和风险率", "Adopters and hazard, year by year"),
    "fits": ("curves", "show_fits", "拟合的采用曲线", "Curves fitted to adoption"),
    "adopters": ("curves", "show_adopters", "采用者类别和阈值", "Adopters' classes and thresholds"),
    "panel": ("panel", "write_panel", "单位—年份面板，供 Stata 和 R 使用", "Unit-years for Stata and R"),
    "gexf": ("panel", "write_gexf", "随时间变化的网络，供 Gephi 使用", "The spread over time, for Gephi"),
    "infer": ("infer", "infer_ties", "推断先后关联（非影响）", "Infer who tends to come before whom"),
    "modes": ("modes", "show_modes", "以什么模式传开，只凭写明的话", "Modes of spread, from what documents state"),
    "history": ("history", "show_history", "哪些因素与采用相伴（事件史）", "Event history: factors of adoption"),
    "space": (
        "space",
        "show_space",
        "相邻地区是否都有记载（莫兰指数）",
        "Spatial autocorrelation of records (Moran's I)",
    ),
    "reuse": ("reuse", "show_reuse", "哪些案例的文字相互沿用", "Accounts that share wording beyond set phrases"),
}


@click.group(
    cls=LazyGroup,
    package="unionkg.cli.diffusion",
    listed=COMMANDS,
    help=say("做法怎样传开。", "How practices spread."),
)
def diffusion() -> None:
    """How practices spread."""
