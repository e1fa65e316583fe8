"""What `kildesvar doctor` says of a library: what is wrong with it, what that means, and what to do."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.durable import hash_file
from index.engines import open_search_engine
from index.examination import REPAIRABLE, Damage, Finding, examine
from index.joined import is_added, name_of_added
from index.library import Library, library_directory
from index.repair import repair_library
from qa.opening import Settings, added_files
from qa.wording import doctor as wording


@dataclass(frozen=True, slots=True)
class Examination:
    """A library with what was found wrong with it, and what of that was repaired."""

    home: str
    folder: str
    library: str
    added: str
    findings: tuple[Finding, ...]
    repaired: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is wrong any more."""
        return not self.findings


def examine_folder(folder: Path, settings: Settings, *, thorough: bool, repair: bool) -> Examination:
    """Examine the library of `folder`; with `repair`, build again what can be, and examine it once more.

    A library that is damaged itself is left as it is. Raises `LibraryError` where there is none.
    """
    directory = library_directory(settings.home, folder)
    engine = open_search_engine(settings.engine)
    findings = examine(directory, thorough=thorough, engine=engine)
    repaired: tuple[Finding, ...] = ()
    if repair and findings and all(finding.damage in REPAIRABLE for finding in findings):
        repair_library(directory, engine)
        repaired, findings = findings, examine(directory, thorough=thorough, engine=engine)
    added = added_files(folder, settings).documents
    if all(finding.damage in REPAIRABLE for finding in findings):
        findings += _examine_added(directory, added)
    home, whole = str(settings.home), str(folder.absolute())
    return Examination(home, whole, str(directory), str(added), findings, repaired)


def render_examination(examination: Examination) -> list[str]:
    """Return the examination as lines: what was wrong and is repaired, what is wrong, what to do."""
    folder, findings = examination.folder, examination.findings
    lines = [wording.DOCTOR_REPAIRED.format(_in_words(finding)) for finding in examination.repaired]
    lines += [_in_words(finding) for finding in findings]
    advice = _advice(findings).format(
        folder=folder,
        library=examination.library,
        added=examination.added,
        arguments=f"{shlex.quote(folder)} --home {shlex.quote(examination.home)}",
    )
    return [*lines, advice]


def _examine_added(directory: Path, added: Path) -> tuple[Finding, ...]:
    """Return each added document whose file is not the one that was read: it may be the only copy."""
    with Library(directory) as library, library.snapshot():
        stamps = [stamp for path, stamp in sorted(library.stamps().items()) if is_added(path)]
    return tuple(
        Finding(Damage.ADDED, stamp.path)
        for stamp in stamps
        if _hash(added / name_of_added(stamp.path)) != stamp.content_hash
    )


def _hash(file: Path) -> str | None:
    try:
        return hash_file(file)
    except OSError:
        return None


def _in_words(finding: Finding) -> str:
    return wording.DAMAGES[finding.damage.value].format(seen=finding.seen)


def _advice(findings: Sequence[Finding]) -> str:
    damages = {finding.damage for finding in findings}
    if not damages:
        return wording.DOCTOR_SOUND
    if damages <= {*REPAIRABLE}:
        return wording.DOCTOR_REPAIR
    return wording.DOCTOR_ADD_AGAIN if Damage.ADDED in damages else wording.DOCTOR_READ_AGAIN
