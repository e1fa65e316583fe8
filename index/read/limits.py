"""How much one file may cost to read."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file; memory and CPU time are kept by the system where it can, see `child.py`."""

    file_bytes: int = 200 * MEGABYTE
    text_file_bytes: int = 20 * MEGABYTE
    """For formats that are text themselves: more than this is data, not something to read."""
    text_chars: int = 20_000_000
    wall_seconds: float = 90.0
    cpu_seconds: int = 60
    memory_bytes: int = 1_500 * MEGABYTE
    small_file_memory_bytes: int = 280 * MEGABYTE
    """What a file of no size may need above what the process has; `memory_per_byte` more for each byte."""
    memory_per_byte: int = 40


LIMITS = Limits()
