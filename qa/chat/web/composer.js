// The field where the question is written.

import { say } from "./words.js";

export class Composer {
  constructor(form, ask) {
    this.form = form;
    this.field = form.querySelector("textarea");
    this.error = form.querySelector(".error");
    this.editing = form.querySelector(".editing");
    this.send = form.querySelector("button[type=submit]");
    this.stop = form.querySelector(".stop");
    this.last = "";
    new ResizeObserver(() => this.tellHeight()).observe(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit(ask);
    });
    this.field.addEventListener("keydown", (event) => this.handleKey(event, ask));
    this.field.addEventListener("input", () => this.fit());
  }

  submit(ask) {
    const question = this.field.value.trim();
    if (question) ask(question);
    else this.fail(say("empty_question"));
  }

  handleKey(event, ask) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit(ask);
    } else if (event.key === "ArrowUp" && this.field.value === "" && this.last) {
      event.preventDefault();
      this.write(this.last);
    }
  }

  /** Show that an answer is awaited: the field is empty, and the button stops. */
  wait(question) {
    this.last = question;
    this.write("");
    this.showWaiting(true);
  }

  done() {
    this.showWaiting(false);
  }

  showWaiting(isWaiting) {
    const hadFocus = this.form.contains(document.activeElement);
    this.send.hidden = isWaiting;
    this.stop.hidden = !isWaiting;
    if (hadFocus) this.focus();
  }

  /** Say what is wrong with the question, which stays where it is. */
  fail(text) {
    this.error.textContent = text;
    this.field.setAttribute("aria-invalid", "true");
    this.focus();
  }

  write(question) {
    this.field.value = question;
    this.error.textContent = "";
    this.field.removeAttribute("aria-invalid");
    this.fit();
  }

  showEditing(isEditing) {
    this.editing.hidden = !isEditing;
  }

  /** Tell the style sheet how much of the conversation the field covers. */
  tellHeight() {
    this.form.closest(".page").style.setProperty("--composer-height", `${this.form.offsetHeight}px`);
  }

  focus() {
    this.field.focus();
  }

  /** Let the field grow with its text; the style sheet says how far. */
  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }
}
