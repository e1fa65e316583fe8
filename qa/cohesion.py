"""Whether the first passages found stand together in one document.

What answers a question stands among more on its matter, while a question that the documents do not answer
finds a little here and a little there (the cluster hypothesis: Jardine and van Rijsbergen, 1971).
"""

from collections.abc import Sequence

from qa.quotes import QUOTED_PASSAGES, Found

USUAL = 0.5
"""What is taken where nothing tells: half way from questions to be refused (.2) to the others (.7)."""


def cohesion(found: Sequence[Found], in_document: int, in_all: int) -> float:
    """Return the share of the passages after the first that are of its document, above what chance gives.

    `found` is the best first, each text once, and those up to `QUOTED_PASSAGES` count. `in_document` is how
    many passages the first one's document has, `in_all` how many are searched; other versions of the
    document count as the same one. Where there is no choice - a document of one passage, a library of one
    document - it is `USUAL`, and in between as far as there is none.
    """
    first, *others = found[:QUOTED_PASSAGES] or (None,)
    if first is None or not others:
        return USUAL
    same = sum(not first.documents.isdisjoint(each.documents) for each in others)
    impossible = max(0, len(others) - (in_document - 1))
    of_versions = in_document * (len(first.documents) - 1)
    by_chance = (in_document - 1) / max(in_document - 1, in_all - of_versions - 1, 1)
    return same / len(others) - by_chance + USUAL * (by_chance + impossible / len(others))
