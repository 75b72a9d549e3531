"""The configuration of a workspace, ``unionkg.toml``: read and checked, every error with its file and key."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionkg.errors import WorkspaceError
from unionkg.language import say

FORMAT = 1
DEFAULT_BASE = "https://w3id.org/unionkg/id/"


@dataclass(frozen=True, slots=True)
class Public:
    """``[public]``: what the public is not shown (`unionkg.graph.public_rules` finds what the names mean).

    ``internal`` names documents, accounts, ledgers, unions, organisations, practices … by id or name; ``mask`` are words that are
    masked wherever they stand, ``show`` the names of persons that are not. ``quote_limit`` is in characters, None for quotes in
    full; ``map_approval`` the 审图号 of the maps.
    """

    internal: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    quote_limit: int | None = None
    map_approval: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """``[rights."…"]``: what may be done with one document, named by id, file name or title."""

    document: str
    statement: str | None = None
    quote_limit: int | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """``unionkg.toml``: a random workspace id, the store, the base IRI of what is exported, and what the public is not shown."""

    id: str
    store: str = "embedded"
    base: str = DEFAULT_BASE
    format: int = FORMAT
    public: Public = Public()
    rights: tuple[Rights, ...] = ()


def read_config(path: Path) -> Config:
    """Read and check ``unionkg.toml``; WorkspaceError, with file and key, for what is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WorkspaceError(
            say(f"无法读取工作区配置（{error.strerror}）", f"the configuration cannot be read ({error.strerror})"),
            where=path,
            hint=say("检查文件的权限", "check the file's permissions"),
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(
            say(f"工作区配置读不出来：{error}", f"the configuration cannot be read: {error}"),
            where=path,
            hint=say(
                "按 TOML 格式改正所指的行；文件须存为 UTF-8",
                "mend that line, as TOML is written; the file must be UTF-8",
            ),
        ) from error
    _check_keys(data, _KEYS, "", path)
    if data.get("format", FORMAT) > FORMAT:
        raise WorkspaceError(
            say(
                f"工作区格式 {data['format']} 比本程序新",
                f"workspace format {data['format']} is newer than this program",
            ),
            where=path,
            hint=say("升级 unionkg", "upgrade unionkg"),
        )
    if "id" not in data:
        raise WorkspaceError(
            say("配置缺少 id", "the configuration lacks id"),
            where=path,
            hint=say(
                "从备份恢复；新的工作区由 unionkg load 自动写好",
                "restore it from a copy; in a new workspace `unionkg load` writes it",
            ),
        )
    public, rights = data.pop("public", {}), data.pop("rights", {})
    return Config(**data, public=_public(public, path), rights=_rights(rights, path))


#: The keys of the configuration and of its tables, with the type of each value.
_KEYS = {"format": int, "id": str, "store": str, "base": str, "public": dict, "rights": dict}
_PUBLIC_KEYS = {"internal": list, "mask": list, "show": list, "quote_limit": int, "map_approval": str}
_RIGHTS_KEYS = {"statement": str, "quote_limit": int, "internal": bool}


def _public(data: Mapping[str, Any], path: Path) -> Public:
    _check_keys(data, _PUBLIC_KEYS, "public", path)
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Public(**given)


def _rights(data: Mapping[str, Any], path: Path) -> tuple[Rights, ...]:
    _check_keys(data, dict.fromkeys(data, dict), "rights", path)
    for document, given in data.items():
        _check_keys(given, _RIGHTS_KEYS, f"rights.{quoted(document)}", path)
    return tuple(Rights(document, **given) for document, given in data.items())


def _check_keys(data: Mapping[str, Any], known: Mapping[str, type[Any]], within: str, path: Path) -> None:
    """Check a table of the configuration; ``within`` is its name, "" for the whole."""
    for key, value in data.items():
        name = f"{within}.{key}" if within else key
        if key not in known:
            raise WorkspaceError(
                say(f"配置中有不认识的键：{name}", f"unknown key in the configuration: {name}"),
                where=path,
                hint=say("可用的键：", "known keys: ") + ", ".join(known),
            )
        texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        blank = within and any(not isinstance(text, str) or not text.strip() for text in texts)
        if type(value) is not known[key] or blank:
            raise WorkspaceError(
                say(f"配置项 {name} 的值不对：{value!r}", f"{name} has the wrong type of value: {value!r}"),
                where=path,
                hint=_wanted(known[key]),
            )
        if key == "quote_limit" and int(value) < 0:
            raise WorkspaceError(
                say(f"配置项 {name} 不能是负数：{value}", f"{name} must not be negative: {value}"),
                where=path,
                hint=say(
                    "写引文最多几个字，如 80；0 表示不给引文", "characters of a quote at most, such as 80; 0: none"
                ),
            )


def _wanted(kind: type) -> str:
    return {
        int: say("写一个整数，不加引号", "write a whole number without quotes"),
        str: say("写在引号里，不能为空", "write a text in quotes, not empty"),
        bool: say("写 true 或 false", "write true or false"),
        list: say('写成 ["…", "…"]，各项不能为空', 'write ["…", "…"], no item empty'),
        dict: say("写成一节，如 [public]", "write a section, such as [public]"),
    }[kind]


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)
