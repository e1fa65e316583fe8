// Elements are made here. Text goes in as text and nothing else: no string ever becomes HTML.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = new URL("icons.svg", import.meta.url);

/** Make an element with attributes and children; a string among the children becomes a text node. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Make one of the drawings in icons.svg; it is hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

/** Make a button with an icon and a text; `label` says more than the text where several look alike. */
export function makeButton(action, iconName, text, { label = null, className = "quiet", ...data } = {}) {
  const attributes = { "type": "button", "class": className, "data-do": action, "aria-label": label };
  for (const [name, value] of Object.entries(data)) attributes[`data-${name}`] = String(value);
  return make("button", attributes, icon(iconName), make("span", {}, text));
}

/** Facts in a row (those that are null left out), with a point between two that stand on the same line. */
export function drawDetails(facts) {
  const known = facts.filter((fact) => fact !== null);
  const point = () => make("span", { class: "point" }, " · ");
  return make("span", { class: "details" }, ...known.map((fact, index) => make("span", {}, index ? point() : null, fact)));
}

/** How the page moves: at once for those who ask for less movement. */
export function scrollBehavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
