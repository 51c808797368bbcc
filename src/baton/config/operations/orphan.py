"""Ends a serving process whose parent is gone.

The server's main process starts another that answers. When the main one is killed (`kill -9`, out of memory), the other
would go on answering, hold the port, and nobody could stop it by its service.
"""

import multiprocessing
import os
import threading
from multiprocessing.process import BaseProcess


def end_with_parent() -> None:
    """Watch the parent, where this process was started by `multiprocessing`; elsewhere do nothing."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="end-with-parent").start()


def _watch(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
