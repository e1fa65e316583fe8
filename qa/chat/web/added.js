// The list of added documents; it is changed where it changed, so that the focus stays where it is.

import { make, makeButton } from "./dom.js";
import { say } from "./words.js";

const STATES = {
  waiting: "added_waiting",
  read: "added_read",
  partly_read: "added_partly_read",
  skipped: "added_skipped",
  leaving: "added_leaving",
};

export class AddedList {
  constructor(section) {
    this.list = section.querySelector("ul");
    this.none = section.querySelector(".none");
    this.rows = new Map();
  }

  /** Draw the files that the server has told of; nothing is changed where it has told nothing. */
  draw(files) {
    if (!files) return;
    const present = new Set(files.map(({ file }) => file));
    for (const [file, row] of this.rows) if (!present.has(file)) this.remove(file, row);
    files.forEach((each, place) => this.drawRow(each, this.list.children[place]));
    this.none.hidden = files.length > 0;
  }

  remove(file, row) {
    row.remove();
    this.rows.delete(file);
  }

  drawRow({ file, name, state, reason }, before) {
    if (!this.rows.has(file)) this.rows.set(file, makeRow(file, name));
    const row = this.rows.get(file);
    if (row !== before) this.list.insertBefore(row, before ?? null);
    const words = say(STATES[state], { reason });
    const text = row.querySelector(".state");
    if (text.textContent !== words) text.textContent = words;
    row.dataset.state = state;
    row.querySelector("button").hidden = state === "leaving";
  }
}

function makeRow(file, name) {
  const takeOut = makeButton("take-out", "close", say("take_out"), { label: say("take_out_file", { name }), file, name });
  return make("li", {}, make("div", {}, make("strong", {}, name), make("p", { class: "state" })), takeOut);
}
