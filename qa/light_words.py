"""Words that say little of what a question is about: that none of them stands in a library proves nothing.

»Hvad hedder strategien?« is answered by »Strategien har fået navnet …«. In a library of a few pages, such a
word stands nowhere as easily as the word that the question is about, so their rarity there tells nothing.
"""

from index.danish import fold

_VERBS = """
    hedder hed hedde heddet sker ske skete sket findes fandtes finde finder fandt fundet gælder galdt
    gælde gældende foregår foregå foregik fået giver give gav givet tager tage tog taget bruger bruge
    brugte brugt bruges laver lave lavede lavet siger sige sagde sagt mener mene mente ment gå gik gået
    står stå stod stået ligger ligge lå ligget sidder sidde siddet holder holde holdt kalder kalde kaldte
    kaldt kaldes betyder betyde betød handler handle virker virke fungerer fungere gøre gjorde gjort
    kommet sætter sætte satte sat lægger lægge lagde lagt vide vidste tror tro troede synes syntes viser
    vise viste vist blevet begynder begynde begyndte bør burde
"""
"""Verbs of which a text may as well use another, or that Danish bends past the stemmer."""

_ADVERBS = """
    tit ofte altid sjældent egentlig egentligt alligevel cirka ca omkring lige helst stadig nogensinde mon
    vel nok netop via rundt helt gerne
"""
_ADJECTIVES = """
    stort større størst største lille små mindre mindst ny nyt nye god godt gode bedre bedst bedste flere
    flest vigtig vigtigt vigtige let svær svært lang langt lange længe nødvendig nødvendigt mulig muligt
    første sidste
"""
_NOUNS = "slags type navn navnet måde måden ting sted eksempel forskel forskellen tid gang"

LIGHT_WORDS = frozenset(map(fold, f"{_VERBS} {_ADVERBS} {_ADJECTIVES} {_NOUNS}".split()))
"""The words, written with the letters a to z."""


def is_light(word: str) -> bool:
    """Tell whether a lower-case word is light, also where it is written without æ, ø and å."""
    return fold(word) in LIGHT_WORDS
