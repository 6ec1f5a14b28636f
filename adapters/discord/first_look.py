"""Servers as whoever sets up a desk there must see them: whose token it is, their channels, roles and members."""

import discord

from adapters.discord.api.calls import Calls, DiscordRefused
from adapters.discord.api.client import DeskClient
from adapters.discord.api.errors import reason_of_look
from adapters.discord.api.rate_limiter import RateLimiter
from adapters.discord.diagnostics import sign_in_refused
from adapters.discord.platform import UNANSWERED
from adapters.discord.server_choices import look_around
from adapters.kit.outcomes import Unsure
from adapters.kit.rate_limits import Busy
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.ports.first_look import FirstLook


async def look_at_discord(*, bot_token: str, api_url: str) -> FirstLook:
    """Never raises for what Discord answers."""
    discord.http.Route.BASE = api_url
    client = DeskClient(intents=discord.Intents(guilds=True))
    try:
        await client.login(bot_token)
        return await look_around(Calls(client.http, limiter=RateLimiter()))
    except DiscordRefused as refused:
        return FirstLook(findings=[Finding.error(sign_in_refused(refused))])
    except (Unsure, Busy) as error:
        told = sentence("operations.discord_no_answer", error=str(error))
        return FirstLook(findings=[Finding.error(told)], is_unanswered=True)
    except UNANSWERED as error:
        return FirstLook(findings=[Finding.error(reason_of_look(error))], is_unanswered=True)
    finally:
        await client.close()
