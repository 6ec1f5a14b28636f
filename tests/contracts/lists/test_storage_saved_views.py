"""What every storage promises about views that were saved in chat."""

import asyncio
from dataclasses import replace
from functools import partial

from bot.domain.views.saved_view import SavedView
from bot.ports.unit_of_work import Storage, UnitOfWork

OWN = SavedView(id=1, name="VPN", title="VPN", query="tag:vpn is:open", owner="web:bo")
TEAMS = SavedView(id=2, name="Printers", title="Printers", query="printer", owner="web:bo", team="it")


def save(uow: UnitOfWork, *, view: SavedView) -> bool:
    return uow.saved_views.add(view)


async def seen(storage: Storage, person: str, *teams: str) -> list[SavedView]:
    return list(await storage.read(lambda uow: uow.saved_views.seen_by([person], teams=teams)))


async def test_a_view_is_its_owners_or_its_teams(storage: Storage) -> None:
    def work(uow: UnitOfWork) -> list[bool]:
        return [uow.saved_views.add(each) for each in (TEAMS, OWN)]

    assert await storage.run(work) == [True, True]
    assert await seen(storage, "web:bo", "it") == [OWN, TEAMS]
    assert await seen(storage, "web:bo") == [OWN]
    assert await seen(storage, "web:cleo", "it", "network") == [TEAMS]
    assert await seen(storage, "web:cleo", "network") == []


async def test_one_holder_has_a_name_once_in_any_letter_case(storage: Storage) -> None:
    others = replace(OWN, id=3, owner="web:cleo")
    again = replace(OWN, id=4, name="vpn", title="vpn", query="other")
    assert await storage.run(lambda uow: uow.saved_views.add(OWN))
    assert await storage.run(lambda uow: uow.saved_views.add(others))
    assert not await storage.run(lambda uow: uow.saved_views.add(again))
    assert not await storage.run(lambda uow: uow.saved_views.rename(replace(others, id=3, owner="web:bo")))
    assert await seen(storage, "web:bo") == [OWN]


async def test_of_two_who_save_one_name_at_once_one_is_told_that_it_is_taken(storage: Storage) -> None:
    both = [replace(TEAMS, id=5), replace(TEAMS, id=6, owner="web:cleo")]
    done = await asyncio.gather(*(storage.run(partial(save, view=each)) for each in both))
    assert sorted(done) == [False, True]
    assert len(await seen(storage, "web:lee", "it")) == 1


async def test_a_view_is_renamed_and_removed(storage: Storage) -> None:
    await storage.run(lambda uow: uow.saved_views.add(OWN))
    renamed = OWN.renamed("Remote work")
    assert await storage.run(lambda uow: uow.saved_views.rename(renamed))
    assert await seen(storage, "web:bo") == [renamed]
    assert await storage.run(lambda uow: uow.saved_views.rename(renamed.renamed("REMOTE work")))
    await storage.run(lambda uow: uow.saved_views.remove(renamed))
    assert await seen(storage, "web:bo") == []


async def test_what_was_saved_with_each_account_of_one_person_is_theirs(storage: Storage) -> None:
    elsewhere = replace(OWN, id=3, owner="discord:2", name="Mail", title="Mail")
    for each in (OWN, elsewhere, TEAMS):
        assert await storage.run(partial(save, view=each))
    found = await storage.read(lambda uow: uow.saved_views.seen_by(["web:bo", "discord:2"], teams=["it"]))
    assert found == [elsewhere, OWN, TEAMS]
