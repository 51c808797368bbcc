// Keeps what was typed, in this tab and until it is closed, so that it is there again after signing in anew as the same
// person: whether the session ended by itself, was ended from afar, or was found ended when the form was sent. So it is
// after an error page, where the database was away or the fault was ours.
// Passwords, codes, files and hidden fields are never kept; signing out forgets everything.
const PREFIX = "draft:";
const user = document.getElementById("time-out")?.dataset.user;
const here = location.pathname + location.search;
const SECRET = "[type=password], [autocomplete=one-time-code]";
const TEXTS = ["text", "search", "number", "date", "month", "time", "datetime-local", "email", "tel", "url"];

function drafts() {
  return Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...JSON.parse(sessionStorage.getItem(key)) }));
}

function keep({ key, ...draft }) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // No room: typing goes on as it would without this module.
  }
}

const forms = () =>
  [...document.querySelectorAll("form")].filter(
    (form) => form.method === "post" && !form.querySelector(SECRET) && !("noDraft" in form.dataset),
  );

function fields(form) {
  const seen = {};
  return [...form.elements]
    .filter((one) => one.name && (one.matches("textarea, select, [type=checkbox], [type=radio]") || TEXTS.includes(one.type)))
    .map((one) => ({ one, name: `${one.name}#${(seen[one.name] = (seen[one.name] ?? -1) + 1)}` }));
}

const value = (one) =>
  one.matches("[type=checkbox], [type=radio]") ? one.checked
  : one.multiple ? [...one.selectedOptions].map((option) => option.value)
  : one.value;

function give(one, kept) {
  if (one.matches("[type=checkbox], [type=radio]")) one.checked = kept;
  else if (one.multiple) for (const option of one.options) option.selected = kept.includes(option.value);
  else one.value = kept;
}

function remember(form) {
  const values = Object.fromEntries(fields(form).map(({ one, name }) => [name, value(one)]));
  keep({ key: `${PREFIX}${here}:${forms().indexOf(form)}`, user, page: here, form: forms().indexOf(form), values, at: Date.now() });
}

function restore(draft) {
  const form = forms()[draft.form];
  const changed = form
    ? fields(form).filter(({ one, name }) => name in draft.values && JSON.stringify(value(one)) !== JSON.stringify(draft.values[name]))
    : [];
  for (const { one, name } of changed) {
    give(one, draft.values[name]);
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return changed.length > 0;
}

function say(words) {
  const line = document.createElement("p");
  line.role = "status";
  line.className = "panel border-warn bg-warn-pale";
  document.getElementById("main").prepend(line);
  line.textContent = words;
}

if (document.querySelector("[data-sign-in]")) {
  const found = drafts().sort((one, other) => other.at - one.at);
  for (const draft of found) keep({ ...draft, kept: true });
  const next = document.querySelector("[data-sign-in] [name=next]");
  if (found.length && next) next.value = found[0].page;
} else if (document.querySelector("[data-unsaved]")) {
  const [newest] = drafts().sort((one, other) => other.at - one.at);
  if (newest) {
    keep({ ...newest, kept: true });
    document.querySelector("[data-unsaved]").href = newest.page;
  }
} else if (user) {
  let restored = false;
  for (const draft of drafts()) {
    if (draft.user === user && draft.kept && draft.page !== here) continue;
    sessionStorage.removeItem(draft.key);
    if (draft.user === user && draft.kept) restored = restore(draft) || restored;
  }
  if (restored) say(document.getElementById("time-out").dataset.restored);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && forms().includes(form)) remember(form);
  });
  document.addEventListener("submit", (event) => {
    if ("signOut" in event.target.dataset) for (const { key } of drafts()) sessionStorage.removeItem(key);
  });
}
