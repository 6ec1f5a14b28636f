"""Lee says at the console how a team gives out tickets and who goes on with them, and writes no YAML for it."""

from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit
from tests.stories.console.settings.settings_visit import SETTINGS, asked, fills, form, saved, text_of, write
from tests.stories.portal.portal_visit import open_portal, words_of


def field(page: str, name: str) -> str:
    """What is said below a field that is wrong."""
    return page.partition(f'id="f-{name}-problem"')[2].partition("</p>")[0]


async def test_a_team_gives_out_tickets_by_skill_and_hands_them_on(folder: Path, config: Path) -> None:
    before = text_of(config)
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("team", "it"))
        assert '<details class="group" id="g-levels">' in page.text
        assert '<details class="group" id="g-alerts" open>' in page.text  # the file says something there
        typed = {"assignment": "skill,least_busy", "capacity": "many", "weight_urgent": "3"}
        typed |= {
            "per_agent": "Bo Berg: 2",
            "skills0_agents_new": "Cleo Chen",
            "skills0_categories": "Network",
        }
        typed |= {"hands_over_to": "people", "hands_over_at": "half past six", "escalates_to": "network"}
        wrong = await fills(lee, page, "team", "it", **typed)
        assert wrong.status == 422
        assert "capacity" in field(wrong.text, "capacity")
        assert "half past six" in field(wrong.text, "hands_over_at")
        assert '<details class="group" id="g-levels" open>' in wrong.text
        assert said("settings.unusable") not in words_of(wrong.text)
        assert 'name="f-skills0_agents" value="web:cleo" checked' in wrong.text

        page = await fills(lee, wrong, "team", "it", capacity="4", hands_over_at="18:00")
        assert page.status == 200, words_of(page.text)
        assert text_of(config) == before
        await saved(office, lee, page)
        team = office.desk.in_force.desk().teams["it"]
        assert [str(each) for each in team.assignment] == ["skill", "least_busy"]
        assert team.workload.capacity == 4
        added = "    assignment: [skill, least_busy]\n    workload:\n      capacity: 4\n"
        assert added in text_of(config)
        removed = [line for line in before.splitlines() if line not in text_of(config).splitlines()]
        assert removed == []

        await office.says("ana", "help-it", "The printer is jammed")
        card = (await office.card("bo", "team-it", "IT-1"))["content"]
        assert card["assignee"] == "Bo Berg"

        refused = await lee.sends(await lee.opens(SETTINGS), asked("remove", "team", "network"))
        assert "teams.it.escalates.to" in words_of(refused.text)


async def test_what_is_wrong_with_a_row_is_said_in_the_row(folder: Path, config: Path) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("team", "it"))
        more = await fills(lee, page, "team", "it", skills0_agents_new="Bo Berg", skills0_languages="German")
        assert "German" in field(more.text, "skills0_languages")
        assert 'name="f-skills1_agents_new"' in more.text
        wrong = await fills(lee, page, "team", "it", skills0_languages="de")
        needed = said("desk_forms.needed", label=said("desk_forms.label_skilled"))
        assert needed in words_of(f"<body><p {field(wrong.text, 'skills0_agents')}")
        wrong = await fills(lee, page, "team", "it", digests="-,week")
        assert said("desk_forms.none_and_some") in words_of(wrong.text)
        fits = await fills(lee, page, "team", "it", skills0_agents_new="Bo Berg", skills0_languages="de")
        await saved(office, lee, fits)
        page = await lee.opens(form("team", "it"))
        gone = await fills(lee, page, "team", "it", skills0_agents="", skills0_languages="")
        assert gone.text.count('class="line removed"') == 3
        await saved(office, lee, gone)
        assert "skills" not in text_of(config)


async def test_two_who_add_a_skill_are_asked_which(folder: Path, config: Path) -> None:
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        mine = await lee.opens(form("team", "it"))
        theirs = {"skills0_agents_new": "Cleo Chen", "skills0_tags": "lan"}
        await saved(office, lee, await fills(lee, mine, "team", "it", **theirs))
        title = await fills(lee, mine, "team", "it", title="Desk")
        assert title.status == 200, words_of(title.text)
        assert "tags: [lan]" in title.text
        both = await fills(lee, mine, "team", "it", skills0_agents_new="Bo Berg", skills0_tags="vpn")
        assert both.status == 422
        assert "Cleo Chen" in field(both.text, "skills")
        assert 'id="f-skills-problem"' in both.text


async def test_what_the_form_does_not_ask_is_named_and_stays(folder: Path, config: Path) -> None:
    variant = "    variants: [{name: vip, when: {tier: vip}, resolution: 1h}]\n"
    whole = text_of(config).replace("\nrouting:", "\npeople: {tiers: {vip: [web:ana]}}\n\nrouting:")
    write(config, whole.replace("  standard:\n", f"  standard:\n{variant}"))
    async with open_portal(folder, config=config) as office, console_visit(office, "lee") as lee:
        page = await lee.opens(form("policy", "standard"))
        assert said("desk_forms.alone_variants") in words_of(page.text)
        assert said("desk_forms.alone_variants") not in words_of((await lee.opens(form("policy"))).text)
        page = await fills(lee, page, "policy", "standard", raised="from_opening")
        await saved(office, lee, page)
        assert variant in text_of(config)
        assert "raised: from_opening" in text_of(config)
