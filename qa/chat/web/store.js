// The conversation is kept in this tab and nowhere else: it survives a reload and ends with the tab.

const KEY = "kildesvar.conversation";

export function loadTurns() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(turns) ? turns : [];
  } catch {
    return [];
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
