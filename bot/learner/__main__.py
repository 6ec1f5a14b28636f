"""`python -m bot.learner < requests.jsonl > models.json`, as `bot.services.sorting.learner_process` starts it.

The first line says what to learn (`Lesson`), each further one is a request: `{"text": …, "labels": {"team": "it"}}`,
where a label of a field that has many is a list. It limits itself before it reads anything.
"""

import json
import sys
from typing import Any

from bot.process_limits import limit_process

MOST_BYTES = 2 * 1024 * 1024 * 1024
"""Of address space, of which learning 100,000 requests uses less than half."""
MOST_CPU_S = 1_800


def main() -> None:
    """Learn what standard input describes; ends with a traceback where it cannot."""
    limit_process(most_bytes=MOST_BYTES, most_cpu_s=MOST_CPU_S)
    from bot.learner.lesson import Lesson

    lesson = Lesson.of(json.loads(sys.stdin.readline()))
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        lesson.add(request["text"], request["labels"])
    json.dump(lesson.learned(), sys.stdout)


if __name__ == "__main__":
    main()
