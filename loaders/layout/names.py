"""Short forms of names that a text introduces: （以下简称“…”）."""

from __future__ import annotations

import re

_SHORT = re.compile(
    r"[(（][^()（）]{0,24}?(?:以下|下文|下)?(?:均|统|统一)?(?:简称|简稱)\s*(?:为|為)?\s*[:：]?\s*[“「\"'『]?([^“”「」\"'『』()（）,，、]{1,16})[”」\"'』]?\s*[)）]"
)
_LEFT_EDGE = re.compile(
    r"[,。;:!?、\s“”()（）\n]|同|与|和|由|在|把|会同|联合|推动|成立|加入|组建|设立|内设|建立|创建|依托|代表|指导|支持|通过|关于"
)


def names_in(text: str) -> dict[str, str]:
    """Short forms that a text introduces, with the full names that stand before them."""
    names: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        edges = [edge.end() for edge in _LEFT_EDGE.finditer(before)]
        short = match.group(1).strip()
        full = next((before[e:] for e in reversed([0, *edges]) if len(before) - e >= max(4, len(short) + 1)), "")
        if full:
            names.setdefault(short, full.strip())
    return names
