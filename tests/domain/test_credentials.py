"""What looks like a password, key or token, and what only speaks of one."""

import pytest

from bot.domain.credentials import HIDDEN, has_credential, hide_credentials
from bot.domain.tickets.subject import subject_of

SECRETS = {
    "my password is hunter2": "hunter2",
    "Password: Sommer2026!": "Sommer2026",
    "the password for the VPN is Tr0ub4dor&3, please check": "Tr0ub4dor&3",
    "Passwort lautet: Winter#1999": "Winter#1999",
    "Mein Kennwort ist geheim123": "geheim123",
    "mon mot de passe est Bonjour!42": "Bonjour!42",
    "mi contraseña es Hola2026": "Hola2026",
    "minha senha é Brasil#10": "Brasil#10",
    "PIN: 4711": "4711",
    "password=abc12345": "abc12345",
    "my pin is 0815": "0815",
    "key AKIAIOSFODNN7EXAMPLE does not work": "AKIAIOSFODNN7EXAMPLE",
    "token xoxb-123456789012-abcdefGHIJ": "xoxb-123456789012-abcdefGHIJ",
    "ghp_0123456789abcdefABCDEF0123456789abcd": "ghp_0123456789abcdefABCDEF0123456789abcd",
    "api key: 9f8e7d6c5b4a39281706": "9f8e7d6c5b4a39281706",
    "aws secret access key = wJalrXUtnFEMI/K7MDENG": "wJalrXUtnFEMI/K7MDENG",
}
NONE = (
    "I forgot my password",
    "My password is expired",
    "password is not working since 9:00",
    "password reset: IT-123 is still open",
    "Password: see KB12345",
    "Passwort: IT-123",
    "The password is wrong!!!",
    "password is 8 characters long",
    "password is 30 days old",
    "my password is case-sensitive",
    "password: ********",
    "password: <your password>",
    "password: https://reset.example.com/abc1",
    "Mein Passwort ist seit 2 Tagen abgelaufen",
    "mot de passe oublié",
    "olvidé mi contraseña",
    "esqueci minha senha",
    "the API key is missing",
    "api key: see ticket",
    "My pin is blocked",
    "please reset the password of ana@example.com",
    "password: ana@example.com",
    "password is 100% correct",
    "the keypad token is lost",
)


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_hidden_and_nothing_else(text: str) -> None:
    assert hide_credentials(text) == text.replace(SECRETS[text], HIDDEN)
    assert has_credential(text)


@pytest.mark.parametrize("text", NONE)
def test_what_only_speaks_of_a_password_is_left_alone(text: str) -> None:
    assert hide_credentials(text) == text


def test_a_private_key_is_hidden_whole() -> None:
    block = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----"
    assert hide_credentials(f"Does not work:\n{block}\nwhy?") == f"Does not work:\n{HIDDEN}\nwhy?"


def test_no_subject_holds_one() -> None:
    assert subject_of("My password is hunter2 and VPN fails") == f"My password is {HIDDEN} and VPN fails"


def test_a_long_text_is_read_quickly() -> None:
    assert not has_credential("password for " * 5_000 + "pass is " * 5_000)
