"""Calling a function in a fork of this process, which finds in memory what was read already."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any


def start_fork(function: Callable[[], object]) -> BaseProcess:
    """A process that calls the function, and knows all that this one knows."""
    process = multiprocessing.get_context("fork").Process(target=function)
    process.start()
    return process


def call_in_fork(function: Callable[[], Any]) -> Any:
    """What the function returns; what it changes in memory ends with its process."""
    receiver, sender = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = start_fork(lambda: sender.send(function()))
    sender.close()
    try:
        return receiver.recv()
    finally:
        process.join()
