// Warns before a session ends by itself, and prolongs it at a press (WCAG 2.2, 2.2.1). The server says how long is left,
// since another tab may have prolonged it; when nothing is left, the page goes to the sign-in page and its content with it.
const frame = document.getElementById("time-out");
const { session, signInPage } = frame.dataset;
const warn = Number(frame.dataset.warn);
const dialog = frame.querySelector("dialog");
const count = dialog.querySelector("[data-count]");
const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
let look = 0;
let tick = 0;

async function ask(method) {
  const answer = await fetch(session, { method, headers: { "X-CSRFToken": token }, redirect: "manual" });
  if (answer.type === "opaqueredirect") return 0; // sent to the sign-in page: the session has ended
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).left;
}

function wait(left) {
  clearTimeout(look);
  clearInterval(tick);
  if (dialog.open) dialog.close();
  look = setTimeout(check, Math.max(0, left - warn) * 1000);
}

async function check() {
  try {
    const left = await ask("GET");
    if (left <= 0) leave();
    else if (left > warn) wait(left);
    else show(left);
  } catch {
    look = setTimeout(check, 10_000); // the line is down: the session may live, so nothing is taken away
  }
}

function show(left) {
  const end = Date.now() + left * 1000;
  clearInterval(tick);
  tick = setInterval(count_down, 1000, end);
  count_down(end);
  if (!dialog.open) dialog.showModal();
}

function count_down(end) {
  const left = Math.max(0, Math.round((end - Date.now()) / 1000));
  count.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (left === 0) {
    clearInterval(tick);
    check();
  }
}

function leave() {
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${signInPage}?ended=1&next=${here}`);
}

async function stay(event) {
  event.preventDefault();
  try {
    const left = await ask("POST");
    if (left > 0) wait(left);
    else leave();
  } catch {
    check();
  }
}

dialog.querySelector("[data-stay]").addEventListener("click", stay);
dialog.addEventListener("cancel", stay);
dialog.querySelector("[data-leave]").addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector("form[data-sign-out]").requestSubmit();
});
document.addEventListener("visibilitychange", () => document.hidden || check());
wait(Number(frame.dataset.left));
