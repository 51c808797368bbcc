// The entry grid: plain inputs in a table, made quick for those who know Excel.
//
// Wants <form data-grid data-save="address" data-words="{...}"> around a <table> whose inputs have data-cell="name" and
// data-seen="mark of the figure they were filled from". Without this file the form works as any form does.
//
// Arrows and Enter move; a block pasted from Excel goes into as many cells; Ctrl+Z takes back the last thing done, a paste
// as one step; what is typed is kept on the server after a moment, and here until the server has it. What a text means
// (９０, 1,234, 12.5%, 万元) is the server's to say, by the same rules as for a workbook: it answers with what it read and
// what is wrong.

const PAUSE = 400;

class Grid {
  constructor(form) {
    this.form = form;
    this.words = JSON.parse(form.dataset.words);
    this.status = form.querySelector("[data-status]");
    this.rows = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[data-cell]")]);
    this.place = new Map();
    this.rows.forEach((row, y) => row.forEach((input, x) => this.place.set(input, [y, x])));
    this.inputs = [...this.place.keys()];
    this.byName = new Map(this.inputs.map((input) => [input.dataset.cell, input]));
    this.known = new Map(this.inputs.map((input) => [input, input.value]));
    this.steps = [];
    this.waiting = new Set();
    this.timer = 0;
    this.note = "";
    this.store = `baton-grid:${form.dataset.save}`;
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("paste", (event) => this.paste(event));
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("focusout", () => this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", () => this.keep());
    form.querySelector("[data-undo]")?.addEventListener("click", () => this.undo());
    this.recall();
  }

  key(event) {
    const at = this.place.get(event.target);
    if (!at) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      event.preventDefault();
      this.undo();
      return;
    }
    const input = event.target;
    const start = input.selectionStart === 0 && input.selectionEnd === 0;
    const end = input.selectionStart === input.value.length;
    const steps = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: start ? [0, -1] : null,
      ArrowRight: end ? [0, 1] : null,
    };
    const step = steps[event.key];
    if (!step || event.altKey) return;
    event.preventDefault();
    const next = this.rows[at[0] + step[0]]?.[at[1] + step[1]];
    if (next) {
      next.focus();
      next.select();
    }
  }

  paste(event) {
    const at = this.place.get(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!at || !/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    const changes = [];
    let outside = 0;
    lines.forEach((line, dy) =>
      line.split("\t").forEach((piece, dx) => {
        const input = this.rows[at[0] + dy]?.[at[1] + dx];
        if (!input || input.readOnly) outside += 1;
        else changes.push([input, piece.trim()]);
      }),
    );
    this.change(changes);
    this.note = outside ? this.words.outside.replace("{count}", outside) : "";
    this.save();
  }

  typed(input) {
    if (!this.place.has(input)) return;
    this.note = "";
    const last = this.steps.at(-1);
    if (last?.length === 1 && last[0].input === input && last[0].after === this.known.get(input)) {
      last[0].after = input.value;
    } else {
      this.steps.push([{ input, before: this.known.get(input), after: input.value }]);
    }
    this.known.set(input, input.value);
    this.wait(input);
  }

  change(changes) {
    const step = changes
      .filter(([input, text]) => input.value !== text)
      .map(([input, text]) => ({ input, before: input.value, after: text }));
    for (const { input, after } of step) this.put(input, after);
    if (step.length) this.steps.push(step);
  }

  undo() {
    const step = this.steps.pop();
    if (!step) return;
    for (const { input, before } of [...step].reverse()) this.put(input, before);
    this.note = this.words.undone.replace("{count}", step.length);
    this.save();
  }

  put(input, text) {
    input.value = text;
    this.known.set(input, text);
    this.wait(input);
  }

  wait(input) {
    this.waiting.add(input);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    clearTimeout(this.timer);
    if (!this.waiting.size || this.busy) return;
    const sent = [...this.waiting];
    this.waiting.clear();
    this.busy = true;
    this.say(this.words.saving);
    try {
      const cells = sent.map((input) => ({ name: input.dataset.cell, text: input.value, seen: input.dataset.seen ?? "" }));
      const token = this.form.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(this.form.dataset.save, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ cells }),
      });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      for (const cell of told.cells) this.tell(cell, sent);
      this.say(told.words ?? this.words.saved);
      localStorage.removeItem(this.store);
    } catch {
      sent.forEach((input) => this.waiting.add(input));
      this.keep();
      this.say(this.words.offline);
      this.timer = setTimeout(() => this.save(), 10 * PAUSE);
    } finally {
      this.busy = false;
    }
    if (this.waiting.size && navigator.onLine) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  tell(cell, sent) {
    const input = this.byName.get(cell.name);
    if (!input) return;
    const untouched = sent.includes(input) && !this.waiting.has(input);
    if (untouched && cell.text !== undefined && document.activeElement !== input) {
      input.value = cell.text;
      this.known.set(input, cell.text);
    }
    const note = document.getElementById(input.getAttribute("aria-describedby"));
    if (note) note.textContent = cell.problem ?? "";
    input.setAttribute("aria-invalid", cell.problem ? "true" : "false");
  }

  keep() {
    if (!this.waiting.size) return;
    const texts = Object.fromEntries([...this.waiting].map((input) => [input.dataset.cell, input.value]));
    localStorage.setItem(this.store, JSON.stringify(texts));
  }

  recall() {
    const kept = JSON.parse(localStorage.getItem(this.store) ?? "{}");
    const changes = Object.entries(kept)
      .map(([name, text]) => [this.byName.get(name), text])
      .filter(([input]) => input);
    if (!changes.length) return;
    this.change(changes);
    this.note = this.words.recalled.replace("{count}", changes.length);
    this.save();
  }

  say(words) {
    if (this.status) this.status.textContent = [this.note, words].filter(Boolean).join(" · ");
  }
}

document.querySelectorAll("form[data-grid]").forEach((form) => new Grid(form));
