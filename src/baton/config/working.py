"""The worker that `baton serve` keeps beside the pages: a process of its own, started again when it dies.

It holds its standard input open from here: when this process ends, however it ends, the worker ends too.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOG = logging.getLogger(__name__)
_LONGEST_PAUSE = 60.0
_PATIENCE = 10.0
_COMMAND = [sys.executable, "-m", "baton", "worker", "--with-parent"]


@contextmanager
def worker_beside() -> Iterator[None]:
    """Keep a worker running while the body does."""
    keeper = _Keeper()
    thread = threading.Thread(target=keeper.keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        keeper.stop()
        thread.join(2 * _PATIENCE)


class _Keeper:
    """Starts the worker, waits for its end, and starts it again after a pause that grows."""

    def __init__(self) -> None:
        self.ending = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        pause = 1.0
        while not self.ending.is_set():
            self.process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE)
            code = self.process.wait()
            if self.ending.wait(pause):
                return
            _LOG.warning("the worker ended with %s; starting it again", code)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def stop(self) -> None:
        """Let the worker finish what is at hand for a while, then end it; the next one goes on from there."""
        self.ending.set()
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
