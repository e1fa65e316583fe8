"""Where Kildesvar keeps what it makes: libraries, the converted model and the log."""

import os
from contextlib import suppress
from pathlib import Path

from index.durable import sync_to_disk
from index.errors import LibraryError, SettingError
from index.os_errors import describe_os_error

HOME_VARIABLE = "KILDESVAR_HOME"
"""Environment variable that names the home folder where `--home` is not given."""

EXAMPLES = Path(__file__).parent.parent / "seeds"
"""Documents that come with a checkout, to begin with."""

_LAST_FOLDER = "last_folder"


def home_folder(chosen: str | None = None) -> Path:
    """Return the home folder, made if it is missing and open to its owner alone.

    The first that is given counts: `chosen`, the environment's `KILDESVAR_HOME`, the platform's folder
    for user data. Raises `LibraryError` where it cannot be made or written, `SettingError` where it names
    a user who does not exist.
    """
    named = chosen or os.environ.get(HOME_VARIABLE)
    home = expand_user(Path(named)).absolute() if named else _platform_folder()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _try_writing(home)
    except OSError as error:
        raise LibraryError(
            f"Kildesvar kan ikke skrive i sin datamappe »{home}« ({describe_os_error(error)}); "
            "vælg en anden med --home MAPPE."
        ) from error
    return home


def expand_user(path: Path) -> Path:
    """Return the path with the user's own folder for ~; raises `SettingError` if there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise SettingError(
            f"»{path}« kan ikke bruges, for den bruger findes ikke; skriv hele stien til mappen."
        ) from error


def remember_folder(home: Path, folder: Path) -> None:
    """Keep `folder` as the one to use where none is given; raises `LibraryError` if it cannot."""
    if (home / _LAST_FOLDER).is_file() and last_folder(home) == folder.absolute():
        return
    written = home / f"{_LAST_FOLDER}.new"
    try:
        written.touch(mode=0o600)
        written.write_text(str(folder.absolute()), encoding="utf-8", errors="surrogateescape")
        sync_to_disk(written)
        written.replace(home / _LAST_FOLDER)  # at once: half a name would be another folder's
    except OSError as error:
        with suppress(OSError):
            written.unlink()
        raise LibraryError(
            f"Kildesvar kan ikke huske mappen »{folder}« i sin datamappe »{home}« "
            f"({describe_os_error(error)}); skaf plads og adgang, og prøv igen."
        ) from error


def last_folder(home: Path) -> Path | None:
    """Return the folder that was used last, or the example documents where none was; None without both."""
    with suppress(FileNotFoundError):
        if written := (home / _LAST_FOLDER).read_text(encoding="utf-8", errors="surrogateescape"):
            return Path(written)
    return EXAMPLES if EXAMPLES.is_dir() else None


def _platform_folder() -> Path:
    from platformdirs import user_data_path  # a moment's import, needed only here

    return user_data_path("kildesvar", appauthor=False)


def _try_writing(home: Path) -> None:
    """Write and remove an empty file: permissions alone do not tell of a full or read-only disk."""
    probe = home / f".skriveprøve-{os.getpid()}"
    probe.touch()
    probe.unlink()
