// Puts the parts of the page together: who does what when a button or a key is pressed.

import { Adding } from "./adding.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { copySource, copyAnswer, copyLink } from "./copying.js";
import { DocumentList } from "./documents.js";
import { openForm } from "./feedback.js";
import { Reader } from "./reader.js";
import { Scope } from "./scope.js";
import { saveMarkdown, saveWordFile } from "./saving.js";
import { connect, logOut } from "./server.js";
import { Speech } from "./speech.js";
import { Announcer } from "./announcer.js";
import { useWords } from "./words.js";
import { drawWelcome } from "./welcome.js";

/** Called once by Gradio, when the template stands on the page. */
export function start({ element, server, words, takes_feedback: takesFeedback, takes_files: takesFiles, has_login: hasLogin }) {
  useWords(words);
  const page = element.querySelector(".page");
  const call = connect(server);
  const announce = new Announcer(page.querySelector(".status"));
  const reader = new Reader(page, call, announce);
  const composer = new Composer(page.querySelector(".composer"), (question) => conversation.ask(question));
  const scope = new Scope(page, announce);
  const conversation = new Conversation(page, call, announce, composer, scope);
  const documents = new DocumentList(element.querySelector("dialog.documents"), call, scope);
  const speech = new Speech(page);
  const saving = element.querySelector("dialog.save");
  const confirm = element.querySelector("dialog.confirm");

  const actions = {
    "ask": (button) => conversation.ask(button.dataset.question),
    "ask-alone": (button) => conversation.askAlone(button.dataset.turn),
    "ask-everywhere": (button) => conversation.askEverywhere(button.dataset.turn),
    "show-numbers": (button) => conversation.showNumbers(button.dataset.turn),
    "show-document-numbers": () => reader.showNumbers(),
    "stop": () => conversation.stop(),
    "edit": (button) => conversation.edit(button.dataset.turn),
    "cancel-edit": () => conversation.cancelEdit(),
    "cite": (button) => openCitation(button),
    "copy-source": (button) => copySource(conversation.citation(button), announce),
    "copy-answer": (button) => copyAnswer(conversation.turn(button.dataset.turn), announce),
    "read-aloud": (button) => speech.toggle(button, conversation.turn(button.dataset.turn).answer),
    "opinion": (button) => openForm(button, conversation.turn(button.dataset.turn), { call, announce, save: () => conversation.save() }),
    "copy-link": () => copyLink(announce),
    "close": () => reader.close(),
    "previous-mark": () => reader.step(-1),
    "next-mark": () => reader.step(1),
    "to-mark": () => reader.step(0),
    "previous-found": () => reader.search.step(-1),
    "documents": () => documents.open(),
    "unchoose": (button) => scope.remove(button),
    "search-all": () => searchAll(),
    "only-these": () => askOf(documents),
    "open-document": (button) => openDocument(button),
    "help": () => element.querySelector("dialog.help").showModal(),
    "save": () => saving.showModal(),
    "save-markdown": () => save(saveMarkdown),
    "save-word": () => save(saveWordFile),
    "new": () => confirm.showModal(),
    "save-first": () => saveFirst(),
    "clear": () => clear(),
    "log-out": () => logOut(),
    ...(takesFiles ? new Adding(element, call, announce, takesFiles, () => drawWelcome(page, call)).actions : {}),
    "dismiss": (button) => button.closest("dialog").close(),
  };

  function openCitation(button) {
    const { citations, number } = conversation.citations(button);
    reader.open(citations, number, button.dataset);
  }

  function openDocument(button) {
    button.closest("dialog")?.close();
    const { file, turn, number } = button.dataset;
    reader.openWhole(file, turn ? { turn, list: "citations", number } : null);
  }

  function askOf(list) {
    list.narrowScope();
    list.dialog.close();
    composer.focus();
  }

  function searchAll() {
    scope.clear();
    composer.focus();
  }

  function saveFirst() {
    confirm.close();
    saving.showModal();
  }

  function save(write) {
    saving.close();
    write(conversation.turns, call, announce);
  }

  function clear() {
    confirm.close();
    speech.stop();
    reader.close();
    scope.clear();
    conversation.clear();
    drawWelcome(page, call); // the folder may hold more than when the page was opened
  }

  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) actions[button.dataset.do]?.(button);
  });
  element.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    composer.focus();
  });
  document.addEventListener("keydown", (event) => handleKey(event, { composer, conversation, reader, element }));

  if (takesFeedback) page.dataset.feedback = "";
  if (takesFiles) page.dataset.files = "";
  page.querySelector("[data-do=log-out]").hidden = !hasLogin;
  page.hidden = false; // nothing is shown before it can be used
  conversation.restore();
  reader.restore();
  drawWelcome(page, call);
}

/** The keys that work wherever the focus is; the help page lists them. */
function handleKey(event, { composer, conversation, reader, element }) {
  if (element.querySelector("dialog[open]")) return;
  const isUpOrDown = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (event.ctrlKey && event.key.toLowerCase() === "k") {
    composer.focus();
  } else if (event.altKey && isUpOrDown && reader.isOpen) {
    reader.step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && conversation.editing && event.target === composer.field) {
    conversation.cancelEdit();
  } else if (event.key === "Escape" && reader.isOpen && !event.target.value) {
    reader.close();
  } else {
    return;
  }
  event.preventDefault();
}
