// The quick way to fill a week: a grid of buttons that writes into the form below it.
// Without this file the form alone does everything.
const quick = document.querySelector("[data-quick]");
const form = document.getElementById("week");
const details = document.querySelector("[data-week-details]");
const { sessionMinutes } = quick.dataset;
const brushes = [...quick.querySelectorAll("[data-brush]")];
const cells = [...quick.querySelectorAll("[data-half]")];
const byKey = new Map(brushes.map((brush) => [brush.dataset.brush, brush.value]));
const words = new Map(brushes.map((brush) => [brush.value, brush.dataset.words]));
const COLUMNS = 3;
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
const WEEKEND = 5 * COLUMNS;

const fieldsOf = ({ dataset }) => ({
  kind: form.elements[`kind_${dataset.half}`],
  minutes: form.elements[`minutes_${dataset.half}`],
});

function show(cell) {
  const { kind, minutes } = fieldsOf(cell);
  const label = words.get(kind.value);
  const length = kind.value ? minutes.value || sessionMinutes : "";
  cell.textContent = label;
  cell.dataset.kind = kind.value;
  cell.setAttribute("aria-label", `${cell.dataset.name}: ${label}${length && `, ${length} minutes`}`);
  if (length && length !== sessionMinutes) cell.append(` ${length}`);
}

function write(cell, value) {
  const { kind, minutes } = fieldsOf(cell);
  kind.value = value;
  minutes.value = value ? minutes.value || sessionMinutes : "";
  show(cell);
}

// One event for any number of half-days: the totals follow it.
const changed = () => form.elements.version.dispatchEvent(new Event("change", { bubbles: true }));

function set(cell, value) {
  write(cell, value);
  changed();
}

function paint(cell) {
  const chosen = brushes.find((brush) => brush.checked).value;
  set(cell, fieldsOf(cell).kind.value === chosen ? "" : chosen);
}

function moveTo(cell) {
  cells.forEach((other) => { other.tabIndex = other === cell ? 0 : -1; });
  cell.focus();
}

function step(cell, key) {
  const from = cells.indexOf(cell);
  const to = from + STEPS[key];
  const sideways = Math.abs(STEPS[key]) === 1;
  const sameRow = Math.floor(from / COLUMNS) === Math.floor(to / COLUMNS);
  if (to >= 0 && to < cells.length && (sameRow || !sideways)) moveTo(cells[to]);
}

function press(event) {
  const cell = event.target.closest("[data-half]");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in STEPS) step(cell, key);
  else if (key === "Delete" || key === "Backspace") set(cell, "");
  else if (byKey.has(key)) set(cell, byKey.get(key));
  else return;
  event.preventDefault();
}

const table = quick.querySelector("table");
table.addEventListener("keydown", press);
table.addEventListener("click", ({ target }) => {
  const cell = target.closest("[data-half]");
  if (!cell) return;
  moveTo(cell);
  paint(cell);
});
quick.querySelector("[data-usual]").addEventListener("click", () => {
  cells.forEach((cell, index) => {
    const daytime = index < WEEKEND && index % COLUMNS < 2;
    // Off first: a usual week has sessions of the usual length.
    write(cell, "");
    if (daytime) write(cell, "clinical");
  });
  changed();
});

// What is typed in the form shows in the grid; Enter there works out totals, as a change does.
form.addEventListener("change", () => cells.forEach(show));
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.type !== "text") return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

cells.forEach(show);
cells[0].tabIndex = 0;
form.querySelector("[data-without-script]").hidden = true;
if (!("keepOpen" in details.dataset)) details.open = false;
quick.hidden = false;
