"""How many calls a ticket's whole life costs: one for each message that people see, one for each change they see."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.slack.office import Office, open_office
from tests.bench.platforms.slack_life import calls_of_a_life

POST, EDIT, FORM = "chat.postMessage", "chat.update", "views.open"
PRIVATE = "chat.postEphemeral"


@pytest.fixture
async def office(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sqlite_template) as office:
        yield office


async def test_a_ticket_worked_in_its_threads_costs_seventeen_calls(office: Office) -> None:
    calls = await calls_of_a_life(office, by_form=False)
    assert calls == {
        "opened": {POST: 2},
        "claimed": {EDIT: 2},  # the card, and who has it now in the requester's thread
        "three replies of the requester": {POST: 3},
        "three replies of the agent": {POST: 3, EDIT: 2},  # the first one keeps the promise to answer
        "raised": {EDIT: 1},
        "resolved": {POST: 2, EDIT: 2},
    }
    assert sum(calls.values(), Counter()).total() == 17


async def test_replies_by_form_cost_the_form_and_a_copy_on_either_side(office: Office) -> None:
    calls = await calls_of_a_life(office, by_form=True)
    assert calls["three replies of the agent"] == {FORM: 3, POST: 6, EDIT: 2, PRIVATE: 3}
    assert sum(calls.values(), Counter()).total() == 26
