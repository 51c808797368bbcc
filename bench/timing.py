"""The time a piece of work takes, where ours and the peer take turns."""

import time
from collections.abc import Callable


def best(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """Time works by turns; give the best time of each."""
    times = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]
