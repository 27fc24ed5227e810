// A block of cells copied from a spreadsheet is laid over the rows of the answer form, from the field it is pasted into on.
// Down goes from row to row, across from day to quantity, price and reason. Without this script the form has a box to paste into.
"use strict";

{
  const columns = [".promise input[type=date]", ".promise input.figure", 'input[name$=".price"]', "select"];

  const isoDay = (text) => {
    const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
    return found ? `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}` : text;
  };

  const lay = (field, text) => {
    if (!field || text === "") return;
    if (field.tagName === "SELECT") {
      const option = [...field.options].find((one) => one.text.trim() === text || one.value === text);
      if (option) field.value = option.value;
    } else field.value = field.type === "date" ? isoDay(text) : text.replace(/[,\s]/g, "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("paste", (event) => {
    const field = event.target.closest?.("#lines td.fill :is(input, select)"), row = field?.closest("tr[data-row]");
    const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r/g, "").replace(/\n$/, "");
    const first = columns.findIndex((one) => field?.matches(one));
    if (!row || first < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const rows = [...row.parentNode.querySelectorAll("tr[data-row]")];
    const below = rows.slice(rows.indexOf(row));
    text.split("\n").slice(0, below.length).forEach((line, down) => {
      line.split("\t").slice(0, columns.length - first).forEach((cell, across) => {
        lay(below[down].querySelector(columns[first + across]), cell.trim());
      });
    });
  });
}
