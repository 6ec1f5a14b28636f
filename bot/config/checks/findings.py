"""What is worth pointing at in a configuration, by line."""

from dataclasses import dataclass

from bot.domain.findings import Severity
from bot.domain.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationFinding:
    """`line` counts from 1 in the configuration's file."""

    line: int
    severity: Severity
    sentence: Sentence


def error(line: int, sentence: Sentence) -> ConfigurationFinding:
    return ConfigurationFinding(line=line, severity=Severity.ERROR, sentence=sentence)


def warning(line: int, sentence: Sentence) -> ConfigurationFinding:
    return ConfigurationFinding(line=line, severity=Severity.WARNING, sentence=sentence)


def hint(line: int, sentence: Sentence) -> ConfigurationFinding:
    return ConfigurationFinding(line=line, severity=Severity.HINT, sentence=sentence)
