"""For whoever has to say what is kept where, and that nothing leaves: `kildesvar doctor --privacy`."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata, requires
from pathlib import Path

from index.derived import derived_is_sound
from index.engines import open_search_engine
from index.library import DATABASE_NAME, Library, library_directory
from index.network import shut_network, tried_to_leave, try_to_leave
from index.search_engine import SearchEngine
from qa.feedback import Feedback
from qa.listening import listening_addresses
from qa.log import log_file
from qa.opening import Settings, load_model
from qa.wording import data_protection as wording
from qa.wording.danish import counted, decimal, grouped

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """One thing in the home folder; `open_to_others` counts what others than the owner may look into."""

    name: str
    files: int
    bytes: int
    permissions: str
    open_to_others: int


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What was tried: `lock_holds` if a connection on purpose was refused; attempts of the program's own."""

    lock_holds: bool
    asked: bool
    attempts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Privacy:
    """All that is shown, as it is at this moment."""

    home: str
    folder: str
    kept: tuple[KeptFiles, ...]
    listening: tuple[str, ...]
    self_test: SelfTest
    model: str
    engine: str | None
    packages: tuple[tuple[str, str, str], ...]
    log_lines: int
    opinions: int

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing tried to leave, and nobody else may look into what is kept."""
        shut = self.self_test.lock_holds and not self.self_test.attempts
        return shut and not any(each.open_to_others for each in self.kept)


def look_at_privacy(folder: Path, settings: Settings) -> Privacy:
    """Test the network's lock, ask a question where `folder` has been read, and list what is kept.

    Raises `ModelError`, `LibraryError` or `SettingError` if the model, the library or the search engine
    cannot be used.
    """
    self_test, model = _test_oneself(folder, settings)
    log = log_file(settings.home)
    return Privacy(
        home=str(settings.home),
        folder=str(folder.absolute()),
        kept=tuple(_kept_below(settings.home)),
        listening=listening_addresses(),
        self_test=self_test,
        model=model,
        engine=settings.engine,
        packages=tuple(_packages()),
        log_lines=len(log.read_bytes().splitlines()) if log.is_file() else 0,
        opinions=len(Feedback(settings.home).opinions()),
    )


def render_privacy(privacy: Privacy) -> list[str]:
    """Return the report as lines, under headings."""
    test = privacy.self_test
    return [
        wording.KEPT.format(home=privacy.home),
        *(_kept_line(each) for each in privacy.kept),
        wording.DOCUMENTS.format(folder=privacy.folder),
        wording.NETWORK,
        wording.LISTENING.format(", ".join(privacy.listening))
        if privacy.listening
        else wording.NOT_LISTENING,
        wording.LOCK_HOLDS if test.lock_holds else wording.LOCK_FAILS,
        (wording.ASKED if test.asked else wording.NOT_ASKED).format(attempts=len(test.attempts)),
        *(wording.ATTEMPT.format(target) for target in test.attempts),
        *([wording.ENGINE.format(privacy.engine)] if privacy.engine else []),
        wording.MODEL.format(privacy.model),
        wording.LOGS.format(
            lines=counted(privacy.log_lines, "linje", "linjer"),
            opinions=counted(privacy.opinions, "svar", "svar"),
        ),
        wording.PACKAGES,
        *(wording.PACKAGE.format(*package) for package in privacy.packages),
        wording.SOUND if privacy.is_sound else wording.NOT_SOUND,
    ]


def _test_oneself(folder: Path, settings: Settings) -> tuple[SelfTest, str]:
    shut_network()
    lock_holds = try_to_leave()
    before = len(tried_to_leave())
    embedder = load_model(settings)
    directory, engine = library_directory(settings.home, folder), open_search_engine(settings.engine)
    asked = _can_be_asked(directory, engine)
    if asked:
        from qa.engine import Engine

        Engine(directory, embedder, engine).ask(wording.TEST_QUESTION)
    else:
        embedder.embed_queries([wording.TEST_QUESTION])
    return SelfTest(lock_holds, asked, tried_to_leave()[before:]), embedder.name


def _can_be_asked(directory: Path, engine: SearchEngine) -> bool:
    """Tell whether a library can be asked as it lies there: a report builds nothing."""
    if not (directory / DATABASE_NAME).is_file():
        return False
    with Library(directory) as library, library.snapshot():
        return derived_is_sound(library, engine)


def _kept_below(home: Path) -> Iterator[KeptFiles]:
    """Yield what lies in the home folder, and the folder itself, with what it is made up of."""
    for path in (home, *sorted(home.iterdir())):
        inside = [] if path == home else [path, *path.rglob("*")]
        files = [each for each in inside if each.is_file() and not each.is_symlink()]
        yield KeptFiles(
            name="." if path == home else path.name,
            files=len(files),
            bytes=sum(file.stat().st_size for file in files),
            permissions=stat.filemode(path.stat().st_mode),
            open_to_others=_open_to_others([home] if path == home else _reachable(home, inside)),
        )


def _reachable(home: Path, inside: list[Path]) -> list[Path]:
    """Return those that others could come to: none where the home folder itself is shut."""
    return inside if home.stat().st_mode & _OTHERS else []


def _open_to_others(paths: list[Path]) -> int:
    return sum(bool(path.lstat().st_mode & _OTHERS) for path in paths if not path.is_symlink())


def _kept_line(kept: KeptFiles) -> str:
    line = wording.KEPT_LINE.format(
        name=kept.name,
        what=wording.PURPOSES.get(kept.name, wording.OTHER_PURPOSE),
        files=grouped(kept.files),
        megabytes=decimal(kept.bytes / 1_000_000, 1),
        permissions=kept.permissions,
    )
    return line + (wording.OPEN_TO_OTHERS if kept.open_to_others else "")


def _packages() -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of what is installed with the program, from the packages' own words."""
    try:
        needed = requires("kildesvar") or []
    except PackageNotFoundError:
        return
    for name in sorted({re.split(r"[^\w.-]", need)[0] for need in needed if "extra ==" not in need}):
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue
        yield told["Name"], told["Version"], _licence(told)


def _licence(told: PackageMetadata) -> str:
    """Return a package's licence in its own words, the shortest way it says it."""
    named = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if "License ::" in line]
    said = [*(told.get_all("License-Expression") or ()), ", ".join(named), *(told.get_all("License") or ())]
    return next((str(words).partition("\n")[0] for words in said if words), wording.UNKNOWN_LICENCE)
