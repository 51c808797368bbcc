// The palette: Ctrl+K (or the search link) opens it, typing finds, arrows choose, Enter opens, Esc closes.
// Without this script the link leads to the search page, which finds the same.

const WAIT = 120; // milliseconds after the last key

const palette = document.getElementById("palette");
const words = document.getElementById("palette-words");
const list = document.getElementById("palette-list");

let waiting = 0;
let asking = null;
let chosen = -1;

const options = () => [...list.querySelectorAll("[data-address]")];

function choose(number) {
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : -1;
  all.forEach((one, at) => one.setAttribute("aria-selected", String(at === chosen)));
  if (chosen < 0) {
    words.removeAttribute("aria-activedescendant");
  } else {
    words.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }
}

function show(html) {
  list.innerHTML = html; // from our own server, which escapes what people wrote
  words.setAttribute("aria-expanded", String(Boolean(list.children.length)));
  choose(0);
}

async function find() {
  asking?.abort();
  if (!words.value.trim()) {
    show("");
    return;
  }
  asking = new AbortController();
  const address = `${palette.dataset.address}?${new URLSearchParams({ q: words.value, palette: "1" })}`;
  try {
    const answer = await fetch(address, { signal: asking.signal, credentials: "same-origin" });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch (error) {
    if (error.name !== "AbortError") show("");
  }
}

function open() {
  if (palette.open) return;
  palette.showModal();
  words.select();
}

function go(option) {
  window.location.assign(option.dataset.address);
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});

document.querySelectorAll("[data-opens-palette]").forEach((link) =>
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  }),
);

words.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, WAIT);
});

words.addEventListener("keydown", (event) => {
  if (event.isComposing) return; // an input method is at work: its keys are its own
  if (event.key === "Escape") {
    event.preventDefault(); // a search field would only be emptied by the first Esc
    palette.close();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    go(options()[chosen]);
  }
});

list.addEventListener("click", (event) => {
  const option = event.target.closest("[data-address]");
  if (option) go(option);
});

palette.addEventListener("click", (event) => {
  if (event.target === palette) palette.close();
});
