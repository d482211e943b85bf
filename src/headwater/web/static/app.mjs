// What the application's pages do beyond reading: folded parts open when an address points into them, words that are
// selected can be marked, long work is watched, doubtful pairs are judged by key. All of it works without, more slowly.

const byId = (id) => document.getElementById(id);
const all = (what, within = document) => [...within.querySelectorAll(what)];

// Addresses

function reveal() {
  const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (!target.classList.contains("pick")) target.scrollIntoView();
}
addEventListener("hashchange", reveal);
reveal();

// The picture: a choice does not move the page; Escape shows all again.

addEventListener("click", (event) => {
  const link = event.target.closest?.(".flow a, .pick .all");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const to = new URL(link.getAttribute("href"), location.href);
  if (to.pathname !== location.pathname) return;
  const { scrollX, scrollY } = window;
  event.preventDefault();
  location.hash = to.hash === location.hash ? "#picture" : to.hash;
  scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash.startsWith("#pick-")) location.hash = "#picture";
});

// Words of an article that are selected can be marked. What is counted are code points, and the server shows the words
// again before anything is kept.

const text = document.querySelector("[data-text] .body");
const bar = byId("selection");
if (text && bar) {
  const points = (s) => [...s].length;
  const at = (node, offset) => {
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(node, offset);
    let sum = 0;
    for (const paragraph of all("p[dir]", text)) {
      if (paragraph.closest(".margin")) continue;
      const inside = document.createRange();
      inside.selectNodeContents(paragraph);
      if (before.compareBoundaryPoints(Range.END_TO_END, inside) >= 0) sum += points(inside.toString());
      else {
        if (before.compareBoundaryPoints(Range.START_TO_END, inside) > 0) {
          inside.setEnd(node, offset);
          sum += points(inside.toString());
        }
        break;
      }
    }
    return sum;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
    const inside = range && text.contains(range.commonAncestorContainer) && !range.startContainer.parentElement?.closest(".margin");
    bar.hidden = !inside;
    if (!inside) return;
    const link = bar.querySelector("a");
    const to = new URL(link.href);
    to.searchParams.set("start", at(range.startContainer, range.startOffset));
    to.searchParams.set("end", at(range.endContainer, range.endOffset));
    link.href = to.pathname + to.search;
  });
}

// Long work: told as it goes on; asked for where that breaks.

const job = document.querySelector("[data-job]");
if (job) {
  const number = job.dataset.job;
  let ended = false;
  const show = (now) => {
    const bar = job.querySelector("progress");
    const words = job.querySelector("[data-words]");
    if (bar) {
      if (now.total) {
        bar.max = now.total;
        bar.value = now.done;
      } else bar.removeAttribute("value");
    }
    if (words) words.textContent = now.total ? `${now.stage} ${now.done} of ${now.total}` : now.stage;
    if (now.state === "running" || ended) return;
    ended = true;
    if (job.dataset.then === "link") {
      job.querySelector("[data-ended]").hidden = false;
      if (words) words.textContent = "";
      if (bar) bar.hidden = true;
    } else location.reload();
  };
  const ask = async () => {
    try {
      const answer = await fetch(`/api/v1/jobs/${number}`);
      if (answer.ok) show(await answer.json());
    } catch { /* the server is gone for now; asked again */ }
    if (!ended) setTimeout(ask, 2000);
  };
  const events = new EventSource(`/jobs/${number}/events`);
  events.onmessage = (event) => {
    const now = JSON.parse(event.data);
    if (now.state !== "running") events.close();
    show(now);
  };
  events.onerror = () => {
    events.close();
    if (!ended) setTimeout(ask, 500);
  };
}

// Doubtful pairs: one key each

const keyed = all("[data-key]");
if (keyed.length) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.closest("input, textarea, select")) return;
    keyed.find((one) => one.dataset.key === event.key.toLowerCase())?.click();
  });
}
