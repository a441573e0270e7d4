// Keeps what is typed: in the browser at once, on the server a moment later. Nothing typed is lost.
const form = document.querySelector("form[data-draft]");
const text = form.querySelector("textarea");
const status = form.querySelector("[data-kept]");
const key = `colead draft ${location.pathname}`;
let kept = text.value;
let timer;

const keep = async () => {
  const told = new FormData(form);
  told.set("keep", "1");
  const typed = text.value;
  const answer = await fetch(location.pathname, { method: "POST", body: told }).catch(() => null);
  if (answer && answer.ok) { kept = typed; status.textContent = "Kept as your draft"; localStorage.removeItem(key); } else { status.textContent = "Kept in this browser; the server did not answer"; }
};

const own = localStorage.getItem(key);
if (own && own !== text.value) { text.value = own; status.textContent = "Your unsaved text from this browser"; }
text.addEventListener("input", () => {
  try { localStorage.setItem(key, text.value); } catch { /* a full or closed store: the server keeps it */ }
  clearTimeout(timer);
  timer = setTimeout(keep, 1200);
});
form.addEventListener("submit", () => { kept = text.value; localStorage.removeItem(key); });
addEventListener("beforeunload", (event) => { if (text.value !== kept) event.preventDefault(); });
