// What the pages do beyond links and forms: the grid by keyboard, finding a rule, questions by a key.
"use strict";

const grid = {
  // Rows of cells as they are seen: a cell over several rows stands in each of them.
  rows() {
    const table = document.getElementById("grid");
    if (!table) return [];
    const held = [];
    return [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row, at) => {
      const cells = [...row.cells];
      held.filter((kept) => kept.until > at).forEach((kept) => cells.push(kept.cell));
      cells.filter((cell) => cell.rowSpan > 1).forEach((cell) => held.push({ cell, until: at + cell.rowSpan }));
      return cells;
    });
  },
  here() {
    const rows = this.rows();
    for (let row = 0; row < rows.length; row++) {
      const column = rows[row].indexOf(document.activeElement.closest?.("#grid tbody th, #grid tbody td"));
      if (column >= 0) return { rows, row, column };
    }
    return null;
  },
  // One tab stop: the cell that was last in focus, else that of the rule that decides, else the first.
  stop(cell) {
    document.querySelectorAll('#grid [tabindex="0"]').forEach((old) => { old.tabIndex = -1; });
    if (cell) cell.tabIndex = 0;
  },
  settle() {
    const table = document.getElementById("grid");
    if (table && !table.querySelector('[tabindex="0"]')) {
      this.stop(table.querySelector("tr.lit > th") || table.querySelector("tbody th"));
    }
  },
  move(event) {
    const at = this.here();
    if (!at || event.target.matches("input, select, textarea")) return;
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    let { row, column } = at;
    if (ways[event.key]) {
      row += ways[event.key][0];
      column += ways[event.key][1];
    } else if (event.key === "Home") column = 0;
    else if (event.key === "End") column = at.rows[row].length - 1;
    else return;
    row = Math.min(Math.max(row, 0), at.rows.length - 1);
    column = Math.min(Math.max(column, 0), at.rows[row].length - 1);
    event.preventDefault();
    this.stop(at.rows[row][column]);
    at.rows[row][column].focus();
  },
};

// A cell edited in its place: Enter begins and ends, Esc leaves it as it was.
const cell = {
  begin(td) {
    const table = document.getElementById("grid");
    if (!td?.dataset?.fact || td.dataset.words === undefined || td.querySelector("input")) return false;
    const kept = [...td.childNodes];
    const box = document.createElement("input");
    box.value = td.dataset.words;
    box.setAttribute("list", `words-${td.dataset.fact}`);
    box.setAttribute("aria-label", `${td.dataset.label} ${table.dataset.how}`);
    box.className = "cell";
    td.replaceChildren(box);
    box.focus();
    box.select();
    const leave = () => { box.onblur = null; td.replaceChildren(...kept); };
    box.onblur = leave;
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") { leave(); td.focus(); }
      else if (event.key === "Enter") {
        const words = box.value;
        leave();
        td.focus();
        if (words === td.dataset.words) return;
        const row = td.parentElement;
        htmx.ajax("POST", "/cell", { target: "#effect", swap: "outerHTML", values: {
          decision: table.dataset.decision, rule: row.dataset.rule, row: row.dataset.row, fact: td.dataset.fact, words } });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return true;
  },
};
document.addEventListener("dblclick", (event) => cell.begin(event.target.closest?.("#grid tbody td")));

const find = (words) => {
  const wanted = words.trim().toLowerCase();
  const all = document.querySelectorAll("#grid tbody tr, #rules > li:not(.group)");
  const shown = new Set();
  all.forEach((row) => { if (row.textContent.toLowerCase().includes(wanted)) shown.add(row.dataset.rule); });
  all.forEach((row) => { row.hidden = wanted !== "" && !shown.has(row.dataset.rule); });
  document.querySelectorAll("#rules > .group").forEach((head) => {
    let row = head.nextElementSibling;
    while (row?.hidden && !row.matches(".group")) row = row.nextElementSibling;
    head.hidden = !row || row.matches(".group");
  });
};

const typing = (target) => target.matches?.("input, select, textarea") || target.isContentEditable;

document.addEventListener("keydown", (event) => {
  grid.move(event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) {
    if (event.key === "Escape" && event.target.id === "find") {
      event.target.value = "";
      find("");
    }
    return;
  }
  const box = document.getElementById("find");
  if (event.key === "/" && box) {
    event.preventDefault();
    box.focus();
  } else if (event.key === "n") {
    document.querySelector("#question a")?.focus();
  } else if (event.key === "Enter" && event.target.matches("#grid tbody td")) {
    if (cell.begin(event.target)) event.preventDefault();
  } else if (event.key === "?" ) {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "Enter" && event.target.closest?.("#grid tbody th")) {
    event.target.querySelector("a")?.click();
  }
});
document.addEventListener("input", (event) => { if (event.target.id === "find") find(event.target.value); });
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest?.("#grid tbody th, #grid tbody td");
  if (cell) grid.stop(cell);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.to-fact");
  if (link) {
    event.preventDefault();
    document.querySelector(link.hash)?.focus();
  }
});
// --- the editor of a rule ---------------------------------------------------------------------------

const editor = {
  view: null,
  begin() {
    const box = document.getElementById("lines");
    if (!box || this.view) return;
    const form = box.form;
    form.elements.tab.value = crypto.randomUUID();
    const changed = () => htmx.trigger(form, "edited");
    if (window.DeskEditor) {
      this.view = DeskEditor.over(box, {
        label: box.getAttribute("aria-label"),
        nonce: document.body.dataset.nonce,
        completions: [...document.querySelectorAll("#words option")].map((one) => ({ label: one.value, detail: one.label })),
        changed,
        escape: () => { document.activeElement.blur(); document.getElementById("close")?.focus(); return true; },
      });
      this.underline();
    } else box.addEventListener("input", changed);
  },
  underline() {
    if (!this.view) return;
    this.view.underline([...document.querySelectorAll("#notes li")].map((note) => ({
      line: Number(note.dataset.line), column: Number(note.dataset.column), end: Number(note.dataset.end) || 0,
      severity: note.dataset.severity === "error" ? "error" : note.dataset.severity === "warning" ? "warning" : "info",
      message: note.textContent.trim(),
    })));
  },
};

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const button = document.getElementById(key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "");
  if (button && !button.disabled) {
    event.preventDefault();
    button.click();
  }
});

// An answer that refuses with a page of its own (both texts) is shown as that page.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status !== 409) return;
  Object.assign(event.detail, {
    shouldSwap: true, isError: false, target: document.getElementById("main"), selectOverride: "#stale, #sheet", swapOverride: "innerHTML",
  });
});
// The table is put in anew: the cell that was in focus is so again.
let place = null;
document.addEventListener("htmx:beforeSwap", () => {
  const at = grid.here();
  place = at && { row: at.row, column: at.column };
});
document.addEventListener("htmx:afterSettle", () => {
  const rows = grid.rows();
  if (place && rows[place.row]?.[place.column] && document.activeElement === document.body) rows[place.row][place.column].focus();
  grid.settle();
  editor.underline();
});
// --- a file that is handed in: a workbook of rules, a year's cases --------------------------------------

document.addEventListener("change", async (event) => {
  const file = event.target.id === "given" && event.target.files[0];
  if (!file) return;
  const said = document.getElementById("given-said"), to = event.target.dataset.to;
  const headers = { "Content-Type": "application/octet-stream", "HX-Request": "true" };
  const answer = await fetch(`${to}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers });
  const next = answer.headers.get("HX-Redirect") || to;
  if (answer.ok) window.goTo ? window.goTo(next) : location.assign(next); // a frame without an address is led by the page around it
  else {
    said.textContent = await answer.text();
    said.hidden = false;
  }
});

document.addEventListener("DOMContentLoaded", () => { grid.settle(); editor.begin(); });
document.documentElement.classList.add("scripted");
