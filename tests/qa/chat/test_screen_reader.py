"""What a screen reader is told: names, roles, order, and what has happened."""

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.screens import choosing, empty, narrowed
from tests.qa.chat.small_library import OFF_TOPIC, WHEN, WHO

pytestmark = pytest.mark.browser


def test_screen_reader_is_told_once_what_happened(page: Page) -> None:
    page.evaluate(
        """() => {
            window.told = [];
            const region = document.querySelector('.status');
            new MutationObserver(() => region.textContent && told.push(region.textContent))
                .observe(region, { childList: true });
        }"""
    )
    ask(page, WHO)
    ask(page, OFF_TOPIC)
    page.wait_for_function("told.length > 1")
    quote = "siger Thomas Kastrup-Larsen, formand for KL’s Arbejdsmarkeds- og Borgerserviceudvalg."
    assert page.evaluate("told") == [
        f"Svaret er klar: 1 citat. {quote}",
        "Intet svar fundet. 2 steder er måske relateret.",
    ]


def test_names_roles_and_order_are_what_a_screen_reader_needs(page: Page) -> None:
    ask(page, WHO)
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "Kildesvar" [level=1]
        - navigation "Menu":
          - button "Dokumenter"
          - button "Hjælp"
          - button "Ny samtale"
        - region "Samtale":
          - heading "Samtale" [level=2]
          - list:
            - listitem:
              - heading /Du spurgte. Hvem er formand/ [level=3]
              - button /Ret spørgsmålet. Hvem er formand/
              - paragraph: Svaret står meget sandsynligt her
              - figure "KL er klar til at bidrage til digitaliseringspartnerskab · 16. marts 2021 · afsnit 4":
                - blockquote:
                  - paragraph:
                    - button /Kilde 1. vis citatet i KL er klar/
              - paragraph:
                - button "Vis kilde 1 i dokumentet"
                - button "Kopiér kilde 1"
              - button "Kopiér svar"
              - group "Hjalp svaret?":
                - button /Ja, svaret hjalp. Hvem er formand/
                - button /Nej, svaret hjalp ikke. Hvem er formand/
          - textbox "Dit spørgsmål"
          - button "Spørg"
        """
    )


def test_document_can_be_jumped_through_by_a_screen_reader(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page.locator(".reader")).to_match_aria_snapshot(
        """
        - button "Luk dokument"
        - heading "Ny fælleskommunal digitaliseringsstrategi sendt i høring" [level=2]
        - paragraph: /5. marts 2015/
        - paragraph:
          - text: "Citatets sted: afsnit 8"
          - button "Gå til citatet"
        - group "Citat 1 af 2":
          - button "Forrige citat"
          - button "Næste citat"
        - search:
          - searchbox "Søg i dokumentet"
        - button "Kopiér link"
        - region "Dokumentets tekst":
          - paragraph
        """
    )


def test_windows_are_named_and_begin_with_a_heading_and_the_way_out(page: Page) -> None:
    empty(page)
    for button, name in (("Dokumenter", "Dokumenter"), ("Hjælp", "Hjælp")):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("dialog", name=name)).to_match_aria_snapshot(
            f"""
            - heading "{name}" [level=2]
            - button "Luk"
            """
        )
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name=button, exact=True)).to_be_focused()


def test_every_control_has_a_name_of_its_own(page: Page) -> None:
    ask(page, WHEN)
    ask(page, WHO)
    open_citation(page.locator(".turn").first, 1)
    names = [line.strip() for line in page.locator("main").aria_snapshot().splitlines() if "- button" in line]
    repeated = {name.split(" [")[0] for name in names if names.count(name) > 1}
    per_answer = {"Vis kilde", "Kopiér kilde", "Kopiér svar"}
    assert [name for name in repeated if not any(allowed in name for allowed in per_answer)] == []


def test_choice_is_named_and_stands_before_the_field(page: Page) -> None:
    narrowed(page)
    expect(page.locator(".composer")).to_match_aria_snapshot(
        """
        - group "Søger kun i:":
          - text: "Søger kun i:"
          - list:
            - listitem:
              - button "Fjern valget »Ny fælleskommunal digitaliseringsstrategi sendt i høring«"
            - listitem:
              - button "Fjern valget »KL er klar til at bidrage til digitaliseringspartnerskab«"
          - button "Søg i alle dokumenter"
        - textbox "Dit spørgsmål"
        - button "Spørg"
        - paragraph
        - button "Vælg dokumenter"
        """
    )


def test_list_of_documents_is_a_list_of_boxes_and_buttons_with_names(page: Page) -> None:
    choosing(page)
    expect(page.get_by_role("dialog", name="Dokumenter")).to_match_aria_snapshot(
        """
        - heading "Dokumenter" [level=2]
        - button "Luk"
        - search:
          - searchbox "Find et dokument"
          - combobox "År"
        - status: 2 af 2 dokumenter
        - region "Dokumenter":
          - list:
            - listitem:
              - checkbox "Søg i Ny fælleskommunal digitaliseringsstrategi sendt i høring" [checked]
              - button "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
              - paragraph
            - listitem
        - status: Nu bliver der kun søgt i 2 dokumenter.
        - button "Luk, og stil dit spørgsmål"
        """
    )
