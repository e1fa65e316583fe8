// The first screen: how much is searched, and questions to begin with.

import { icon, make } from "./dom.js";
import { count, say } from "./words.js";

export async function drawWelcome(page, call) {
  const library = await call("welcome");
  const searches = page.querySelector(".searches");
  if (library.error) {
    searches.textContent = library.error;
  } else if (library.documents === 0) {
    searches.textContent = say("no_documents");
  } else {
    searches.textContent = say("searches", { documents: count(library.documents, "one_document", "many_documents") });
  }
  drawSuggestions(page.querySelector(".suggestions"), library.suggestions ?? []);
}

function drawSuggestions(section, questions) {
  section.querySelector("ul").replaceChildren(...questions.map(drawSuggestion));
  section.hidden = questions.length === 0;
}

function drawSuggestion(question) {
  const attributes = { "type": "button", "class": "suggestion", "data-do": "ask", "data-question": question };
  return make("li", {}, make("button", attributes, make("span", {}, question), icon("right")));
}
