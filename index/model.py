"""Load the embedding model: the default one, a folder, or (only when asked to) a name on the model hub."""

import hashlib
import json
import os
from pathlib import Path

from index.convert import PROMPTS
from index.default_model import E5_SMALL, ModelFolder, prepare_default_model, read_folder
from index.embed import Embedder
from index.errors import ModelError
from index.os_errors import describe_os_error

_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
"""Read by the libraries when they are first imported; folders are loaded with no probing all the same."""

_WAIT = "PASSIVE"
"""Threads that wait for each other sleep. Spinning, the default of OpenMP, gains a tenth on an idle
machine and costs two thirds of the work on a busy one."""

_KERNELS_KEPT = "256"
"""How many multiplications oneDNN keeps ready, each for batches of one shape. Its default of 1024 takes
several hundred megabytes once many shapes have been embedded; questions alone need some hundred."""

_MODEL_FILES = ("modules.json", "config.json")
"""A sentence-transformers folder has the first; a bare transformers folder, which works too, the second."""

_OTHER_ENGINES = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot"]
"""The same weights again for engines that are not used here: not downloaded."""


def load_embedder(home: Path, model: str | None = None, *, allow_download: bool = False) -> Embedder:
    """Load the default model (kept converted under `home`), or the one that `model` names.

    `model` is a folder, loaded with no network, or a name on the model hub, which needs
    `allow_download`. A model's own prompts are used. Raises `ModelError`.
    """
    _prepare_environment(allow_download)
    if model is None:
        return _load_default(home)
    return _load(_read(_existing(model) or _download(model, allow_download)), model)


def _prepare_environment(allow_download: bool) -> None:
    """Set what the libraries read when they are first imported."""
    if not allow_download:
        os.environ.update(_OFFLINE)
    os.environ.setdefault("OMP_WAIT_POLICY", _WAIT)
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", _KERNELS_KEPT)


def _load_default(home: Path) -> Embedder:
    from index.bert.embedder import BertEmbedder
    from index.bert.linear import native_dtype

    dtype = native_dtype()
    folder = prepare_default_model(home, dtype)
    prompts = (PROMPTS["query"], PROMPTS["document"])
    return BertEmbedder(folder.path, E5_SMALL.name, _digest(folder), dtype, prompts)


def _load(folder: ModelFolder, name: str) -> Embedder:
    from index.bert.linear import native_dtype
    from index.sentence_transformer import SentenceTransformerEmbedder

    try:
        return SentenceTransformerEmbedder(folder.path, name, _digest(folder), native_dtype())
    except Exception as error:  # what a foreign folder holds can break anywhere in the libraries
        raise ModelError(
            f"Modellen i »{folder.path}« kan ikke indlæses ({_first_line(error)}); angiv en anden model."
        ) from error


def _existing(model: str) -> Path | None:
    """Return the path that `model` is, if there is anything there."""
    try:
        path = Path(model).expanduser()
        return path if path.exists() else None
    except (OSError, RuntimeError):  # no such user, or longer than a path can be
        return None


def _read(path: Path) -> ModelFolder:
    if not any((path / name).is_file() for name in _MODEL_FILES):
        raise ModelError(
            f"»{path}« er ikke en mappe med en model (der er ingen modules.json); "
            "angiv en mappe, som sentence-transformers har gemt."
        )
    try:
        return read_folder(path)
    except OSError as error:
        raise ModelError(
            f"Modellen i »{path}« kan ikke læses ({describe_os_error(error)}); ret filernes rettigheder."
        ) from error


def _download(name: str, allow_download: bool) -> Path:
    if not allow_download:
        raise ModelError(
            f"Modellen »{name}« er ikke en mappe på denne maskine; angiv en mappe med en model, "
            "eller tilføj --allow-download for at hente den fra nettet."
        )
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, ignore_patterns=_OTHER_ENGINES))
    except Exception as error:  # names, network and disk fail in errors of several libraries
        raise ModelError(
            f"Modellen »{name}« kunne ikke hentes ({_first_line(error)}); "
            "se efter, at navnet er rigtigt, og at der er net."
        ) from error


def _digest(folder: ModelFolder) -> str:
    return hashlib.sha256(json.dumps(folder.files, sort_keys=True).encode()).hexdigest()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
