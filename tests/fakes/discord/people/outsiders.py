"""What is said by none of the people at hand: other apps' webhooks, followed channels, link previews, joins."""

from tests.fakes.discord.people.screen import Screen, Seen
from tests.fakes.discord.people.talk import Talk
from tests.fakes.discord.rest.drafts import Draft
from tests.fakes.discord.rules.refusals import Json
from tests.fakes.discord.world.records import Channel, Message, MessageFlag, MessageType, Reference, Webhook
from tests.fakes.discord.world.world import World


class Outsiders:
    def __init__(self, world: World, talk: Talk, screen: Screen) -> None:
        self._world = world
        self._talk = talk
        self._screen = screen

    def webhook_says(
        self, channel: Channel, name: str, text: str = "", *, embeds: list[Json] | None = None
    ) -> Seen:
        """Another app's webhook posts: an alert, say."""
        draft = Draft(content=text, embeds=[embed | {"type": "rich"} for embed in embeds or []])
        webhook = self._webhook(channel, name)
        return self._seen(self._by(webhook, channel, draft))

    def crossposts(self, original: Seen, into: Channel) -> Seen:
        """A channel that follows an announcement gets it.

        https://discord.com/developers/docs/resources/message#message-reference-content-attribution-crosspost-messages
        """
        message = self._world.message(original.channel, original.id)
        source = self._world.channels[original.channel]
        assert source.guild_id is not None
        self._talk.flag(message, MessageFlag.CROSSPOSTED)
        name = f"{self._world.guilds[source.guild_id].name} #{source.name}"
        reference = Reference(source.id, message.id, source.guild_id)
        draft = Draft(
            content=message.content,
            embeds=message.embeds,
            flags=MessageFlag.IS_CROSSPOST,
            reference=reference,
        )
        webhook = self._webhook(into, name)
        copy = self._talk.post(
            into,
            draft,
            author_id=webhook.id,
            webhook_id=webhook.id,
            webhook_name=name,
            type=MessageType.DEFAULT,
        )
        return self._seen(copy)

    def unfurls(self, message: Seen) -> None:
        """A link in the message gets its preview."""
        found = self._world.message(message.channel, message.id)
        preview = {"type": "link", "title": "A page", "url": "https://example.org/"}
        self._talk.unfurl(found, [preview])

    def greets(self, channel: Channel, user_id: int) -> Seen:
        """Discord's own note that somebody joined the server."""
        return self._seen(self._talk.note(channel, MessageType.JOIN, author_id=user_id))

    def _by(self, webhook: Webhook, channel: Channel, draft: Draft) -> Message:
        who = {"webhook_id": webhook.id, "webhook_name": webhook.name}
        return self._talk.post(channel, draft, author_id=webhook.id, **who)

    def _webhook(self, channel: Channel, name: str) -> Webhook:
        assert channel.guild_id is not None
        owner = self._world.guilds[channel.guild_id].owner_id
        new_id = self._world.ids.new()
        webhook = Webhook(new_id, channel.guild_id, channel.id, name, f"token-{new_id}", owner, None)
        self._world.webhooks[webhook.id] = webhook
        return webhook

    def _seen(self, message: Message) -> Seen:
        return self._screen.message(message)
