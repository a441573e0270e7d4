// Keys, each of which does what a link does: g b, g h, g i, c, j, k, ?, and Ctrl or Cmd K.
const door = document.querySelector("[data-menu]");
const ROWS = ".ideas li > div > a, .plainlist li > a, .waits li > span > a, .menu-list a";
const go = (name) => { location.href = new URL(name, new URL("./", door.href)); };
let before = "";

const move = (by) => {
  const rows = [...document.querySelectorAll(`main :is(${ROWS})`)];
  if (!rows.length) return;
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + by))].focus();
};

const KEYS = {
  "g b": () => go("ideas"),
  "g i": () => go("inbox"),
  "g h": () => go("./"),
  c: () => go("ideas/new"),
  j: () => move(1),
  k: () => move(-1),
  "?": () => { location.href = `${door.href}#keys`; },
};

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    door.click();
    return;
  }
  const typing = event.target.closest("input, textarea, select, [contenteditable], dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[`${before} ${event.key}`] || KEYS[event.key];
  before = event.key;
  if (act) { event.preventDefault(); before = ""; act(); }
});
