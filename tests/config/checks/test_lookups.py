"""A look-up whose secret is not set is pointed at."""

from pathlib import Path

from bot.config.checks.lookups import unset_settings
from bot.domain.sentence import sentence
from tests.config.desk_files import SMALL, load

LOOKUPS = """\
lookups:
  crm:
    url: https://crm.example/{key}
    headers: {A: $DESKBELL_LOOKUP_A, B: "${DESKBELL_LOOKUP_B} $DESKBELL_LOOKUP_B"}
    fields: {tier: tier}
"""


def test_a_secret_that_is_not_set_is_named_once_with_its_line(tmp_path: Path) -> None:
    configuration = load(tmp_path, SMALL + LOOKUPS)
    (found,) = unset_settings(configuration, {"DESKBELL_LOOKUP_A"})
    told = sentence("configuration.lookup_setting_unset", lookup="crm", variable="DESKBELL_LOOKUP_B")
    assert (found.line, found.sentence) == (SMALL.count("\n") + 4, told)
    assert list(unset_settings(configuration, {"DESKBELL_LOOKUP_A", "DESKBELL_LOOKUP_B"})) == []
