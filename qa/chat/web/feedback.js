// "Hjalp svaret?": asked under each answer and refusal; nothing is kept before the visitor presses send.

import { make } from "./dom.js";
import { say } from "./words.js";

const WORDS = {
  yes: { text: "yes", label: "helped_yes", why: "why_yes" },
  no: { text: "no", label: "helped_no", why: "why_no" },
};

/** The question with its two buttons, or the thanks when it has been answered. */
export function drawFeedback({ id, question, opinion }) {
  if (opinion) return make("p", { class: "feedback", tabindex: "-1" }, say("thanks"));
  const title = `helped-${id}`;
  const button = (value) =>
    make(
      "button",
      {
        "type": "button",
        "class": "secondary",
        "data-do": "opinion",
        "data-turn": id,
        "data-value": value,
        "aria-label": say(WORDS[value].label, { question }),
      },
      say(WORDS[value].text),
    );
  return make(
    "div",
    { "class": "feedback", "role": "group", "aria-labelledby": title },
    make("span", { id: title }, say("helped")),
    button("yes"),
    button("no"),
  );
}

/** Put a form where the buttons were: a word if the visitor likes, what is kept, and send. */
export function openForm(button, turn, { call, announce, save }) {
  const { value } = button.dataset;
  const asked = button.closest(".feedback");
  const form = drawForm(turn, value);
  const field = form.querySelector("textarea");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const reply = await call("feedback", describe(turn, value, field.value));
    if (reply.error) {
      announce.show(reply.error);
      return;
    }
    turn.opinion = value;
    save();
    const thanks = drawFeedback(turn);
    form.replaceWith(thanks);
    thanks.focus();
  });
  form.addEventListener("reset", () => {
    form.replaceWith(asked);
    button.focus();
  });
  asked.replaceWith(form);
  field.focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function drawForm({ id, answer: { refused: isRefused } }, value) {
  const [field, kept] = [`why-${id}`, `kept-${id}`];
  return make(
    "form",
    { class: "feedback" },
    make("label", { for: field }, say(WORDS[value].why)),
    make("textarea", { id: field, "rows": "2", "maxlength": "1000", "aria-describedby": kept }),
    make("p", { id: kept }, say(isRefused ? "feedback_kept_refused" : "feedback_kept")),
    make("button", { type: "submit", class: "primary" }, say("send")),
    make("button", { type: "reset", class: "secondary" }, say("cancel")),
  );
}

function describe({ question, answer }, value, comment) {
  const { document, quote } = answer.citations[0] ?? { document: "", quote: "" }; // a refusal quotes nothing
  return { helped: value === "yes", question, document, quote, comment };
}
