// Which documents the questions are asked of: all, or those that were chosen. It is kept in this tab alone.
//
// A scope is {documents, filter, folder, year}: either documents, each {file, title}, or what a list was narrowed by.
// `shown_folder` is the folder as it is shown, with personal numbers hidden.

import { icon, make } from "./dom.js";
import { loadScope, saveScope } from "./store.js";
import { count, say } from "./words.js";

const EVERYTHING = { documents: [], filter: "", folder: "", year: "", shown_folder: "" };
const NARROWINGS = { folder: "chosen_folder", year: "chosen_year", filter: "chosen_filter" };

export class Scope {
  constructor(page, announce) {
    this.row = page.querySelector(".scope");
    this.chips = this.row.querySelector("ul");
    this.choose = page.querySelector(".choose");
    this.announce = announce;
    this.scope = { ...EVERYTHING, ...loadScope() };
    this.draw();
  }

  get isEverything() {
    const { filter, folder, year } = this.scope;
    return !(this.hasChosen || filter || folder || year);
  }

  /** Whether documents were chosen one by one. */
  get hasChosen() {
    return this.scope.documents.length > 0;
  }

  /** What the server is told with a question. */
  get payload() {
    return { ...this.scope, documents: this.scope.documents.map(({ file }) => file) };
  }

  has(file) {
    return this.scope.documents.some((document) => document.file === file);
  }

  /** Search in what a list was narrowed by, in place of what was chosen before; `found` tells how many that is. */
  narrow(filter, found) {
    this.set({ ...EVERYTHING, ...filter }, count(found, "now_within_one", "now_within_many"));
  }

  /** Search in this document too, or no longer; what a list was narrowed by gives way to it. The list tells of it. */
  toggle(file, title) {
    const others = this.scope.documents.filter((document) => document.file !== file);
    const documents = this.has(file) ? others : [...others, { file, title }];
    this.keep({ ...EVERYTHING, documents });
  }

  /** Take one choice away, and put the focus on the next one, or where another can be made. */
  remove({ dataset: { kind, value } }) {
    const index = [...this.chips.children].findIndex(({ firstChild: { dataset } }) => dataset.kind === kind && dataset.value === value);
    const documents = this.scope.documents.filter(({ file }) => kind !== "document" || file !== value);
    this.set({ ...this.scope, ...(kind in NARROWINGS && { [kind]: "" }), documents });
    const rest = this.chips.children[Math.min(index, this.chips.children.length - 1)];
    (rest?.firstChild ?? this.choose).focus();
  }

  clear() {
    this.set(EVERYTHING);
  }

  set(scope, words = null) {
    this.keep(scope);
    this.announce.say(words ?? this.describe());
  }

  keep(scope) {
    this.scope = scope;
    saveScope(scope);
    this.draw();
  }

  /** What is searched from now on, in words. */
  describe() {
    if (this.isEverything) return say("now_everywhere");
    const { length } = this.scope.documents;
    return length ? count(length, "now_within_one", "now_within_many") : say("now_within");
  }

  draw() {
    const { documents } = this.scope;
    const narrowings = Object.keys(NARROWINGS).filter((kind) => this.scope[kind]);
    this.chips.replaceChildren(
      ...narrowings.map((kind) => drawChip(kind, this.scope[kind], say(NARROWINGS[kind], { value: this.scope[`shown_${kind}`] ?? this.scope[kind] }))),
      ...documents.map(({ file, title }) => drawChip("document", file, title)),
    );
    this.row.hidden = this.isEverything;
  }
}

function drawChip(kind, value, text) {
  const attributes = { "type": "button", "class": "chip", "data-do": "unchoose", "data-kind": kind, "data-value": value };
  const label = say("unchoose", { value: text });
  return make("li", {}, make("button", { ...attributes, "aria-label": label }, make("span", {}, text), icon("close")));
}
