"""When the first row of a table plainly names its columns, though nothing marks it."""

import pytest

from index.read.rows import names_columns

LONG = "Bestyrelsen besluttede at sende forslaget i høring hos alle medlemmer inden sommer."


@pytest.mark.parametrize(
    "rows",
    [
        [("Navn", "Rolle"), ("Anna Jensen", "Formand"), ("Bo Hansen", "Kasserer")],
        [("Opgave", "Ansvarlig", "Deltagere"), ("Mad", "Bo", "Alle"), ("Musik", "Anna", "Ingen")],
        [("Hvem", "Hvornår"), ("Børn", "om morgenen"), ("Voksne", "om aftenen")],
        [("Budget", "Beslutning"), ("Skolen", LONG), ("Hallen", LONG)],
    ],
)
def test_words_for_columns_and_short_words_over_running_text_are_heads(rows: list[tuple[str, ...]]) -> None:
    assert names_columns(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [("Anna Jensen", "Formand"), ("Bo Hansen", "Kasserer"), ("Carl Lund", "Suppleant")],
        [("Navn", "Rolle"), ("Anna Jensen", "Formand")],
        [("Navn", "Anna Jensen, f. 1970"), ("Adresse", "Vestergade 1"), ("Telefon", "12345678")],
        [("Navn", "Anna Jensen"), ("Adresse", "Vestergade"), ("Sted", "Vejle")],
        [("Navn", "Anna Jensen."), ("Adresse", "Vestergade"), ("Sted", "Vejle")],
        [("Navn", "Navn"), ("Anna", "Formand"), ("Bo", "Kasserer")],
        [("Navn", ""), ("Anna", "Formand"), ("Bo", "Kasserer")],
        [("Navn",), ("Anna",), ("Bo",)],
        [("Hallen", LONG), ("Skolen", LONG), ("Parken", LONG)],
        [()],
    ],
)
def test_a_row_of_values_is_no_row_of_heads(rows: list[tuple[str, ...]]) -> None:
    assert not names_columns(rows)
