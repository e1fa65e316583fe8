// The conversation is kept in this tab and nowhere else: it survives a reload and ends with the tab.

const KEY = "kildesvar.conversation";
const SCOPE_KEY = "kildesvar.scope";

export function loadTurns() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(turns) && turns.every(isTurn) ? turns : [];
  } catch {
    return [];
  }
}

/** Tell whether a turn is whole; one of an older or a damaged page would stop the drawing. */
function isTurn(turn) {
  const { id, question, answer } = turn ?? {};
  const isText = typeof id === "string" && typeof question === "string";
  return isText && Array.isArray(answer?.citations) && Array.isArray(answer.related) && Boolean(answer.confidence);
}

/** What was chosen to search in; nothing where that is damaged. */
export function loadScope() {
  try {
    const { documents, filter, folder, year, shown_folder = folder } = JSON.parse(sessionStorage.getItem(SCOPE_KEY));
    const isWhole = documents.every(({ file, title }) => typeof file === "string" && typeof title === "string");
    const scope = { documents, filter, folder, year, shown_folder };
    return isWhole && [filter, folder, year, shown_folder].every((value) => typeof value === "string") ? scope : {};
  } catch {
    return {};
  }
}

export function saveScope(scope) {
  try {
    sessionStorage.setItem(SCOPE_KEY, JSON.stringify(scope));
  } catch {
    // No room: it holds until the page is loaded again.
  }
}

/** Keep the turns; when the tab has no room for all of them, the oldest are left out. */
export function saveTurns(turns) {
  for (let first = 0; first <= turns.length; first += 1) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(turns.slice(first)));
      return;
    } catch {
      // No room: try again without the oldest one.
    }
  }
}
