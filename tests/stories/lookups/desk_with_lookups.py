"""The desk of the stories, which asks a CRM about requesters."""

from pathlib import Path

from tests.stories.desk_files import DESK

TOKEN = "sesame-open-4711"
SECRETS = {"DESKBELL_LOOKUP_CRM": TOKEN}
RULE = "    - {name: gold first, when: {lookup: {tier: gold}}, team: network, priority: urgent}\n"
VARIANT = """    variants:
      - {name: vip, when: {lookup: {vip: yes}}, first_response: {normal: 5m}}
"""


def desk_with(folder: Path, url: str, *, more: str = "", rule: str = "", variant: str = "") -> Path:
    """A desk file in this folder that asks at this address; `more` is said of the look-up too."""
    text = DESK.read_text(encoding="utf-8")
    before, policy = "  rules:\n", "    escalation: tell the team\n"
    assert before in text
    assert policy in text
    text = text.replace(before, before + rule).replace(policy, policy + variant)
    lookups = f"""
lookups:
  crm:
    title: CRM
    url: {url}?email={{email}}
    headers: {{Authorization: Bearer $DESKBELL_LOOKUP_CRM}}
    timeout: 0.5s
    fields:
      tier: account.tier
      device: {{path: devices.0, label: Device, labels: {{de: Gerät}}}}
      vip: vip
{more}"""
    config = folder / "lookups.yaml"
    config.write_text(text + lookups, encoding="utf-8")
    return config
