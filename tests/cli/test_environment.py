"""What an operator writes in `.env`: a broken line stops every command with its place, a doubtful one is told."""

from pathlib import Path

import pytest

from bot.cli.actions.environment import doubtful_settings, load_settings
from bot.domain.errors import ConfigurationError
from bot.text.error_text import in_english


@pytest.fixture
def dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESKBELL_HTTP_PORT", raising=False)
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            'DESKBELL_WEB_TOKEN="hush-hush-hush-hush',
            (
                "the quote of DESKBELL_WEB_TOKEN is not closed. Close it, or write DESKBELL_WEB_TOKEN=value "
                "without quotes."
            ),
        ),
        (
            "DESKBELL_WEB_TOKEN: hush-hush-hush-hush",
            "DESKBELL_WEB_TOKEN has a colon behind it. Write DESKBELL_WEB_TOKEN=value.",
        ),
        (
            "DESKBELL_WEB_TOKEN: hush=hush",
            "DESKBELL_WEB_TOKEN has a colon behind it. Write DESKBELL_WEB_TOKEN=value.",
        ),
        (
            "our hush token",
            "this is not a setting. Write NAME=value, or put # before a comment.",
        ),
        (
            "hush-hush-hush",
            "there is no `=`. Write NAME=value, or put # before a comment.",
        ),
        (
            'DESKBELL_WEB_TOKEN="hush-hush" hush',
            (
                "there is text behind the closing quote of DESKBELL_WEB_TOKEN. Quote the whole value, or remove "
                "the text."
            ),
        ),
    ],
)
def test_a_broken_line_is_an_error_with_its_place_and_shows_no_secret(
    dotenv: Path, line: str, problem: str
) -> None:
    dotenv.write_text(f"# ours\n\n{line}\nDESKBELL_HTTP_PORT=8150\n")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert in_english(refused.value) == f".env, line 3: {problem}"
    assert "hush" not in in_english(refused.value)


def test_an_open_quote_that_a_later_one_closes_is_not_taken_for_a_value(dotenv: Path) -> None:
    dotenv.write_text("DESKBELL_HTTP_PORT='8150\nDESKBELL_LOG_LEVEL=info'\n")
    with pytest.raises(
        ConfigurationError, match=r"line 1: the value of DESKBELL_HTTP_PORT spans several lines"
    ):
        load_settings()


def test_all_broken_lines_are_told_at_once(dotenv: Path) -> None:
    dotenv.write_text("DESKBELL_HTTP_PORT: 8150\nDESKBELL_LOG_LEVEL: info\n")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert [each.partition(":")[0] for each in in_english(refused.value).splitlines()] == [
        ".env, line 1",
        ".env, line 2",
    ]


def test_a_file_as_it_should_be_is_read_without_a_word(
    dotenv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dotenv.write_text(
        "\ufeff# ours\n\nexport DESKBELL_HTTP_PORT='8150'\nDESKBELL_PUBLIC_URL=https://a.example\n"
    )
    assert load_settings().http_port == 8150
    assert doubtful_settings() == []
    assert capsys.readouterr().err == ""


def test_a_setting_given_twice_is_a_warning(dotenv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dotenv.write_text("DESKBELL_HTTP_PORT=8150\n\nDESKBELL_HTTP_PORT=8160\n")
    assert load_settings().http_port == 8160
    assert capsys.readouterr().err == (
        "warning: .env, line 3: DESKBELL_HTTP_PORT is already set in line 1; this line counts. Remove the other.\n"
    )


@pytest.mark.parametrize("value", ["8150 # the port", "'8150' # the port", "8150\t#the port"])
def test_a_comment_behind_a_value_is_a_warning_for_systemd_reads_it_otherwise(
    dotenv: Path, value: str
) -> None:
    dotenv.write_text(f"\nDESKBELL_HTTP_PORT={value}\n")
    assert load_settings(is_telling=False).http_port == 8150
    assert doubtful_settings() == [
        (
            ".env, line 2: DESKBELL_HTTP_PORT has a comment behind its value. It is ignored here, but systemd takes "
            "it for a part of the value: put the comment on a line of its own."
        )
    ]


def test_a_file_that_may_not_be_read_is_told_with_the_cure(
    dotenv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_how: str) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(
        ConfigurationError, match=r"\.env could not be read: Permission denied.*`chmod u\+r \.env`"
    ):
        load_settings()


def test_a_file_in_another_encoding_is_told(dotenv: Path) -> None:
    dotenv.write_bytes("DESKBELL_WEB_TOKEN=höchst-geheim-bitte".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"\.env is not UTF-8 text"):
        load_settings()
