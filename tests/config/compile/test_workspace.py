"""The browser workspace has the people listed, and channels seen by those whom they concern."""

from pathlib import Path

from bot.config import Workspace, WorkspaceChannel, WorkspacePerson
from bot.ports.workspace import ChannelPurpose
from tests.config.desk_files import SMALL, load

PEOPLE = """\
workspace:
  people:
    - {id: ana, name: Ana, title: Sales, email: ana@example.com, time_zone: Europe/Lisbon}
    - {id: bo, name: Bo, role: agent}
    - {id: cleo, name: Cleo, role: agent}
    - {id: lee, name: Lee, role: lead, language: de}
  channels:
    - {channel: help-it, topic: Ask away}
    - {channel: lounge, topic: Talk}
    - {channel: backstage, staff_only: true}
"""


def workspace(folder: Path) -> Workspace:
    desk = SMALL.replace(
        "name: Help desk", "name: Help desk\n  admins: [web:lee]\n  operator_channel: web:ops"
    )
    desk = desk.replace("team-it\n", "team-it\n    escalation_channel: web:escalations\n")
    desk = desk.replace("team-network\n", "team-network\n    escalation_channel: web:escalations\n")
    return load(folder, desk + PEOPLE).workspace


def test_the_people_are_those_listed(tmp_path: Path) -> None:
    people = workspace(tmp_path).people
    assert [person.id for person in people] == ["ana", "bo", "cleo", "lee"]
    assert people[0] == WorkspacePerson(
        platform="web",
        id="ana",
        name="Ana",
        title="Sales",
        email="ana@example.com",
        time_zone="Europe/Lisbon",
    )
    assert (people[3].role, people[3].language, people[3].key) == ("lead", "de", "web:lee")


def test_each_channel_is_there_once_and_seen_by_those_whom_it_concerns(tmp_path: Path) -> None:
    channels = {channel.id: channel for channel in workspace(tmp_path).channels}
    seen = {name: "all" if each.is_public else sorted(each.allowed) for name, each in channels.items()}
    assert seen == {
        "help-it": "all",
        "team-it": ["bo"],
        "escalations": ["bo", "cleo"],
        "team-network": ["cleo"],
        "ops": ["lee"],
        "lounge": "all",
        "backstage": ["bo", "cleo", "lee"],
    }


def test_a_topic_may_be_given_to_a_channel_that_is_there_already(tmp_path: Path) -> None:
    channels = workspace(tmp_path).channels
    assert channels[0] == WorkspaceChannel(
        id="help-it", topic="Ask away", purpose=ChannelPurpose.EVERY_MESSAGE, shows="requests"
    )


def test_a_channel_says_what_comes_to_it_by_itself(tmp_path: Path) -> None:
    assert {channel.id: channel.shows for channel in workspace(tmp_path).channels} == {
        "help-it": "requests",
        "team-it": "cards",
        "escalations": "alerts",
        "team-network": "cards",
        "ops": "",
        "lounge": "",
        "backstage": "",
    }


def test_the_page_is_told_what_each_channel_is_for_and_whose_it_is(tmp_path: Path) -> None:
    found = {channel.id: (channel.purpose, channel.team) for channel in workspace(tmp_path).channels}
    assert found == {
        "help-it": (ChannelPurpose.EVERY_MESSAGE, ""),
        "team-it": (ChannelPurpose.TEAM, "it"),
        "escalations": (ChannelPurpose.ALERTS, "it"),
        "team-network": (ChannelPurpose.TEAM, "network"),
        "ops": (ChannelPurpose.OPERATORS, ""),
        "lounge": (None, ""),
        "backstage": (None, ""),
    }


def test_where_people_talk_freely_a_message_is_not_said_to_become_a_ticket(tmp_path: Path) -> None:
    desk = SMALL.replace("channel: web:help-it\n", "channel: web:help-it\n    takes: on_request\n")
    assert load(tmp_path, desk).workspace.channels[0].shows == ""


def test_channels_of_other_platforms_are_not_in_the_browser(tmp_path: Path) -> None:
    channels = load(tmp_path, SMALL.replace("web:team-it", "slack:C1")).workspace.channels
    assert [channel.id for channel in channels] == ["help-it", "team-network"]
