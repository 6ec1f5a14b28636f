"""What the doctor finds of the language model: it is asked which models it has, and for a word where answers are
to be streamed; no text of anybody leaves.
"""

import asyncio
import time
from typing import Final

from bot.domain.assistant.language_model import LanguageModel
from bot.domain.desk import Desk
from bot.domain.findings import Finding
from bot.domain.sentence import sentence
from bot.domain.suggestions import nearest
from bot.ports.language_model import LanguageModelClient, ModelFailure

_NOT_THERE: Final = "operations.model_not_there"


async def findings_of_model(client: LanguageModelClient, desk: Desk) -> list[Finding]:
    """Whether it is there, lets us in, and has the models that desk.yaml names."""
    model = desk.language_model
    if model is None:
        return []
    began_at = time.monotonic()
    found = await client.models(model)
    took = f"{(time.monotonic() - began_at) * 1000:.0f}"
    if isinstance(found, ModelFailure):
        return [Finding.warning(found.why)]
    findings = [Finding.hint(sentence("operations.model_answered", host=model.host, milliseconds=took))]
    if not model.teams:
        findings.append(Finding.warning(sentence("operations.model_without_teams")))
    for name in model.all_models if found.names else ():
        if name not in found.names and f"{name}:latest" not in found.names:  # as Ollama calls the usual one
            near = await asyncio.to_thread(nearest, name, found.names)
            key = "operations.model_not_there_meant" if near else "operations.model_not_there"
            meant = {"meant": near} if near else {}
            findings.append(Finding.warning(sentence(key, model=name, host=model.host, **meant)))
    if model.is_streamed and not any(each.sentence.key.startswith(_NOT_THERE) for each in findings):
        findings.append(await _finding_of_streams(client, model))
    return findings


async def _finding_of_streams(client: LanguageModelClient, model: LanguageModel) -> Finding:
    found = await client.streams(model)
    if isinstance(found, ModelFailure):
        return Finding.warning(found.why)
    key = "operations.model_streams" if found else "operations.model_streams_not"
    return Finding.hint(sentence(key, host=model.host))
