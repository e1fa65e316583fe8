// Questions and answers in order. A turn is {id, question, answer}, where answer is null while it is awaited.

import { drawTurn } from "./answer.js";
import { scrollBehavior } from "./dom.js";
import { loadTurns, saveTurns } from "./store.js";
import { count, say } from "./words.js";

export class Conversation {
  constructor(page, call, announce, composer, scope) {
    this.page = page;
    this.list = page.querySelector(".turns");
    this.call = call;
    this.announce = announce;
    this.composer = composer;
    this.scope = scope;
    this.turns = [];
    this.editing = null;
    this.waiting = null;
  }

  /** Bring back the conversation of this tab after a reload. */
  restore() {
    this.turns = loadTurns();
    this.composer.last = this.turns.at(-1)?.question ?? "";
    this.list.replaceChildren(...this.turns.map(drawTurn));
    this.showScreen();
    this.list.lastElementChild?.scrollIntoView({ block: "start" });
  }

  ask(question) {
    return this.askAt({ id: this.editing ?? crypto.randomUUID(), question, answer: null });
  }

  /** Ask a follow-up again, word for word: without the questions before it. */
  askAlone(id) {
    return this.askAt({ id, question: this.turn(id).question, answer: null, isAlone: true });
  }

  /** Ask again in all documents. */
  askEverywhere(id) {
    this.scope.clear();
    return this.askAt({ id, question: this.turn(id).question, answer: null });
  }

  /** Ask again, of the same documents, for the answer with its personal numbers. */
  showNumbers(id) {
    const { question, isAlone, scope } = this.turn(id);
    return this.askAt({ id, question, isAlone, scope, answer: null, showsNumbers: true });
  }

  async askAt(turn) {
    if (this.waiting) return;
    this.waiting = { turn, before: this.turn(turn.id) };
    this.put(turn);
    this.composer.wait(turn.question);
    const previous = turn.isAlone ? [] : this.questionsBefore(turn);
    turn.scope ??= this.scope.payload;
    const payload = { question: turn.question, previous, scope: turn.scope, show_numbers: turn.showsNumbers === true };
    const reply = await this.call("ask", payload);
    if (this.waiting?.turn !== turn) return; // stopped or cleared meanwhile
    if (reply.error) this.takeBack(reply.error);
    else this.answer(turn, reply);
  }

  answer(turn, reply) {
    this.finish();
    turn.answer = reply;
    this.cancelEdit({ keepText: true });
    this.put(turn);
    this.save();
    this.announce.say(describe(reply));
  }

  /** Forget the answer that is awaited; the question is back in the field. */
  stop() {
    if (!this.waiting) return;
    this.takeBack(null);
    this.announce.say(say("stopped"));
  }

  finish() {
    this.waiting = null;
    this.composer.done();
  }

  /** Leave the conversation as it was, with the question in the field, and say what went wrong. */
  takeBack(error) {
    const { turn, before } = this.waiting;
    this.finish();
    if (before) this.put(before);
    else this.remove(turn);
    this.composer.write(turn.question);
    if (error) this.composer.fail(error);
  }

  edit(id) {
    this.editing = id;
    this.composer.write(this.turn(id).question);
    this.composer.showEditing(true);
    this.composer.focus();
  }

  cancelEdit({ keepText = false } = {}) {
    if (this.editing && !keepText) this.composer.write("");
    this.editing = null;
    this.composer.showEditing(false);
    if (!keepText) this.composer.focus();
  }

  clear() {
    if (this.waiting) this.finish();
    this.turns = [];
    this.list.replaceChildren();
    this.save();
    this.showScreen();
    this.cancelEdit();
    this.announce.say(say("cleared"));
  }

  save() {
    saveTurns(this.turns);
  }

  turn(id) {
    return this.turns.find((turn) => turn.id === id);
  }

  /** The citations that a button's answer holds, and the number of the button's own. */
  citations({ dataset: { turn, list, number } }) {
    return { citations: this.turn(turn).answer[list], number: Number(number) };
  }

  citation(button) {
    const { citations, number } = this.citations(button);
    return citations[number - 1];
  }

  /** The questions that a follow-up may lean on: those that stand above it. */
  questionsBefore(turn) {
    return this.turns.slice(0, this.turns.indexOf(turn)).map((earlier) => earlier.question);
  }

  /** Put a turn where its earlier version stands, or last. */
  put(turn) {
    const index = this.turns.findIndex((candidate) => candidate.id === turn.id);
    const element = drawTurn(turn);
    if (index < 0) {
      this.turns.push(turn);
      this.list.append(element);
    } else {
      this.turns[index] = turn;
      this.list.children[index].replaceWith(element);
    }
    this.showScreen();
    element.scrollIntoView({ block: "start", behavior: scrollBehavior() });
  }

  remove(turn) {
    const index = this.turns.indexOf(turn);
    this.turns.splice(index, 1);
    this.list.children[index].remove();
    this.showScreen();
  }

  showScreen() {
    const isEmpty = this.turns.length === 0;
    this.page.dataset.screen = isEmpty ? "empty" : "answers";
    this.list.hidden = isEmpty;
    for (const button of this.page.querySelectorAll("[data-with-answers]")) button.hidden = isEmpty;
  }
}

/** What a screen reader is told when an answer stands on the page: how much there is, and the first quote. */
function describe(answer) {
  if (answer.refused) {
    const related = answer.related.length;
    const nearest = related ? count(related, "one_related", "many_related") : say("no_related");
    return join(say("refusal_ready", { count: nearest }), answer.searched);
  }
  const ready = say("answer_ready", { count: count(answer.citations.length, "one_quote", "many_quotes") });
  return join(ready, answer.searched, answer.notice, answer.citations[0]?.quote);
}

function join(...parts) {
  return parts.filter((part) => part).join(" ");
}
