"""Does what the Dockerfile does, with its own COPY and RUN lines, where no Docker engine is at hand.

Then the installed desk must answer `--help`, take a desk.yaml in `check`, draw a chart, and become healthy under
`run` as the HEALTHCHECK asks. Run it with `make image`; it needs the package index, as a real build does.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DOCKERFILE = PROJECT / "deploy" / "Dockerfile"
DESK = PROJECT / "bot" / "demo" / "desk.yaml"
# Where the Dockerfile puts things, and the folder that stands for it here.
PLACES = ("/opt/deskbell", "/var/lib/deskbell", "/etc/deskbell", "/wheels")
PATIENCE_S = 60


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="deskbell-image-") as name:
        root = Path(name).resolve()
        build, final = instructions(DOCKERFILE.read_text(encoding="utf-8"))
        build_in(root, build)
        rehearse_in(root, final)
    print("The image's steps work.")
    return 0


def instructions(dockerfile: str) -> list[list[tuple[str, str]]]:
    """For each stage its instructions as (word, rest)."""
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", dockerfile, flags=re.MULTILINE))
    stages: list[list[tuple[str, str]]] = []
    for line in filter(None, (line.strip() for line in joined.splitlines())):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stages.append([])
        stages[-1].append((word, rest.strip()))
    return stages


def build_in(root: Path, stage: list[tuple[str, str]]) -> None:
    source = root / "src"
    source.mkdir()
    # Stands for the base image's Python.
    venv.create(root / "base", with_pip=True)
    environ = clean_environ(root / "base" / "bin")
    for word, rest in stage:
        if word == "ARG":
            name, _, value = rest.partition("=")
            environ.setdefault(name, value)
        elif word == "COPY":
            copy(rest.split(), into=source)
        elif word == "RUN":
            print(f"RUN {rest}", flush=True)
            subprocess.run(inside(root, rest), shell=True, check=True, cwd=source, env=environ)


def copy(paths: list[str], *, into: Path) -> None:
    *sources, target = paths
    for name in sources:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, into / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(PROJECT / name, into / target)


def rehearse_in(root: Path, stage: list[tuple[str, str]]) -> None:
    environ = clean_environ(Path(inside(root, "/opt/deskbell/bin"))) | settings(root, stage)
    environ |= {"DESKBELL_HTTP_HOST": "127.0.0.1", "DESKBELL_HTTP_PORT": str(free_port())}
    data, config = Path(environ["DESKBELL_DATA_DIR"]), Path(environ["DESKBELL_CONFIG"])
    for folder in (data, config.parent):
        folder.mkdir(parents=True)
    shutil.copy(DESK, config)
    (entrypoint,) = (json.loads(rest) for word, rest in stage if word == "ENTRYPOINT")
    (data / "requests.csv").write_text("text,requester\nThe printer jams,web:ana\n", encoding="utf-8")
    imports, draws = ["import", "requests.csv", "--inbox", "help-it"], ["report", "--png", "chart.png"]
    for arguments in (["--help"], ["check"], ["migrate"], imports, draws):
        print("deskbell", *arguments, flush=True)
        subprocess.run(
            [*entrypoint, *arguments], check=True, cwd=data, env=environ, stdout=subprocess.DEVNULL
        )
    if not (data / "chart.png").is_file():
        sys.exit("The report drew no picture")
    (command,) = (json.loads(rest) for word, rest in stage if word == "CMD")
    (health,) = (json.loads(rest.partition("CMD ")[2]) for word, rest in stage if word == "HEALTHCHECK")
    print("deskbell", *command, "until it is healthy", flush=True)
    with subprocess.Popen([*entrypoint, *command], cwd=data, env=environ) as desk:
        try:
            wait_until_healthy(desk, health, environ)
        finally:
            desk.send_signal(signal.SIGTERM)
    if desk.returncode != 0:
        sys.exit(f"deskbell ended with {desk.returncode} when it was asked to stop")


def settings(root: Path, stage: list[tuple[str, str]]) -> dict[str, str]:
    pairs = " ".join(rest for word, rest in stage if word == "ENV").split()
    return {
        name: inside(root, value)
        for name, _, value in (pair.partition("=") for pair in pairs)
        if name.startswith("DESKBELL_")
    }


def wait_until_healthy(desk: "subprocess.Popen[bytes]", health: list[str], environ: dict[str, str]) -> None:
    until = time.monotonic() + PATIENCE_S
    while subprocess.run(health, env=environ, check=False, stderr=subprocess.DEVNULL).returncode != 0:
        if desk.poll() is not None:
            sys.exit(f"deskbell ended with {desk.returncode} instead of running")
        if time.monotonic() > until:
            sys.exit(f"deskbell was not healthy within {PATIENCE_S} s")
        time.sleep(0.5)


def inside(root: Path, text: str) -> str:
    return re.sub("|".join(PLACES), lambda place: f"{root}{place[0]}", text)


def clean_environ(programs: Path) -> dict[str, str]:
    """The environment without a desk's own settings, and with the programs of that folder first."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESKBELL_", "PYTHON"))}
    return kept | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
