"""No card, IBAN, password, key or token leaves, wherever it stands; what is none of them stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assistant.masks import CARD, IBAN, SECRET, is_card_number, is_iban, masked, pseudonymised

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc\n-----END RSA PRIVATE KEY-----"
SECRETS = [
    "AKIAIOSFODNN7EXAMPLE",
    "xoxb-123456789012-abcdefghijkl",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
    "github_pat_11ABCDEFG0abcdefghijklm",
    "sk-proj-abcdefghijklmnop1234",
    "glpat-abcdefghijklmnopqrst",
    JWT,
]
SAID = [
    ("password: hunter2", "hunter2"),
    ("Password is hunter2!", "hunter2"),
    ("my PASSWORT=geheim123 thanks", "geheim123"),
    ("pwd:`s3cr3t`", "s3cr3t"),
    ("contraseña: abracadabra", "abracadabra"),
    ("mot de passe : sésame", "sésame"),
    ("senha é tucano", "tucano"),
    ("api key = 0123abcd", "0123abcd"),
    ("Authorization: Bearer abcdefghijklmnop", "abcdefghijklmnop"),
    ("postgres://bo:letmein@db/desk", "letmein"),
]
TEXT = st.text(max_size=60)


def with_check_digit(digits: str) -> str:
    return next(f"{digits}{last}" for last in range(10) if is_card_number(f"{digits}{last}"))


cards = st.from_regex(r"\A[3-6][0-9]{11,17}\Z").filter(lambda each: len(set(each)) > 1).map(with_check_digit)


@given(before=TEXT, card=cards, after=TEXT, sign=st.sampled_from(["", " ", "-", "."]))
def test_no_card_number_leaves(before: str, card: str, after: str, sign: str) -> None:
    parts = [card[at : at + 4] for at in range(0, len(card), 4)]
    text = f"{before} {sign.join(parts)} {after}"
    assert sign.join(parts) not in masked(text)
    assert CARD in masked(text) or SECRET in masked(text) or IBAN in masked(text)


@given(before=TEXT, secret=st.sampled_from(SECRETS), after=TEXT)
def test_no_token_leaves(before: str, secret: str, after: str) -> None:
    assert secret not in masked(f"{before} {secret} {after}")


@given(before=TEXT, after=TEXT)
def test_no_private_key_leaves(before: str, after: str) -> None:
    assert "MIIEpAIBAAKCAQEA" not in masked(f"{before}\n{KEY}\n{after}")


def test_a_private_key_that_was_cut_does_not_leave_either() -> None:
    assert "MIIE" not in masked(KEY[:60])


@pytest.mark.parametrize(("text", "secret"), SAID)
def test_what_is_called_a_password_or_key_does_not_leave(text: str, secret: str) -> None:
    assert secret not in masked(text)
    assert SECRET in masked(text)


@pytest.mark.parametrize(
    "iban", ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "fr14 2004 1010 0505 0001 3m02 606"]
)
def test_no_iban_leaves(iban: str) -> None:
    assert is_iban(iban)
    assert masked(f"Pay to {iban} please") == f"Pay to {IBAN} please"


@pytest.mark.parametrize(
    "text",
    [
        "IT-1042 opened 2026-03-02 10:15:30",
        "Call +49 30 1234567 or 0800 123 456",
        "Order 123456789012",
        "My password does not work any more",
        "The token ring is broken, DE 12 is wrong",
        "Serial ABCD-1234-EFGH-5678-IJKL",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=300))
def test_any_text_can_be_masked_twice(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_names_are_replaced_whole_and_the_longer_first() -> None:
    names = {"Ana": "Person 2", "Ana Alves": "Person 1"}
    assert pseudonymised("ana alves, Ana and Anais", names) == "Person 1, Person 2 and Anais"
