"""Files read by several processes, which leave Ctrl-C to the process that called them."""

import pickle
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from multiprocessing import get_context

from baton.engine.scheme.model import Scheme
from baton.sheets.reports.context import Context
from baton.sheets.reports.mapping import ReportMapping
from baton.sheets.reports.model import FileTaken
from baton.sheets.reports.one_file import Source, read_file

_CHUNK = 8


def read_in_processes(
    scheme: Scheme, mapping: ReportMapping, sources: Sequence[Source], names: Sequence[str], workers: int
) -> Iterator[FileTaken]:
    """Read files in their order; whoever stops halfway waits only for the files being read at that moment."""
    # Given with the work and not at the start: a process that starts reads what is given to it only once it has loaded
    # everything, and until then the next one would wait.
    setting = pickle.dumps((scheme, mapping))
    # Polars holds threads, which a forked process would inherit locked; a spawned one starts clean.
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    try:
        with _deaf_to_interrupts():
            found = pool.map(partial(_read, setting), sources, names, chunksize=_CHUNK)
        yield from found
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that ignore SIGINT: a signal that is ignored stays so in them (POSIX.1-2017, `exec`).

    A terminal sends Ctrl-C to all processes; without this each of them would tell its own traceback.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _read(setting: bytes, source: Source, name: str) -> FileTaken:
    return read_file(_context(setting), source, name)


@lru_cache(maxsize=1)
def _context(setting: bytes) -> Context:
    """Make scheme and mapping ready, once in each process."""
    return Context(*pickle.loads(setting))
