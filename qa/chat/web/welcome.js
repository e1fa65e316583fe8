// The first screen: how much is searched, and questions to begin with.

import { icon, make } from "./dom.js";
import { count, say } from "./words.js";

const PAUSE_MS = 700;

export function drawWelcome(page, call) {
  drawSize(page, call);
  drawSuggestions(page, call);
}

async function drawSize(page, call) {
  const library = await call("welcome");
  const searches = page.querySelector(".searches");
  if (library.error) {
    searches.textContent = library.error;
  } else if (library.documents === 0) {
    searches.textContent = say("no_documents");
  } else {
    searches.textContent = say("searches", { documents: count(library.documents, "one_document", "many_documents") });
  }
}

/** They are made when the program starts, which takes a moment: until then, ask again. */
async function drawSuggestions(page, call) {
  const { questions = [], ready = true } = await call("suggestions");
  if (!ready && !questions.length) setTimeout(() => drawSuggestions(page, call), PAUSE_MS);
  const section = page.querySelector(".suggestions");
  section.querySelector("ul").replaceChildren(...questions.map(drawSuggestion));
  section.hidden = questions.length === 0;
}

/** A question, and under it the document that answers it: "the board" means little without. */
function drawSuggestion({ question, title }) {
  const attributes = { "type": "button", "class": "suggestion", "data-do": "ask", "data-question": question };
  const source = make("span", { class: "suggested-from" }, say("suggested_from", { title }));
  return make("li", {}, make("button", attributes, make("span", {}, make("span", { class: "asks" }, question), source), icon("right")));
}
