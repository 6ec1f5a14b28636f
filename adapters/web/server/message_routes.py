"""What a page says in a person's name: messages, their edits and deletions, and slash commands."""

from functools import partial

from aiohttp import web

from adapters.http.refusals import Problem
from adapters.web.posts import people_posts
from adapters.web.posts.people_posts import NewPost, PostedMessage, Sees
from adapters.web.server import requests
from adapters.web.server.dependencies import Dependencies, Route
from adapters.web.store import attachments
from adapters.web.store.messages import message_number
from adapters.web.translate import inbound
from adapters.web.translate.inbound import Interaction
from adapters.web.translate.render import message_json
from bot.ports.workspace import WorkspacePerson


class MessageRoutes:
    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies

    def routes(self) -> list[Route]:
        return [
            ("POST", "/api/channels/{channel}/messages", self._post),
            ("PATCH", "/api/messages/{message}", self._edit),
            ("DELETE", "/api/messages/{message}", self._delete),
        ]

    async def _post(self, request: web.Request) -> web.Response:
        here = self._dependencies
        person = requests.person_of(request, here.workspace)
        channel = requests.channel_of(request.match_info["channel"], here.workspace, person)
        body = await requests.body_of(request)
        files = requests.files_in(body)
        saying = NewPost(
            author=person,
            channel=channel.id,
            thread=requests.thread_in(body),
            text=requests.said_in(body, may_be_empty=bool(files)),
            files=files,
            client_key=requests.client_key_in(body),
            names=frozenset(each.id for each in here.workspace.people if channel.admits(each.id)),
            at=here.clock.now(),
        )
        command = inbound.command_in(saying.text)
        if command is not None:
            return await self._command(saying, *command)
        return self._show(await here.store.run(lambda database: people_posts.post(database, saying)))

    async def _command(self, saying: NewPost, group: str, words: str) -> web.Response:
        stored = await self._dependencies.store.run(
            lambda database: attachments.unposted(database, saying.files, owner=saying.author.id)
        )
        interaction = Interaction(
            person=saying.author.as_person(),
            channel=saying.channel,
            thread=saying.thread,
            client_key=saying.client_key,
            at=saying.at,
        )
        event = inbound.command_given(interaction, group=group, words=words, stored=stored)
        return web.json_response({"reply": await self._dependencies.answering.command(event)})

    async def _edit(self, request: web.Request) -> web.Response:
        here = self._dependencies
        author = requests.person_of(request, here.workspace)
        number = _message_in(request)
        text = requests.said_in(await requests.body_of(request))
        at = here.clock.now()
        return self._show(
            await here.store.run(
                lambda database: people_posts.edit(
                    database, number, author=author, text=text, at=at, sees=self._seen_by(author)
                )
            )
        )

    async def _delete(self, request: web.Request) -> web.Response:
        here = self._dependencies
        author = requests.person_of(request, here.workspace)
        number = _message_in(request)
        at = here.clock.now()
        return self._show(
            await here.store.run(
                lambda database: people_posts.delete(
                    database, number, author=author, at=at, sees=self._seen_by(author)
                )
            )
        )

    def _seen_by(self, author: WorkspacePerson) -> Sees:
        return partial(self._dependencies.workspace.may_see, author.id)

    def _show(self, said: PostedMessage) -> web.Response:
        """Tell the other pages and the desk; the person's own page gets the message as the answer."""
        self._dependencies.live.show(said.changed)
        if said.conversation is not None:
            self._dependencies.event_queue.wake(said.conversation)
        return web.json_response(message_json(said.message))


def _message_in(request: web.Request) -> int:
    number = message_number(request.match_info["message"])
    if number is None:
        raise Problem(404, "platforms.no_message")
    return number
