// The list of documents, with a filter; the server finds, so that a long list stays quick.

import { make } from "./dom.js";
import { count, date, say } from "./words.js";

const PAUSE_MS = 150; // while the user is still typing

export class DocumentList {
  constructor(dialog, call) {
    this.dialog = dialog;
    this.call = call;
    this.filter = dialog.querySelector("input");
    this.year = dialog.querySelector("select");
    this.shown = dialog.querySelector(".documents-shown");
    this.list = dialog.querySelector(".document-list");
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    this.filter.addEventListener("input", () => this.waitAndDraw());
    this.year.addEventListener("change", () => this.draw());
  }

  open() {
    this.dialog.showModal();
    this.filter.focus();
    this.draw();
  }

  waitAndDraw() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE_MS);
  }

  async draw() {
    const asked = { filter: this.filter.value, year: this.year.value };
    const reply = await this.call("documents", asked);
    if (asked.filter !== this.filter.value || asked.year !== this.year.value) return; // a newer one is under way
    if (reply.error) {
      this.shown.textContent = reply.error;
      return;
    }
    this.drawYears(reply.years);
    this.list.replaceChildren(...reply.documents.map(drawEntry));
    const shown = reply.documents.length;
    const words = shown < reply.found ? "documents_first" : "documents_shown";
    this.shown.textContent = say(words, { found: reply.found, total: reply.total, shown });
  }

  drawYears(years) {
    if (this.year.length > 1) return;
    this.year.append(...years.map((year) => make("option", { value: year }, year)));
  }
}

function drawEntry(entry) {
  const facts = [
    entry.date ? date(entry.date) : say("no_date"),
    entry.pages ? count(entry.pages, "one_page", "many_pages") : null,
    count(entry.passages, "one_passage", "many_passages"),
    entry.file,
  ];
  return make(
    "li",
    {},
    make("button", { "type": "button", "class": "document", "data-do": "open-document", "data-file": entry.file }, entry.title),
    make("p", { class: "document-facts" }, facts.filter((fact) => fact !== null).join(" · ")),
    entry.partly_read ? make("p", { class: "notice" }, say("partly_read", { reason: entry.partly_read })) : null,
  );
}
