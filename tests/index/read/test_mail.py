"""Reading e-mails."""

from email.message import EmailMessage

import pytest

from index.errors import UnreadableFile
from index.read.mail import read
from tests.index.read.making import blocks, docx, paragraph, texts


def mail(text: str = "Haven koster 300 kr. om året.", subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Svar om æblehaven"
    message["From"] = "Birte Sørensen <birte@kommune.example>"
    message["To"] = "anna@by.example"
    message["Date"] = "Wed, 05 Mar 2025 23:30:00 +0100"
    message.set_content(text, subtype=subtype)
    return message


def test_a_mail_tells_who_when_and_what() -> None:
    document = read(bytes(mail("Kære Anna\n\nHaven koster 300 kr.\n\n> Hvad koster haven?\n")), "a.eml")
    assert blocks(document) == [
        ("heading", 1, "Svar om æblehaven"),
        (
            "paragraph",
            0,
            "Fra: Birte Sørensen <birte@kommune.example>\nTil: anna@by.example\nDato: 05-03-2025 kl. 23.30",
        ),
        ("paragraph", 0, "Kære Anna"),
        ("paragraph", 0, "Haven koster 300 kr."),
        ("paragraph", 0, "Hvad koster haven?"),
    ]
    assert (document.title, document.date, document.author) == (
        "Svar om æblehaven",
        "2025-03-05",
        "Birte Sørensen",
    )


def test_a_mail_written_as_a_web_page_is_read_as_one() -> None:
    document = read(bytes(mail("<p>Hej</p><ul><li>300 kr.</li></ul><script>x</script>", "html")), "a.eml")
    assert blocks(document)[2:] == [("paragraph", 0, "Hej"), ("list_item", 1, "300 kr.")]


def test_attachments_beyond_the_first_fifty_are_told() -> None:
    message = mail()
    for number in range(52):
        message.add_attachment(f"Bilag {number} siger noget.", filename=f"{number}.txt")
    document = read(bytes(message), "a.eml")
    assert document.partly_read == "vedhæftede filer blev ikke læst: 50.txt, 51.txt"
    assert texts(document)[-1] == "Bilag 49 siger noget."


def test_what_was_not_read_of_an_attachment_is_told_with_its_name() -> None:
    message = mail()
    message.add_attachment(
        "Lejen er 300 kr. \ufffd".encode(), maintype="application", subtype="x", filename="aftale.txt"
    )
    message.add_attachment(b"\x00\x01\x02" * 99, maintype="application", subtype="x", filename="plan.dwg")
    assert read(bytes(message), "a.eml").partly_read == (
        "vedhæftede filer blev ikke læst: plan.dwg; »aftale.txt«: nogle tegn kunne ikke læses"
    )


def test_a_name_of_an_encoding_that_is_none_is_passed_over() -> None:
    data = bytes(mail()).replace(b'charset="utf-8"', b'charset="utf\x00"')
    assert b"utf\x00" in data
    assert texts(read(data, "a.eml"))[-1] == "Haven koster 300 kr. om året."


def test_attachments_are_read_under_their_names_and_the_others_are_told() -> None:
    message = mail()
    message.add_attachment(
        docx(paragraph("Lejen er 300 kr.")), maintype="application", subtype="x", filename="aftale.docx"
    )
    message.add_attachment(b"\x00\x01\x02" * 99, maintype="application", subtype="x", filename="plan.dwg")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    document = read(bytes(message), "a.eml")
    assert blocks(document)[3:] == [
        ("heading", 1, "Vedhæftet: aftale.docx"),
        ("paragraph", 0, "Lejen er 300 kr."),
    ]
    assert document.partly_read == "vedhæftede filer blev ikke læst: plan.dwg"


def test_a_forwarded_mail_is_read_with_its_own_attachments() -> None:
    inner = mail()
    inner.add_attachment("Hal;Pris\nNord;20\nSyd;30\n", subtype="csv", filename="priser.csv")
    outer = mail("Se nedenfor.")
    outer.add_attachment(inner)
    assert "Nord | 20" in texts(read(bytes(outer), "a.eml"))


def test_mails_within_mails_end_somewhere() -> None:
    message = mail("Inderst.")
    for _ in range(9):
        outer = mail("Yderst.")
        outer.add_attachment(message)
        message = outer
    assert "Inderst." not in texts(read(bytes(message), "a.eml"))


def test_what_is_no_mail_is_not_read_as_one() -> None:
    with pytest.raises(UnreadableFile, match="ikke en e-mail"):
        read(b"Bare en tekst: uden hoved.", "a.eml")
