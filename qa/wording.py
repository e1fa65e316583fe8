"""Every Danish text that a user can meet outside an error's own sentence, by where it is met."""

from collections.abc import Sequence

# Command line: grammar

ABOUT = (
    "Stil spørgsmål til en mappe med dine egne dokumenter. Svarene er ordrette citater med kilde, "
    "og intet forlader din maskine."
)
COMMANDS = "Kommandoer"
COMMAND_WORD = "KOMMANDO"
ARGUMENTS = "Argumenter"
OPTIONS = "Valg"
USAGE = "Brug: "
FOLDER_WORD = "MAPPE"
FILE_WORD = "FIL"
MODEL_WORD = "MODEL"
NAME_WORD = "NAVN"
QUESTION_WORD = "SPØRGSMÅL"
SET_WORD = "SÆT"

HELP_CHAT = "Åbn samtalen i browseren."
HELP_INDEX = "Læs en mappe, så der kan spørges til den."
HELP_ASK = "Stil ét spørgsmål."
HELP_STATUS = "Vis hvilke dokumenter der er læst, og hvilke der ikke kunne læses."
HELP_EVALUATE = "Mål hvor gode svarene er på et sæt spørgsmål."

HELP_FEEDBACK = "Vis hvad brugerne har svaret på »Hjalp svaret?«."

HELP_HELP = "Vis denne hjælp."
HELP_VERSION = "Vis versionen."
HELP_HOME = "Hvor Kildesvar gemmer sine data (eller miljøvariablen KILDESVAR_HOME)."
HELP_MODEL = "En anden sprogmodel til søgning: en mappe eller et navn (sentence-transformers)."
HELP_ALLOW_DOWNLOAD = "Lad modellen blive hentet fra nettet, hvis den kun er givet ved navn."
HELP_JSON = "Skriv svaret som JSON."
HELP_DRY_RUN = "Vis kun, hvad der ville blive læst, ændret og fjernet; intet bliver gjort."
HELP_FOLDER = "Mappen med dokumenter."
HELP_FOLDER_LAST = "Mappen med dokumenter; ellers den, der blev brugt sidst."
HELP_PORT = "Port på denne maskine (7860, hvis intet er valgt)."
HELP_NO_BROWSER = "Åbn ikke browseren."
HELP_COUNT_REFUSALS = "Tæl spørgsmål uden svar efter emne (titlen på det nærmeste dokument)."
HELP_CSV = "Skriv svarene som en tabel (CSV), der kan åbnes i et regneark."
HELP_QUESTION = "Spørgsmålet i anførselstegn."
HELP_PREVIOUS = "Det spørgsmål, der gik forud; kan gives flere gange, det ældste først."
HELP_SET = "Mappen med spørgsmål og dokumenter."
HELP_QUESTIONS = "Andre spørgsmål end sættets egne."
HELP_SIGNAL = "Mål rangordenen efter ét signal alene."
HELP_FOREIGN = "Stil også spørgsmål fra et andet sæt, som dokumenterne her ikke kan svare på."
HELP_ABLATION = "Mål rangordenen efter hvert signal alene og uden hvert signal."
HELP_FAILURES = "Vis de N første spørgsmål, der gik galt."

SEE_HELP = "Se »{program} --help«."
USAGE_ERROR = "Kommandoen kunne ikke forstås ({})."
NO_COMMAND = "Der mangler en kommando."
NOT_A_PORT = "skal være et helt tal fra 1 til 65535, men var »{}«"
NOT_A_COUNT = "skal være et helt tal fra 1 og op, men var »{}«"

USAGE_ERRORS = (
    (r"the following arguments are required: (.*)", "Der mangler: {}."),
    (r"unrecognized arguments: (.*)", "Dette kendes ikke: {}."),
    (r"argument KOMMANDO: invalid choice: '(.*?)' .*", "Kommandoen »{}« findes ikke."),
    (r"argument (.*?): expected one argument", "{} skal have en værdi."),
    (r"argument (.*?): ignored explicit argument '(.*)'", "{} kan ikke have en værdi, men fik »{}«."),
    (r"argument (.*?): (.*)", "{} {}."),
)
"""What argparse says in English, as patterns in order, and how it is said in Danish."""

# Command line: what is said

UNEXPECTED_ERROR = "Der skete en uventet fejl ({kind}); hvad der gik galt, står i »{log}«."
UNEXPECTED_ERROR_NOT_KEPT = "Der skete en uventet fejl ({kind}), og den kunne ikke skrives i loggen."
NO_FOLDER = "Der er ikke valgt nogen mappe med dokumenter; skriv hvor den er."
UPDATING = "Bringer biblioteket for »{folder}« ajour …"
UNDERSTOOD_AS = "Forstået som: {}"
SOURCE = "Kilde"
RELATED = "Måske relateret:"
NOT_READ = "Kunne ikke læses: {document} ({reason})"
PARTLY_READ = "Kun delvist læst: {document} ({reason})"
HOLDINGS = "{documents} med {passages} og {sentences}."
INDEXED = "{added} nye, {changed} ændrede, {removed} fjernede, {unchanged} uændrede ({seconds} sekunder)."
WOULD_ADD = "Ny: {}"
WOULD_CHANGE = "Ændret: {}"
WOULD_RENAME = "Omdøbt: {old} → {new}"
WOULD_REMOVE = "Fjernet: {}"
WOULD_INDEX = (
    "{added} nye, {changed} ændrede, {renamed} omdøbte, {removed} fjernede, {unchanged} uændrede. "
    "Biblioteket er ikke rørt."
)
WOULD_READ_ALL = "Kildesvar læser nu på en anden måde, så alle filer bliver læst igen."
STATUS_FOLDER = "Mappe:     {}"
STATUS_MODEL = "Model:     {}"
STATUS_LIBRARY = "Bibliotek: {}"
STATUS_DOCUMENT = "{path}: {facts}"
STAGES = {"read": "Læser filer", "embed": "Gør teksten søgbar", "build": "Lægger på plads"}

# Feedback

FEEDBACK_COLUMNS = ("Tid (UTC)", "Hjalp svaret?", "Spørgsmål", "Dokument", "Citat", "Bemærkning")
HELPED = {True: "ja", False: "nej"}
FEEDBACK_SUMMARY = "Svar bedømt: {}. De {} hjalp, de {} hjalp ikke."
REFUSED_TOPICS = "Spørgsmål uden svar, talt efter det nærmeste dokuments titel:"
FEEDBACK_UNUSABLE = (
    "Filen »{path}« med svar på »Hjalp svaret?« kan ikke bruges; se efter, om disken er fuld, "
    "eller flyt filen væk, så en ny bliver lavet."
)

# Evaluation

FIGURES = {
    "questions": "Spørgsmål",
    "answerable": "  med svar i dokumenterne",
    "unanswerable": "  uden svar i dokumenterne",
    "left_out": "  ikke stillet, fordi dokumentet ikke kan læses",
    "passages": "Afsnit",
    "sentences": "Sætninger",
    "hit_rate_at_1": "Rigtigt afsnit først",
    "hit_rate_at_5": "Rigtigt afsnit blandt de 5 første",
    "hit_rate_at_10": "Rigtigt afsnit blandt de 10 første",
    "mrr_at_10": "MRR@10",
    "ndcg_at_10": "nDCG@10",
    "answer_in_first_quote": "Svaret står i første citat",
    "answer_in_shown_quotes": "Svaret står i et af citaterne",
    "quote_hit_at_1": "Første citat er det rigtige sted",
    "quote_hit_in_shown": "Et af citaterne er det rigtige sted",
    "refused_answerable": "Afvist, skønt svaret findes",
    "refused_though_in_first_3": "  og skønt det stod blandt de 3 første",
    "answered_unanswerable": "Besvaret, skønt svaret ikke findes",
    "answered_foreign": "Besvaret blandt fremmede spørgsmål",
    "refusal_auroc": "Afvisning, AUROC",
    "latency_p50": "Svartid, p50",
    "latency_p95": "Svartid, p95",
}
GROUPS = {"kind": "Slags", "overlap": "Fælles ord", "format": "Format"}
COLUMNS = {
    "questions": "antal",
    "hit_rate_at_1": "afsnit@1",
    "hit_rate_at_5": "afsnit@5",
    "hit_rate_at_10": "afsnit@10",
    "mrr_at_10": "MRR@10",
    "ndcg_at_10": "nDCG@10",
    "quote_hit_at_1": "citat@1",
    "quote_hit_in_shown": "citat vist",
    "answer_in_first_quote": "svar@1",
    "refused_answerable": "afvist",
    "answered_unanswerable": "besvaret",
}
SIGNALS_COLUMN = "Signaler"
ALL_SIGNALS = "alle"
ONLY_SIGNAL = "kun {}"
WITHOUT_SIGNAL = "uden {}"
FAILURES = "{shown} af {failed} spørgsmål, der gik galt (ud af {asked}):"
GOLD = "Rigtigt"
GOLD_PLACE = "Står i"
SHOULD_BE_REFUSED = "skal afvises"
REFUSED = "Afvist"
ANSWERED = "Besvaret"
UNKNOWN_SIGNAL = "Signalet »{name}« findes ikke; vælg et af disse: {names}."
EVALUATING = "Spørgsmål"

# Answers

REFUSAL = "Jeg fandt ikke svar på det i {documents}."
UNKNOWN_WORD = "Ordet {} står ingen steder i dem."
UNKNOWN_WORDS = "Ordene {} står ingen steder i dem."
DID_YOU_MEAN = "Mente du {}?"
DIFFERENT = "Bemærk: Dokumenterne siger ikke det samme."
DIFFERENT_NEWEST_FIRST = "Bemærk: Dokumenterne siger ikke det samme. Det nyeste står først."

# Citations

UNDER = "under »{}«"
PARAGRAPH = "afsnit {}"
PAGE = "side {}"
ALSO_IN = "Står også i: {}"

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def danish_date(iso: str) -> str:
    """Return an ISO date (YYYY-MM-DD) as it is written in Danish: »5. marts 2015«."""
    year, month, day = iso.split("-")
    return f"{int(day)}. {MONTHS[int(month) - 1]} {year}"


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word: »1 dokument«, »2.045 afsnit«."""
    return f"{grouped(number)} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Return words in a row with commas and a last »og«."""
    return " og ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def grouped(number: int) -> str:
    """Return a whole number with a point between thousands, as Danish has it."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, digits: int) -> str:
    """Return a number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")


# Answers

CONFIDENCE = (
    (0.8, 3, "Svaret står meget sandsynligt her"),
    (0.5, 2, "Svaret står sandsynligvis her"),
    (0.0, 1, "Usikkert: se efter i kilden"),
)
"""Confidence in words, highest first: from which chance, which of three steps, and what is said."""


def confidence_in_words(confidence: float) -> tuple[int, str]:
    """Return the step (1 to 3) of a calibrated chance (0 to 1) and the words for it."""
    return next((step, words) for chance, step, words in CONFIDENCE if confidence >= chance or step == 1)


# Chat: every text of the page, by the name that the page knows it by; {…} is filled in

CHAT = {
    # Starting and failing
    "name": "Kildesvar",
    "started": "Kildesvar er klar på {address}\nTryk Ctrl+C for at stoppe.",
    "port_taken": "Port {port} er optaget af et andet program; vælg en anden med --port, fx --port 7861.",
    "busy": "Mange spørger lige nu. Vent et øjeblik, og spørg igen.",
    "unexpected": "Der gik noget galt på maskinen. Prøv igen.",
    "lost": "Der er ingen forbindelse til Kildesvar. Se efter, om programmet stadig kører, og prøv så igen.",
    "document_gone": "Dokumentet er ikke længere i mappen.",
    # The page
    "skip": "Spring til spørgsmålsfeltet",
    "menu": "Menu",
    "documents": "Dokumenter",
    "help": "Hjælp",
    "new": "Ny samtale",
    "close": "Luk",
    "cancel": "Annuller",
    # The first screen
    "welcome": "Hvad vil du vide?",
    "searches": "Kildesvar søger i {documents} på denne maskine. Du ser, hvor svaret står.",
    "one_document": "1 dokument",
    "many_documents": "{n} dokumenter",
    "no_documents": "Der er ingen dokumenter at søge i endnu. Læg nogle i mappen, og start Kildesvar igen.",
    "fact_quotes": "Svarene er ordrette citater. Ingen sprogmodel skriver noget.",
    "fact_local": "Alt bliver på denne maskine. Intet bliver sendt ud.",
    "fact_honest": "Står svaret ikke i dokumenterne, siger Kildesvar det.",
    "suggestions": "Prøv for eksempel",
    # Asking
    "conversation": "Samtale",
    "question": "Dit spørgsmål",
    "placeholder": "Skriv et spørgsmål",
    "hint": "Enter spørger. Skift+Enter giver ny linje.",
    "ask": "Spørg",
    "stop": "Stop",
    "searching": "Søger i dokumenterne …",
    "stopped": "Stoppet. Dit spørgsmål står i feltet igen.",
    "empty_question": "Skriv et spørgsmål først.",
    "editing": "Du retter et spørgsmål. Det nye svar kommer i stedet for det gamle.",
    # Answers
    "you_asked": "Du spurgte:",
    "answer": "Svar",
    "understood_as": "Forstået som:",
    "ask_alone": "Søg kun efter det, jeg skrev",
    "also_in": "Står også i",
    "and_others": "og {n} andre steder",
    "related": "Måske relateret",
    "source": "Kilde {n}",
    "open_source": "Kilde {n}: vis citatet i {title}",
    "show": "Vis i dokumentet",
    "show_source": "Vis kilde {n} i dokumentet",
    "show_related": "Vis i dokumentet: {title}",
    "paragraph": "afsnit {n}",
    "page": "side {n}",
    "under": "under »{headings}«",
    "edit": "Ret spørgsmålet",
    "edit_question": "Ret spørgsmålet: {question}",
    "copy_answer": "Kopiér svar",
    "copy_source": "Kopiér kilde",
    "copy_source_n": "Kopiér kilde {n}",
    "copied": "Kopieret.",
    "not_copied": "Browseren ville ikke kopiere. Markér teksten, og kopiér den selv.",
    "read_aloud": "Læs op",
    "stop_reading": "Stop oplæsning",
    "read_quote": "Citat {n}, fra {title}.",
    "helped": "Hjalp svaret?",
    "yes": "Ja",
    "no": "Nej",
    "helped_yes": "Ja, svaret hjalp: {question}",
    "helped_no": "Nej, svaret hjalp ikke: {question}",
    "why_yes": "Du svarede ja. Skriv gerne hvorfor.",
    "why_no": "Du svarede nej. Skriv gerne hvorfor.",
    "feedback_kept": "Når du sender, bliver spørgsmålet, det første citat og dit svar gemt på denne maskine.",
    "send": "Send",
    "thanks": "Tak for dit svar.",
    "answer_ready": "Svaret er klar: {count}.",
    "one_quote": "1 citat",
    "many_quotes": "{n} citater",
    "refusal_ready": "Intet svar fundet. {count}.",
    "one_related": "1 sted er måske relateret",
    "many_related": "{n} steder er måske relateret",
    "no_related": "Intet ligner det, du spurgte om",
    "retrieved": "hentet {date}",
    # The document
    "document": "Dokument",
    "back": "Tilbage til samtalen",
    "opening": "Åbner dokumentet …",
    "document_text": "Dokumentets tekst",
    "table": "Tabel {n}",
    "quote_stands": "Citatet står her: {place}",
    "mark_of": "Citat {n} af {count}",
    "previous_mark": "Forrige citat",
    "next_mark": "Næste citat",
    "search": "Søg i dokumentet",
    "found_of": "{n} af {count}",
    "found_none": "Ingen fundet",
    "previous_found": "Forrige fund",
    "next_found": "Næste fund",
    "copy_link": "Kopiér link",
    "partly_read": "Kun en del af filen kunne læses: {reason}.",
    # Clearing
    "clear_title": "Begynd en ny samtale?",
    "clear_text": "Spørgsmål og svar på siden bliver slettet. Dokumenterne bliver ikke rørt.",
    "clear": "Slet og begynd forfra",
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
    "one_passage": "1 tekststykke",
    "many_passages": "{n} tekststykker",
    "no_date": "uden dato",
    # Taking it along
    "save": "Gem",
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
        "Intet bliver sendt ud af maskinen. Kun hvis du svarer på »Hjalp svaret?«, "
        "bliver dit spørgsmål og dit svar gemt på maskinen."
    ),
    "help_keys_title": "Taster",
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
    "key_escape_does": "lukker dokumentet eller et vindue",
}
