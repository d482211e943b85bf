// What the page does beyond reading: choosing among the claims, opening what an address points to, printing it whole.
// Everything can be read without it; it asks nothing of the network and keeps nothing.

const all = (what, within = document) => [...within.querySelectorAll(what)];
const byId = (id) => document.getElementById(id);

// Addresses: what is folded opens when an address points into it, and Back undoes it as the browser does.

function reveal() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && byId(id);
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  const claim = target.closest("[data-outlets]");
  if (claim && claim.hidden) { reset(); choose(); }
  if (!target.classList.contains("pick") || !kept) target.scrollIntoView();
}

// Claims: sorted and filtered by what each says of itself.

const panel = byId("choose");
const claims = all("[data-outlets]");
const list = byId("claim-list");
const first = list ? [...list.children] : [];
const fields = panel ? all("select, input", panel) : [];
const sorts = {
  outlets: (a, b) => b.dataset.outlets - a.dataset.outlets,
  fewest: (a, b) => a.dataset.high - b.dataset.high || b.dataset.outlets - a.dataset.outlets,
  contested: (a, b) => b.dataset.contested - a.dataset.contested || b.dataset.outlets - a.dataset.outlets,
  most: (a, b) => b.dataset.low - a.dataset.low || b.dataset.outlets - a.dataset.outlets,
};

function wanted() {
  return Object.fromEntries(fields.map((f) => [f.name, f.type === "checkbox" ? (f.checked ? "1" : "") : f.value]));
}

function choose() {
  if (!list) return;
  const want = wanted();
  let shown = 0;
  for (const claim of claims) {
    const data = claim.dataset;
    const fits =
      (!want.single || (data.high === "1" && data.low === "1")) &&
      (!want.contested || data.contested > 0) &&
      (!want.source || data.sources.split(" ").includes(want.source)) &&
      (!want.outlet || data.articles.split(" ").includes(want.outlet));
    claim.hidden = !fits;
    if (fits && claim.parentElement === list) shown += 1;
  }
  const order = sorts[want.sort] ? [...first].sort(sorts[want.sort]) : first;
  if (order.some((claim, at) => claim !== list.children[at])) list.append(...order);
  const alone = claims.filter((claim) => claim.parentElement !== list && !claim.hidden).length;
  byId("chosen").textContent =
    `${shown} of ${first.length} shown` + (claims.length > first.length ? `, and ${alone} of ${claims.length - first.length} made by one article` : "");
}

function reset() {
  for (const field of fields) if (field.type === "checkbox") field.checked = false; else field.value = "";
}

function fromAddress() {
  const given = location.hash.startsWith("#claims?") ? new URLSearchParams(location.hash.slice(8)) : null;
  if (given) {
    for (const field of fields) {
      const value = given.get(field.name) || "";
      if (field.type === "checkbox") field.checked = value === "1";
      else field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    choose();
    byId("claims").scrollIntoView();
  } else if (!location.hash) {
    reset();
    choose();
  }
}

if (panel && list) {
  panel.hidden = false;
  panel.addEventListener("change", () => {
    choose();
    const set = Object.entries(wanted()).filter(([, value]) => value);
    kept = true;
    location.hash = set.length ? `claims?${new URLSearchParams(set)}` : "claims?";
  });
  byId("choose-all").addEventListener("click", () => {
    reset();
    choose();
    location.hash = "claims?";
  });
  choose();
}

// The picture: a choice does not move the page; Escape shows all again.

let kept = false;
addEventListener("click", (event) => {
  const link = event.target.closest?.(".flow a, .pick .all");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const { scrollX, scrollY } = window;
  const flow = link.closest(".provenance").querySelector(".flow");
  const left = flow.scrollLeft;
  const to = link.getAttribute("href");
  if (!to.startsWith("#")) return;
  event.preventDefault();
  kept = true;
  location.hash = to === location.hash ? "#picture" : to;
  scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  flow.scrollLeft = left;
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash.startsWith("#pick-")) {
    kept = true;
    location.hash = "#picture";
  }
});

// Two articles side by side: their own texts again, with the passages of the pair numbered and joined.

const beside = byId("beside");
const joins = all("tr[data-left][data-right]").map((row) => [row.dataset.left, row.dataset.right]);

function column(article) {
  const own = byId(article);
  const section = document.createElement("section");
  section.tabIndex = 0;
  section.setAttribute("aria-label", own.querySelector("h3").textContent);
  section.append(own.querySelector("h3").cloneNode(true), own.querySelector(".body").cloneNode(true));
  for (const part of all("[id]", section)) part.removeAttribute("id");
  for (const part of all(".margin, a.to", section)) part.remove();
  return section;
}

function show(left, right) {
  if (!byId(left)?.matches(".text") || !byId(right)?.matches(".text")) return;
  const [one, other] = [column(left), column(right)];
  let count = 0;
  for (const [a, b] of joins) {
    let [here, there] = [all(`.at-${a}`, one), all(`.at-${b}`, other)];
    if (!here.length || !there.length) [here, there] = [all(`.at-${b}`, one), all(`.at-${a}`, other)];
    if (!here.length || !there.length || left === right) continue;
    count += 1;
    for (const [parts, partners] of [[here, there], [there, here]]) {
      for (const part of parts) part.classList.add("joint");
      const number = document.createElement("button");
      number.type = "button";
      number.className = "number";
      number.textContent = count;
      number.setAttribute("aria-label", `Passage ${count}: go to the same in the other article`);
      number.addEventListener("click", () => {
        for (const was of all(".joint.now", beside)) was.classList.remove("now");
        for (const part of [...parts, ...partners]) part.classList.add("now");
        const scroller = partners[0].closest("section");
        scroller.scrollTop += partners[0].getBoundingClientRect().top - scroller.getBoundingClientRect().top - 40;
      });
      parts[0].prepend(number);
    }
  }
  beside.querySelector(".both").replaceChildren(one, other);
  beside.querySelector("[role=status]").textContent =
    count ? `${count} shared ${count === 1 ? "passage" : "passages"}, numbered on both sides` : "No passage of these two is joined in this set";
  for (const [name, value] of [["left", left], ["right", right]]) beside.querySelector(`[name=${name}]`).value = value;
}

function besideFromAddress() {
  if (!beside || !location.hash.startsWith("#beside?")) return;
  const given = new URLSearchParams(location.hash.slice(8));
  show(given.get("left"), given.get("right"));
  beside.scrollIntoView();
}

if (beside) {
  beside.hidden = false;
  for (const link of all(".open-both")) link.hidden = false;
  beside.querySelector("button").addEventListener("click", () => {
    const [left, right] = ["left", "right"].map((name) => beside.querySelector(`[name=${name}]`).value);
    kept = location.hash !== `#beside?${new URLSearchParams({ left, right })}`;
    location.hash = `beside?${new URLSearchParams({ left, right })}`;
    show(left, right);
  });
}

// Printing: everything stands open, and closes again.

const opened = [];
addEventListener("beforeprint", () => {
  opened.push(...all("details:not([open])"));
  for (const part of opened) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of opened.splice(0)) part.open = false;
});

addEventListener("hashchange", () => {
  if (!kept) { fromAddress(); besideFromAddress(); reveal(); }
  kept = false;
});
fromAddress();
besideFromAddress();
reveal();
