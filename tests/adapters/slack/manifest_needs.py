"""What the desk does in Slack by virtue of each scope: tried out, and whether it worked."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.domain.directory import ChannelRef
from bot.domain.errors import HistoryUnavailable
from bot.text.error_text import english
from tests.adapters.slack.office import Office, running_desk
from tests.fakes.slack import NotOffered, Person, Seen, SlackServer

DESK = """
desk:
  name: Test desk
  ticket_prefix: IT

inboxes:
  help: {{channel: "slack:{help_it}"}}
  staff: {{channel: "slack:{staff}"}}
  lounge: {{channel: "slack:{lounge}", takes: on_reaction}}

teams:
  it:
    title: Service Desk
    channel: slack:{team_it}
    agents: [bo@example.org, "slack:@netops"]
    leads: [lee@example.org]

routing:
  default_team: it
"""

Need = Callable[[Office], Awaitable[bool]]


@asynccontextmanager
async def open_granted_office(
    folder: Path, template: Path, manifest: dict[str, Any]
) -> AsyncIterator[Office]:
    """A new desk in a workspace where its app was installed from this manifest."""
    async with SlackServer.running(scale=0.01) as slack:
        slack.install(manifest)
        ana, bo, lee = (
            slack.person(name, real_name=full)
            for name, full in (("ana", "Ana Lima"), ("bo", "Bo Berg"), ("lee", "Lee Lund"))
        )
        cleo = slack.person("cleo", real_name="Cleo Chen")
        slack.user_group("netops", [cleo])
        channels = {
            name.replace("-", "_"): slack.channel(name, [ana, bo, cleo, lee], is_private=name == "staff").id
            for name in ("help-it", "staff", "lounge", "team-it")
        }
        (folder / "desk.yaml").write_text(DESK.format(**channels), encoding="utf-8")
        shutil.copy(template, folder / "deskbell.db")
        async with running_desk(slack, folder) as (desk, clock):
            yield Office(slack, desk, clock, ana, bo, cleo, lee)


async def hears_of_requests(office: Office) -> bool:
    return await _is_answered(office, await office.ana.says("help-it", "My screen is dark"))


async def hears_of_private_requests(office: Office) -> bool:
    return await _is_answered(office, await office.ana.says("staff", "My salary is late"))


async def answers_mentions_among_a_few(office: Office) -> bool:
    few = office.slack.workspace.direct(office.ana.id, office.lee.id, office.slack.app.user)
    await office.ana.says(few.id, "@deskbell our room has no light")
    await office.settle()
    return any(each.is_ephemeral for each in office.ana.reads(few.id))


async def hears_direct_messages(office: Office) -> bool:
    return await _is_answered(office, await office.ana.says("@deskbell", "My badge is lost"))


async def hears_of_reactions(office: Office) -> bool:
    said = await office.ana.says("lounge", "The coffee machine leaks")
    await office.settle()
    await office.bo.reacts(said, ":ticket:")
    return await _is_answered(office, said)


async def comes_back_into_its_channels(office: Office) -> bool:
    office.slack.kick_bot("team-it")
    await office.ana.says("help-it", "My keyboard is wet")
    await office.settle()
    return _is_shown(office, "team-it", "My keyboard is wet")


async def shows_whose_words_they_are(office: Office) -> bool:
    await office.ana.says("help-it", "My headset is silent")
    root = office.ana.reads("help-it")[-1]
    await office.settle()
    await office.bo.says("help-it", "Which one is it?", thread=root)
    await office.ana.says("help-it", "The grey one", thread=root)
    await office.settle()
    card = _card(office, "My headset is silent")
    return any(each.author == "Ana Lima" for each in office.bo.reads_thread(card))


async def offers_commands(office: Office) -> bool:
    try:
        await office.ana.types("/ticket list", "help-it")
        await office.ana.uses_shortcut("Ask for help")
    except NotOffered:
        return False
    form = await office.ana.sees_modal()
    await office.ana.closes(form)
    return True


async def copies_files(office: Office) -> bool:
    await office.ana.says("help-it", "My phone broke, look", files=[("phone.png", b"a broken phone")])
    await office.settle()
    card = _card(office, "My phone broke, look")
    return any(each.files == ("phone.png",) for each in office.bo.reads_thread(card))


async def begins_direct_messages(office: Office) -> bool:
    lee = office.lee
    await lee.uses_shortcut("Ask for help")
    form = await lee.sees_modal()
    await lee.submits(form, {form.fields[0]: "My contract is wrong", form.fields[-2]: "Yes"})
    await office.settle()
    return bool(lee.reads("@deskbell"))


async def finds_direct_messages_again(office: Office) -> bool:
    await office.ana.says("@deskbell", "Is anybody there?")
    return "slack:@" + office.ana.id in {str(each) for each in await _dm_channels(office)}


async def sees_public_channels(office: Office) -> bool:
    return not await _is_hidden(office, "help-it")


async def sees_private_channels(office: Office) -> bool:
    return not await _is_hidden(office, "staff")


async def knows_names(office: Office) -> bool:
    await office.ana.says("help-it", "My mouse is gone")
    await office.settle()
    return "Ana Lima" in _card(office, "My mouse is gone").words


async def knows_people_by_their_address(office: Office) -> bool:
    return await _may_claim(office, office.bo, "My desk is too low")


async def knows_who_is_in_groups(office: Office) -> bool:
    return await _may_claim(office, office.cleo, "My chair is too high")


NEEDS: dict[str, Need] = {
    "app_mentions:read": answers_mentions_among_a_few,
    "channels:history": hears_of_requests,
    "channels:join": comes_back_into_its_channels,
    "channels:read": sees_public_channels,
    "chat:write": hears_of_requests,
    "chat:write.customize": shows_whose_words_they_are,
    "commands": offers_commands,
    "files:read": copies_files,
    "files:write": copies_files,
    "groups:history": hears_of_private_requests,
    "groups:read": sees_private_channels,
    "im:history": hears_direct_messages,
    "im:read": finds_direct_messages_again,
    "im:write": begins_direct_messages,
    "reactions:read": hears_of_reactions,
    "usergroups:read": knows_who_is_in_groups,
    "users:read": knows_names,
    "users:read.email": knows_people_by_their_address,
}


async def _is_answered(office: Office, said: Seen) -> bool:
    await office.settle()
    return any("Service Desk" in each for each in office.ana.reads_thread(said)[1:])


async def _may_claim(office: Office, agent: Person, text: str) -> bool:
    await office.ana.says("help-it", text)
    await office.settle()
    await agent.presses(_card(office, text), "Claim")
    await office.settle()
    return agent.user.real_name in _card(office, text).words


async def _dm_channels(office: Office) -> Sequence[ChannelRef]:
    try:
        return await office.platform.direct_channels()
    except HistoryUnavailable:
        return ()


async def _is_hidden(office: Office, channel: str) -> bool:
    """Whether the desk says that it does not see it."""
    findings = await office.platform.diagnose(office.desk.in_force.desk())
    identity = office.slack.workspace.channel(channel).id
    return any(identity in english(each.sentence) for each in findings)


def _is_shown(office: Office, channel: str, text: str) -> bool:
    return any(text in each for each in office.bo.reads(channel))


def _card(office: Office, text: str) -> Seen:
    return next(each for each in office.bo.reads("team-it") if text in each and each.buttons)
