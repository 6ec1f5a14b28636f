"""The client of the language model, loaded once somebody asks it: a desk without a model does not pay for it."""

from collections.abc import Mapping

from bot.domain.assistant.language_model import LanguageModel
from bot.ports.language_model import (
    Heard,
    LanguageModelClient,
    ModelFailure,
    ModelOutcome,
    ModelRequest,
    ModelsFound,
)


class ModelClientOnDemand:
    """`keys` are settings by their names."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self._client: LanguageModelClient | None = None

    async def complete(
        self, model: LanguageModel, request: ModelRequest, heard: Heard | None = None
    ) -> ModelOutcome:
        return await self._loaded().complete(model, request, heard)

    async def streams(self, model: LanguageModel) -> bool | ModelFailure:
        return await self._loaded().streams(model)

    async def models(self, model: LanguageModel) -> ModelsFound | ModelFailure:
        return await self._loaded().models(model)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _loaded(self) -> LanguageModelClient:
        if self._client is None:
            from adapters.openai_chat.client import OpenAiChatClient

            self._client = OpenAiChatClient(self._keys)
        return self._client
