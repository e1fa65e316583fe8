// The page where visitors log in works without this; here it forgets the last visitor, and keeps a link's way.

const form = document.querySelector("form");

/** A link from elsewhere arrives without the cookie, though the visitor is logged in: then go on at once. */
const answer = await fetch("./", { method: "HEAD", redirect: "manual" }).catch(() => null);
if (answer?.ok) {
  location.replace(`./${location.hash}`);
} else {
  sessionStorage.clear(); // the conversation of whoever was here before
  form.action = `login${location.hash}`; // the document that a link opens, after logging in
}
