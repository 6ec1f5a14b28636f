"""A desk of a test looks at what a model writes more often than people could read."""

from bot.bootstrap.process import DeskProcess
from bot.workers.assistant.assistant_jobs import AssistantJobsWorker

PAUSE_S = 0.02


def looks_often(desk: DeskProcess) -> None:
    worker = desk.workers["assistant_jobs"]
    assert isinstance(worker, AssistantJobsWorker)
    worker.pace.pause_s = PAUSE_S
