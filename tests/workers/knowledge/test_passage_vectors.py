"""Vectors are made of what has none of this model, once, and again when the model is another."""

from dataclasses import replace

from adapters.meaning.wordllama import WordLlama, find_wordllama
from bot.caches.passage_vectors import PassageVectors
from bot.ports.unit_of_work import Storage
from bot.services.knowledge.search import index_article
from bot.workers.knowledge.passage_vectors import STEP, VectorWorker
from bot.workers.knowledge.vector_rest import VectorRest
from tests.contracts.knowledge.test_storage_passages import PRINTER, VPN, index


class NewerModel(WordLlama):
    model = "wordllama-newer"


def a_model() -> WordLlama:
    found = find_wordllama()
    assert found is not None
    return found


async def test_new_passages_get_vectors_and_then_nothing_is_done(storage: Storage) -> None:
    many = STEP + 1
    meanings = PassageVectors(a_model())
    worker = VectorWorker(storage=storage, meanings=meanings)
    assert await worker.tick() == 0
    body = "\n\n".join(f"## Part {each}\n\nOpen it." for each in range(many))
    await index(storage, replace(VPN, body=body))
    assert await worker.tick() == many
    assert await worker.tick() == 0
    await storage.run(lambda uow: index_article(uow, PRINTER))
    assert await worker.tick() == 1


async def test_another_model_makes_them_again(storage: Storage) -> None:
    await index(storage, VPN)
    model = a_model()
    assert await VectorWorker(storage=storage, meanings=PassageVectors(model)).tick() == 2
    newer = NewerModel(model._folder)
    assert await VectorWorker(storage=storage, meanings=PassageVectors(newer)).tick() == 2
    assert await storage.read(lambda uow: len(uow.passages.vectors(newer.model, after=0, limit=9))) == 2
    assert await storage.read(lambda uow: len(uow.passages.vectors(model.model, after=0, limit=9))) == 0


async def test_without_a_model_no_vector_is_made(storage: Storage) -> None:
    await index(storage, VPN)
    meanings = PassageVectors(None)
    assert await VectorWorker(storage=storage, meanings=meanings).tick() == 0
    await VectorRest(meanings=meanings).tick()
