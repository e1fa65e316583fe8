// Draws one question with its answer: quotes with their sources, or a refusal with what is nearest.

import { drawDetails, make, makeButton } from "./dom.js";
import { drawFeedback } from "./feedback.js";
import { date, place, say } from "./words.js";

const MAX_OTHER_PLACES = 3;

/** Draw a turn; its buttons carry the turn's id, so each answer keeps its own sources for good. */
export function drawTurn(turn) {
  const question = make(
    "div",
    { class: "asked" },
    make("h3", { class: "question" }, make("span", { class: "unseen" }, `${say("you_asked")} `), turn.question),
  );
  const item = make("li", { "class": "turn", "data-turn": turn.id }, question);
  if (turn.answer === null) {
    item.append(make("p", { class: "searching" }, say("searching")));
    return item;
  }
  const label = say("edit_question", { question: turn.question });
  question.append(makeButton("edit", "edit", say("edit"), { label, turn: turn.id, className: "quiet edit" }));
  item.append(turn.answer.refused ? drawRefusal(turn) : drawAnswer(turn));
  return item;
}

function drawAnswer(turn) {
  const { id, answer } = turn;
  return make(
    "div",
    { class: "answer" },
    drawUnderstanding(id, answer),
    drawSearched(id, answer),
    make("p", { "class": "confidence", "data-level": answer.confidence.level }, drawLevel(), answer.confidence.words),
    answer.notice ? make("p", { class: "notice" }, answer.notice) : null,
    ...drawNumbers(turn),
    ...answer.citations.map((citation) => drawQuote(id, citation)),
    make(
      "div",
      { class: "actions" },
      makeButton("copy-answer", "copy", say("copy_answer"), { turn: id }),
      makeReadAloud(id),
      drawFeedback(turn),
    ),
  );
}

function makeReadAloud(turn) {
  return makeButton("read-aloud", "sound", say("read_aloud"), { turn, className: "quiet read-aloud" });
}

/** What is said of personal numbers: in the question, and hidden in the answer. */
function drawNumbers({ id, question, answer }) {
  const warning = answer.warning ? make("p", { class: "notice" }, answer.warning) : null;
  if (!answer.hides_numbers) return [warning];
  const attributes = { "type": "button", "class": "link", "data-do": "show-numbers", "data-turn": id };
  const show = make("button", { ...attributes, "aria-label": say("show_numbers_of", { question }) }, say("show_numbers"));
  return [warning, make("p", { class: "numbers" }, `${say("numbers_hidden")} `, show)];
}

function drawRefusal(turn) {
  const { id, answer } = turn;
  const refusal = make(
    "div",
    { class: "answer" },
    drawUnderstanding(id, answer),
    ...drawNumbers(turn),
    make("p", { class: "no-answer" }, answer.answer),
    drawSearched(id, answer),
  );
  if (answer.related.length) {
    const list = make("ol", { class: "related" }, ...answer.related.map((citation, index) => drawRelated(id, citation, index + 1)));
    refusal.append(make("h4", {}, say("related")), make("p", { class: "nearest" }, say("only_nearest")), list);
  }
  refusal.append(make("div", { class: "actions" }, makeReadAloud(id), drawFeedback(turn)));
  return refusal;
}

/** How a follow-up was understood, and the way to be taken at one's word. */
function drawUnderstanding(turn, answer) {
  if (!answer.understood_as) return null;
  const undo = make("button", { "type": "button", "class": "link", "data-do": "ask-alone", "data-turn": turn }, say("ask_alone"));
  const understood = make("span", {}, `${say("understood_as")} `, make("q", {}, answer.understood_as));
  return make("p", { class: "understood" }, understood, " ", undo);
}

/** How much was searched where that was not everything, and the way to search it all. */
function drawSearched(turn, answer) {
  if (!answer.searched) return null;
  const all = make("button", { "type": "button", "class": "link", "data-do": "ask-everywhere", "data-turn": turn }, say("ask_everywhere"));
  return make("p", { class: "searched" }, answer.searched, " ", all);
}

/** Three dots beside the words: the level is never said by colour alone. */
function drawLevel() {
  const dot = () => make("span", { class: "dot" });
  return make("span", { "class": "dots", "aria-hidden": "true" }, dot(), dot(), dot());
}

function drawQuote(turn, citation) {
  const { number, title, quote, parts = [[quote, 0]] } = citation; // an answer kept from before has no parts
  const cite = make(
    "button",
    {
      "type": "button",
      "class": "cite",
      "data-do": "cite",
      "data-turn": turn,
      "data-list": "citations",
      "data-number": number,
      "aria-label": say("open_source", { n: number, title }),
    },
    `[${number}]`,
  );
  const figure = make(
    "figure",
    {},
    drawColumns(citation),
    make("blockquote", {}, make("p", {}, ...drawLines([["»", 0], ...parts, ["«", 0]], cite))),
    make("figcaption", {}, drawSource(citation)),
  );
  return make("div", { class: "quote" }, figure, drawOtherPlaces(turn, citation), drawSourceButtons(turn, citation));
}

/** The heads of the columns that quoted rows of a table stand under. */
function drawColumns({ columns = [] }) {
  return columns.length ? make("p", { class: "columns" }, say("columns", { columns: columns.join(" | ") })) : null;
}

/** A quote over several rows of a table, or paragraphs: each begins a line, and the button follows the last. */
function drawLines(parts, button) {
  const rows = splitRows(parts);
  const last = rows.pop();
  return [...rows.map((row) => make("span", { class: "row" }, ...drawParts(row), "\n\n")), ...keepTogether(last, button)];
}

/** Parts of a text in rows: a blank line ends a row, also within a part. */
function splitRows(parts) {
  const rows = [[]];
  for (const [text, emphasised] of parts) {
    const [first, ...others] = text.split("\n\n").map((piece) => [piece, emphasised]);
    rows.at(-1).push(first);
    rows.push(...others.map((piece) => [piece]));
  }
  return rows;
}

function drawParts(parts) {
  return parts.map(([text, emphasised]) => (emphasised ? make("strong", {}, text) : text));
}

/** A text and a button that never stands alone on the next line: it follows the last letters. */
function keepTogether(parts, button) {
  const before = parts.at(-2);
  const sign = parts.at(-1)[0]; // the quotation mark
  if (!before || before[1]) return [...drawParts(parts.slice(0, -1)), make("span", { class: "keep" }, `${sign}\u00a0`, button)];
  const lastLetters = /\S{0,7}$/u.exec(before[0])[0]; // few, so that a long word may still be broken
  const cut = [before[0].slice(0, before[0].length - lastLetters.length), 0];
  return [...drawParts([...parts.slice(0, -2), cut]), make("span", { class: "keep" }, `${lastLetters}${sign}\u00a0`, button)];
}

/** The other documents that hold the same words, each to be opened. */
function drawOtherPlaces(turn, { number, also_in: files = [], shown_also_in: names = files }) {
  if (!files.length) return null;
  const open = (file, index) =>
    make(
      "button",
      { "type": "button", "class": "link", "data-do": "open-document", "data-file": file, "data-turn": turn, "data-number": number },
      names[index],
    );
  const shown = files.slice(0, MAX_OTHER_PLACES).flatMap((file, index) => (index ? [", ", open(file, index)] : [open(file, index)]));
  const rest = files.length - MAX_OTHER_PLACES;
  return make("p", { class: "also-in" }, `${say("also_in")} `, ...shown, rest > 0 ? ` ${say("and_others", { n: rest })}` : null);
}

function drawSourceButtons(turn, { number }) {
  const data = { turn, list: "citations", number };
  return make(
    "p",
    { class: "source-buttons" },
    makeButton("cite", "right", say("show"), { label: say("show_source", { n: number }), ...data }),
    makeButton("copy-source", "copy", say("copy_source"), { label: say("copy_source_n", { n: number }), ...data }),
  );
}

function drawRelated(turn, citation, number) {
  const label = say("show_related", { title: citation.title });
  return make(
    "li",
    {},
    make("p", {}, citation.quote),
    make("p", { class: "source" }, drawSource(citation)),
    makeButton("cite", "right", say("show"), { label: `${label} (${number})`, turn, list: "related", number }),
  );
}

/** The source's title, and when and where. */
function drawSource(citation) {
  const title = make("cite", { class: "source-title" }, citation.title);
  return drawDetails([title, citation.date ? date(citation.date) : null, ...place(citation)]);
}
