const here = document.querySelector("[data-state]");
const news = document.querySelector("[data-news]");
const typing = (one) => one.closest("input, textarea, select");

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const keys = { n: '[rel="next"]', p: '[rel="prev"]' };
  const wanted = keys[event.key] || (/^[1-5]$/.test(event.key) && `[data-key="${event.key}"]`);
  const link = wanted && document.querySelector(wanted);
  if (link) { event.preventDefault(); link.click(); }
  if (event.key === "Enter" && event.target === document.body) document.querySelector("textarea, input[name=text]")?.focus();
});

// What the other one wrote shows by itself, unless something is typed here.
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-state]");
  if (!there) { location.reload(); return; }
  if (there.dataset.state === here.dataset.state) return;
  const typed = [...document.querySelectorAll("textarea, input[name=text]")].some((one) => one.value.trim());
  if (typed) news.textContent = "Something was written down in the meantime. What you type stays.";
  else location.reload();
}, 4000);
