"""What a browser keeps on its way to a provider: sealed, and of no use to anybody else."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.sessions.attempts import LIFE, new_attempt, opened

NOW = datetime(2026, 3, 2, 9, 0, 0, 123, tzinfo=UTC)
SECRET = "sesame-4711"


def test_what_was_sealed_is_opened_with_the_same_secret_alone() -> None:
    attempt = new_attempt("acme", NOW)
    kept = attempt.sealed(SECRET)
    assert opened(kept, SECRET) == attempt
    assert opened(kept, "another") is None


@pytest.mark.parametrize("kept", ["", ".", "...", "acme.1.x.", "acme.x.y.z", "ä.1.2.3", "a" * 400])
def test_nonsense_is_nothing(kept: str) -> None:
    assert opened(kept, SECRET) is None


def test_no_part_can_be_changed() -> None:
    kept = new_attempt("acme", NOW).sealed(SECRET)
    provider, made_at, seed, seal = kept.split(".")
    for changed in (
        f"other.{made_at}.{seed}.{seal}",
        f"{provider}.{int(made_at) + 60}.{seed}.{seal}",
        f"{provider}.{made_at}.{seed}x.{seal}",
        f"{provider}.{made_at}.{seed}.{seal[:-1]}",
    ):
        assert opened(changed, SECRET) is None


def test_state_nonce_and_verifier_tell_nothing_of_one_another_and_are_made_again_the_same() -> None:
    attempt = new_attempt("acme", NOW)
    made = [attempt.state(SECRET), attempt.nonce(SECRET), attempt.verifier(SECRET), attempt.challenge(SECRET)]
    assert len(set(made)) == 4
    again = opened(attempt.sealed(SECRET), SECRET)
    assert again is not None
    assert again.state(SECRET) == made[0]
    assert new_attempt("acme", NOW).state(SECRET) != made[0]
    assert attempt.state("another") != made[0]
    assert 43 <= len(attempt.verifier(SECRET)) <= 128


def test_it_is_good_for_ten_minutes_and_not_before_it_began() -> None:
    attempt = new_attempt("acme", NOW)
    assert attempt.is_in_time(NOW)
    assert attempt.is_in_time(NOW + LIFE - timedelta(seconds=1))
    assert not attempt.is_in_time(NOW + LIFE)
    assert not attempt.is_in_time(NOW - timedelta(seconds=1))
