"""A result in the forms that other libraries take: pandas, Arrow, networkx. Pure functions over columns and rows.

The libraries are optional and imported where they are used; where one is missing, MissingExtraError says what to
install.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from unionkg.errors import MissingExtraError
from unionkg.graph.stores.tables import is_node, is_relationship
from unionkg.language import say

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyarrow


def to_pandas(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pandas.DataFrame:
    """Make a data frame.

    Whole numbers stay whole and truth values stay true or false where some are missing (``Int64``, ``boolean``):
    pandas by itself would turn the year 2017 into 2017.0. Lists and maps are objects.

    Raises
    ------
    MissingExtraError
        pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise _missing("pandas", "tables") from error
    series = {
        index: pandas.Series(values, dtype=_pandas_type(values))
        for index, values in enumerate(_by_column(columns, rows))
    }
    frame = pandas.DataFrame(series, index=pandas.RangeIndex(len(rows)))
    frame.columns = pandas.Index(list(columns), dtype=object if not columns else None)
    return frame


def to_arrow(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pyarrow.Table:
    """Make an Arrow table, which can be written as Parquet.

    Numbers, text, truth values, lists and maps (as structs) keep their types. A column whose values are of several
    kinds becomes text: text stays as it is, everything else is written as JSON.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError as error:
        raise _missing("pyarrow", "tables") from error
    arrays = [_arrow_array(values) for values in _by_column(columns, rows)]
    return pyarrow.table(arrays, names=list(columns))


def to_networkx(values: Any) -> networkx.MultiDiGraph[str]:
    """Make a graph of every node, relationship and path that occurs in some values, in lists and maps too.

    Nodes are named by their ``id`` and carry their properties and ``_labels``; relationships have their ``id`` as key
    and carry their properties and ``_type``. An end that does not itself occur is there with its id alone, and no
    ``_labels``.

    Raises
    ------
    MissingExtraError
        networkx is not installed.
    """
    try:
        import networkx
    except ImportError as error:
        raise _missing("networkx", "analysis") from error
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for element in _elements(values):
        if is_node(element):
            graph.add_node(element["id"], **element)
            continue
        for end in (element["_start"], element["_end"]):
            if end not in graph:
                graph.add_node(end, id=end, _labels=[])
        told = {name: value for name, value in element.items() if name not in {"_start", "_end"}}
        graph.add_edge(element["_start"], element["_end"], element.get("id"), **told)
    return graph


def _elements(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every node and relationship inside a value, in order."""
    if is_node(value) or is_relationship(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _elements(item)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for item in value:
            yield from _elements(item)


def _by_column(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [[row[index] for row in rows] for index in range(len(columns))]


def _pandas_type(values: Sequence[Any]) -> str | None:
    """The type that pandas would not choose by itself; None lets it choose."""
    kinds = {type(value) for value in values}
    if kinds == {int, type(None)}:
        return "Int64"
    if kinds == {bool, type(None)}:
        return "boolean"
    # Several kinds in a column, and what holds others: as they are, not made alike.
    return "object" if not kinds or kinds & {list, dict, tuple} or len(kinds - {type(None)}) > 1 else None


def _arrow_array(values: Sequence[Any]) -> pyarrow.Array:
    import pyarrow

    try:
        if not any(map(_holds_empty_map, values)):  # a struct without fields cannot be written as Parquet
            return pyarrow.array(values)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, pyarrow.ArrowNotImplementedError):
        pass  # values of several kinds have no type in common
    texts = [
        value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values
    ]
    return pyarrow.array(texts, type=pyarrow.string())


def _holds_empty_map(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not value or any(map(_holds_empty_map, value.values()))
    return isinstance(value, list | tuple) and any(map(_holds_empty_map, value))


def _missing(library: str, extra: str) -> MissingExtraError:
    return MissingExtraError(
        say(f"没有安装 {library}", f"{library} is not installed"), hint=f'pip install "unionkg[{extra}]"'
    )
