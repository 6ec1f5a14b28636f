"""The steps of the story of an alarm on each platform: on-call after the warning, the lead after the breach."""

STAGES = """
escalation_policies:
  tell the team:
    - at: 80%
      notify: [escalation_channel]
      steps: [{{after: 2m, mention: on_call}}]
    - at: 100%
      notify: [escalation_channel]
      steps: [{{after: 5m, mention: leads}}]

rotas:
  service: {{zone: UTC, handover: "0:00", people: [{bo}], starts: 2026-01-01}}
"""


def with_steps(desk: str, *, bo: str) -> str:
    """A desk file's template with these stages, and Bo on call for its one team."""
    head, _, _ = desk.partition("\nescalation_policies:\n")
    return head.replace("    leads: ", "    rota: service\n    leads: ") + STAGES.replace("{bo}", bo)
