"""`desk.yaml` becomes a checked `Desk`; whatever is wrong with it is said with its line, all at once."""

from bot.config.checks.desk import check_desk
from bot.config.checks.findings import ConfigurationFinding
from bot.config.file.problems import DeskFileError, Problem
from bot.config.json_schema import export_schema
from bot.config.loading import Configuration, load_configuration, load_desk, read_files_again
from bot.domain.findings import Severity
from bot.ports.workspace import Workspace, WorkspaceChannel, WorkspacePerson

__all__ = [
    "Configuration",
    "ConfigurationFinding",
    "DeskFileError",
    "Problem",
    "Severity",
    "Workspace",
    "WorkspaceChannel",
    "WorkspacePerson",
    "check_desk",
    "export_schema",
    "load_configuration",
    "load_desk",
    "read_files_again",
]
