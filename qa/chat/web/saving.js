// The conversation as a file: with footnotes in Word, or as Markdown.

import { describeSource } from "./copying.js";
import { say } from "./words.js";

const WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Save as Markdown, which is made here. */
export function saveMarkdown(turns, call, announce) {
  download(new Blob([toMarkdown(turns.map(toSaved))], { type: "text/markdown" }), "md");
  announce.show(say("saved"));
}

/** Save as a Word file, which Python makes. */
export async function saveWordFile(turns, call, announce) {
  const reply = await call("word_file", { turns: turns.map(toSaved) });
  if (reply.error) {
    announce.show(reply.error);
    return;
  }
  const bytes = Uint8Array.from(atob(reply.file), (character) => character.charCodeAt(0));
  download(new Blob([bytes], { type: WORD_TYPE }), "docx");
  announce.show(say("saved"));
}

/** A turn as it is saved: {question, lines}, where a line is {text, source} and source may be missing. */
function toSaved({ question, answer }) {
  const lines = answer.understood_as ? [{ text: `${say("understood_as")} ${answer.understood_as}` }] : [];
  if (answer.refused) lines.push({ text: answer.answer });
  if (answer.searched) lines.push({ text: answer.searched });
  if (answer.notice) lines.push({ text: answer.notice });
  for (const citation of answer.citations) lines.push({ text: `»${citation.quote}«`, source: describeSource(citation) });
  return { question, lines };
}

function toMarkdown(turns) {
  const body = [`# ${say("saved_title")}`];
  const notes = [];
  for (const { question, lines } of turns) {
    body.push(`## ${escape(question)}`);
    for (const { text, source } of lines) {
      if (source) notes.push(`[^${notes.length + 1}]: ${escape(source)}`);
      body.push(source ? `> ${escape(text)}[^${notes.length}]` : escape(text));
    }
  }
  return `${[...body, ...notes].join("\n\n")}\n`;
}

/** Text that Markdown shows as it is, on one line: no sign of its own, no address that becomes a link, no list. */
function escape(text) {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>#|~$&!^@]/g, "\\$&")
    .replace(/:(?=\/\/)/g, "\\:")
    .replace(/(?<=\bwww)\./gi, "\\.")
    .replace(/^( ?)([-+=])/, "$1\\$2")
    .replace(/^( ?\d+)([.)])/, "$1\\$2");
}

function download(blob, ending) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${say("file_name")}.${ending}`;
  link.click();
  URL.revokeObjectURL(link.href);
}
