"""`language_model` of desk.yaml: each mistake has its line, and no key may stand there."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.config.checks.answers.language_model import doubtful_model
from bot.domain.assistant.language_model import ModelTask
from bot.domain.sentence import sentence
from tests.config.desk_files import SMALL, complaints, load

WHOLE = """\
language_model:
  url: http://localhost:11434/v1/
  model: llama3.1
  key: DESKBELL_MODEL_KEY
  tasks: {draft: big}
  timeout: 30s
  budget: {requests: 10, tokens: 5000}
  teams: [it]
"""


def test_a_model_is_read_whole(tmp_path: Path) -> None:
    model = load(tmp_path, SMALL + WHOLE).desk.language_model
    assert model is not None
    assert (model.url, model.host) == ("http://localhost:11434/v1", "localhost:11434")
    assert model.model_for(ModelTask.DRAFT) == "big"
    assert model.model_for(ModelTask.SUMMARY) == "llama3.1"
    assert model.all_models == ("llama3.1", "big")
    assert (model.timeout, model.most_requests, model.most_tokens) == (timedelta(seconds=30), 10, 5000)
    assert (model.key, model.teams, model.hides_names) == ("DESKBELL_MODEL_KEY", frozenset({"it"}), False)


def test_a_desk_has_none_by_itself_and_no_text_leaves_by_itself(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).desk.language_model is None
    least = "language_model: {url: http://localhost:11434/v1, model: llama3.1}\n"
    model = load(tmp_path, SMALL + least).desk.language_model
    assert model is not None
    assert model.teams == frozenset()
    assert (model.most_requests, model.most_tokens, model.key) == (None, None, "")
    assert model.is_streamed
    whole = load(tmp_path, SMALL + least.replace("}", ", stream: no}")).desk.language_model
    assert whole is not None
    assert not whole.is_streamed


@pytest.mark.parametrize(
    ("before", "after", "line", "key"),
    [
        ("http://localhost:11434/v1/", "localhost", 2, "not_a_model_url"),
        ("http://localhost:11434/v1/", "ftp://localhost/v1", 2, "not_a_model_url"),
        ("http://localhost:11434/v1/", "https://me:pw@host/v1", 2, "model_url_with_secret"),
        ("http://localhost:11434/v1/", "https://host/v1?key=abc", 2, "model_url_with_secret"),
        ("DESKBELL_MODEL_KEY", "sk-abcdefghijkl", 4, "model_key_name"),
        ("DESKBELL_MODEL_KEY", "SLACK_BOT_TOKEN", 4, "model_key_name"),
        ("30s", "400s", 6, "model_timeout"),
        ("{requests: 10, tokens: 5000}", "{}", 7, "model_budget_empty"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, key: str
) -> None:
    assert before in WHOLE
    found = complaints(tmp_path, SMALL + WHOLE.replace(before, after))
    assert [(at - SMALL.count("\n"), what.partition("(")[0]) for at, what in found] == [(line, key)]
    assert "sk-abcdefghijkl" not in str(found)


@pytest.mark.parametrize(("before", "after"), [("[it]", "[nobody]"), ("draft: big", "dance: big")])
def test_teams_and_tasks_are_ones_that_there_are(tmp_path: Path, before: str, after: str) -> None:
    assert complaints(tmp_path, SMALL + WHOLE.replace(before, after)) != []


def test_the_check_points_at_a_key_that_is_not_set_and_at_teams_that_are_none(tmp_path: Path) -> None:
    configuration = load(tmp_path, SMALL + WHOLE)
    (found,) = doubtful_model(configuration, {})
    assert found.line == SMALL.count("\n") + 4
    assert found.sentence == sentence("configuration.model_key_unset", variable="DESKBELL_MODEL_KEY")
    assert list(doubtful_model(configuration, {"DESKBELL_MODEL_KEY": "sk"})) == []
    without = load(tmp_path, SMALL + WHOLE.replace("[it]", "[]"))
    (found,) = doubtful_model(without, {"DESKBELL_MODEL_KEY"})
    assert found.sentence == sentence("configuration.model_without_teams")
    assert list(doubtful_model(load(tmp_path, SMALL), {})) == []
