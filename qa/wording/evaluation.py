"""What the figures of an evaluation are called."""

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
