"""What is worth pointing at in a configuration, by line."""

from dataclasses import dataclass

from bot.domain.findings import Severity
from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationFinding:
    """`line` counts from 1 in the configuration's file."""

    line: int
    severity: Severity
    sentence: str | Sentence


def warning(line: int, sentence: str) -> ConfigurationFinding:
    return ConfigurationFinding(line=line, severity=Severity.WARNING, sentence=sentence)


def hint(line: int, sentence: str) -> ConfigurationFinding:
    return ConfigurationFinding(line=line, severity=Severity.HINT, sentence=sentence)
