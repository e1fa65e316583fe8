"""`python -m tests.fuzz TARGET [LIBFUZZER OPTIONS]`: a property, guided by the code that inputs reach."""

import sys
from collections.abc import Callable

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["index", "qa"]):
    from tests.fuzz.properties import BYTES_PROPERTIES, TEXT_PROPERTIES


def target(name: str) -> Callable[[bytes], None]:
    """Return what Atheris calls with bytes: a property of bytes, or one of the text that they stand for."""
    if name in BYTES_PROPERTIES:
        return BYTES_PROPERTIES[name]
    if name in TEXT_PROPERTIES:
        return lambda data: TEXT_PROPERTIES[name](data.decode("utf-8", "ignore"))
    raise SystemExit(f"one of: {', '.join((*TEXT_PROPERTIES, *BYTES_PROPERTIES))}")


if __name__ == "__main__":
    name = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    atheris.Setup(sys.argv, target(name))
    atheris.Fuzz()
