// Keyboard for rows that can be answered, and light on a firm's links. Works on whatever htmx swaps in; pages work without it.
//
// A table with rows `<tr data-row tabindex>` is one stop of the Tab key; keys act only while a row itself has the focus.
//   arrows, Home, End       move between rows
//   a letter                presses or enters the element of the row with that `data-key` (y confirm, c change, x reject, u undo ...)
//   Shift + a letter        presses the element of the page with that `data-all-key` (y confirm selected)
//   Space                   ticks the row's `[data-pick]`
//   Enter in a field        presses the button of the row named by the field's `data-enter`; without one goes back to the row
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

// A choice that needs filling in names the first field of it: `data-then`.
const goOn = (element) => {
  const field = element.dataset.then && rowOf(element)?.querySelector(element.dataset.then);
  if (field) { field.focus(); field.select?.(); }
};

const use = (element) => {
  if (!element || element.disabled) return;
  if (element.matches("button, a, summary, input[type=checkbox], input[type=radio]")) {
    element.click();
    goOn(element);
  }
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
    act = () => named ? use(row.querySelector(`[data-key="${named}"]`)) : stand(row);
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

// An answer may take away the field, button or row that had the focus: its row takes it, or the one now in its place.
// An error summary is gone to only by its links.
document.addEventListener("htmx:after:swap", () => {
  if (!held || (document.activeElement && document.activeElement !== document.body)) return;
  const row = document.getElementById(held) ?? [...document.querySelectorAll("tr[data-row]")].at(-1);
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

// The answer form: what is said of each row, told by its `data-state`; nothing leaves before "send" is pressed.
const answerForm = document.querySelector("form[data-draft]");
const answerRows = () => [...answerForm.querySelectorAll("tr[data-answer-row]")];

const said = (row) => {
  const chosen = row.querySelector("[data-choice]:checked")?.value ?? "";
  row.dataset.state = chosen || "OPEN";
  row.classList.toggle("open", chosen !== "" && chosen !== "ACCEPTED");
};

const tally = () => {
  const answered = answerRows().filter((row) => row.dataset.state !== "OPEN").length;
  answerForm.querySelector("[data-answered]").textContent = answered;
  answerForm.querySelector("[data-answered-bar]").value = answered;
};

const choose = (row, answer) => {
  const box = row.querySelector(`[data-choice][value="${answer}"]`);
  if (box) { box.checked = true; said(row); }
};

// One more promised day: the last one copied, its fields empty and numbered on.
const split = (row) => {
  const days = row.querySelector("[data-days]"), last = [...row.querySelectorAll(".promise")].at(-1);
  const at = Number(days.value), copy = last.cloneNode(true);
  copy.querySelectorAll(".wrong").forEach((wrong) => wrong.remove());
  for (const field of copy.querySelectorAll("input")) {
    field.name = field.name.replace(/\d+$/, at);
    field.id = field.id.replace(/\d+$/, at);
    field.value = field.defaultValue = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    const label = field.closest(".field").querySelector("label");
    label.htmlFor = field.id;
    label.textContent = label.textContent.replace(/\d+$/, at + 1);
  }
  days.value = at + 1;
  last.querySelector("[data-split]")?.remove();
  last.after(copy);
  return copy;
};

const undo = (row) => {
  const days = [...row.querySelectorAll(".promise")], kept = Number(row.querySelector("[data-days]").dataset.first);
  days[kept - 1].append(row.querySelector("[data-split]"));
  days.slice(kept).forEach((one) => one.remove());
  row.querySelector("[data-days]").value = kept;
  for (const field of row.querySelectorAll("input:not([data-pick]), select")) {
    if (field.matches("[data-days]")) continue;
    if (field.type === "radio") field.checked = field.defaultChecked;
    else if (field.tagName === "SELECT") [...field.options].forEach((one) => { one.selected = one.defaultSelected; });
    else field.value = field.defaultValue;
  }
  said(row);
};

if (answerForm) {
  const place = `answer:${answerForm.dataset.draft}`;
  const drafted = () => Object.fromEntries([...new FormData(answerForm)].filter(([name]) => /^l\.|^note$/.test(name)));
  const keep = () => { tally(); sessionStorage.setItem(place, JSON.stringify(drafted())); };
  const restore = (kept) => {
    for (const row of answerRows()) {
      const days = row.querySelector("[data-days]");
      while (Number(kept[days.name] ?? 0) > Number(days.value)) split(row);
    }
    for (const field of answerForm.querySelectorAll("[name]")) {
      if (!(field.name in kept)) continue;
      if (field.type === "radio") field.checked = field.value === kept[field.name];
      else field.value = kept[field.name];
    }
    answerRows().forEach(said);
  };
  const before = sessionStorage.getItem(place);
  if (before && !("draftKept" in answerForm.dataset) && before !== JSON.stringify(drafted())) {
    restore(JSON.parse(before));
    answerForm.querySelector("[data-draft-note]").hidden = false;
  }
  tally();
  answerForm.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (row && event.target.matches("[data-choice]")) said(row);
    if (!event.target.matches("[data-pick], [data-pick-all]")) keep();
  });
  answerForm.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    const altered = row && event.target.matches("td.fill input:not([type=radio])");
    if (altered && ["OPEN", "ACCEPTED"].includes(row.dataset.state)) choose(row, "CHANGED");
    keep();
  });
  answerForm.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, [data-choice]"), row = pressed && rowOf(pressed);
    if (!pressed) return;
    if (pressed.matches("[data-split]")) {
      event.preventDefault();
      choose(row, "CHANGED");
      split(row).querySelector("input").focus();
    } else if (pressed.matches("[data-undo]")) { undo(row); stand(row); }
    else if (pressed.matches("[data-answer-picked]")) {
      for (const box of answerForm.querySelectorAll("[data-pick]:checked")) {
        choose(rowOf(box), "ACCEPTED");
        box.checked = false;
        rowOf(box).classList.remove("picked");
      }
      answerForm.querySelectorAll("[data-pick-all]").forEach((box) => { box.checked = false; });
    } else if (pressed.matches("[data-draft-drop]")) {
      answerRows().forEach(undo);
      answerForm.querySelector("[data-draft-note]").hidden = true;
    } else {
      if (event.detail) goOn(pressed);
      return;
    }
    keep();
  });
}
const sent = document.querySelector("[data-draft-done]")?.dataset.draftDone;
if (sent) {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(`answer:${sent}:`)) sessionStorage.removeItem(name);
}
