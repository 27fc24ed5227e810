// Keyboard for rows that can be answered, and light on a firm's links. Works on whatever htmx swaps in; pages work without it.
//
// A table with rows `<tr data-row tabindex>` is one stop of the Tab key; keys act only while a row itself has the focus.
//   arrows, Home, End       move between rows
//   a letter                presses or enters the element of the row with that `data-key` (y confirm, c change, x reject, u undo ...)
//   Shift + a letter        presses the element of the page with that `data-all-key` (y confirm selected)
//   Space                   ticks the row's `[data-pick]`
//   Enter in a field        presses the button of the row named by the field's `data-enter`
//   Escape in a field       goes back to the row
//   ?                       opens the page's help
"use strict";

const rowOf = (target) => target.closest?.("tr[data-row]");
const rowsBeside = (row) => [...row.parentNode.querySelectorAll("tr[data-row]")];

const stand = (row) => {
  for (const other of rowsBeside(row)) other.tabIndex = other === row ? 0 : -1;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
};

const step = (row, by) => {
  const rows = rowsBeside(row);
  const next = rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + by))];
  if (next && next !== row) stand(next);
};

const use = (element) => {
  if (!element || element.disabled) return;
  if (element.matches("button, a, summary, input[type=checkbox]")) element.click();
  else { element.focus(); element.select?.(); }
};

const inRow = (event, row) => {
  const moves = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  if (event.code in moves) return () => step(row, moves[event.code]);
  if (event.code === "Space") return () => use(row.querySelector("[data-pick]"));
  if (event.key === "?") return () => { const help = document.querySelector(".help"); if (help) help.open = !help.open; };
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase();      // the key's place: a Chinese input method may hide its letter
  if (!letter) return null;
  const found = event.shiftKey ? document.querySelector(`[data-all-key="${letter}"]`) : row.querySelector(`[data-key="${letter}"]`);
  return found && (() => use(found));
};

document.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (!row || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  let act = null;
  if (event.target === row) act = inRow(event, row);
  else if (event.key === "Escape") act = () => stand(row);
  else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox]), select")) {
    const named = event.target.dataset.enter;
    act = () => use(named ? row.querySelector(`[data-key="${named}"]`) : null);
  }
  if (act) { event.preventDefault(); act(); }
});

// One row stands in the Tab order; a row clicked or entered becomes that one.
let held = null;
document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (!row) { held = null; return; }
  held = row.id;
  for (const other of rowsBeside(row)) other.tabIndex = other === row ? 0 : -1;
});

// An answer may take away the field or button that had the focus: its row takes it. An error summary is gone to only by its links.
document.addEventListener("htmx:after:swap", () => {
  if (!held || (document.activeElement && document.activeElement !== document.body)) return;
  const row = document.getElementById(held);
  if (row) stand(row);
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.matches("[data-pick-all]")) {
    const table = document.getElementById(box.dataset.pickAll) ?? document;
    for (const one of table.querySelectorAll("[data-pick]:not(:disabled)")) {
      one.checked = box.checked;
      one.closest("tr")?.classList.toggle("picked", one.checked);
    }
  } else if (box.matches("[data-pick]")) box.closest("tr")?.classList.toggle("picked", box.checked);
});

// On a phone the fields of a card wait until somebody wants to change something; without script they are simply there.
document.documentElement.classList.add("scripted");
document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".unfold") && event.target.closest("tr");
  if (!row) return;
  row.classList.add("open");
  row.querySelector("td.fill :is(input, select)")?.focus();
});

// A list that opens over the page closes by Escape or by a click elsewhere.
const closeLists = (except) => {
  for (const list of document.querySelectorAll("details[data-closes][open]")) if (!list.contains(except)) list.open = false;
};
document.addEventListener("click", (event) => closeLists(event.target));
document.addEventListener("keydown", (event) => {
  const list = event.key === "Escape" && event.target.closest?.("details[data-closes][open]");
  if (list) { list.open = false; list.querySelector("summary").focus(); }
});

// The links of the firm under the pointer or the focus stand out; the others step back.
const light = (event) => {
  const firm = event.target.closest?.("[data-firm]")?.dataset.firm;
  for (const links of document.querySelectorAll(".graph .links")) {
    links.classList.toggle("lit", Boolean(firm));
    for (const link of links.querySelectorAll(".link")) {
      link.classList.toggle("on", Boolean(firm) && (link.dataset.from === firm || link.dataset.to === firm));
    }
  }
};
document.addEventListener("mouseover", light);
document.addEventListener("focusin", light);
