"""Asks other systems about people over HTTP: within a time and a size, without following anybody elsewhere.

What goes wrong is a sentence for the operator. It names the look-up and the host: an address asked for holds words of
a person, and headers hold secrets.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from typing import Final

import aiohttp
from yarl import URL

from adapters.http.client_session import (
    LARGEST_ANSWER,
    UNCOMPRESSED,
    AnswerTooLarge,
    ClientSession,
    read_answer,
)
from bot.domain.directory import Person
from bot.domain.errors import reason_of
from bot.domain.lookups.answer_facts import Json, read_facts
from bot.domain.lookups.lookup import Lookup
from bot.domain.sentence import Fact, sentence
from bot.ports.lookups import LookupFailed, LookupOutcome, NotAskable, PersonFound, PersonUnknown

UNKNOWN: Final = frozenset({404, 410})
"""How a system says that it does not have what was asked for: RFC 9110, 15.5."""


class _Unusable(Exception):
    """An answer that cannot be used; the key of the sentence that says why, and its facts."""

    def __init__(self, key: str, **facts: Fact) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class HttpLookupClient:
    """`secrets` are settings by their names, for headers that hold them."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        self._session = ClientSession(Accept="application/json")

    async def ask(self, lookup: Lookup, person: Person) -> LookupOutcome:
        address = lookup.address_for(person)
        if address is None:
            return NotAskable()
        try:
            async with asyncio.timeout(lookup.timeout.total_seconds()):
                return await self._answer(lookup, address)
        except _Unusable as error:
            return _failed(lookup, error.key, **error.facts)
        except AnswerTooLarge:
            return _failed(lookup, "operations.lookup_too_large", limit=f"{LARGEST_ANSWER // 2**20}")
        except TimeoutError:
            seconds = f"{lookup.timeout.total_seconds():g}"
            return _failed(lookup, "operations.lookup_slow", seconds=seconds)
        except (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError):
            return _failed(lookup, "operations.lookup_certificate")
        except aiohttp.ClientConnectorError as error:
            return _failed(lookup, "operations.lookup_unreachable", reason=reason_of(error.os_error))
        except (aiohttp.ClientError, ValueError, OSError) as error:
            return _failed(lookup, "operations.lookup_broken", error=type(error).__name__)

    async def close(self) -> None:
        await self._session.close()

    async def _answer(self, lookup: Lookup, address: str) -> LookupOutcome:
        try:
            headers = lookup.headers_with(self._secrets)
        except KeyError as missing:
            raise _Unusable("operations.lookup_setting", variable=str(missing.args[0])) from None
        url = URL(address, encoded=True)
        async with self._session.opened().get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status in UNKNOWN:
                return PersonUnknown()
            _must_be_usable(answer)
            body = await read_answer(answer)
        return PersonFound(reading=read_facts(await asyncio.to_thread(_parsed, body), lookup.fields))


def _must_be_usable(answer: aiohttp.ClientResponse) -> None:
    status = answer.status
    if status in (401, 403):
        raise _Unusable("operations.lookup_forbidden", status=str(status))
    if 300 <= status < 400:
        # Whoever followed it would give the headers' secrets to somebody else.
        raise _Unusable("operations.lookup_redirect", status=str(status))
    if not 200 <= status < 300:
        raise _Unusable("operations.lookup_status", status=str(status))
    if answer.headers.get("Content-Encoding", UNCOMPRESSED).lower() != UNCOMPRESSED:
        raise _Unusable("operations.lookup_compressed")


def _parsed(body: bytes) -> Json:
    """Raises _Unusable for what is no JSON, or is nested more deeply than Python reads."""
    try:
        parsed: Json = json.loads(body)
    except RecursionError:
        raise _Unusable("operations.lookup_too_deep") from None
    except ValueError:  # of JSON and of UTF-8
        raise _Unusable("operations.lookup_not_json") from None
    if not isinstance(parsed, dict | list):
        raise _Unusable("operations.lookup_not_object")
    return parsed


def _failed(lookup: Lookup, key: str, **facts: Fact) -> LookupFailed:
    return LookupFailed(sentence(key, lookup=lookup.name, host=lookup.host, **facts))
