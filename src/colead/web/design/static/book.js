// Opens the evidence row that a number leads to, and follows a reading while it is made.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let shut = false;
  for (let row = target && target.closest("details"); row; row = row.parentElement.closest("details")) { shut ||= !row.open; row.open = true; }
  if (shut) target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

const follow = async () => {
  const job = document.getElementById("job");
  if (!job) return;
  const answer = await fetch(job.dataset.job, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer && answer.headers.get("HX-Refresh")) { location.reload(); return; }
  if (answer && answer.ok) job.outerHTML = await answer.text();
  setTimeout(follow, 1000);
};
setTimeout(follow, 700);
