(() => {
  const main = document.querySelector("main");
  const key = `colead:${main.dataset.key}`;
  const fields = [...document.querySelectorAll("textarea[data-ask]")];
  const name = (field) => `${field.dataset.code} ${field.dataset.ask}`;

  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(key)) || {}; } catch { /* no memory here: answers live until the page closes */ }
  const keep = () => { try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* as above */ } };
  for (const field of fields) {
    if (!field.value && typeof kept[name(field)] === "string") field.value = kept[name(field)];
    field.defaultValue = field.value; // a page that is saved holds its answers
    field.addEventListener("input", () => { kept[name(field)] = field.defaultValue = field.value; keep(); });
  }

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const row = target && target.closest("details");
    if (row && !row.open) { row.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();

  const button = document.getElementById("copy");
  if (!button) return;
  const status = document.getElementById("copied");
  const sheet = document.getElementById("sheet");
  const block = (field) => {
    const answer = field.value.trim().split("\n").map((line) => `  > ${line}`).join("\n");
    return `- **${field.dataset.code}** ${field.dataset.ask}\n\n${answer}\n`;
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    const given = fields.filter((field) => field.value.trim());
    if (!given.length) { status.textContent = "No field has an answer yet."; fields[0].focus(); return; }
    const text = `## Answers: ${main.dataset.title}\n\n${given.map(block).join("\n")}`;
    const count = `${given.length} of ${fields.length} answered`;
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = `Copied, ${count}. Paste it into the spec or the issue.`;
    } catch {
      sheet.hidden = false;
      sheet.value = text;
      sheet.focus();
      sheet.select();
      status.textContent = `The browser does not let this page copy (${count}). The text is selected: copy it by hand.`;
    }
  });
})();
