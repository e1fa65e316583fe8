"""Where Kildesvar keeps what it makes: libraries, the converted model and the log."""

import os
from pathlib import Path

from index.errors import LibraryError

HOME_VARIABLE = "KILDESVAR_HOME"
"""Environment variable that names the home folder where `--home` is not given."""


def home_folder(chosen: str | None = None) -> Path:
    """Return the home folder, made if it is missing and open to its owner alone.

    The first that is given counts: `chosen`, the environment's `KILDESVAR_HOME`, the platform's folder
    for user data. Raises `LibraryError` where it cannot be made or written.
    """
    named = chosen or os.environ.get(HOME_VARIABLE)
    home = Path(named).expanduser().absolute() if named else _platform_folder()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        _try_writing(home)
    except OSError as error:
        raise LibraryError(
            f"Kildesvar kan ikke skrive i sin datamappe »{home}« ({error.strerror}); "
            "vælg en anden med --home MAPPE."
        ) from error
    return home


def log_file(home: Path) -> Path:
    """Return where errors that nobody foresaw are written."""
    return home / "log" / "kildesvar.log"


def _platform_folder() -> Path:
    from platformdirs import user_data_path  # a moment's import, needed only here

    return user_data_path("kildesvar", appauthor=False)


def _try_writing(home: Path) -> None:
    """Write and remove an empty file: permissions alone do not tell of a full or read-only disk."""
    probe = home / f".skriveprøve-{os.getpid()}"
    probe.touch()
    probe.unlink()
