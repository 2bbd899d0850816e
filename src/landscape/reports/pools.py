"""Where reports are made: here or on a cluster, both by the interface of ``concurrent.futures``."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from landscape.errors import LandscapeError, UsageError
from landscape.reports.orders import Order, Result
from landscape.reports.remote import Terms, find_obstacle, make_there
from landscape.reports.wanted import Wanted
from landscape.reports.workers import make_page_in_process, start_server

if TYPE_CHECKING:
    from distributed import Client

Made = tuple[Result, float]
#: Seconds that a scheduler has to answer, and a first worker to join it.
PATIENCE = 15.0
#: How often it is looked, in seconds, whether there is a worker left.
LOOK = 30.0


@dataclass(frozen=True)
class Pool:
    """``submit`` takes an order and gives its future; ``has_workers`` whether any is at work."""

    submit: Callable[[Order], Future[Made]]
    has_workers: Callable[[], bool] = lambda: True


@contextmanager
def open_local(jobs: int, wanted: Wanted) -> Iterator[Pool]:
    """Up to ``jobs`` processes of this machine at once, forked from one that has read the tables.

    Each thread does nothing but wait for the process of one report.
    """
    with wanted.told():
        start_server()
    threads = ThreadPoolExecutor(jobs)
    try:
        yield Pool(lambda order: threads.submit(_make_here, order))
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


@contextmanager
def open_cluster(address: str, terms: Terms) -> Iterator[Pool]:
    """The workers of the Dask scheduler at an address, such as ``tcp://host:8786``.

    A report whose worker is lost is made by another. Raises UsageError where
    ``distributed`` is not installed or the address is none, and LandscapeError
    where nobody answers, no worker has joined or one has other versions.
    """
    client = _connect(address)
    try:
        _require_workers(client, address, terms)
        executor = client.get_executor(pure=False)

        def has_workers() -> bool:
            return bool(client.scheduler_info(n_workers=-1)["workers"])

        yield Pool(lambda order: executor.submit(make_there, order, terms), has_workers)
        executor.shutdown(wait=False)
    finally:
        client.close()


def collect(pool: Pool, orders: Iterable[Order]) -> Iterator[tuple[int, Result, float]]:
    """The place of each order, its result and seconds, as they end; a page is kept by nobody else.

    Where no worker is left, what is not done is given up, with the reason.
    """
    futures = {pool.submit(order): place for place, order in enumerate(orders)}
    try:
        while futures:
            try:
                for future in as_completed(list(futures), timeout=LOOK):
                    yield futures.pop(future), *_result_of(future)
            except TimeoutError:
                if not pool.has_workers():
                    for future in list(futures):
                        future.cancel()
                        yield futures.pop(future), Result(error="no worker is left to make it"), 0.0
    finally:
        for future in futures:
            future.cancel()


def _result_of(future: Future[Made]) -> Made:
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        return Result(error=f"its worker ended: {reason[:300]}"), 0.0


def _make_here(order: Order) -> Made:
    started = time.perf_counter()
    result = make_page_in_process(order)
    return result, time.perf_counter() - started


def _connect(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise UsageError(
            "--cluster needs the package distributed; install it with: "
            "pip install 'landscape[cluster]'"
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions: they are compared below, all of them
            return Client(address, timeout=PATIENCE, set_as_default=False)
    except ValueError as error:
        raise UsageError(
            f"{address!r} is no address of a scheduler ({error}); write it like tcp://host:8786"
        ) from error
    except (OSError, TimeoutError) as error:
        raise LandscapeError(
            f"no scheduler answers at {address}; start one with: dask scheduler, "
            "and workers with: dask worker ADDRESS --no-nanny"
        ) from error


def _require_workers(client: Client, address: str, terms: Terms) -> None:
    """Fail before anything is sent where a worker is missing or has other versions."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise LandscapeError(
            f"no worker has joined the scheduler at {address}; start some with: "
            f"dask worker {address} --no-nanny"
        ) from error
    for worker, reason in client.run(find_obstacle, terms.versions, on_error="return").items():
        if isinstance(reason, BaseException):
            told = " ".join(f"{type(reason).__name__}: {reason}".split())
            raise LandscapeError(
                f"worker {worker}: the package landscape cannot be used there ({told[:200]}); "
                "install the same on every worker, then restart it"
            )
        if reason:
            raise LandscapeError(f"worker {worker}: {reason}")
