"""What to create the desk's app in Slack from, under the configured command names.

`make docs` writes the one that is shipped: `python -m bot.cli.actions.slack_manifest deploy/slack-manifest.yaml`.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import typer
import yaml

from adapters.slack.manifest import manifest
from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.cli.actions.environment import load_settings
from bot.commands.catalogue import all_commands
from bot.commands.framework.command import GROUPS
from bot.commands.framework.registry import Registry
from bot.config import load_configuration
from bot.domain.errors import ConfigurationError
from bot.domain.sentence import sentence
from bot.text.error_text import english


def print_manifest(url: str | None, config: Path | None, *, by_socket: bool) -> None:
    """Raises ConfigurationError for a `url` that Slack cannot reach."""
    if url is not None and not _is_address(url):
        raise ConfigurationError(sentence("terminal.slack_url", address=url))
    typer.echo(manifest_text(_names(config), url=url, by_socket=by_socket or url is None), nl=False)


def manifest_text(names: Mapping[str, str], *, url: str | None, by_socket: bool) -> str:
    """The manifest as YAML. `names`: the name of each command group."""
    commands = Registry(all_commands()).helps_by_name(names)
    asked = manifest(commands, names=names, url=url, by_socket=by_socket)
    head = f"# {english(sentence('terminal.manifest_head'))}\n"
    return head + yaml.safe_dump(asked, sort_keys=False, allow_unicode=True, width=110)


def write_shipped(path: Path) -> None:
    """Write what most desks create their app from: the usual names, Socket Mode."""
    text = manifest_text({group: group for group in GROUPS}, url=None, by_socket=True)
    path.write_text(text, encoding="utf-8")


def _names(config: Path | None) -> Mapping[str, str]:
    """As desk.yaml has them; before there is one, the usual names."""
    path = config or load_settings().config
    if config is None and not path.exists():
        return {group: group for group in GROUPS}
    return load_configuration(path, KNOWN_PLATFORMS).desk.command_names


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    is_bare = parts.path in ("", "/") and not parts.query and not parts.fragment
    return parts.scheme == "https" and bool(parts.hostname) and is_bare


if __name__ == "__main__":
    write_shipped(Path(sys.argv[1]))
