// p, s and f say what is discussed: each presses the button that stands on the page.
const form = document.querySelector("form[data-space]");
const VALUES = { p: "problem", s: "solution", f: "fact" };

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
  const value = VALUES[event.key];
  if (!form || !value || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  form.querySelector(`button[value="${value}"]`).click();
});
