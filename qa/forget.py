"""Erases a document from everything that Kildesvar keeps, proves it, and words the proof as a line to file.

The file itself must go too: as long as it lies in the folder, the next update would read it again. So
erasing is refused while it is there, unless it shall be deleted in the same step.
"""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.engines import open_search_engine
from index.erasure import Erased, erase_document, erase_remains, not_in_library, remove_file
from index.errors import FolderError, LibraryError
from index.joined import is_added, name_of_added
from index.library import Library, library_directory
from index.traces import search_folder
from qa.feedback import Feedback, hash_topic
from qa.opening import Settings, added_files
from qa.unproven import Remains, Unproven
from qa.wording import forget as wording
from qa.wording.danish import decimal, grouped


@dataclass(frozen=True, slots=True)
class Proof:
    """What was erased of a document, when (ISO 8601, UTC), and what a search for the rest of it came to.

    `needles` is how many texts and vectors were looked for; `found_in` the files that still hold one.
    """

    date: str
    document: str
    file_sha256: str
    text_sha256: str
    passages: int
    sentences: int
    embeddings: int
    opinions: int
    terms: int
    terms_left: int
    needles: int
    files_searched: int
    bytes_searched: int
    found_in: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing of the document is left."""
        return not self.found_in and not self.terms_left


def forget_document(folder: Path, document: str, settings: Settings, *, delete_file: bool) -> Proof:
    """Erase `document` (its path in the folder) from all under the home folder, and search what is left.

    One that was erased before, but not proven gone, is searched for again. With `delete_file` its file
    is deleted first. What visitors said of it goes each time. Raises `FolderError` while the file is in the
    folder and shall or can not be deleted, `LibraryError` where there is no such document, or it cannot be
    erased.
    """
    file = _file_of(folder, document, settings, delete_file)
    directory = library_directory(settings.home, folder)
    engine = open_search_engine(settings.engine)
    feedback, unproven = Feedback(settings.home), Unproven(settings.home, directory, document)
    if _is_in_library(directory, document):
        remains = _describe(directory, erase_document(directory, document, file, engine))
        unproven.keep(remains)  # at once: from here on only this tells what has to be gone
    elif kept := unproven.read():
        remains = replace(kept, needles=erase_remains(directory, kept.needles, engine))
        if file:
            remove_file(file)
    else:
        raise _unknown(document, feedback.forget(document))
    remains = _with_opinions(remains, feedback.forget(document, remains.topic_hash))
    unproven.keep(remains)
    proof = _prove(settings.home, document, remains)
    if proof.is_clean:
        unproven.drop()
    return proof


def render_proof(proof: Proof) -> list[str]:
    """Return the proof as one line to file, and where something is left, a line for each place."""
    line = wording.FORGOTTEN if proof.is_clean else wording.NOT_FORGOTTEN
    return [
        line.format(
            date=proof.date,
            document=proof.document,
            file=proof.file_sha256,
            text=proof.text_sha256,
            passages=grouped(proof.passages),
            sentences=grouped(proof.sentences),
            embeddings=grouped(proof.embeddings),
            opinions=grouped(proof.opinions),
            needles=grouped(proof.needles),
            terms=grouped(proof.terms),
            files=grouped(proof.files_searched),
            megabytes=decimal(proof.bytes_searched / 1_000_000, 1),
            left=len(proof.found_in),
        ),
        *(wording.STILL_IN.format(name) for name in proof.found_in),
        *([wording.TERMS_LEFT.format(proof.terms_left)] if proof.terms_left else []),
        *([] if proof.is_clean else [wording.RUN_AGAIN]),
    ]


def _file_of(folder: Path, document: str, settings: Settings, delete_file: bool) -> Path | None:
    """Return the file that shall be deleted; one outside the folder, or behind a link, is never touched."""
    if is_added(document):
        folder, document = added_files(folder, settings).documents, name_of_added(document)
    file = folder / document
    if not os.path.lexists(file):
        return None
    if not delete_file:
        raise FolderError(wording.FILE_IS_THERE.format(file=file))
    whole = Path(os.path.realpath(folder))
    if Path(os.path.realpath(file)) != whole / document:
        raise FolderError(wording.FILE_IS_ELSEWHERE.format(file=file))
    return file


def _is_in_library(directory: Path, document: str) -> bool:
    with Library(directory) as library, library.snapshot():
        return library.document(document) is not None


def _title_stands_elsewhere(directory: Path, title: str) -> bool:
    with Library(directory) as library, library.snapshot():
        return any(hash_topic(entry.title) == hash_topic(title) for entry in library.entries())


def _unknown(document: str, opinions: int) -> LibraryError:
    """Return what is said of a document that is not in the library: opinions may outlive its file."""
    if not opinions:
        return not_in_library(document)
    return LibraryError(wording.ONLY_OPINIONS.format(document=document, opinions=grouped(opinions)))


def _describe(directory: Path, erased: Erased) -> Remains:
    """Return what the proof says of what was erased, and what has to be gone."""
    facts = {
        "file_sha256": erased.file_hash,
        "text_sha256": erased.text_hash,
        "passages": erased.passages,
        "sentences": erased.sentences,
        "embeddings": erased.embeddings,
        "opinions": 0,
        "terms": erased.terms,
        "terms_left": erased.terms_left,
    }
    title_stays = _title_stands_elsewhere(directory, erased.title)
    return Remains(facts, erased.needles, None if title_stays else hash_topic(erased.title))


def _with_opinions(remains: Remains, erased: int) -> Remains:
    return replace(remains, facts={**remains.facts, "opinions": remains.facts["opinions"] + erased})


def _prove(home: Path, document: str, remains: Remains) -> Proof:
    search = search_folder(home, remains.needles)
    return Proof(
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        document=document,
        **remains.facts,
        needles=len(remains.needles),
        files_searched=search.files,
        bytes_searched=search.bytes,
        found_in=search.found_in,
    )
