"""Articles at the console: who may read and change which, and what is done by the commands of chat."""

from pathlib import Path

from tests.said import said
from tests.stories.console.console_visit import console_visit, do
from tests.stories.desk_files import DESK
from tests.stories.portal.portal_visit import open_portal, words_of

KNOWLEDGE = "/console/knowledge"
NEW = do("kb new", back=KNOWLEDGE, pressed=True)


async def test_bo_writes_an_article_and_finds_it(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        form = await bo.sends(await bo.opens(KNOWLEDGE), NEW)
        assert form.status == 200
        action = do("kb new", back=KNOWLEDGE)
        typed = {"title": "", "body": "Press *Reset*.", "tags": "", "audience": "everybody", "team": "it"}
        refused = await bo.sends(form, action, **typed)
        assert refused.status == 422
        assert said("knowledge.no_title") in words_of(refused.text)
        assert "Press *Reset*." in refused.text
        made = await bo.sends(refused, action, **{**typed, "title": "Reset your password"})
        assert made.status == 303
        assert "Reset your password" in await bo.reads(made.location)
        assert "reset-your-password" in (await bo.opens(f"{KNOWLEDGE}?q=password")).text
        article = await bo.opens(f"{KNOWLEDGE}/article?name=reset-your-password")
        assert "<em>Reset</em>" in article.text
        assert "Reset your password" in await office.types("ana", "/kb list")


async def test_leads_see_what_no_article_answers_when_they_ask(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "desk.yaml"
    answers = "\nknowledge: {answers: beside}\n"
    config.write_text(f"{DESK.read_text(encoding='utf-8')}{answers}", encoding="utf-8")
    async with open_portal(folder, config=config) as office:
        await office.types("bo", "/kb list")
        form = do("kb new", back=KNOWLEDGE)
        typed = {
            "title": "Reset your password",
            "body": "Press Reset.",
            "audience": "everybody",
            "team": "it",
        }
        async with console_visit(office, "bo") as bo:
            await bo.sends(await bo.sends(await bo.opens(KNOWLEDGE), NEW), form, **typed)
            await office.says("ana", "help-it", "The beamer in room 4 is dark")
            await office.desk.workers["article_offers"].tick()
            assert "gaps=yes" not in (await bo.opens(KNOWLEDGE)).text
            assert said("overview.gaps") not in await bo.reads(f"{KNOWLEDGE}?gaps=yes")
        async with console_visit(office, "lee") as lee:
            assert "beamer" not in await lee.reads(KNOWLEDGE)
            assert "The beamer in room 4 is dark" in await lee.reads(f"{KNOWLEDGE}?gaps=yes")


async def test_what_is_for_another_team_is_as_if_it_were_not_there(folder: Path) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.types("cleo", "/kb list")
        async with console_visit(office, "cleo") as cleo:
            form = await cleo.sends(await cleo.opens(KNOWLEDGE), NEW)
            typed = {
                "title": "Core switch",
                "body": "Pull the plug",
                "audience": "team:network",
                "team": "network",
            }
            made = await cleo.sends(form, do("kb new", back=KNOWLEDGE), **typed)
            assert made.status == 303
            page = await cleo.opens(KNOWLEDGE)
            name = page.text.partition("article?name=")[2].partition('"')[0]
            assert (await cleo.opens(f"{KNOWLEDGE}/article?name={name}")).status == 200
        there = await bo.opens(f"{KNOWLEDGE}/article?name={name}")
        nothing = await bo.opens(f"{KNOWLEDGE}/article?name=nothing")
        assert (there.status, nothing.status) == (404, 404)
        assert "Core switch" not in await bo.reads(KNOWLEDGE)
        assert "Core switch" not in (await bo.opens(f"{KNOWLEDGE}?q=switch")).text


async def test_the_palette_gives_the_forms_of_articles_and_who_asked_without_a_further_press(
    folder: Path,
) -> None:
    async with open_portal(folder) as office, console_visit(office, "bo") as bo:
        await office.says("ana", "help-it", "My mouse is dead")
        new = await bo.opens("/console/do?verb=kb+new")
        typed = {
            "title": "Reset your password",
            "body": "Press Reset.",
            "audience": "everybody",
            "team": "it",
        }
        made = await bo.sends(new, do("kb new", back="/console/tickets"), **typed)
        assert made.status == 303
        for verb in ("edit", "publish", "retire"):
            asked = await bo.opens(f"/console/do?verb=kb+{verb}")
            assert "Reset your password" in asked.text, verb
            assert said(f"commands.kb_{verb}_form") in asked.text, verb
        form = await bo.sends(asked, do("kb retire", back="/console/tickets"), name="reset-your-password")
        assert said("knowledge.retire", title="Reset your password") in words_of(form.text)
        who = await bo.asks("/console/do?verb=desk+who&ticket=IT-1")
        assert "Ana Alves" in who["part"]
        assert said("commands.desk_who_summary") not in who["part"]
