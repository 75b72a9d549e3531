"""Asking a service that speaks the protocol of OpenAI's chat completions. The one file that imports ``openai``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from unionkg.errors import InputError, MissingExtraError, UnionkgError
from unionkg.language import say

if TYPE_CHECKING:
    from openai import OpenAI

#: Environment variables; a key on the command line would stand in everybody's process list.
URL, KEY, MODEL, PRICE = "UNIONKG_LLM_URL", "UNIONKG_LLM_KEY", "UNIONKG_LLM_MODEL", "UNIONKG_LLM_PRICE"
_TIMEOUT = 120.0
_RETRIES = 2


class ModelError(UnionkgError):
    """The model gave no usable answer for one account; others may do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Whom to ask. ``price`` is money for a million tokens, in and out, where the user told it."""

    url: str
    model: str
    key: str
    price: tuple[float, float] | None = None
    timeout: float = _TIMEOUT


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    InputError
        Address or model is missing, or the price is no two numbers.
    """
    if missing := [name for name in (URL, MODEL) if not environment.get(name)]:
        raise InputError(
            say(f"没有设置语言模型：缺少环境变量 {missing[0]}", f"no language model: {missing[0]} is not set"),
            hint=say(
                f"设置 {URL}（接口地址，如 http://localhost:11434/v1）、{MODEL}（模型名）、{KEY}（密钥）",
                f"set {URL} (as http://localhost:11434/v1), {MODEL} (its name) and {KEY}",
            ),
        )
    return Settings(environment[URL], environment[MODEL], environment.get(KEY, ""), _price(environment.get(PRICE)))


def _price(text: str | None) -> tuple[float, float] | None:
    if not text:
        return None
    try:
        low, high = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            say(f"{PRICE} 应为两个数：{text}", f"{PRICE} must be two numbers: {text}"),
            hint=say("每百万词元的价格，输入,输出，如 2,8", "the price of a million tokens, in,out, as 2,8"),
        ) from error
    return low, high


def connect(given: Settings) -> OpenAI:
    """A client; MissingExtraError where the package is not installed."""
    try:
        from openai import OpenAI
    except ImportError as error:
        raise MissingExtraError(
            say("没有安装语言模型的组件", "the package that talks to language models is not installed"),
            hint='pip install "unionkg[llm]"',
        ) from error
    return OpenAI(base_url=given.url, api_key=given.key or "none", timeout=given.timeout, max_retries=_RETRIES)


def ask(client: OpenAI, model: str, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> str:
    """The text of one answer.

    A service that does not know JSON schemas is asked for a JSON object, one that knows neither for plain text.

    Raises
    ------
    ModelError
        This request failed after retries, or the answer is empty or cut off.
    InputError
        No request can succeed: wrong key, address or model.
    """
    import openai

    wanted: list[Any] = [
        {"type": "json_schema", "json_schema": {"name": "case_record", "schema": schema, "strict": True}},
        {"type": "json_object"},
        openai.NOT_GIVEN,
    ]
    for number, form in enumerate(wanted):
        try:
            answer = client.chat.completions.create(
                model=model,
                messages=cast("Any", list(messages)),  # plain mappings of role and content
                response_format=form,
                temperature=0,
            )
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            if number + 1 < len(wanted):
                continue
            raise _failed(error) from error
        except (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError) as error:
            raise InputError(
                say(f"语言模型拒绝了请求：{error}", f"the service refuses: {error}"),
                where=str(client.base_url),
                hint=say(f"检查 {URL}、{MODEL}、{KEY}", f"check {URL}, {MODEL} and {KEY}"),
            ) from error
        except openai.OpenAIError as error:
            raise _failed(error) from error
        return _content(answer)
    raise AssertionError("unreachable")


def _content(answer: Any) -> str:
    choice = answer.choices[0] if getattr(answer, "choices", None) else None
    if choice is None or not choice.message.content:
        raise ModelError(say("模型没有回答", "the model gave no answer"))
    if choice.finish_reason == "length":
        raise ModelError(say("模型的回答没有写完", "the model's answer was cut off"))
    return str(choice.message.content)


def _failed(error: Exception) -> ModelError:
    return ModelError(say(f"模型没有答上来：{error}", f"the request failed: {error}"))
