"""What every platform must do that can be examined. A platform's tests subclass the suite.

The platform's module provides a fixture `checkup`: a desk in whose way nothing is, and one that lacks something.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap.known_platforms import KNOWN_PLATFORMS
from bot.config import load_desk
from bot.domain.desk import Desk
from bot.domain.findings import Severity
from bot.ports.platform import Diagnostics
from bot.text.error_text import english

_DESK = """
desk: {{name: Acme}}
inboxes:
  help: {{channel: "{help}"}}
teams:
  it: {{channel: "{team}", agents: [{agent}]}}
routing: {{default_team: it}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """`lacking` is what must be named of what the desk `ill` lacks, on the platform `ill_on`."""

    on: Diagnostics
    well: Desk
    ill_on: Diagnostics
    ill: Desk
    lacking: str


class DiagnosticsContract:
    """Nothing is said where nothing is wrong, and what is wrong is one sentence that an operator can act on."""

    async def test_where_nothing_is_wrong_nothing_is_said_to_be(self, checkup: Checkup) -> None:
        found = await checkup.on.diagnose(checkup.well)
        assert [english(each.sentence) for each in found if each.severity is not Severity.HINT] == []

    async def test_an_address_of_nobody_is_not_known(self, checkup: Checkup) -> None:
        assert await checkup.on.known_addresses({"nobody.at.all@example.com"}) == frozenset()

    async def test_what_is_lacking_is_named_in_a_whole_sentence(self, checkup: Checkup) -> None:
        found = await checkup.ill_on.diagnose(checkup.ill)
        wrong = [english(each.sentence) for each in found if each.severity is not Severity.HINT]
        (sentence,) = [each for each in wrong if checkup.lacking in each]
        assert sentence.endswith(".")


def desk_with(folder: Path, *, inbox: str, team: str, agent: str) -> Desk:
    """A desk with these two channels, written as `platform:channel`, and one agent."""
    path = folder / "desk.yaml"
    path.write_text(_DESK.format(help=inbox, team=team, agent=agent), encoding="utf-8")
    return load_desk(path, KNOWN_PLATFORMS)
