"""The texts of the windows that open over the page: clearing, documents, saving, help; {…} is filled in."""

WINDOWS = {
    # Clearing
    "clear_title": "Begynd en ny samtale?",
    "clear_text": "Spørgsmål, svar og valg på siden bliver slettet. Dokumenterne bliver ikke rørt.",
    "clear": "Slet og begynd forfra",
    "save_first": "Gem samtalen først",
    "cleared": "Samtalen er slettet.",
    # The list of documents
    "filter": "Find et dokument",
    "year": "År",
    "all_years": "Alle år",
    "folder": "Mappe",
    "all_folders": "Alle mapper",
    "some_not_read": "{n} filer kunne ikke læses",
    "one_not_read": "1 fil kunne ikke læses",
    "some_partly_read": "{n} er kun delvist læst",
    "one_partly_read": "1 er kun delvist læst",
    "not_read": "Kunne ikke læses",
    "first_not_read": "De første {shown} er vist.",
    "documents_shown": "{found} af {total} dokumenter",
    "documents_first": "{found} af {total} dokumenter; de første {shown} er vist",
    "one_page": "1 side",
    "many_pages": "{n} sider",
    "no_date": "uden dato",
    "search_in": "Søg i {title}",
    "only_these_one": "Søg kun i dette dokument",
    "only_these_many": "Søg kun i disse {n} dokumenter",
    "ask_chosen": "Luk, og stil dit spørgsmål",
    "how_to_choose": "Tryk på et navn for at læse dokumentet. Sæt kryds ved dem, der skal søges i.",
    # Taking it along
    "save": "Gem samtalen",
    "save_title": "Gem samtalen",
    "save_text": "Filen kommer i mappen med hentede filer. Kilderne står som noter.",
    "save_word": "Word-fil (.docx)",
    "save_markdown": "Tekstfil (.md)",
    "saved_title": "Samtale med Kildesvar",
    "file_name": "kildesvar-samtale",
    "saved": "Samtalen er gemt i mappen med hentede filer.",
    # Help
    "help_ask_title": "Sådan spørger du",
    "help_ask": (
        "Skriv dit spørgsmål med dine egne ord, og tryk Enter. "
        "Du kan spørge videre med »og hvem bestemmer det?«. Små stavefejl gør ikke noget."
    ),
    "help_scope_title": "Sådan søger du kun i nogle dokumenter",
    "help_scope": (
        "Tryk på »Vælg dokumenter« under feltet. Sæt kryds ved de dokumenter, der skal søges i. "
        "Du kan også vælge en mappe eller et år og trykke på knappen nederst. Så kommer svarene kun derfra. "
        "Fjern valget igen med krydset ved feltet."
    ),
    "help_answer_title": "Sådan læser du svaret",
    "help_answer": (
        "Svaret er sætninger, som står ord for ord i dine dokumenter. Tryk på tallet efter et citat, "
        "så åbner dokumentet, og sætningen er markeret. Læs altid lidt før og efter."
    ),
    "help_limits_title": "Hvad Kildesvar ikke kan",
    "help_limits": (
        "Kildesvar skriver ikke selv og lægger ikke tal sammen. Det kan overse et svar. "
        "Det kan også vise et citat, som ikke svarer på det, du mente."
    ),
    "help_privacy_title": "Hvor bliver det, du skriver, gemt?",
    "help_privacy": (
        "Samtalen ligger kun i denne fane. Den er væk, når du lukker fanen eller begynder en ny samtale. "
        "Intet bliver sendt ud af computeren. Svarer du på »Hjalp svaret?«, "
        "bliver dit spørgsmål og dit svar gemt på computeren. Det står der, før du sender."
    ),
    "help_keys_title": "Genvejstaster",
    "key_enter": "Enter",
    "key_enter_does": "spørger",
    "key_newline": "Skift + Enter",
    "key_newline_does": "giver ny linje",
    "key_up": "Pil op",
    "key_up_does": "henter dit sidste spørgsmål, når feltet er tomt",
    "key_focus": "Ctrl + K",
    "key_focus_does": "går til spørgsmålsfeltet",
    "key_marks": "Alt + pil ned eller op",
    "key_marks_does": "går til næste eller forrige citat i dokumentet",
    "key_escape": "Esc",
    "key_escape_does": "lukker dokumentet eller et vindue, og fortryder »Ret«",
}
