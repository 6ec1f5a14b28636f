"""A shared request in somebody's own list says whose it is."""

from tests.said import said
from tests.stories.office import Office


async def test_a_request_shared_with_one_says_whose_it_is(office: Office) -> None:
    await office.says("ana", "help-it", "My screen is dark")
    await office.says("dan", "help-it", "My mouse is dead")
    await office.types("ana", "/ticket add IT-1 @dan", channel="help-it")
    listed = await office.types("dan", "/ticket list", channel="help-it")
    assert said("lists.asked_by", name="Ana Alves") in listed
    assert said("lists.asked_by", name="Dan Dietz") not in listed
    assert said("lists.asked_by", name="Ana Alves") not in await office.types("bo", "/desk queue")
