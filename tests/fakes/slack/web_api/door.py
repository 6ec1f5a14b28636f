"""The Web API's door: `/api/<method>`. Faults planned, token, scope and rate, in that order; then the method.

https://docs.slack.dev/apis/web-api · errors: https://docs.slack.dev/apis/web-api#errors
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.slack.rules.rates import Limiter
from tests.fakes.slack.rules.refusals import Json, Refusal
from tests.fakes.slack.web_api.arguments import Arguments
from tests.fakes.slack.web_api.failures import Failure, FailurePlan
from tests.fakes.slack.web_api.methods import Desk, Method


@dataclass(slots=True)
class Call:
    """One request to the Web API, counted when it came in."""

    at: float  # Slack's seconds since the server began
    method: str
    channel: str | None
    arguments: Json
    answer: str = "unanswered"  # "ok", an error, "429", "503", "dropped", …
    result: Json = field(default_factory=dict)

    @property
    def is_ok(self) -> bool:
        return self.answer == "ok"


class WebApi:
    def __init__(
        self, desk: Desk, methods: dict[str, Method], limiter: Limiter, failures: FailurePlan
    ) -> None:
        self.calls: list[Call] = []
        self._desk = desk
        self._methods = methods
        self._limiter = limiter
        self._failures = failures

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments = await Arguments.read(request)
        except Refusal as refusal:
            return self._json(refusal.body())
        call = self._counted(name, arguments)
        failure = self._failures.strike(name, call.channel)
        if failure is None:
            return self._answer(call, arguments)
        answer = self._answer(call, arguments) if failure.after else None
        return await self._fail(request, call, failure, answer)

    async def beside(
        self,
        name: str,
        request: web.Request,
        perform: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Another door ("upload", "download", "response_url"): no Web API call, but it may fail as planned."""
        failure = self._failures.strike(name, None)
        if failure is None:
            return await perform(request)
        call = Call(at=self._limiter.pace.elapsed(), method=name, channel=None, arguments={})
        answer = await perform(request) if failure.after else None
        return await self._fail(request, call, failure, answer)

    def _counted(self, name: str, arguments: Arguments) -> Call:
        channel = self._place(arguments.text("channel") or arguments.text("channel_id"))
        call = Call(
            at=self._limiter.pace.elapsed(),
            method=name,
            channel=channel,
            arguments=dict(arguments.values),
        )
        self.calls.append(call)
        return call

    def _answer(self, call: Call, arguments: Arguments) -> web.Response:
        method = self._methods.get(call.method)
        if method is None:
            call.answer = "unknown_method"
            return self._json({"ok": False, "error": "unknown_method"})
        try:
            self._check_token(arguments.token, method)
            self._desk.needs(*method.scopes)
            wait = self._limiter.retry_after(call.method, method.tier, channel=call.channel)
            if wait is not None:
                return self._too_fast(call, wait)
            call.result = {"ok": True, **method.perform(arguments)}
            call.answer = "ok"
            return self._json(call.result)
        except Refusal as refusal:
            call.answer = refusal.error
            return self._json(refusal.body(), accepted=method.scopes)

    def _place(self, reference: str | None) -> str | None:
        """The channel's id, by whatever name it was called: it has one pace and one count."""
        workspace = self._desk.workspace
        if not reference:
            return None
        if reference in workspace.users and reference != workspace.app.user:
            return workspace.direct(reference, workspace.app.user).id
        try:
            return workspace.channel(reference).id
        except Refusal:
            return reference

    def _check_token(self, token: str | None, method: Method) -> None:
        """https://docs.slack.dev/reference/methods/auth.test#errors."""
        app = self._desk.app
        if method.token == "none":
            return
        if not token:
            raise Refusal("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refusal("invalid_auth")
        if app.out_of_use is not None:
            raise Refusal(app.out_of_use)
        if (token == app.app_token) != (method.token == "app"):
            raise Refusal("not_allowed_token_type")

    def _too_fast(self, call: Call, seconds: int) -> web.Response:
        """https://docs.slack.dev/apis/web-api/rate-limits#responding."""
        call.answer = "429"
        body = {"ok": False, "error": "ratelimited"}
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})

    async def _fail(
        self, request: web.Request, call: Call, failure: Failure, answer: web.StreamResponse | None
    ) -> web.StreamResponse:
        if failure.hang_s is not None:
            call.answer = f"{call.answer} (late)" if failure.after else "hung"
            await asyncio.sleep(failure.hang_s)
        if failure.drop:
            call.answer = f"{call.answer} (dropped)" if failure.after else "dropped"
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if failure.status == 429:
            return self._too_fast(call, failure.retry_after)
        if failure.status is not None:
            call.answer = f"{call.answer} ({failure.status})" if failure.after else str(failure.status)
            return web.Response(status=failure.status, text="upstream connect error")
        if failure.error is not None:
            call.answer = failure.error
            return self._json({"ok": False, "error": failure.error})
        return answer or web.Response(status=504, text="upstream request timeout")

    def _json(self, body: Json, *, accepted: tuple[str, ...] = ()) -> web.Response:
        """Each answer names the token's scopes: https://docs.slack.dev/authentication/tokens."""
        headers = {"x-oauth-scopes": ",".join(sorted(self._desk.app.scopes))}
        if accepted:
            headers["x-accepted-oauth-scopes"] = ",".join(accepted)
        return web.json_response(body, headers=headers)
