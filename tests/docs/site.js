// Search, the menu of narrow windows, and dark or light. The pages can be read without.

const root = document.body.dataset.root;
const form = document.getElementById("search");
const input = form.querySelector("input");
const results = document.getElementById("results");

// --- Search: every word must be found in a part of a page; where it is found decides the order ---

const parts = window.searchIndex.map(([url, page, heading, text]) => ({
  url, page, heading, text, lowPage: page.toLowerCase(), lowHeading: heading.toLowerCase(), lowText: text.toLowerCase(),
}));

function wordsOf(query) {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

function score(part, words) {
  let sum = 0;
  for (const word of words) {
    const own = part.heading || part.page; // what the part itself is called
    const inTitle = own.toLowerCase().includes(word) ? (part.heading ? 20 : 40) : 0;
    const inPage = part.heading && part.lowPage.includes(word) ? 5 : 0;
    const inText = Math.min(part.lowText.split(word).length - 1, 8);
    if (inTitle + inPage + inText === 0) return 0;
    sum += inTitle + inPage + inText;
  }
  return sum;
}

/// `text` with the words marked, as nodes: what a page says is never read as HTML.
function marked(text, words) {
  const nodes = [];
  const low = text.toLowerCase();
  for (let at = 0; at < text.length; ) {
    const found = words.map((word) => ({ word, at: low.indexOf(word, at) })).filter((one) => one.at >= 0);
    if (found.length === 0) {
      nodes.push(text.slice(at));
      break;
    }
    const next = found.reduce((a, b) => (b.at < a.at ? b : a));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(next.at, next.at + next.word.length);
    nodes.push(text.slice(at, next.at), mark);
    at = next.at + next.word.length;
  }
  return nodes;
}

function excerpt(part, words) {
  const first = Math.min(...words.map((word) => part.lowText.indexOf(word)).filter((at) => at >= 0));
  const begin = Number.isFinite(first) ? Math.max(0, first - 50) : 0;
  const end = begin + 160;
  return (begin > 0 ? "… " : "") + part.text.slice(begin, end) + (end < part.text.length ? " …" : "");
}

function resultOf(part, words) {
  const link = document.createElement("a");
  link.href = `${root}/${part.url}`;
  const title = document.createElement("b");
  title.append(...marked(part.heading ? `${part.page} › ${part.heading}` : part.page, words));
  const text = document.createElement("small");
  text.append(...marked(excerpt(part, words), words));
  link.append(title, text);
  return link;
}

function search() {
  const words = wordsOf(input.value);
  results.hidden = words.length === 0;
  if (results.hidden) return;
  const found = parts
    .map((part) => ({ part, score: score(part, words) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 20);
  results.replaceChildren(...found.map((one) => resultOf(one.part, words)));
  if (found.length === 0) {
    const nothing = document.createElement("p");
    nothing.textContent = "Nothing has all of these words.";
    results.append(nothing);
  }
  results.scrollTop = 0;
}

input.addEventListener("input", search);
input.addEventListener("focus", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  results.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  const links = [input, ...results.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    results.hidden = true;
    input.blur();
  } else if (step && !results.hidden && links[at + step]) {
    event.preventDefault();
    links[at + step].focus();
  }
});
document.addEventListener("click", (event) => {
  if (!form.contains(event.target) || event.target.closest("#results a")) results.hidden = true;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input")) return;
  event.preventDefault();
  input.focus();
  input.select();
});

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  search();
}

// --- The menu, and the colours ---

const menu = document.getElementById("menu");
menu.addEventListener("click", () => {
  const open = document.getElementById("navigation").classList.toggle("open");
  menu.setAttribute("aria-expanded", String(open));
});

document.getElementById("theme").addEventListener("click", () => {
  const page = document.documentElement;
  const dark = page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  page.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("theme", page.dataset.theme);
  } catch {
    // Only for this page, then.
  }
});

document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest" });
