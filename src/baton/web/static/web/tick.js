// "Tick all" above the verbs of a list. Without scripts it is not there, and every row is ticked by itself.
const all = document.querySelector("[data-tick-all]");
if (all) {
  const rows = [...all.form.querySelectorAll('input[type="checkbox"][name="report"]')];
  all.hidden = false;
  document.querySelector("[data-tick-all-words]").hidden = false;
  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
  });
  all.form.addEventListener("change", () => {
    all.checked = rows.every((row) => row.checked);
  });
}
