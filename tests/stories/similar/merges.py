"""A merge as an agent does it: asked for, and confirmed where another person comes to read more."""

from tests.stories.office import Office, shown


async def merges(office: Office, who: str, command: str, *, channel: str = "team-it") -> str:
    """What the agent is answered in the end."""
    asked = (await office.types_for_reply(who, command, channel=channel))["reply"]
    answered = await office.presses_private(who, asked, 0, channel=channel)
    return shown(answered)
