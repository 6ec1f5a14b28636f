"""`check` knows which platforms the settings set up, and says what is of another."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.config.file.document import STARTER
from bot.domain.sentence import OneOf, sentence
from bot.domain.sorting.policy import SortingMode
from bot.services.sorting import learner_process
from bot.services.sorting.findings import unlearnable
from bot.text.catalogue import languages
from tests.processes.desk_process import RunningDesk
from tests.said import printed
from tests.stories.desk_files import DESK


def test_a_slack_channel_in_a_desk_without_slack_is_an_error(tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    config.write_text(
        DESK.read_text(encoding="utf-8").replace("web:team-it", "slack:C0123"), encoding="utf-8"
    )
    folder = tmp_path / "desk"
    folder.mkdir()
    code, shown = RunningDesk(folder, config=DESK).refuses("check", str(config))
    assert code == 1
    found = printed(
        "configuration.channel_not_set_up",
        what=sentence("configuration.channel_of_team", team="it"),
        channel="slack:C0123",
        why=sentence("configuration.not_set_up_without", platform="slack", setting="SLACK_BOT_TOKEN"),
    )
    assert f"error: {found}\n" in shown
    assert "desk.yaml has errors: " in shown
    assert "; 1 error, 1 warning." in shown


@pytest.mark.parametrize(("host", "is_told"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_a_desk_whose_address_nobody_said_is_told_which_setting_is_missing(
    tmp_path: Path, host: str, *, is_told: bool
) -> None:
    shown = RunningDesk(tmp_path, config=DESK, DESKBELL_HTTP_HOST=host).command("check")
    hint = printed(
        "operations.sign_in_no_address", commands=("/ticket web", "/desk web"), variable="DESKBELL_PUBLIC_URL"
    )
    assert (f"hint: {hint}" in shown) is is_told


def test_faults_of_every_kind_are_told_at_once_and_warnings_after_them(tmp_path: Path) -> None:
    """A search that means nothing, and a platform that is not set up, were found once the misspelt key was mended."""
    config = tmp_path / "desk.yaml"
    faults = "transcript: {}\nviews:\n  late: {query: 'stattus:open'}\n"
    text = DESK.read_text(encoding="utf-8").replace("web:team-it", "slack:C0123")
    config.write_text(f"{text}\n{faults}", encoding="utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    code, told = RunningDesk(folder, config=config).refuses("check")
    assert code == 1
    assert [line.startswith(f"{config}:") for line in told.splitlines()] == [True, True, True, False]
    assert told.splitlines()[-1] == printed("terminal.check_warnings_later")


def test_a_workspace_that_is_switched_off_is_an_error_with_the_setting_that_switches_it_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "token")
    monkeypatch.delenv("DESKBELL_WEB_ENABLED", raising=False)
    code, shown = RunningDesk(tmp_path, config=DESK).refuses("check")
    assert code == 1
    setting = "DESKBELL_WEB_ENABLED=true"
    assert printed("configuration.not_set_up_without", platform="web", setting=setting) in shown


def test_a_misspelt_setting_is_a_warning_with_the_name_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_TOKEN", "xoxb-1")
    desk = RunningDesk(tmp_path, config=DESK)
    code, told = desk.refuses("check", "--strict")
    assert code == 1
    misspelt = printed("operations.setting_misspelt", variable="SLACK_TOKEN", meant="SLACK_BOT_TOKEN")
    assert told.count(misspelt) == 1
    assert desk.command("check").endswith("; 0 errors, 2 warnings.\n")


def test_half_of_slacks_secrets_is_refused_with_the_other_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    _, told = RunningDesk(tmp_path, config=DESK).refuses("check")
    half = printed("operations.setting_half", variable="SLACK_APP_TOKEN", missing=OneOf(("SLACK_BOT_TOKEN",)))
    assert told == f"{half}\n"


def test_one_team_is_a_team(tmp_path: Path) -> None:
    shown = RunningDesk(tmp_path, config=STARTER).command("check")
    assert "can be used: 1 team, 1 inbox, 1 SLA policy; 0 errors, 1 warning." in shown


def test_a_language_that_deskbell_does_not_speak_is_a_warning(tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    lines = STARTER.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith("desk:"))
    config.write_text("".join([*lines[: at + 1], "  language: fi\n", *lines[at + 1 :]]), encoding="utf-8")
    folder = tmp_path / "desk"
    folder.mkdir()
    shown = RunningDesk(folder, config=config).command("check")
    unknown = printed("terminal.language_unknown", where="desk.language", code="fi", languages=languages())
    assert f"desk.yaml:{at + 2}: warning: {unknown}" in shown
    assert "; 0 errors, 2 warnings." in shown


BAD_ARTICLE = "---\nreview_by: 15.1.2027\n---\nOpen **Settings**.\n"


def a_desk_with_articles(tmp_path: Path) -> RunningDesk:
    config = tmp_path / "desk.yaml"
    config.write_text(
        f"{STARTER.read_text(encoding='utf-8')}\nknowledge: {{folder: articles}}\n", encoding="utf-8"
    )
    folder = tmp_path / "desk"
    folder.mkdir()
    return RunningDesk(folder, config=config)


def test_a_bad_article_is_a_warning_of_its_own_and_keeps_no_desk_from_starting(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = a_desk_with_articles(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "vpn.md").write_text(BAD_ARTICLE, encoding="utf-8")
    shown = desk.command("check")
    begins = printed("operations.article_unusable", problem="\0").partition("\0")[0]
    assert f"warning: {begins}" in shown
    assert "vpn.md:2: " in shown
    assert "desk.yaml can be used: " in shown
    assert "; 0 errors, 2 warnings." in shown
    code, _ = desk.refuses("check", "--strict")
    assert code == 1
    desk.begins_with(sqlite_template)
    assert "vpn.md:2: " in desk.command("doctor")
    desk.start()
    desk.stop()


def test_a_missing_folder_of_articles_is_a_warning_with_its_line_and_whole_path(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = a_desk_with_articles(tmp_path)
    line = len((tmp_path / "desk.yaml").read_text(encoding="utf-8").splitlines())
    missing = printed(
        "operations.article_folder_unreadable",
        file=str(tmp_path / "desk.yaml"),
        line=str(line),
        folder=str(tmp_path / "articles"),
        reason="No such file or directory",
    )
    assert f"warning: {missing}\n" in desk.command("check")
    desk.begins_with(sqlite_template)
    assert f"warning: {missing}\n" in desk.command("doctor")


def test_sorting_without_what_it_learns_with_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = load_desk(DESK, KNOWN_PLATFORMS)
    on = replace(desk, sorting=replace(desk.sorting, mode=SortingMode.SUGGEST))
    monkeypatch.setattr(learner_process, "LEARNS_WITH", "no_such_module")
    assert unlearnable(on) == [sentence("operations.learner_missing")]
    assert unlearnable(desk) == []


def test_a_desk_whose_log_is_a_file_names_the_file_that_its_own_token_is_in(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = RunningDesk(tmp_path, config=DESK, log_level="info")
    desk.begins_with(sqlite_template)
    desk.start()
    desk.stop()
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert str(tmp_path / "web-token") in log
    assert "DESKBELL_WEB_TOKEN" not in log


def test_a_picture_that_is_missing_is_a_warning_with_its_line(tmp_path: Path) -> None:
    desk = a_desk_with_articles(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "vpn.md").write_text("# VPN\n\n![Settings](vpn.png)\n", encoding="utf-8")
    shown = desk.command("check")
    begins = printed("operations.picture_unusable", problem="\0").partition("\0")[0]
    assert f"warning: {begins}" in shown
    assert "vpn.md:3: " in shown


def test_a_fixed_answer_that_names_no_article_is_an_error_with_its_line_and_the_nearest_name(
    tmp_path: Path, sqlite_template: Path
) -> None:
    desk = a_desk_with_articles(tmp_path)
    (tmp_path / "articles" / "network").mkdir(parents=True)
    (tmp_path / "articles" / "network" / "guests.md").write_text("# Guests\n\nAsk.\n", encoding="utf-8")
    config = tmp_path / "desk.yaml"
    text = config.read_text(encoding="utf-8").replace("{folder: articles}", "\n  folder: articles\n  faq:")
    entries = "".join(
        f"    - {{when: {{words: [wifi]}}, article: {name}}}\n"
        for name in ("Network/guests", "network/gests")
    )
    config.write_text(text.rstrip() + "\n" + entries, encoding="utf-8")
    line = len(config.read_text(encoding="utf-8").splitlines())
    unsure = printed("configuration.faq_in_chat_only", name="network/gests")
    assert f"desk.yaml:{line}: warning: {unsure}" in desk.command("check")
    desk.begins_with(sqlite_template)
    code, shown = desk.refuses("check")
    assert code == 1
    wrong = printed("configuration.faq_no_article_meant", name="network/gests", word="network/guests")
    assert f"desk.yaml:{line}: error: {wrong}" in shown
    assert "; 1 error, 1 warning." in shown
