// What a user takes into a case file: a source as one line, an answer with its sources, a link.

import { date, place, say } from "./words.js";

export function copySource(citation, announce) {
  return copy(describeSource(citation), announce);
}

export function copyAnswer(turn, announce) {
  return copy(describeAnswer(turn), announce);
}

export function copyLink(announce) {
  return copy(location.href, announce);
}

/** A source on one line: title, publisher, date, place, file, quote, and when it was found. */
export function describeSource(citation) {
  const facts = [
    citation.title,
    citation.author ?? null,
    citation.date ? date(citation.date) : null,
    ...place(citation),
    citation.shown_document ?? citation.document,
    `»${citation.quote.replace(/\s+/g, " ")}«`,
    say("retrieved", { date: date(today()) }),
  ];
  return facts.filter((fact) => fact !== null).join(", ");
}

/** A question with its quotes, and under them the sources by number. */
export function describeAnswer({ question, answer }) {
  const quotes = answer.citations.map(({ quote, number }) => `»${quote}« [${number}]`);
  const sources = answer.citations.map((citation) => `[${citation.number}] ${describeSource(citation)}`);
  const remarks = [answer.searched, answer.notice].filter((remark) => remark);
  return [question, ...remarks, ...quotes, sources.join("\n")].join("\n\n");
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-");
}

async function copy(text, announce) {
  try {
    await navigator.clipboard.writeText(text);
    announce.show(say("copied"));
  } catch {
    announce.show(say("not_copied"));
  }
}
