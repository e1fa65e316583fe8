// Draws a document's blocks as headings, paragraphs, lists and rows. The browser lays out only what is in view.

import { make } from "./dom.js";
import { say } from "./words.js";

const HIGHEST_LEVEL = 3; // under the document's title, which is level 2

/** Return the elements of a document, in reading order. */
export function drawBlocks(blocks) {
  const elements = [];
  let page = null;
  let list = null;
  for (const block of blocks) {
    if (block.page !== null && block.page !== page) {
      elements.push(make("p", { class: "page-number" }, say("page", { n: block.page })));
      page = block.page;
      list = null;
    }
    if (block.kind === "list_item") {
      if (!list) elements.push((list = make("ul", { class: "block" })));
      list.append(make("li", { "class": "line", "data-level": block.level }, ...drawSegments(block.segments)));
    } else {
      list = null;
      elements.push(drawBlock(block));
    }
  }
  return elements;
}

function drawBlock({ kind, level, segments }) {
  const tag = kind === "heading" ? `h${Math.min(Math.max(level, 1) + HIGHEST_LEVEL - 1, 6)}` : "p";
  return make(tag, { class: `block line ${kind}` }, ...drawSegments(segments));
}

function drawSegments(segments) {
  return segments.map(([text, number]) =>
    number ? make("mark", { "tabindex": "-1", "data-number": number }, text) : text,
  );
}
