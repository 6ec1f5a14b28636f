"""What `/desk-admin audit` says of signing in: each way it can go has a sentence, and none holds a secret."""

from datetime import UTC, datetime

import pytest

from bot.domain.directory import DESK
from bot.domain.sessions.identity_provider import ProviderRefusal
from bot.domain.sessions.session import SessionEnd, SignInWay
from bot.domain.sessions.sign_in_link import Refusal
from bot.messages.plain import plain
from bot.ports.storage.audit_log import AuditEntry
from bot.text.audit_text import what_happened
from bot.text.catalogue import languages
from tests.said import said

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = {"web:ana": "Ana Alves", "web:lee": "Lee Lund", DESK: "Deskbell"}
FIREFOX = "Firefox, Linux"


def shown(event: str, *, actor: str = "web:ana", language: str = "en", **details: object) -> str:
    entry = AuditEntry(ticket_id=None, event=event, actor=actor, at=AT, details=details)
    return plain(what_happened(language, entry, NAMES))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("cause", SessionEnd)
def test_each_end_of_a_session_names_the_browser(cause: SessionEnd, language: str) -> None:
    told = shown(
        "SessionEnded", language=language, session=1, account="web:ana", browser=FIREFOX, cause=cause
    )
    assert FIREFOX in told


@pytest.mark.parametrize("reason", Refusal)
def test_each_refusal_names_whose_link_it_was_where_that_is_known(reason: Refusal) -> None:
    assert NAMES["web:ana"] in shown("SignInRefused", actor=DESK, account="web:ana", reason=reason)
    unknown = shown("SignInRefused", actor=DESK, account="", reason=reason)
    assert unknown == said(f"history.sign_in_refused_{reason}", name="Deskbell")


def test_links_and_sign_ins_name_who_it_was() -> None:
    own = shown("SignInLinkMade", account="web:ana", way=SignInWay.LINK)
    assert own == said("history.sign_in_link", name="Ana Alves")
    made = shown("SignInLinkMade", actor=DESK, account="web:lee", way=SignInWay.TERMINAL)
    assert NAMES["web:lee"] in made
    signed_in = shown("PersonSignedIn", session=1, way=SignInWay.LINK, browser=FIREFOX)
    assert signed_in == said("history.signed_in", name="Ana Alves", browser=FIREFOX)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", ProviderRefusal)
def test_each_refusal_of_whom_a_provider_sends_says_which_and_why(
    reason: ProviderRefusal, language: str
) -> None:
    why = said(f"history.provider_{reason}", language=language)
    facts = {"actor": DESK, "language": language, "provider": "Acme", "reason": reason}
    assert shown("ProviderSignInRefused", account="", **facts) == said(
        "history.provider_refused", language=language, name="Deskbell", provider="Acme", reason=why
    )
    named = shown("ProviderSignInRefused", account="web:ana", **facts)
    assert NAMES["web:ana"] in named
    assert why in named


def test_who_signed_in_with_a_provider_is_told_from_who_had_a_link() -> None:
    told = shown("PersonSignedIn", session=1, way=SignInWay.PROVIDER, browser=FIREFOX, provider="Acme")
    assert told == said("history.signed_in_with", name="Ana Alves", provider="Acme", browser=FIREFOX)
