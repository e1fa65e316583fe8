// Draws the rows of a table under the heads of their columns.

import { make } from "./dom.js";
import { drawSegments } from "./segments.js";
import { say } from "./words.js";

export class TableDrawing {
  constructor(nextNumber) {
    this.body = make("tbody");
    this.table = make("table", {}, this.body);
    const name = say("table", { n: nextNumber() });
    this.element = make("div", { "class": "table", "role": "group", "tabindex": "0", "aria-label": name }, this.table);
  }

  /** The heads of columns begin a table of their own. */
  takes({ kind }) {
    return kind !== "table_head" || !this.table.rows.length;
  }

  /** Tell whether a row on the next page belongs here: it has as many cells as the table has columns. */
  goesOnWith(row) {
    return this.takes(row) && row.cells.length === this.table.rows[0].cells.length;
  }

  turnPage(text) {
    const columns = this.table.rows[0].cells.length;
    this.body.append(make("tr", { class: "page-row" }, make("td", { colspan: columns }, text)));
  }

  add({ kind, cells }) {
    if (kind === "table_head") {
      this.table.prepend(make("thead", {}, make("tr", {}, ...cells.map(drawHead))));
    } else {
      this.body.append(make("tr", {}, ...cells.map(drawCell)));
    }
  }
}

function drawHead(segments) {
  return segments.length ? make("th", { class: "line", scope: "col" }, ...drawSegments(segments)) : make("td");
}

function drawCell(segments) {
  return make("td", { class: "line" }, ...drawSegments(segments));
}
