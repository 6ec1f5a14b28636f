"""Settings come from the environment, complain in sentences and keep secrets to themselves."""

import re
from pathlib import Path

import pytest

from bot.domain.assistant.language_model import SETTINGS as MODEL_SETTINGS
from bot.domain.errors import ConfigurationError
from bot.domain.lookups.lookup import SETTINGS as LOOKUP_SETTINGS
from bot.domain.sentence import OneOf, Sentence, sentence
from bot.domain.sessions.identity_provider import SETTINGS as SIGN_IN_SETTINGS
from bot.settings import Settings, unknown_variables, variable_for
from bot.text.catalogue import has
from bot.text.error_text import english, in_english

EXAMPLE = Path(__file__).parent.parent / ".env.example"
SECRET = "correct-horse-battery-staple"


def complaints(**variables: str) -> list[Sentence]:
    """What is said of these; no word of it is a secret."""
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_environ(variables)
    assert "hush" not in in_english(caught.value)
    return [*caught.value.lines]


def test_with_an_empty_environment_the_desk_runs_on_this_machine_alone() -> None:
    settings = Settings.from_environ({})
    assert settings.http_host == "127.0.0.1"
    assert settings.database_url.get_secret_value() == "sqlite:///data/deskbell.db"


def test_the_database_follows_the_data_folder_unless_it_is_named() -> None:
    moved = Settings.from_environ({"DESKBELL_DATA_DIR": "/var/lib/deskbell"})
    named = Settings.from_environ(
        {"DESKBELL_DATA_DIR": "/srv", "DESKBELL_DATABASE_URL": "sqlite:////tmp/x.db"}
    )
    assert moved.database_url.get_secret_value() == "sqlite:////var/lib/deskbell/deskbell.db"
    assert named.database_url.get_secret_value() == "sqlite:////tmp/x.db"


def test_an_empty_variable_means_the_default() -> None:
    assert Settings.from_environ(
        {"DESKBELL_HTTP_PORT": " ", "DESKBELL_WEB_TOKEN": ""}
    ) == Settings.from_environ({})


def test_words_may_be_written_in_capitals() -> None:
    settings = Settings.from_environ({"DESKBELL_LOG_LEVEL": "WARNING", "DESKBELL_WEB_ENABLED": "False"})
    assert (settings.log_level, settings.web_enabled) == ("warning", False)


def test_megabytes_are_counted_in_bytes_where_files_are_measured() -> None:
    assert Settings.from_environ({"DESKBELL_FILE_LIMIT_MB": "2"}).file_limit_bytes == 2_097_152


def test_pages_open_under_the_public_name_and_the_address_listened_on() -> None:
    behind_a_proxy = {"DESKBELL_HTTP_HOST": "0.0.0.0", "DESKBELL_PUBLIC_URL": "https://Desk.example.org/"}
    assert Settings.from_environ(behind_a_proxy).hosts == ("desk.example.org",)
    assert Settings.from_environ({"DESKBELL_HTTP_HOST": "192.168.1.5"}).hosts == ("192.168.1.5",)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DESKBELL_HTTP_PORT", "eighty"),
        ("DESKBELL_HTTP_PORT", "65536"),
        ("DESKBELL_FILE_LIMIT_MB", "0"),
        ("DESKBELL_LOG_LEVEL", "chatty"),
        ("DESKBELL_LOG_FORMAT", "xml"),
        ("DESKBELL_WEB_ENABLED", "perhaps"),
        ("DESKBELL_PUBLIC_URL", "desk.example.org"),
        ("DESKBELL_PUBLIC_URL", "http://[broken"),
        ("DESKBELL_PUBLIC_URL", "https://example.org/desk"),
        ("SLACK_API_URL", "slack.com/api"),
        ("DISCORD_API_URL", "discord.com/api/v10"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(variable: str, value: str) -> None:
    (told,) = complaints(**{variable: value})
    right = told.facts["right"]
    assert isinstance(right, Sentence)
    assert (told.key, told.facts["variable"]) == ("operations.setting_unusable", variable)
    assert right.key == f"operations.right_{variable.removeprefix('DESKBELL_').lower()}"


def test_what_would_be_right_is_told_of_every_setting() -> None:
    assert [name for name in Settings.model_fields if not has("en", f"operations.right_{name}")] == []


def test_every_wrong_value_is_told_at_once() -> None:
    told = complaints(DESKBELL_HTTP_PORT="x", DESKBELL_LOG_LEVEL="x")
    assert [each.facts["variable"] for each in told] == ["DESKBELL_HTTP_PORT", "DESKBELL_LOG_LEVEL"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DESKBELL_WEB_TOKEN", "short-hush"),
        ("SLACK_APP_TOKEN", "xoxb-not-an-app-token-hush"),
        ("SLACK_BOT_TOKEN", "xapp-not-a-bot-token-hush"),
        ("DESKBELL_DATABASE_URL", "short-hush"),
        ("DESKBELL_DATABASE_URL", "mysql://desk:short-hush@db/desk"),
        ("DESKBELL_DATABASE_URL", "postgresql://desk:short-hush#1@db/desk"),
        ("DESKBELL_DATABASE_URL", "postgresql://"),
        ("DESKBELL_DATABASE_URL", "sqlite://"),
        ("DESKBELL_DATABASE_URL", "sqlite:///"),
    ],
)
def test_a_wrong_secret_is_named_but_not_shown(variable: str, value: str) -> None:
    told, *_ = complaints(**{variable: value})
    assert (told.key, told.facts["variable"]) == ("operations.secret_unusable", variable)


@pytest.mark.parametrize(
    "variable",
    ["DESKBELL_WEB_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "DISCORD_BOT_TOKEN"],
)
def test_a_token_with_white_space_in_it_is_refused_and_not_shown(variable: str) -> None:
    told, *_ = complaints(**{variable: "xapp-hush-hush hush-hush"})
    assert told == sentence("operations.token_with_space", variable=variable)


def test_a_broken_app_token_is_not_also_said_to_be_missing() -> None:
    told = complaints(SLACK_APP_TOKEN="xapp-hush hush", SLACK_BOT_TOKEN="xoxb-1")
    assert told == [sentence("operations.token_with_space", variable="SLACK_APP_TOKEN")]


@pytest.mark.parametrize(
    "variable", ["DESKBELL_DATA_DIR", "DESKBELL_CONFIG", "SLACK_APP_TOKEN", "DESKBELL_DATABASE_URL"]
)
def test_a_comment_that_systemd_takes_for_a_part_of_the_value_is_refused(variable: str) -> None:
    told = complaints(**{variable: "xapp-hush-hush           # for Socket Mode"})
    assert told == [sentence("operations.setting_commented", variable=variable)]


def test_the_browser_workspace_is_offered_where_no_other_platform_is_set_up() -> None:
    slack = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    assert Settings.from_environ({}).web_enabled
    assert not Settings.from_environ(slack).web_enabled
    assert not Settings.from_environ({"DISCORD_BOT_TOKEN": "token"}).web_enabled
    assert Settings.from_environ({**slack, "DESKBELL_WEB_ENABLED": "true"}).web_enabled


def test_secrets_are_in_no_text_that_settings_make_of_themselves() -> None:
    settings = Settings.from_environ(
        {
            "DESKBELL_WEB_TOKEN": SECRET,
            "DESKBELL_DATABASE_URL": f"postgresql://desk:{SECRET}@db:5432/desk?sslmode=require",
        }
    )
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()} {settings.database_place}"
    assert settings.database_place == "postgresql://db:5432/desk"


def test_the_secrets_that_logs_must_not_show_are_known() -> None:
    settings = Settings.from_environ(
        {"DESKBELL_WEB_TOKEN": SECRET, "DESKBELL_DATABASE_URL": "postgresql://desk:a%2Fb@db/desk"}
    )
    assert settings.secrets == {SECRET, "a%2Fb", "a/b"}
    assert Settings.from_environ({}).secrets == set()


def test_slack_is_set_up_under_the_names_its_own_tools_use() -> None:
    settings = Settings.from_environ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "5ecret"})
    assert settings.slack_bot_token is not None
    assert settings.slack_api_url == "https://slack.com/api"
    assert settings.secrets == {"xoxb-1", "5ecret"}


def test_discord_needs_its_bot_token_alone_and_keeps_it_to_itself() -> None:
    settings = Settings.from_environ({"DISCORD_BOT_TOKEN": SECRET})
    assert settings.discord_bot_token is not None
    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert settings.secrets == {SECRET}
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump_json()}"
    elsewhere = Settings.from_environ({"DISCORD_API_URL": "https://proxy.example.org/api/v10/"})
    assert elsewhere.discord_api_url == "https://proxy.example.org/api/v10"
    assert elsewhere.discord_bot_token is None


def test_a_bot_token_alone_is_not_enough_because_nothing_would_reach_the_desk() -> None:
    either = OneOf(("SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"))
    assert complaints(SLACK_BOT_TOKEN="xoxb-1") == [half("SLACK_BOT_TOKEN", either)]


@pytest.mark.parametrize(
    ("variable", "value"), [("SLACK_APP_TOKEN", "xapp-1"), ("SLACK_SIGNING_SECRET", "5ecret")]
)
def test_half_of_slacks_secrets_is_an_error_that_names_the_other_half(variable: str, value: str) -> None:
    assert complaints(**{variable: value}) == [half(variable, OneOf(("SLACK_BOT_TOKEN",)))]


def half(variable: str, missing: OneOf) -> Sentence:
    return sentence("operations.setting_half", variable=variable, missing=missing)


def test_a_misspelt_variable_is_reported_with_the_nearest_name() -> None:
    assert unknown_variables({"DESKBELL_HTTP_PROT": "1", "DESKBELL_MOON": "1", "PATH": "/bin"}) == [
        sentence("operations.setting_misspelt", variable="DESKBELL_HTTP_PROT", meant="DESKBELL_HTTP_PORT"),
        sentence("operations.setting_unknown", variable="DESKBELL_MOON"),
    ]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
        ("SLACK_SIGNING_KEY", "SLACK_SIGNING_SECRET"),
        ("SLAK_APP_TOKEN", "SLACK_APP_TOKEN"),
        ("slack_bot_token", "SLACK_BOT_TOKEN"),
        ("DISCORD_TOKEN", "DISCORD_BOT_TOKEN"),
        ("DESKBEL_HTTP_PORT", "DESKBELL_HTTP_PORT"),
    ],
)
def test_a_name_that_is_like_one_of_ours_is_pointed_out(given: str, meant: str) -> None:
    assert unknown_variables({given: "1"}) == [
        sentence("operations.setting_misspelt", variable=given, meant=meant)
    ]


def test_variables_of_other_programs_are_none_of_our_business() -> None:
    theirs = (
        "SLACK_WEBHOOK_URL",
        "SLACK_CHANNEL",
        "DISCORD_GUILD",
        "HTTP_PORT",
        "LOG_LEVEL",
        "POSTGRES_PASSWORD",
    )
    assert unknown_variables(dict.fromkeys(theirs, "1")) == []
    assert unknown_variables({"SLACK_TOKEN": "theirs", "SLACK_BOT_TOKEN": "ours"}) == []


def test_what_kubernetes_adds_for_a_service_of_our_name_is_no_misspelling() -> None:
    assert (
        unknown_variables(
            {"DESKBELL_SERVICE_HOST": "10.0.0.1", "DESKBELL_PORT_8470_TCP": "tcp://10.0.0.1:8470"}
        )
        == []
    )


def test_the_example_file_lists_every_setting_and_no_other() -> None:
    named = (LOOKUP_SETTINGS, MODEL_SETTINGS, SIGN_IN_SETTINGS)
    settings = [name for name in example() if not name.startswith(named)]
    assert settings == [variable_for(name) for name in Settings.model_fields]


def test_the_example_file_shows_how_secrets_of_look_ups_are_named() -> None:
    assert [name for name in example() if name.startswith(LOOKUP_SETTINGS)] == ["DESKBELL_LOOKUP_CRM_TOKEN"]


def test_secrets_of_look_ups_are_read_by_their_names_and_kept_out_of_the_log() -> None:
    environ = {"DESKBELL_LOOKUP_CRM": " sesame-4711 ", "DESKBELL_LOOKUP_EMPTY": ""}
    settings = Settings.from_environ(environ)
    assert settings.lookup_secrets == {"DESKBELL_LOOKUP_CRM": "sesame-4711"}
    assert "sesame-4711" in settings.secrets
    assert "sesame-4711" not in repr(settings)
    assert unknown_variables(environ) == []


def test_a_comment_behind_a_secret_of_a_look_up_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_environ({"DESKBELL_LOOKUP_CRM": "sesame-4711 # ours"})
    assert "sesame-4711" not in str(refused.value)


def test_keys_of_language_models_are_read_by_their_names_and_kept_out_of_the_log() -> None:
    assert [name for name in example() if name.startswith(MODEL_SETTINGS)] == ["DESKBELL_MODEL_KEY"]
    environ = {"DESKBELL_MODEL_KEY": " sesame-4711 ", "DESKBELL_MODEL_OTHER": ""}
    settings = Settings.from_environ(environ)
    assert settings.model_keys == {"DESKBELL_MODEL_KEY": "sesame-4711"}
    assert "sesame-4711" in settings.secrets
    assert "sesame-4711" not in repr(settings)
    assert unknown_variables(environ) == []


def test_secrets_of_identity_providers_are_read_by_their_names_and_kept_out_of_the_log() -> None:
    assert [name for name in example() if name.startswith(SIGN_IN_SETTINGS)] == ["DESKBELL_SIGN_IN_ACME"]
    environ = {"DESKBELL_SIGN_IN_ACME": " sesame-4711 ", "DESKBELL_SIGN_IN_OTHER": ""}
    settings = Settings.from_environ(environ)
    assert settings.sign_in_secrets == {"DESKBELL_SIGN_IN_ACME": "sesame-4711"}
    assert "sesame-4711" in settings.secrets
    assert "sesame-4711" not in repr(settings)
    assert unknown_variables(environ) == []


def test_the_example_file_shows_the_defaults() -> None:
    assert Settings.from_environ(example()) == Settings.from_environ({})


def test_each_setting_in_the_example_file_has_its_sentence() -> None:
    for paragraph in EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]:
        *words, assignment = paragraph.splitlines()
        assert re.fullmatch(r"#(DESKBELL|SLACK|DISCORD)_[A-Z_]+=.*", assignment)
        assert re.fullmatch(r"# [A-Z].+\.", " ".join(words)), f"{assignment} has no sentence"


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line[1:].split("=", 1) for line in lines if re.match("#[A-Z]+_", line))


def test_a_file_in_the_place_of_the_data_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    settings = Settings.from_environ({"DESKBELL_DATA_DIR": str(tmp_path / "data" / "desk")})
    with pytest.raises(ConfigurationError, match=r"^operations\.data_folder_not_made"):
        settings.make_data_dir()


@pytest.mark.parametrize("password", ["Secret@Tail99", "Secret/Tail99", "Secret?Tail99", "Secret#Tail99"])
def test_a_password_that_would_be_taken_for_a_part_of_the_address_is_refused_and_not_shown(
    password: str,
) -> None:
    (told,) = complaints(DESKBELL_DATABASE_URL=f"postgresql://desk:{password}@127.0.0.1:5432/desk")
    assert told.key == "operations.secret_unusable"
    assert "Tail99" not in english(told)


def test_a_tilde_is_the_folder_of_the_user() -> None:
    settings = Settings.from_environ({"DESKBELL_DATA_DIR": "~/desk", "DESKBELL_CONFIG": "~/desk.yaml"})
    assert (settings.data_dir, settings.config) == (Path.home() / "desk", Path.home() / "desk.yaml")
    assert settings.database_url.get_secret_value() == f"sqlite:///{Path.home()}/desk/deskbell.db"


def test_an_address_without_a_password_hides_nothing_in_the_log() -> None:
    at_a_socket = {"DESKBELL_DATABASE_URL": "postgresql://desk@/desk?host=/run/postgresql"}
    assert Settings.from_environ(at_a_socket).secrets == set()
