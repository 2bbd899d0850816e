"""Official files from where their producers keep them, one source after the other."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pooch

from landscape.errors import LandscapeError, SourceError, UsageError, did_you_mean
from landscape.fetch.acceptance import accept_vintage
from landscape.fetch.content import check_content, take_out
from landscape.fetch.download import Downloader, Limits, Progress
from landscape.fetch.mirror import place_file
from landscape.fetch.outcome import Outcome
from landscape.fetch.vintage import compare_vintages
from landscape.provenance import RawFolder, open_raw_folder, sha256_of
from landscape.sources.registry import country, source_names


@dataclass(frozen=True)
class Wish:
    """What the user asked for.

    ``accept``: take a new vintage, the one told last. ``newer``: ask for one
    even where the right file is here. ``period``: what its figures are about.
    ``mirror``: a folder to take files from instead of the network.
    """

    accept: bool = False
    newer: bool = False
    period: str = ""
    mirror: Path | None = None
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], Progress] = lambda _file: lambda _have, _whole: None


def fetch_live(
    code: str, raw: Path, *, source: str = "", cache: Path | None = None, wish: Wish | None = None
) -> Iterator[Outcome]:
    """Bring the official files of a country into ``raw``; yields what became of each.

    ``source`` is one source's name, by default all. Downloads are kept in
    ``cache`` (by default the user's cache folder). One file that cannot be had stops no
    other. Raises UsageError for an unknown country or source, LandscapeError where
    something cannot be written.
    """
    known = source_names(code)
    if source and source not in known:
        raise UsageError(
            f"unknown source {source!r} of {code.upper()}{did_you_mean(source, known)}"
        )
    place = cache or Path(pooch.os_cache("landscape"))
    for name in [source] if source else known:
        folder = open_raw_folder(raw, f"{country(code).code.lower()}/{name}")
        yield from _Fetching(folder, place / folder.card.source_id, wish or Wish()).run()


@dataclass
class _Fetching:
    """The files of one source on their way."""

    folder: RawFolder
    cache: Path
    wish: Wish
    changed: dict[str, Path] = field(default_factory=dict)
    downloaded: set[Path] = field(default_factory=set)

    def run(self) -> Iterator[Outcome]:
        for name, expected in self.folder.card.files.items():
            try:
                done = self._bring(name, expected)
            except SourceError as error:
                done = self._outcome(name, "refused", str(error))
            if done is not None:
                yield done
        if self.changed:
            yield from self._judge()

    def _outcome(self, name: str, state: str, told: str = "") -> Outcome:
        return Outcome(f"{self.folder.card.source_id}/{name}", state, told)  # type: ignore[arg-type]

    def _is_here(self, name: str) -> bool:
        path = self.folder.path / name
        return path.is_file() and sha256_of(path) == self.folder.card.files[name]

    def _bring(self, name: str, expected: str) -> Outcome | None:
        """One file into its place, unless it is another vintage: then None, and it is judged."""
        here = self._is_here(name)
        if here and not (self.wish.newer or self.wish.accept):
            return self._outcome(name, "there")
        found = self._candidate(name, expected)
        if found is None:
            card = self.folder.card
            told = f"no lasting address is known: find it on {card.page or card.url}"
            if here:
                return self._outcome(name, "there", f"whether there is a newer one: {told}")
            return self._outcome(name, "no_address", f"{told}, then: landscape fetch --mirror DIR")
        if sha256_of(found) != expected:
            self.changed[name] = found
            return None
        if here:
            return self._outcome(name, "there", "the producer's file is still the same")
        place_file(found, self.folder.path / name, expected)
        return self._outcome(name, "fetched")

    def _candidate(self, name: str, expected: str) -> Path | None:
        """The producer's file in the cache, its content checked; None where it has no address."""
        kept = self.cache / name
        card = self.folder.card
        if self.wish.mirror is not None:
            origin = self.wish.mirror / card.source_id / name
            if origin.is_symlink():
                raise SourceError(f"{origin}: is a link; put the file itself there")
            if origin.is_file():
                check_content(origin, name, str(origin))
                return origin
        if name not in card.downloads or self.wish.mirror is not None:
            return None
        if kept.is_file() and (
            self.wish.accept or (sha256_of(kept) == expected and not self.wish.newer)
        ):
            return kept
        try:
            self._download(name, kept)
            check_content(kept, name, card.downloads[name].url)
        except SourceError:
            kept.unlink(missing_ok=True)
            raise
        return kept

    def _download(self, name: str, kept: Path) -> None:
        wanted = self.folder.card.downloads[name]
        address = hashlib.sha256(wanted.url.encode()).hexdigest()[:16]
        origin = self.cache / f"{address}.download"
        if origin not in self.downloaded:  # several files may come in one archive
            pooch.get_logger().setLevel("WARNING")
            self.cache.mkdir(parents=True, exist_ok=True)
            origin.unlink(missing_ok=True)
            progress = self.wish.progress(f"{self.folder.card.source_id}/{name}")
            downloader = Downloader(origin.with_suffix(".part"), self.wish.limits, progress)
            # The hash is looked at later: a file that changed is wanted, to tell what changed.
            pooch.retrieve(wanted.url, None, origin.name, str(self.cache), downloader=downloader)
            self.downloaded.add(origin)
        take_out(origin, wanted, kept)

    def _judge(self) -> Iterator[Outcome]:
        """Tell what changed, or take it; a vintage is taken whole or not at all."""
        with tempfile.TemporaryDirectory() as beside:
            try:
                new = self._new_vintage(Path(beside))
                told = compare_vintages(self.folder, new)
            except SourceError as error:
                reason = str(error).replace(f"{beside}/", "")
                for name in self.changed:
                    yield self._outcome(name, "refused", f"{reason}; what was here stays")
                return
        if self.wish.accept:
            today = datetime.now(UTC).date()
            accept_vintage(
                self.folder, self.changed, told.rows, period=self.wish.period, today=today
            )
        for name in self.changed:
            yield self._outcome(name, *self._closing(told.changes))

    def _closing(self, changes: str) -> tuple[str, str]:
        card = self.folder.card
        if self.wish.accept:
            period = (
                f"reference period {self.wish.period}"
                if self.wish.period
                else f"reference period left at {card.reference_period} (--period sets it)"
            )
            return "accepted", f"{changes}; source.yml describes it now, {period}"
        code, _, name = card.source_id.partition("/")
        mirror = f" --mirror {self.wish.mirror}" if self.wish.mirror else ""
        how = f"landscape fetch --country {code.upper()} --source {name}{mirror} --accept"
        return "changed", f"{changes}; what was here stays; to take it: {how}"

    def _new_vintage(self, beside: Path) -> RawFolder:
        """A folder with all files of the source, the changed ones new, as if already accepted."""
        card = self.folder.card
        files = {}
        for name in card.files:
            origin = self.changed.get(name, self.folder.path / name)
            if not origin.is_file():
                raise SourceError(f"{name}: cannot be compared before the source's other files")
            try:
                shutil.copyfile(origin, beside / name)
            except OSError as error:
                raise LandscapeError(f"{beside}: {error.strerror or error}") from None
            files[name] = sha256_of(beside / name)
        return RawFolder(beside, card.model_copy(update={"files": files, "rows": None}))
