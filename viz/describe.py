"""Properties in the words of the schema, for people: labels and values, without what only machines need."""

from __future__ import annotations

from collections.abc import Mapping

from unionkg.graph.stores.protocol import Value
from unionkg.language import Language
from unionkg.ontology.declarations import PropertyType
from unionkg.ontology.model import values

#: Shown elsewhere on the page (name, lines, how it was read), or of use to programs only.
_ELSEWHERE = {
    *("id", "name", "title", "name_en", "document", "case_id", "cases", "lines", "first_line", "last_line"),
    *("method", "confidence", "review", "published_method", "started_method", "title_method"),
    *("sha256", "encoding", "media_type", "page_labels", "page_starts", "longitude", "latitude", "counted", "primary"),
}


def described(
    declared: Mapping[str, PropertyType], given: Mapping[str, Value], regions: Mapping[str, str], language: Language
) -> list[tuple[str, str]]:
    """Label and value of each property that a reader wants, in the schema's order.

    Parameters
    ----------
    regions : mapping
        Full names of regions by code.
    """
    found = []
    for name, prop in declared.items():
        value = given.get(name)
        # Parallel lists are quotes with their places, and sections with theirs.
        if name in _ELSEWHERE or prop.internal or prop.parallel or value is None or value is False or value == []:
            continue
        label = prop.zh if language == "zh" else prop.en
        items = value if isinstance(value, list) else [value]
        if name == "region":
            items = [regions.get(str(item), str(item)) for item in items]
        found.append((label, ("、" if language == "zh" else ", ").join(_shown(prop, item, language) for item in items)))
    return found


def choice(prop: PropertyType | None, value: object, language: Language) -> str:
    """The label of a value of a closed list; the value itself where it is not listed."""
    for known in values(prop) if prop else ():
        if known.key == value:
            return known.zh if language == "zh" else known.en
    return str(value)


def _shown(prop: PropertyType, value: object, language: Language) -> str:
    if isinstance(value, bool):
        return "是" if language == "zh" else "yes"
    if prop.name.endswith("confidence") and isinstance(value, float):
        return f"{value:.0%}"
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    return choice(prop, value, language)
