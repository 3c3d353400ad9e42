"""Seconds and CPU seconds that `jieba.cut` alone takes for a corpus: `python -m benchmarks.jieba_cut CORPUS`.

The texts are in memory and the dictionary is loaded before the clock starts.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

import jieba

from benchmarks.bench_corpus import read_texts


def main(corpus: str) -> None:
    """Cut every text and print what that took."""
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    texts = list(read_texts(Path(corpus)))
    wall, cpu = time.perf_counter(), time.process_time()
    words = sum(1 for text in texts for _ in jieba.cut(text))
    print(json.dumps({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "words": words}))


if __name__ == "__main__":
    main(sys.argv[1])
