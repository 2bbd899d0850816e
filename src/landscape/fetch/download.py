"""Downloading one file over HTTP: resumed, tried again, limited in time and size.

Proxies and certificates come from the environment (``HTTPS_PROXY``,
``REQUESTS_CA_BUNDLE``), as `requests` reads them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import requests
import urllib3

from landscape.errors import SourceError

Progress = Callable[[int, int | None], None]
#: Answers after which trying again may help (RFC 9110, RFC 6585).
PASSING = (408, 425, 429, 500, 502, 503, 504)
BLOCK = 64 * 1024


@dataclass(frozen=True)
class Limits:
    """How long, how large and how often; seconds and bytes."""

    connect: float = 15
    silence: float = 60  # without a byte
    whole: float = 1800  # all tries of one file together
    longest_wait: float = 120  # that a server may ask for between two tries
    largest: int = 500 * 2**20
    tries: int = 5
    first_wait: float = 1  # doubled after every try


class _AgainError(Exception):
    """This try failed and the next may not; ``wait`` is how long the server asks for."""

    def __init__(self, reason: str, wait: float | None = None):
        super().__init__(reason)
        self.wait = wait


@dataclass
class Downloader:
    """A downloader as pooch calls it: ``downloader(url, output_file, pooch)``.

    What has come of a file stays beside its place as ``<file>.part`` until it
    is whole; the next try, or the next run, asks for the rest of it, and only
    if the server says that it is still the same file. Raises SourceError with
    the reason in one line.
    """

    part: Path
    limits: Limits = Limits()
    progress: Progress = lambda _have, _whole: None
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, url: str, output_file: Any, _pooch: Any = None) -> None:
        """Download ``url`` to the path ``output_file``."""
        ends = time.monotonic() + self.limits.whole
        with requests.Session() as session:
            session.max_redirects = 10
            for number in range(1, self.limits.tries + 1):
                try:
                    self._try(session, url, ends)
                    break
                except _AgainError as failure:
                    self._wait_after(number, failure, ends, url)
        self.part.replace(output_file)
        self._mark.unlink(missing_ok=True)

    @property
    def _mark(self) -> Path:
        """Which state of the file the part is of: the server's ETag or date."""
        return self.part.with_name(f"{self.part.name}.of")

    def _wait_after(self, number: int, failure: _AgainError, ends: float, url: str) -> None:
        wait = failure.wait
        if wait is None:
            wait = self.limits.first_wait * 2 ** (number - 1)
        if wait > self.limits.longest_wait:
            raise SourceError(f"{url}: {failure}; it asks to come back after {wait:.0f} seconds")
        if number == self.limits.tries or time.monotonic() + wait > ends:
            tried = "once" if number == 1 else f"{number} times"
            raise SourceError(f"{url}: {failure}; tried {tried}; run the command again later")
        self.sleep(wait)

    def _try(self, session: requests.Session, url: str, ends: float) -> None:
        have = self.part.stat().st_size if self.part.exists() and self._mark.exists() else 0
        # A packed answer could not be resumed in the middle.
        headers = {"Accept-Encoding": "identity", "User-Agent": "landscape (local social policy)"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": self._mark.read_text("utf-8")}
        try:
            with session.get(
                url,
                headers=headers,
                stream=True,
                timeout=(self.limits.connect, self.limits.silence),
            ) as answer:
                self._check(answer, url)
                self._take(answer, have, ends, url)
        except requests.TooManyRedirects:
            raise SourceError(f"{url}: is redirected in a circle") from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _AgainError(_plain(error)) from None

    def _check(self, answer: requests.Response, url: str) -> None:
        """SourceError, or another try, where the answer is not the file."""
        code = answer.status_code
        if code == 416:  # the part is longer than the file is now
            self.part.unlink(missing_ok=True)
            raise _AgainError("the file became shorter on the server", wait=0)
        if code in PASSING:
            raise _AgainError(f"the server answers {code} {answer.reason}", _asked_wait(answer))
        if code not in (200, 206):
            raise SourceError(f"{url}: the server answers {code} {answer.reason}")
        if url.startswith("https:") and not answer.url.startswith("https:"):
            raise SourceError(f"{url}: leads to {answer.url}, which is not encrypted")

    def _take(self, answer: requests.Response, have: int, ends: float, url: str) -> None:
        """Write the body to the part: behind what is there, or from the start."""
        start = answer.headers.get("Content-Range", "").removeprefix("bytes ").split("-")[0]
        if answer.status_code == 206 and start != str(have):
            raise SourceError(f"{url}: the server sends another part than it was asked for")
        have = have if answer.status_code == 206 else 0
        length = answer.headers.get("Content-Length", "")
        whole = have + int(length) if length.isdigit() else None
        self._remember(answer)
        with self.part.open("ab" if have else "wb") as file:
            while have <= self.limits.largest and (whole is None or whole <= self.limits.largest):
                block = answer.raw.read1(BLOCK)
                if not block:
                    break
                file.write(block)
                have += len(block)
                self.progress(have, whole)
                if time.monotonic() > ends:
                    raise SourceError(
                        f"{url}: not whole after {self.limits.whole:.0f} seconds; "
                        "run the command again, it goes on from where it stopped"
                    )
            else:
                self.part.unlink(missing_ok=True)
                most = self.limits.largest // 2**20
                raise SourceError(f"{url}: is larger than {most} MB; see whether that can be right")
        if whole is not None and have < whole:
            raise _AgainError(f"the answer broke off after {have:,} of {whole:,} bytes")

    def _remember(self, answer: requests.Response) -> None:
        """Keep what tells this state of the file, if the server can resume it at all."""
        tag = answer.headers.get("ETag", "")
        strong = tag if tag and not tag.startswith("W/") else answer.headers.get("Last-Modified")
        if strong:
            self._mark.write_text(strong, encoding="utf-8")
        else:
            self._mark.unlink(missing_ok=True)


def _asked_wait(answer: requests.Response) -> float | None:
    """The seconds of ``Retry-After``, a number or a date; None where there is none."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _plain(error: Exception) -> str:
    """What went wrong on the way, without the library's inner names."""
    text = f"{type(error).__name__} {error}"
    for sign, meaning in (
        ("imed out", "the server fell silent"),
        ("imeout", "the server fell silent"),
        ("NameResolution", "the server's name is not known here; is there a network?"),
        ("refused", "the server refuses the connection"),
        ("ProxyError", "the proxy cannot be reached"),
        ("SSL", "the server's certificate is not valid"),
        ("InvalidURL", "the address is not valid"),
    ):
        if sign in text:
            return meaning
    return "the connection broke off"
