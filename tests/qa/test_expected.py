"""What questions ask for and what answers hold."""

import pytest

from index.types import Span
from qa.expected import (
    AMOUNT,
    COUNT,
    MAIL,
    MEANING,
    NAME,
    PERSON,
    PHONE,
    TIME,
    Expected,
    expected_answers,
    find_expected,
    holds_expected,
)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Hvornår er fristen?", (TIME,)),
        ("Hvad koster et parkeringskort?", (AMOUNT,)),
        ("Hvem er formand?", (PERSON,)),
        ("Hvor mange børn er der?", (COUNT,)),
        ("Hvilket telefonnummer skal jeg bruge?", (PHONE,)),
        ("Hvad er jeres mailadresse?", (MAIL,)),
        ("Hvad er telefonnummeret til skolen?", (PHONE,)),
        ("Hvor kan jeg ringe hen om natten?", (PHONE,)),
        ("Hvad er borgerservices tlf.nr.?", (PHONE,)),
        ("Hvad er jeres mail?", (MAIL,)),
        ("Hvad er e-mailen til Borgerservice?", (MAIL,)),
        ("Hvad hedder strategien?", (PERSON, NAME)),
        ("Hvad er navnet på strategien?", (NAME,)),
        ("Hvad kaldes en andel?", (NAME,)),
        ("Hvad betyder SFO?", (MEANING,)),
        ("Hvad står forkortelsen SFO for?", (MEANING,)),
        ("Hvad dækker husstandstilskud over?", (MEANING,)),
        ("Hvad er SFO en forkortelse for?", (MEANING,)),
        ("Hvad står der om hunde?", ()),
        ("Hvad står der i reglerne for hunde?", ()),
        ("Hvad dækker forsikringen, hvis jeg er over 60?", ()),
        ("Hvor hedder det noget andet?", ()),
        ("Hvorfor er himlen blå?", ()),
        ("Må eleverne bruge telefon i timerne?", ()),
        ("Hvem skal jeg ringe til, når jeg er syg?", (PERSON,)),
        ("Hvordan krypterer jeg en e-mail til flere?", ()),
        ("Hvad er en mail?", ()),
        ("Hvor ringer jeg hen?", (PHONE,)),
        ("Hvilket nummer kan jeg træffe jer på?", (PHONE,)),
        ("HVAD ER NUMMERET TIL VAGTEN?", (PHONE,)),
        ("Er der et telefonnummer til vagten?", (PHONE,)),
        ("Hvor ringer klokken?", ()),
        ("Hvor mange ringer til kommunen om året?", (COUNT,)),
        ("Hvilket nummer har lokalplanen?", ()),
        ("Skal man aflevere telefonen til læreren?", ()),
        ("Hvad er skolens telefon- og mobilpolitik?", ()),
        ("Er et telefonnummer en personoplysning?", ()),
        ("Hvornår sendes mailen til borgeren?", (TIME,)),
        ("Hvordan skifter jeg min mailadresse?", ()),
        ("Hvad er kommunens mail-politik?", ()),
        ("Hvilken mail-løsning bruger kommunen?", ()),
    ],
)
def test_a_question_tells_what_it_asks_for(question: str, kinds: tuple[Expected, ...]) -> None:
    assert expected_answers(question) == kinds


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Det er mange (i alt 1.250).", ["1.250"]),
        ("Det er mange (i alt 2,5)", ["2,5"]),
        ("Der er 12-14 børn.", ["12", "14"]),
        ("Der er 2–3 børn.", ["2", "3"]),
        ("Det er -18 grader.", ["18"]),
        ("16) Der er 20 børn.", ["20"]),
    ],
)
def test_numbers_that_count_are_read_whole(text: str, numbers: list[str]) -> None:
    assert [found.group() for found in COUNT.answered.finditer(text)] == numbers


@pytest.mark.parametrize(
    ("kind", "answers", "does_not"),
    [
        (PHONE, "Ring på 72 12 34 56.", "Ring i kontortiden."),
        (MAIL, "Skriv til post@kommune.dk.", "Skriv til os."),
        (AMOUNT, "Det koster 1.250 kr. om året.", "Det koster ikke så meget."),
        (AMOUNT, "Det er gratis.", "Der er 12 pladser."),
        (TIME, "Vi åbner den 1. maj.", "Vi åbner snart."),
        (TIME, "Svar kommer inden for fem dage.", "Svar kommer med posten."),
        (COUNT, "Der er tolv pladser.", "Der er mange pladser."),
        (COUNT, "Du hæfter for op til 375 kr.", "Stk. 5. Du hæfter efter § 12, jf. nr. 3 og §§ 2-9."),
        (COUNT, "Der er plads til 12-14 børn.", "16) Den plads, som barnet får."),
        (COUNT, "I 2015 fik 2,5 mio. det.", "Det er fra den 5. marts."),
        (COUNT, "Der kom flere (250).", "Efter §5, § 7 og stk.\xa02."),
        (COUNT, "Det er ca.10 børn eller kr.500.", "Børn i 3. klasse møder kl. 9."),
        (COUNT, "Der er 12 juniorspillere.", "De spiller den 12 juni."),
        (MEANING, "SFO står for skolefritidsordning.", "Børnene går i SFO efter skoletid."),
        (NAME, "Strategien hedder Lokal og digital.", "Strategien er sendt ud."),
        (NAME, "Sådan lyder navnet på strategien.", "Strategien er sendt ud."),
        (NAME, "KL har sendt ”Lokal og digital” i høring.", "KL har sendt den i høring."),
        (NAME, "»Hunde« er bogens første ord.", "»Vi glæder os til at se jer alle sammen igen til august«"),
        (PERSON, "Det siger formand Martin Damm.", "Det siger formanden."),
    ],
)
def test_a_sentence_is_known_by_its_values(kind: Expected, answers: str, does_not: str) -> None:
    assert holds_expected(answers, (kind,))
    assert not holds_expected(does_not, (kind,))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TIME, "januar februar marts april maj juni juli august september oktober november december"),
        (TIME, "mandag tirsdag onsdag torsdag fredag lørdag søndag hverdag hverdage"),
        (COUNT, "nul to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten"),
        (COUNT, "atten nitten tyve tredive fyrre halvtreds tres halvfjerds firs halvfems hundrede tusind"),
        (COUNT, "million millioner milliard milliarder"),
    ],
)
def test_every_month_day_and_number_that_is_written_out_is_known(kind: Expected, words: str) -> None:
    for word in words.split():
        for written in (word, word.capitalize(), word.upper()):
            assert find_expected(f"Det er {written}.", (kind,)) == (Span(7, 7 + len(word)),), written


@pytest.mark.parametrize("number", ["1", "en", "et", "atten", "nitten", "hundrede"])
def test_a_number_of_days_is_a_time(number: str) -> None:
    assert find_expected(f"Vent {number} dage.", (TIME,)) == (Span(5, 10 + len(number)),)


@pytest.mark.parametrize(
    ("text", "kinds", "values"),
    [
        ("Fristen er den 5. maj 2015 eller 2016.", (TIME,), ["5. maj 2015", "2016"]),
        ("Det koster 40 kr. for 14 dage.", (AMOUNT,), ["40 kr"]),
        ("Det koster 40 kr. for 14 dage.", (AMOUNT, COUNT), ["40 kr", "14"]),
        ("Ring til Ane Holm på 72 12 34 56.", (PHONE, PERSON), ["Ane Holm", "72 12 34 56"]),
        ("Strategien hedder »Lokal og digital«.", (NAME,), []),
        ("SFO står for skolefritidsordning.", (MEANING,), []),
        ("Fristen er den 5. maj.", (), []),
        ("Der er 1, 2 eller 3.", (COUNT,), ["1", "2", "3"]),
    ],
)
def test_the_values_asked_for_are_found(text: str, kinds: tuple[Expected, ...], values: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_expected(text, kinds)] == values
