"""The ways to run the desk, linted: what they copy exists, what they set is a setting, none runs as root."""

import ast
import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings, unknown_variables
from deploy.rehearse_image import instructions

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
PORT = str(Settings.model_fields["http_port"].default)


@pytest.fixture
def stages() -> list[list[tuple[str, str]]]:
    return instructions((DEPLOY / "Dockerfile").read_text(encoding="utf-8"))


@pytest.fixture
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def unit() -> dict[str, list[tuple[str, str]]]:
    """A unit may repeat a key, which an ordinary parser takes for a slip."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for line in (DEPLOY / "deskbell.service").read_text(encoding="utf-8").splitlines():
        if header := re.fullmatch(r"\[(\w+)\]", line):
            sections[header[1]] = []
        elif line and not line.startswith("#"):
            key, separator, value = line.partition("=")
            assert separator, line
            sections[list(sections)[-1]].append((key, value))
    return sections


def test_the_image_copies_what_exists_and_is_not_ignored(stages: list[list[tuple[str, str]]]) -> None:
    allowed = [
        line[1:]
        for line in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    ]
    sources = [name for word, rest in stages[0] if word == "COPY" for name in rest.split()[:-1]]
    assert sources
    for name in sources:
        assert (PROJECT / name).exists(), name
        assert any(fnmatch(name, pattern) for pattern in allowed), f".dockerignore keeps {name} out"


def test_the_image_runs_as_somebody_without_rights_and_ends_politely(
    stages: list[list[tuple[str, str]]],
) -> None:
    final = dict(stages[-1])
    user, _, group = final["USER"].partition(":")
    assert int(user) > 0, "a name could be root's, for all that Kubernetes knows"
    assert f"--uid {user} --gid {group} " in final["RUN"]
    assert final["STOPSIGNAL"] == "SIGTERM"
    assert [json.loads(final["ENTRYPOINT"]), json.loads(final["CMD"])] == [["deskbell"], ["run"]]


def test_the_image_has_only_hashed_libraries_and_no_build_tools(stages: list[list[tuple[str, str]]]) -> None:
    installs = [
        step
        for word, rest in stages[0]
        if word == "RUN"
        for step in rest.split(" && ")
        if "pip install" in step
    ]
    assert all("--require-hashes" in step or "--no-deps /wheels/" in step for step in installs)
    assert [rest for word, rest in stages[-1] if word == "RUN" and re.search(r"pip|apt", rest)] == []


def test_the_image_asks_whether_the_desk_works(stages: list[list[tuple[str, str]]]) -> None:
    final = dict(stages[-1])
    python, dash_c, question = json.loads(final["HEALTHCHECK"].partition("CMD ")[2])
    assert (python, dash_c) == ("python", "-c")
    ast.parse(question)
    assert "/readyz" in question
    assert PORT in question
    assert final["EXPOSE"] == PORT


def test_the_image_sets_settings_that_exist(stages: list[list[tuple[str, str]]]) -> None:
    pairs = [pair.split("=", 1) for word, rest in stages[-1] if word == "ENV" for pair in rest.split()]
    usable(dict(pairs))


DESK_SERVICES = ("check", "migrate", "desk")


def test_compose_builds_the_image_once_and_the_others_name_it(compose: Any) -> None:
    services = [compose["services"][name] for name in DESK_SERVICES]
    (build,) = [service["build"] for service in services if "build" in service]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
    assert len({service["image"] for service in services}) == 1


def test_compose_sets_settings_that_exist(compose: Any) -> None:
    for name in DESK_SERVICES:
        service = compose["services"][name]
        usable({variable: plain(value) for variable, value in service["environment"].items()})


def test_compose_opens_no_port_to_the_outside(compose: Any) -> None:
    doors = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert doors == [f"127.0.0.1:{PORT}:{PORT}"]


def test_compose_holds_no_secret_of_its_own(compose: Any) -> None:
    values = [
        str(value)
        for service in compose["services"].values()
        for variable, value in service["environment"].items()
        if re.search("PASSWORD|TOKEN|SECRET|DATABASE_URL", variable)
    ]
    assert values
    assert all("${POSTGRES_PASSWORD:?" in value for value in values)


def test_compose_keeps_what_must_outlive_a_container(compose: Any) -> None:
    mounted = {
        source
        for service in compose["services"].values()
        for source in (volume.split(":")[0] for volume in service["volumes"])
        if not source.startswith(".")
    }
    assert mounted == set(compose["volumes"])


def test_compose_checks_desk_yaml_before_anything_is_touched(compose: Any) -> None:
    services = compose["services"]
    assert services["check"]["command"] == ["check"]
    assert "depends_on" not in services["check"]
    assert services["migrate"]["depends_on"]["check"]["condition"] == "service_completed_successfully"


def test_compose_migrates_a_database_that_answers_before_the_desk_starts(compose: Any) -> None:
    services = compose["services"]
    assert services["migrate"]["command"] == ["migrate"]
    assert services["migrate"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["desk"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["database"]["healthcheck"]["test"]


def test_the_unit_has_its_three_parts_and_sets_settings_that_exist(
    unit: dict[str, list[tuple[str, str]]],
) -> None:
    assert list(unit) == ["Unit", "Service", "Install"]
    usable(dict(value.split("=", 1) for key, value in unit["Service"] if key == "Environment"))


def test_the_unit_gives_the_desk_few_rights_and_reloads_by_sighup(
    unit: dict[str, list[tuple[str, str]]],
) -> None:
    service = dict(unit["Service"])
    assert service["User"] == "deskbell"
    assert service["ExecReload"] == "/bin/kill -HUP $MAINPID"
    for right in ("NoNewPrivileges", "PrivateDevices", "PrivateTmp", "ProtectHome", "ProtectKernelModules"):
        assert service[right] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""


def usable(variables: dict[str, str]) -> None:
    """These are settings, and Deskbell takes their values."""
    assert unknown_variables(variables) == []
    Settings.from_environ(variables)


def plain(value: str) -> str:
    """What compose would make of it with a password at hand."""
    return re.sub(r"\$\{[^}]*\}", "letters0and0digits", value)
