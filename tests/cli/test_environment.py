"""What an operator writes in `.env`: a broken line stops every command with its place, a doubtful one is told."""

from pathlib import Path

import pytest

from bot.cli.actions.environment import doubtful_settings, load_settings
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import Sentence, sentence
from bot.text.error_text import english, in_english

TOKEN = {"variable": "DESKBELL_WEB_TOKEN"}


@pytest.fixture
def dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESKBELL_HTTP_PORT", raising=False)
    return tmp_path / ".env"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('DESKBELL_WEB_TOKEN="hush-hush-hush-hush', sentence("operations.dotenv_open_quote", **TOKEN)),
        ("DESKBELL_WEB_TOKEN: hush-hush-hush-hush", sentence("operations.dotenv_colon", **TOKEN)),
        ("DESKBELL_WEB_TOKEN: hush=hush", sentence("operations.dotenv_colon", **TOKEN)),
        ("our hush token", sentence("operations.dotenv_not_a_setting")),
        ("hush-hush-hush", sentence("operations.dotenv_no_equals")),
        ('DESKBELL_WEB_TOKEN="hush-hush" hush', sentence("operations.dotenv_text_after_quote", **TOKEN)),
    ],
)
def test_a_broken_line_is_an_error_with_its_place_and_shows_no_secret(
    dotenv: Path, line: str, problem: Sentence
) -> None:
    dotenv.write_text(f"# ours\n\n{line}\nDESKBELL_HTTP_PORT=8150\n")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert refused.value.lines == (at_line(3, problem),)
    assert "hush" not in in_english(refused.value)


def test_an_open_quote_that_a_later_one_closes_is_not_taken_for_a_value(dotenv: Path) -> None:
    dotenv.write_text("DESKBELL_HTTP_PORT='8150\nDESKBELL_LOG_LEVEL=info'\n")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    problem = sentence("operations.dotenv_several_lines", variable="DESKBELL_HTTP_PORT")
    assert refused.value.lines == (at_line(1, problem),)


def test_all_broken_lines_are_told_at_once(dotenv: Path) -> None:
    dotenv.write_text("DESKBELL_HTTP_PORT: 8150\nDESKBELL_LOG_LEVEL: info\n")
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert refused.value.lines == (
        at_line(1, sentence("operations.dotenv_colon", variable="DESKBELL_HTTP_PORT")),
        at_line(2, sentence("operations.dotenv_colon", variable="DESKBELL_LOG_LEVEL")),
    )


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
    again = sentence("operations.dotenv_repeated", variable="DESKBELL_HTTP_PORT", earlier=("1",))
    assert capsys.readouterr().err == f"warning: {english(at_line(3, again))}\n"


@pytest.mark.parametrize("value", ["8150 # the port", "'8150' # the port", "8150\t#the port"])
def test_a_comment_behind_a_value_is_a_warning_for_systemd_reads_it_otherwise(
    dotenv: Path, value: str
) -> None:
    dotenv.write_text(f"\nDESKBELL_HTTP_PORT={value}\n")
    assert load_settings(is_telling=False).http_port == 8150
    commented = sentence("operations.dotenv_commented", variable="DESKBELL_HTTP_PORT")
    assert doubtful_settings() == [at_line(2, commented)]


def test_a_file_that_may_not_be_read_is_told_with_the_cure(
    dotenv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, **_how: str) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(
        ConfigurationError, match=r"^operations\.dotenv_unreadable\(file=\.env, reason=Permission denied\)"
    ):
        load_settings()


def test_a_file_in_another_encoding_is_told(dotenv: Path) -> None:
    dotenv.write_bytes("DESKBELL_WEB_TOKEN=höchst-geheim-bitte".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"^operations\.dotenv_encoding"):
        load_settings()


def at_line(line: int, problem: Sentence) -> Sentence:
    return sentence("operations.at_line", file=".env", line=str(line), problem=problem)
