// The quick way to fill a week: a grid of buttons that writes into the form below it.
// Without this file the form alone does everything.
const quick = document.querySelector("[data-quick]");
const form = document.getElementById("week");
const details = document.querySelector("[data-week-details]");
const weekText = form.querySelector("[data-week-text]");
const { sessionMinutes } = quick.dataset;
const brushes = [...quick.querySelectorAll("[data-brush]")];
const cells = [...quick.querySelectorAll("[data-half]")];
const byKey = new Map(brushes.map((brush) => [brush.dataset.brush, brush.value]));
const words = new Map(brushes.map((brush) => [brush.value, brush.dataset.words]));
const COLUMNS = 3;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
const WEEK = 6 * COLUMNS;
const WEEKEND = 5 * COLUMNS;
const FIELD = /^(kind|minutes)_|^(rhythm|basis|weeks_a_year|sessions_a_year|actual_hours)$/;

const fieldsOf = ({ dataset }) => ({
  kind: form.elements[`kind_${dataset.half}`],
  minutes: form.elements[`minutes_${dataset.half}`],
});
// The six days that a half-day stands in: week A's, or week B's.
const weekOf = (cell) => (cells.indexOf(cell) < WEEK ? cells.slice(0, WEEK) : cells.slice(WEEK));
const alternates = () => form.elements.rhythm.value === "alternate";

function textOf(week) {
  const lines = [["Day", "Morning", "Afternoon", "Evening"]];
  week.forEach((cell, index) => {
    const { kind, minutes } = fieldsOf(cell);
    if (index % COLUMNS === 0) lines.push([cell.dataset.name.split(" ").at(-2)]);
    lines.at(-1).push(kind.value ? `${words.get(kind.value)} ${minutes.value || sessionMinutes}` : "Off");
  });
  return lines.map((line) => line.join("\t")).join("\n");
}

function show(cell) {
  const { kind, minutes } = fieldsOf(cell);
  const label = words.get(kind.value);
  const length = kind.value ? minutes.value || sessionMinutes : "";
  cell.textContent = label;
  cell.dataset.kind = kind.value;
  cell.setAttribute("aria-label", `${cell.dataset.name}: ${label}${length && `, ${length} minutes`}`);
  if (length && length !== sessionMinutes) cell.append(` ${length}`);
}

function showAll() {
  cells.forEach(show);
  const two = alternates();
  document.querySelectorAll('[data-turn="b"]').forEach((part) => { part.hidden = !two; });
  document.querySelectorAll("[data-turn-name]").forEach((part) => { part.hidden = !two; });
  weekText.value = textOf(cells.slice(0, WEEK));
}

function write(cell, value) {
  const { kind, minutes } = fieldsOf(cell);
  kind.value = value;
  minutes.value = value ? minutes.value || sessionMinutes : "";
}

// What the form held before each change, so that every change can be undone.
const past = [];
const holds = () => JSON.stringify([...new FormData(form)].filter(([name]) => FIELD.test(name)));
let present = holds();

// One event for any number of half-days: the totals follow it.
const changed = () => form.elements.version.dispatchEvent(new Event("change", { bubbles: true }));

function undo() {
  if (!past.length) return false;
  present = past.pop();
  // `present` is what the form will hold, so that undoing is no change of its own.
  JSON.parse(present).forEach(([name, value]) => { form.elements[name].value = value; });
  changed();
  return true;
}

function set(cell, value) {
  write(cell, value);
  changed();
}

function paint(cell) {
  const chosen = brushes.find((brush) => brush.checked).value;
  set(cell, fieldsOf(cell).kind.value === chosen ? "" : chosen);
}

function moveTo(cell) {
  weekOf(cell).forEach((other) => { other.tabIndex = other === cell ? 0 : -1; });
  cell.focus();
}

function step(cell, key) {
  const week = weekOf(cell);
  const from = week.indexOf(cell);
  const to = from + STEPS[key];
  const sideways = Math.abs(STEPS[key]) === 1;
  const sameRow = Math.floor(from / COLUMNS) === Math.floor(to / COLUMNS);
  if (to >= 0 && to < week.length && (sameRow || !sideways)) moveTo(week[to]);
}

function press(event) {
  const cell = event.target.closest("[data-half]");
  if (!cell || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    if (key === "z" && undo()) event.preventDefault();
    return;
  }
  if (key in STEPS) step(cell, key);
  else if (key === "Delete" || key === "Backspace") set(cell, "");
  else if (byKey.has(key)) set(cell, byKey.get(key));
  else return;
  event.preventDefault();
}

quick.addEventListener("keydown", press);
quick.addEventListener("click", ({ target }) => {
  const cell = target.closest("[data-half]");
  if (!cell) return;
  moveTo(cell);
  paint(cell);
});
quick.addEventListener("copy", (event) => {
  const cell = event.target.closest("[data-half]");
  if (!cell) return;
  event.clipboardData.setData("text/plain", textOf(weekOf(cell)));
  event.preventDefault();
});
// The server reads what is pasted: one reader, with or without this file.
quick.addEventListener("paste", (event) => {
  form.elements.pasted.value = event.clipboardData.getData("text/plain");
  event.preventDefault();
  form.requestSubmit(form.querySelector('[value="paste"]'));
});
quick.querySelector("[data-usual]").addEventListener("click", () => {
  cells.slice(0, WEEK).forEach((cell, index) => {
    const daytime = index < WEEKEND && index % COLUMNS < 2;
    // Off first: a usual week has sessions of the usual length.
    write(cell, "");
    if (daytime) write(cell, "clinical");
  });
  changed();
});

// Buttons that need no new page: the grid stays, and with it the focus.
const AT_ONCE = {
  clear: () => { cells.forEach((cell) => write(cell, "")); changed(); },
  copy_b: () => {
    cells.slice(0, WEEK).forEach((cell, index) => {
      const from = fieldsOf(cell);
      const to = fieldsOf(cells[WEEK + index]);
      to.kind.value = from.kind.value;
      to.minutes.value = from.minutes.value;
    });
    form.elements.rhythm.value = "alternate";
    changed();
  },
  undo,
};
form.addEventListener("click", (event) => {
  const act = AT_ONCE[event.target.closest('button[name="do"]')?.value];
  // With nothing left to undo here, the server undoes what another button did before.
  if (act && act() !== false) event.preventDefault();
});

// What is typed in the form shows in the grid; Enter there works out totals, as a change does.
form.addEventListener("change", ({ target }) => {
  if (target === form.elements.pasted) return;
  const now = holds();
  if (now !== present) past.push(present);
  present = now;
  showAll();
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.type !== "text") return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

showAll();
[cells[0], cells[WEEK]].forEach((cell) => { cell.tabIndex = 0; });
form.querySelector("[data-without-script]").hidden = true;
if (!("keepOpen" in details.dataset)) details.open = false;
quick.hidden = false;
