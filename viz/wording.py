"""Every word of the network page that is not data, in Chinese and English."""

from __future__ import annotations

from unionkg.language import Language

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("工会创新实践网络图", "Network of trade-union practices"),
    "search": ("查找名称或别名，回车定位", "Find a name or alias, Enter goes there"),
    "no_hit": ("没有这个名称", "no such name"),
    "filters": ("筛选", "Filters"),
    "kinds": ("种类（图例）", "Kinds (legend)"),
    "relations": ("关系（线型）", "Relationships (lines)"),
    "themes": ("领域", "Themes"),
    "provinces": ("地区（归到省级）", "Regions (by province)"),
    "years": ("年份", "Years"),
    "years_help": (
        "按文中写明的起始年；没有写明的按文献刊印年（只说明当时已有）。",
        "By the stated start; without one, by the year of publication (known by then).",
    ),
    "from": ("从", "from"),
    "to": ("到", "to"),
    "undated": ("含年份不详的", "with undated ones"),
    "no_theme": ("未写明领域", "no theme"),
    "no_province": ("未写明地区", "no region"),
    "all": ("全选", "all"),
    "none": ("全不选", "none"),
    "reset": ("恢复初始", "reset"),
    "diffusion": ("传播（文中写明）", "Spread (stated)"),
    "stated": ("其他陈述（文中写明）", "Other statements"),
    "structural": ("归属与结构", "Structure"),
    "derived": ("由陈述推得", "Derived from statements"),
    "computed": ("推断先后关联（非影响）", "Inferred (precedence, not influence)"),
    "solid": ("实线：文中写明，有原文", "solid: stated, with its quote"),
    "dotted": ("点线：结构、推得或尚未实施", "dotted: structure, derived or not done yet"),
    "dashed": ("虚线：推断", "dashed: inferred"),
    "arrow": ("箭头：做法传播的方向", "arrow: the way the practice went"),
    "shown": (
        "显示 {nodes} / {all_nodes} 个节点，{edges} / {all_edges} 条关系",
        "{nodes} of {all_nodes} nodes, {edges} of {all_edges} relationships",
    ),
    "limited": (
        "符合条件的节点有 {all} 个，先画联系最多的 {limit} 个。缩小筛选范围可看到其余，或者",
        "{all} nodes match; the {limit} best connected are drawn. Narrow the filters to see the rest, or",
    ),
    "show_all": ("全部画出（可能较慢）", "draw all (may be slow)"),
    "alone": ("只看“{name}”和与它相连的。", "Only “{name}” and what is tied to it."),
    "show_rest": ("看全图", "whole picture"),
    "nothing": ("没有符合条件的内容，请放宽筛选。", "Nothing matches; widen the filters."),
    "empty": (
        "图谱中还没有内容。先用 unionkg load 载入文献。",
        "The graph is empty. Load documents with unionkg load.",
    ),
    "zoom_in": ("放大", "zoom in"),
    "zoom_out": ("缩小", "zoom out"),
    "fit": ("全图", "fit"),
    "print": ("打印", "print"),
    "panel": ("说明", "Details"),
    "close": ("关闭", "close"),
    "hint": ("点一个图形看它的资料和原文；点一条线看这条关系的原文。", "Click a mark or a line to see its quotes."),
    "hint_more": (
        "放大后会出现更多名称。左边勾选种类与关系。键盘：/ 查找，方向键移动，加减号缩放，0 看全图，Esc 关闭说明。",
        "Zoom in for more names. Choose kinds and relationships on the left. Keys: / finds, arrows move, plus and minus zoom, 0 fits, Esc closes.",
    ),
    "sample": (
        "资料汇编是样本：资料未见不等于没有开展。先后以资料中最早记载为准，不表示首创。",
        "A collection is a sample: absence is not non-adoption, and the earliest record is not a first.",
    ),
    "only_this": ("只看它和与它相连的", "only this and its neighbours"),
    "centre": ("居中", "centre"),
    "statements": ("相关陈述 {count} 条", "{count} statements"),
    "own_quotes": ("原文依据", "Quotes"),
    "more": ("再显示 {count} 条", "{count} more"),
    "source": ("《{title}》第 {lines} 行", "{title}, line {lines}"),
    "source_account": ("《{title}》第 {lines} 行（所在案例）", "{title}, lines {lines} (the account)"),
    "method": ("读法", "method"),
    "confidence": ("可信度", "confidence"),
    "cases": ("所据案例", "cases"),
    "no_quote": ("没有原文：{basis}。", "No quote: {basis}."),
    "table": ("文字表：当前显示的关系与原文", "Text table: the relationships shown, with their quotes"),
    "start": ("起点", "from"),
    "relation": ("关系", "relationship"),
    "end": ("终点", "to"),
    "quote": ("原文", "quote"),
    "where": ("出处", "source"),
    "page": ("第 {first}–{last} 条，共 {count} 条", "{first}–{last} of {count}"),
    "previous": ("上一页", "previous"),
    "next": ("下一页", "next"),
    "no_script": (
        "浏览器禁用了脚本，无法显示。请允许此文件运行脚本。",
        "This page needs scripts. Please allow them for this file.",
    ),
}


def words(language: Language) -> dict[str, str]:
    """The page's words in one language."""
    return {key: both[0 if language == "zh" else 1] for key, both in _WORDS.items()}
