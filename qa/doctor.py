"""What `kildesvar doctor` says of a library: what is wrong with it, what that means, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.engines import open_search_engine
from index.examination import REPAIRABLE, Finding, examine
from index.library import library_directory
from index.repair import repair_library
from qa.opening import Settings
from qa.wording import doctor as wording


@dataclass(frozen=True, slots=True)
class Examination:
    """A library with what was found wrong with it, and what of that was repaired."""

    folder: str
    library: str
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
    return Examination(str(folder.absolute()), str(directory), findings, repaired)


def render_examination(examination: Examination) -> list[str]:
    """Return the examination as lines: what was wrong and is repaired, what is wrong, what to do."""
    folder, findings = examination.folder, examination.findings
    lines = [wording.DOCTOR_REPAIRED.format(_in_words(finding)) for finding in examination.repaired]
    lines += [_in_words(finding) for finding in findings]
    return [*lines, _advice(findings).format(folder=folder, library=examination.library)]


def _in_words(finding: Finding) -> str:
    return wording.DAMAGES[finding.damage.value].format(seen=finding.seen)


def _advice(findings: Sequence[Finding]) -> str:
    damages = {finding.damage for finding in findings}
    if not damages:
        return wording.DOCTOR_SOUND
    if damages <= {*REPAIRABLE}:
        return wording.DOCTOR_REPAIR
    return wording.DOCTOR_READ_AGAIN
