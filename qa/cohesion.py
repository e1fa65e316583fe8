"""Whether the first passages found stand together in one document.

What answers a question stands among more on its matter, while a question that the documents do not answer
finds a little here and a little there (the cluster hypothesis: Jardine and van Rijsbergen, 1971).
"""

from collections.abc import Sequence

from qa.quotes import QUOTED_PASSAGES, Found

USUAL = 0.5
"""What is taken where nothing tells: half way from questions to be refused (.2) to the others (.7)."""


def cohesion(found: Sequence[Found], in_document: int, in_all: int) -> float:
    """Return the share of the passages after the first that are of its document.

    `found` is the best first, each text once, and those up to `QUOTED_PASSAGES` count. `in_document` is how
    many passages the first one's document has, `in_all` how many are searched; other versions of the
    document count as the same one. It is drawn towards `USUAL` as far as there is no choice: wholly in a
    document of one passage and in a library of one document.
    """
    first, *others = found[:QUOTED_PASSAGES] or (None,)
    possible = min(len(others), in_document - 1)
    if first is None or possible < 1:
        return USUAL
    same = sum(not first.documents.isdisjoint(each.documents) for each in others)
    of_versions = in_document * (len(first.documents) - 1)
    by_chance = min(1.0, (in_document - 1) / max(1, in_all - of_versions - 1))
    choice = (1 - by_chance) * possible / len(others)
    return USUAL + choice * (min(1.0, same / possible) - USUAL)
