"""Danish sentences, by a table worked by hand, and the promises about offsets for any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import MAX_SENTENCE_CHARS, split_sentences

CASES = [
    # Abbreviations that something always follows.
    "Det gælder f.eks. Aarhus Kommune.| Og bl.a. KL.",
    "F.eks. Odense har gjort det.| Ca. 40 kommuner er med.",
    "Reglen findes i § 5, jf. Lov om social service.| Den gælder stadig.",
    "Det gælder dvs. Kun for børn.",
    "Mødet ledes af hr. Jensen og dr. Hansen samt cand. mag. Olsen.",
    "Kl. 10 begynder mødet.| Det slutter kl. 12.30.| Derefter er der frokost.",
    "Ring på tlf. 12 34 56 78.| Vi har åbent inkl. Lørdag.",
    "Det koster hhv. Aarhus og Odense penge ift. Køge, pga. Vejret.",
    "Se nr. L 53 og vedr. Punkt 4, evt. Bilag.",
    "Han bor på Gl. Kongevej ved Skt. Hans Torv.",
    "Afsnittet handler f. eks. Om byggeri.",
    "Med venlig hilsen, adm. direktør",
    # Abbreviations that may end a sentence.
    "Kontoret, kantinen m.v.| Kommunen betaler.",
    "Kontoret, kantinen m. v.| Kommunen betaler.",
    "Vi har borde, stole osv.| Husk at bestille.",
    "Vi har borde, stole o.s.v.| Husk at bestille.",
    "Vi har borde, stole o. s. v.| Husk at bestille.",
    "Forslag af Ahrendtsen m.fl.| Fremsættelse i dag.",
    "Kommuner, regioner m.fl. kan søge.",
    "Energi Nord a.m.b.a.| Selskabet leverer varme.",
    "Bestil papir, blyanter mv.| De leveres om fredagen.",
    "Han har en ph.d.| Den er fra Aarhus.",
    # Units and months.
    "Det koster 500 kr.| Du skal betale straks.",
    "Du betaler kr. 40 om måneden.| Det er alt.",
    "Budgettet er 5 mio. kr. i alt.| Det er nok.",
    "Budgettet er 5 mio. DKK i alt.",
    "Lånet er på 3 mia.| Det løber i ti år.",
    "Det er 50 pct.| Andelen stiger.",
    "Det er 1,11 pct. i 2023.",
    "Vi ses den 5. jan. 2020.| Husk kage.",
    "Fristen er i jan.| Den kan ikke udsættes.",
    "Den er 20 km lang og vejer 5 kg.| Alle kan bære den.",
    # Numbers, ordinals, law.
    "Loven gælder fra den 1. maj.| Kommunen er klar.",
    "Den 1. maj er fridag.",
    "Vi mødes den 3.| Kommunen kommer også.",
    "Under 2. Verdenskrig blev den revet ned.",
    "Hun blev 1. Viceborgmester i 2014.| 3 kommuner fulgte efter.",
    "Det følger af § 3, stk. 2.| Kommunen skal svare.",
    "§ 3. Kommunen skal svare.| Stk. 2. Fristen er fire uger.",
    "Ansøgningen afgøres efter stk. 2 eller stk. 3.",
    "1. Find siden.| 2. Tryk på Gem.",
    "3.1. Formålet er klart.| Det er nyt.",
    "a. Kommunen betaler.| Borgeren søger.",
    "Det skete i 2015.| Kommunen voksede.",
    "I sporene: 1) Fremtidens sektor, 2) Fremtidens erhverv og 3) Danmark i fremtiden.",
    "Det koster 1.000.000,50 kroner i version 2.0.1 af systemet.",
    "Mødet er den 01.05.2025.| Alle er velkomne.",
    "Det fremgår af punkt 4.| Det er vigtigt.",
    # Names and letters.
    "Eventyret er af H.C. Andersen og J. P. Jensen.",
    "Nanna W. Gotfredsen taler med E. Jørgensen.",
    "Vi følger plan B.| Den er billigere.",
    "Kim læser litra a.| Kommunen svarer.",
    "Han spiser vitamin C.| Det hjælper.",
    "Det hus, han bor i.| Det er stort.",
    # All capitals and ordinary short words end a sentence.
    "Det mener KL.| Kommunerne er enige.",
    "Det er aftalt i EU.| Danmark følger med.",
    "Det kan du regne på.| Husk skemaet.",
    "Det ved jeg ikke noget om.| Spørg kommunen.",
    # Quotation marks and brackets.
    "”Tillid og accept,” siger Martin Damm.| ”Det er godt.”| Han er formand.",
    "”Det er godt.” siger han.",
    "»Hvem kommer?« spurgte hun.| »Alle!«| Så gik de.",
    "„Kom nu.“| Han kom.",
    '"Kom nu!"| Han kom.',
    "”Lokal og digital – et sammenhængende Danmark”.| Sådan lyder navnet.",
    "Han siger: ”Jeg kommer.”| ”Hvornår?” spørger hun.",
    "Det er nyt (se bilag 2).| Det gælder nu.",
    "(Det er nyt.)| Det gælder nu.",
    "Det er nyt (jf. § 3.) og gælder nu.",
    # Other final marks.
    "Vi tænker …| Det tager tid.",
    "Vi tænker … og venter.",
    "Vi tænker...| Det tager tid.",
    "Er det sandt?!| Ja!| Det er det.",
    "Spørg: Hvem betaler?| Det gør kommunen.",
    "Det gælder følgende: Kommunen betaler.",
    # Addresses.
    "Læs mere på www.kl.dk.| Skriv til post@kl.dk.| Tak.",
    "Se https://www.kl.dk/menu/?n=0&section=4652 for mere.",
    "Filen hedder referat.docx og ligger på drev.kommune.dk.",
    # A blank that was lost.
    "Det lægger spørgsmålet op til.|Spørgeren er enig.",
    "Det sker.|Kan ministeren svare?",
    "Tabellen model.Kunde er tom, og System.Text virker.",
]
"""A bar stands where a sentence ends; the blank after it belongs to none of them."""


@pytest.mark.parametrize("case", CASES)
def test_danish_sentences_end_where_a_reader_ends_them(case: str) -> None:
    text = case.replace("|", "")
    assert [text[s.start : s.end] for s in split_sentences(text)] == [
        part.strip() for part in case.split("|")
    ]


LINES = [
    "101: København|\n147: Frederiksberg|\n151: Ballerup",
    # A line break inside a paragraph is a blank.
    "Kommunen har besluttet, at alle\nborgere får besked i god tid.| Det gælder\nogså foreninger.",
    # Lines that stand by themselves.
    "Telefon: 12345678|\nMail: post@kommune.dk|\nÅbningstid: 10-15",
    "Du skal medbringe|\n- pas|\n- billede",
    "Overskriften her|\n\nDerefter begynder teksten med en ny linje",
    "1. Tryk på Gem|\n2. Luk siden.| Derefter er du færdig.",
]


@pytest.mark.parametrize("case", LINES)
def test_only_lines_that_stand_by_themselves_end_a_sentence(case: str) -> None:
    text = case.replace("|", "")
    assert [text[s.start : s.end] for s in split_sentences(text)] == [
        part.strip() for part in case.split("|")
    ]


def test_a_text_without_words_has_no_sentences() -> None:
    assert split_sentences("") == ()
    assert split_sentences(" \n\t ") == ()


def test_a_sentence_that_is_too_long_is_divided_at_its_semicolons() -> None:
    text = "a" * 600 + "; " + "b" * 600
    assert [(s.start, s.end) for s in split_sentences(text)] == [(0, 601), (602, 1202)]


def test_a_word_that_is_too_long_is_cut() -> None:
    spans = split_sentences("x" * 2500)
    assert [(s.start, s.end) for s in spans] == [(0, 1000), (1000, 2000), (2000, 2500)]


@pytest.mark.parametrize(
    "text", ["." * 300_000, "”" * 300_000, ". " * 150_000, "\n" * 300_000, "a.b" * 100_000]
)
def test_hostile_repetition_is_covered_and_cut(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(text[s.start : s.end] for s in spans).replace(" ", "") == "".join(text.split())
    assert all(s.end - s.start <= MAX_SENTENCE_CHARS for s in spans)


TEXTS = st.text(
    st.one_of(st.sampled_from('aAbæØ19§ .,;:!?…\n\t"”»«()-•/'), st.characters(codec="utf-8")), max_size=400
) | st.lists(
    st.sampled_from(
        ["kr.", "m.v.", "Kommunen", "nr.", "3.", "KL.", "”Ja.”", "\n", "stk. 2.", "i.", "og", "…"]
    ),
    max_size=60,
).map(" ".join)


@given(TEXTS)
def test_sentences_cover_every_visible_character_once_and_in_order(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(above.end <= below.start for above, below in pairwise(spans))


@given(TEXTS)
def test_sentences_are_trimmed_and_short_enough(text: str) -> None:
    for span in split_sentences(text):
        sentence = text[span.start : span.end]
        assert sentence
        assert sentence == sentence.strip()
        assert len(sentence) <= MAX_SENTENCE_CHARS
