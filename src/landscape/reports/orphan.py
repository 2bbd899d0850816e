"""A server of forks whose run was killed ends at once, also while it still imports.

By itself it would first import everything, which takes seconds of a processor,
and only then notice that nobody waits. Imported before all else by the server.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

#: How often the server looks whether its run is still there, in seconds.
PAUSE = 0.1
#: Seconds that the server has for its imports. A library that finds no memory may ask for it
#: without end (OpenBLAS does), in C, where only a signal reaches it.
LONGEST_START = 300


def watch_parent() -> None:
    """Watch until the first fork: no thread may run while a process is forked."""
    over = threading.Event()
    parent = os.getppid()

    def watch() -> None:
        while not over.wait(PAUSE):
            if os.getppid() != parent:
                os._exit(1)

    watcher = threading.Thread(target=watch, daemon=True)

    def stop() -> None:
        over.set()
        _set_alarm(0)
        if watcher.is_alive():
            watcher.join()

    os.register_at_fork(before=stop)
    _set_alarm(LONGEST_START)
    watcher.start()


def _set_alarm(seconds: int) -> None:
    """Have the system end this process in so many seconds; 0 takes it back."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


# The server can be told what to import, not what to call; nobody else is to be ended.
if any("multiprocessing.forkserver" in word for word in sys.orig_argv):
    watch_parent()
