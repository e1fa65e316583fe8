// The list of documents, with filters; the server finds, so that a long list stays quick.

import { drawDetails, make } from "./dom.js";
import { count, date, say } from "./words.js";

const PAUSE_MS = 150; // while the user is still typing

export class DocumentList {
  constructor(dialog, call, scope) {
    this.dialog = dialog;
    this.call = call;
    this.scope = scope;
    this.found = 0;
    this.state = dialog.querySelector(".dialog-foot p");
    this.button = dialog.querySelector(".dialog-foot button");
    this.filter = dialog.querySelector("input");
    this.folder = dialog.querySelector("#documents-folder");
    this.year = dialog.querySelector("#documents-year");
    this.shown = dialog.querySelector(".documents-shown");
    this.list = dialog.querySelector(".document-list");
    this.unread = dialog.querySelector(".unread");
    dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    this.filter.addEventListener("input", () => this.waitAndDraw());
    this.list.addEventListener("change", ({ target }) => this.choose(target));
    for (const choice of [this.folder, this.year]) choice.addEventListener("change", () => this.draw());
  }

  open() {
    this.state.textContent = this.scope.isEverything ? say("how_to_choose") : this.scope.describe();
    this.dialog.showModal();
    this.filter.focus();
    this.draw();
  }

  waitAndDraw() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), PAUSE_MS);
  }

  get wanted() {
    return { filter: this.filter.value, folder: this.folder.value, year: this.year.value };
  }

  /** Search in a document, or no longer, as its box says; the foot tells it, as the page behind is out of reach. */
  choose({ dataset: { file, title } }) {
    this.scope.toggle(file, title);
    this.state.textContent = this.scope.describe();
    this.drawButton();
  }

  /** Search in what the list shows, unless documents were chosen one by one. */
  narrowScope() {
    if (!this.scope.hasChosen) this.scope.narrow({ ...this.wanted, shown_folder: this.folder.selectedOptions[0].text }, this.found);
  }

  async draw() {
    const asked = JSON.stringify(this.wanted);
    const reply = await this.call("documents", this.wanted);
    if (asked !== JSON.stringify(this.wanted)) return; // a newer one is under way
    if (reply.error) {
      this.shown.textContent = reply.error;
      return;
    }
    drawChoices(this.year, reply.years);
    drawChoices(this.folder, reply.folders, reply.shown_folders);
    this.list.replaceChildren(...reply.documents.map((entry) => drawEntry(entry, this.scope.has(entry.path))));
    this.found = reply.found;
    this.drawButton();
    this.drawUnread(reply);
    this.shown.replaceChildren(describe(reply));
  }

  /** What pressing the button will do: go on with the documents that are ticked, or search in those that are shown. */
  drawButton() {
    const { hasChosen } = this.scope;
    const isNarrowed = Object.values(this.wanted).some((value) => value) && this.found > 0;
    this.button.hidden = !hasChosen && !isNarrowed;
    this.button.textContent = hasChosen ? say("ask_chosen") : count(this.found, "only_these_one", "only_these_many");
  }

  drawUnread({ skipped, not_read }) {
    this.unread.hidden = not_read === 0;
    this.unread.querySelector("ul").replaceChildren(...skipped.map(drawSkipped));
    const rest = this.unread.querySelector("p");
    rest.hidden = skipped.length === not_read;
    rest.textContent = say("first_not_read", { shown: skipped.length });
  }
}

/** Fill a choice, and keep what is chosen in it; one with nothing to choose between is not shown. */
function drawChoices(choice, values, shown = values) {
  choice.parentElement.hidden = values.length === 0;
  const [all, ...others] = choice.options;
  if (others.map(({ value }) => value).join("\n") === values.join("\n")) return;
  const chosen = choice.value;
  choice.replaceChildren(all, ...values.map((value, index) => make("option", { value }, shown[index])));
  choice.value = values.includes(chosen) ? chosen : "";
}

/** How many documents are found, and what was not read. */
function describe(reply) {
  const shown = reply.documents.length;
  const words = shown < reply.found ? "documents_first" : "documents_shown";
  return drawDetails([
    say(words, { found: reply.found, total: reply.total, shown }),
    reply.partly_read ? count(reply.partly_read, "one_partly_read", "some_partly_read") : null,
    reply.not_read ? count(reply.not_read, "one_not_read", "some_not_read") : null,
  ]);
}

function drawEntry(entry, isChosen) {
  const facts = [
    entry.date ? date(entry.date) : say("no_date"),
    entry.pages ? count(entry.pages, "one_page", "many_pages") : null,
    entry.shown_path,
  ];
  const box = make("input", { "type": "checkbox", "data-file": entry.path, "data-title": entry.title, "checked": isChosen });
  const label = make("span", { class: "unseen" }, say("search_in", { title: entry.title }));
  return make(
    "li",
    {},
    make("label", { class: "choose-document" }, box, label),
    make("button", { "type": "button", "class": "document", "data-do": "open-document", "data-file": entry.path }, entry.title),
    make("p", { class: "document-facts" }, drawDetails(facts)),
    entry.partly_read ? make("p", { class: "notice" }, say("partly_read", { reason: entry.partly_read })) : null,
  );
}

function drawSkipped({ document, reason }) {
  return make("li", {}, make("strong", {}, document), `: ${reason}`);
}
