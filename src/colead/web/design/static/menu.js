// The menu as a dialog over the page: what the page "Menu" finds, while one types. Without it the link leads there.
const door = document.querySelector("[data-menu]");
const dialog = document.getElementById("menu");
const field = dialog.querySelector("input");
const found = dialog.querySelector("[data-found]");
let last = 0;

const ask = async () => {
  const mine = ++last;
  const address = new URL(door.href);
  address.searchParams.set("q", field.value);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (mine === last && answer && answer.ok) found.innerHTML = await answer.text();
};

const step = (by) => {
  const links = [field, ...found.querySelectorAll("a")];
  links.at((links.indexOf(document.activeElement) + by) % links.length).focus();
};

door.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  field.value = "";
  dialog.showModal();
  ask();
});
field.addEventListener("input", ask);
dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  await ask();
  found.querySelector("a")?.click();
});
dialog.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); }
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
