"""What providers are asked over HTTP: within a time and a size, without following anybody elsewhere.

What goes wrong is a sentence for the operator that names the provider and the host alone.
"""

import asyncio
import json
import re
import ssl
from collections.abc import Mapping
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from adapters.http.client_session import UNCOMPRESSED, AnswerTooLarge, ClientSession, read_answer
from bot.domain.errors import reason_of
from bot.domain.sentence import Fact, sentence
from bot.domain.sessions.identity_provider import IdentityProvider
from bot.ports.sessions.identity import IdentityFailed, IdentityFailureKind

Json: TypeAlias = dict[str, Any]

PATIENCE_S: Final = 5.0
"""Somebody waits at their browser."""
_CODE: Final = re.compile(r"[a-z0-9_.-]{1,60}", re.ASCII)
"""What errors of OAuth 2 are called; anything else may be words of somebody."""


def failed(provider: IdentityProvider, kind: IdentityFailureKind, key: str, **facts: Fact) -> IdentityFailed:
    return IdentityFailed(kind, sentence(key, provider=provider.name, **facts))


class ProviderCalls:
    """`patience_s`: how long one answer may take."""

    def __init__(self, *, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s
        self._session = ClientSession(Accept="application/json")

    async def get(self, provider: IdentityProvider, address: str, **headers: str) -> Json:
        status, answer = await self._ask(provider, "GET", address, headers=headers)
        if status != 200:
            raise _unreachable(provider, address, "operations.sign_in_status", status=str(status))
        return answer

    async def exchange(
        self, provider: IdentityProvider, address: str, form: Mapping[str, str], **headers: str
    ) -> Json:
        """What a token endpoint answers. It says itself why it declines, some of them with status 200."""
        status, answer = await self._ask(provider, "POST", address, form=form, headers=headers)
        error = answer.get("error")
        if status == 200 and error is None:
            return answer
        if status >= 500 or (error is None and status not in (400, 401, 403)):
            raise _unreachable(provider, address, "operations.sign_in_status", status=str(status))
        told = error if isinstance(error, str) and _CODE.fullmatch(error) else str(status)
        raise failed(provider, IdentityFailureKind.DECLINED, "operations.sign_in_code_declined", error=told)

    async def close(self) -> None:
        await self._session.close()

    async def _ask(
        self,
        provider: IdentityProvider,
        method: str,
        address: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str],
    ) -> tuple[int, Json]:
        try:
            async with (
                asyncio.timeout(self._patience_s),
                self._session.opened().request(
                    method, URL(address), data=form, headers=headers, allow_redirects=False
                ) as answer,
            ):
                if answer.headers.get("Content-Encoding", UNCOMPRESSED).lower() != UNCOMPRESSED:
                    raise _unreachable(provider, address, "operations.sign_in_garbage")
                return answer.status, _parsed(await read_answer(answer))
        except AnswerTooLarge:
            raise _unreachable(provider, address, "operations.sign_in_garbage") from None
        except TimeoutError:
            raise _unreachable(
                provider, address, "operations.sign_in_slow", seconds=f"{self._patience_s:g}"
            ) from None
        except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError):
            raise _unreachable(provider, address, "operations.sign_in_certificate") from None
        except aiohttp.ClientConnectorError as error:
            reason = reason_of(error.os_error)
            raise _unreachable(provider, address, "operations.sign_in_unreachable", reason=reason) from None
        except (aiohttp.ClientError, ValueError, RecursionError, OSError) as error:
            raise _unreachable(
                provider, address, "operations.sign_in_broken", error=type(error).__name__
            ) from None


def _parsed(body: bytes) -> Json:
    """Nothing for what is no JSON object, such as the page of an error."""
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _unreachable(provider: IdentityProvider, address: str, key: str, **facts: Fact) -> IdentityFailed:
    host = urlsplit(address).netloc
    return failed(provider, IdentityFailureKind.UNREACHABLE, key, host=host, **facts)
