"""`desk.yaml` on disk, as the desk reads, checks and replaces it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.config.checks.desk import check_desk
from bot.config.edits.text_edits import edited
from bot.config.file.document import text_of
from bot.config.file.problems import DeskFileError, Problem
from bot.config.file.whole_files import is_writable, replace_files
from bot.config.loading import load_configuration
from bot.domain.desk import Desk
from bot.domain.errors import ConfigurationError, reason_of
from bot.domain.findings import Severity
from bot.domain.sentence import sentence
from bot.domain.settings.desk_version import digest_of
from bot.domain.settings.file_change import FileChange
from bot.ports.platform import Capabilities
from bot.ports.settings_file import CheckedText


class SettingsFileOnDisk:
    """`set_up` names the platforms that a desk would have with the settings of this process; None: nobody knows."""

    def __init__(
        self,
        path: Path,
        *,
        platforms: Mapping[str, Capabilities],
        set_up: Callable[[Desk], frozenset[str]] | None = None,
    ) -> None:
        self._path = path
        self._platforms = platforms
        self._set_up = set_up

    @property
    def name(self) -> str:
        return str(self._path)

    @property
    def is_writable(self) -> bool:
        return is_writable(self._path)

    def text(self) -> str:
        return text_of(self._path)

    def edited(self, text: str, changes: Sequence[FileChange]) -> str:
        return edited(text, changes, path=self._path)

    def checked(self, text: str) -> CheckedText:
        configuration = load_configuration(self._path, self._platforms, text=text)
        platforms = self._set_up(configuration.desk) if self._set_up is not None else None
        findings = check_desk(configuration, platforms=platforms)
        errors = [Problem(each.line, each.sentence) for each in findings if each.severity is Severity.ERROR]
        if errors:
            raise DeskFileError(self._path, errors)
        return CheckedText(
            desk=configuration.desk,
            sections=configuration.document.values,
            warnings=[
                sentence("operations.at_line", file=self.name, line=str(each.line), problem=each.sentence)
                for each in findings
            ],
        )

    def replace(self, text: str, *, over: str) -> bool:
        if digest_of(self.text()) != over:
            return False
        try:
            replace_files({self._path: text})
        except OSError as error:
            raise ConfigurationError(
                sentence("terminal.file_not_written", file=self.name, reason=reason_of(error))
            ) from None
        return True
