"""CPU seconds of each stage of the build step: `python -m benchmarks.stages CORPUS DOCS` prints them as JSON.

One worker, so that everything happens in this process, and one article is read before the clock starts, so that loading
the dictionaries is no stage's. A stage's time is its own: what it calls that is listed too counts there. What a later
version of the program no longer has under such a name is left out and named on standard error.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.bench_corpus import read_texts

STAGES = {
    "known: read docs": ["build.read_known"],
    "rules": ["build.read_rulebook"],
    "read: decode": ["pipeline.decode"],
    "read: repair": ["pipeline.repair_text"],
    "read: split": ["pipeline.split"],
    "read: classify": ["assemble.judge_lines", "assemble.settle"],
    "read: describe": ["assemble.describe"],
    "read: compose": ["assemble.compose"],
    "read: segment": ["assemble.segment"],
    "read: keywords": ["assemble.weigh", "assemble.choose"],
    "read: summarise": ["assemble.summarise_from"],
    "read: tag": ["assemble.tag"],
    "read: documents, figures, voices": ["assemble.find_documents", "assemble.find_figures", "assemble.find_voices"],
    "read: the rest": ["pipeline.read", "pipeline.assemble"],
    "deduplicate": ["pipeline.deduplicate"],
    "publish": ["pipeline.publish"],
    "present": ["pipeline.present"],
    "write": ["files.write_digest"],
}


class Clock:
    """CPU seconds by stage; the time of an inner stage is not the outer one's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.inner = [0.0]

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted for that stage."""

        def timed(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            self.inner.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                spent = time.process_time() - start
                self.seconds[stage] = self.seconds.get(stage, 0.0) + spent - self.inner.pop()
                self.inner[-1] += spent

        return timed


def watch(clock: Clock) -> list[str]:
    """Put the clock around every stage; returns the names under which there is nothing."""
    missing = []
    for stage, names in STAGES.items():
        for name in names:
            module_name, attribute = name.split(".")
            module = importlib.import_module(f"build_digest.{module_name}")
            if hasattr(module, attribute):
                setattr(module, attribute, clock.wrap(stage, getattr(module, attribute)))
            else:
                missing.append(name)
    return missing


def main(corpus: str, docs: str) -> None:
    """Build once and print the seconds of the start, of each stage, and of all else under `between the stages`."""
    building, pipeline, model, settings = (
        importlib.import_module(f"build_digest.{name}") for name in ("build", "pipeline", "model", "settings")
    )
    chosen = settings.Settings(corpus=Path(corpus), docs=Path(docs), jobs=1)
    source = model.Source("a.txt", next(read_texts(Path(corpus))).encode())
    pipeline.digest([source], building.read_rulebook(chosen), model.Known())
    clock = Clock()
    for name in watch(clock):
        print(f"there is no {name}", file=sys.stderr)
    start = time.process_time()
    built = building.build(chosen)
    spent = time.process_time() - start
    stages = {stage: clock.seconds[stage] for stage in STAGES if stage in clock.seconds}
    stages["between the stages"] = spent - sum(stages.values())
    print(json.dumps({"articles": len(built.digest.articles), "start": start, "stages": stages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
