"""The libraries of the extra ``analysis``, asked for where they are needed."""

from __future__ import annotations

from unionkg.errors import MissingExtraError
from unionkg.language import say


def require() -> None:
    """Make sure that networkx and numpy are there.

    Raises
    ------
    MissingExtraError
        One of them is not installed; says what to install.
    """
    try:
        import networkx  # noqa: F401
        import numpy  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            say(f"没有安装 {error.name}，不能计算网络", f"{error.name} is not installed, so there are no networks"),
            hint='pip install "unionkg[analysis]"',
        ) from error
