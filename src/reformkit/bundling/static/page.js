// The page of the one file: starts Python, asks it, shows what it says. Nothing is fetched but what the file itself holds.
"use strict";
const $ = (id) => document.getElementById(id);
const packed = async (id) => {
  const element = $(id), text = atob(element.textContent);
  element.remove();
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const address = (bytes, type) => URL.createObjectURL(new Blob([bytes], { type }));
const nowhere = "https://nowhere.invalid/";

async function started() {
  const about = JSON.parse($("about-file").textContent);
  const [loader, asm, wasm, library, site, book] = await Promise.all(
    ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "site.zip", "book.json"].map(packed));
  const fetched = window.fetch.bind(window);
  window.fetch = (what, how) => String(what).endsWith("pyodide.asm.wasm")
    ? Promise.resolve(new Response(wasm, { headers: { "Content-Type": "application/wasm" } })) : fetched(what, how);
  const { loadPyodide } = await import(address(loader, "text/javascript"));
  const createPyodideModule = (await import(address(asm, "text/javascript"))).default;
  const python = await loadPyodide({
    indexURL: nowhere, packageBaseUrl: nowhere, createPyodideModule, stdLibURL: address(library, "application/zip"),
    lockFileContents: { info: about.lock, packages: {} },
  });
  window.fetch = fetched;
  python.unpackArchive(site, "zip", { extractDir: about.site });
  python.globals.set("dump", new TextDecoder().decode(book));
  const clerk = python.runPython("from reformkit.bundling.clerk import Clerk\nclerk = Clerk(dump)\ndel dump\nclerk");
  return { python, clerk };
}
// What a first answer does not need: letters, fixtures and the rulebook's texts, for whoever asks for them.
const unpacked = async () => {
  if ($("texts.zip") === null) return;
  python.FS.mkdirTree("/packed");
  for (const name of ["texts.zip", "letters.json", "fixtures.zip"]) if ($(name)) python.FS.writeFile(`/packed/${name}`, await packed(name));
};

let python, clerk, form, words, lang = document.documentElement.lang === "en" ? "en" : "zh";
let told = {}, findings = [], skipped = new Set(), onLetter = {}, ofOffice = new Set(), isOther = false;

const ask = (verb, what = {}, data = null) => {
  const bytes = data === null ? python.toPy(new Uint8Array(0)) : python.toPy(data);
  const said = clerk.answer(verb, JSON.stringify(what), bytes.tobytes(), lang);
  if (typeof said === "string") return JSON.parse(said);
  const file = said.toJs();
  said.destroy();
  return file;
};
const lined = (one) => `${one.place} ${one.fix ? words.with_fix.replace("{message}", () => one.message).replace("{fix}", () => one.fix) : one.message}`.trim();
const complain = (problems) => {
  const lines = (problems || []).map(lined);
  $("trouble").textContent = lines.join("\n");
  $("trouble").hidden = lines.length === 0;
};
const guarded = (doing) => async (...given) => {
  try { await doing(...given); }
  catch (error) { complain([{ place: "", message: words.failed.replace("{why}", String(error).split("\n").slice(-2).join(" ")) }]); }
};
const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text ?? "" }, more);
const download = (bytes, name, type) => {
  if (!(bytes instanceof Uint8Array)) return complain(bytes.problems); // why there is no file
  const link = make("a", "", { href: address(bytes, type), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const field = (fact) => form.fields.find((one) => one.fact === fact);
const paired = (label, value) => words.labelled.replace("{label}", () => label).replace("{words}", () => value);
const said = (one, value) => {
  if (one.type === "flag") return value ? words.yes : words.no;
  const label = (id) => (one.options.find((option) => option.value === id) || { label: id }).label;
  return Array.isArray(value) ? value.map(label).join(words.comma) : label(String(value));
};

function control(one, give) {
  const box = make("div", "", { className: "answers" });
  if (one.type === "flag" || (one.type === "choice" && one.options.length <= 12)) {
    const options = one.type === "flag" ? [{ value: true, label: words.yes }, { value: false, label: words.no }] : one.options;
    options.forEach((option) => box.append(make("button", option.label, { type: "button", onclick: () => give(option.value) })));
    return box;
  }
  const answer = make("form", "", { className: "answers" });
  const types = { date: "date", count: "number", number: "number" };
  if (one.type === "tags") one.options.forEach((option) => {
    const label = make("label", "");
    label.append(make("input", "", { type: "checkbox", value: option.value, name: "tag" }), option.label);
    answer.append(label);
  });
  else if (one.type === "choice") {
    const select = make("select", "", { name: "value" });
    one.options.forEach((option) => select.append(make("option", option.label, { value: option.value })));
    answer.append(select);
  } else answer.append(make("input", "", { name: "value", type: types[one.type] || "text", step: one.type === "number" ? "any" : "1", min: "0", required: true }));
  answer.append(make("button", words.give, { className: "first" }));
  answer.onsubmit = (event) => {
    event.preventDefault();
    const form = new FormData(answer), value = form.get("value");
    if (one.type === "tags") give(form.getAll("tag"));
    else if (one.type === "count") give(Number(value));
    else if (value !== "") give(value);
  };
  box.append(answer);
  return box;
}

const tell = guarded(async (fact, value) => { told[fact] = value; skipped.delete(fact); await assess(); });
function put(one) {
  const box = $("question");
  box.replaceChildren();
  if (!one) return box.append(make("p", words.settled));
  box.append(make("h2", words.next), make("strong", one.ask), control(one, (value) => tell(one.fact, value)));
  box.append(make("p", "", { className: "aside" }));
  box.lastChild.append(make("button", words.unknown, { type: "button", onclick: guarded(async () => { skipped.add(one.fact); delete told[one.fact]; await assess(); }) }));
}
const stated = () => ({ id: $("id").value || "A-1", ...told, ...(findings.length ? { findings } : {}) });
const assess = async () => {
  const found = ask("assess", stated());
  complain(found.problems);
  if (found.page === undefined) return;
  $("paper").innerHTML = found.page;
  put(found.needs.find((need) => !need.of_finding && !skipped.has(need.fact)));
  const item = (text, gone) => {
    const line = make("li", "");
    line.append(make("span", text), make("button", words.remove, { type: "button", onclick: guarded(async () => { gone(); await assess(); }) }));
    return line;
  };
  const known = Object.keys(told).filter(field);
  $("facts").replaceChildren(...known.map((fact) => item(paired(field(fact).label, said(field(fact), told[fact])), () => delete told[fact])));
  const cause = (id) => form.causes.find((one) => one.value === id)?.label ?? id;
  $("findings").replaceChildren(...findings.map((one, at) => item(one.evidence ? paired(cause(one.cause), one.evidence) : cause(one.cause), () => findings.splice(at, 1))));
  await letter();
};

// The draft of a letter: asked for what the case does not tell, one question a field.
const drafted = () => ({ kind: $("kind").value, case: stated(), said: onLetter });
const letter = guarded(async () => {
  if (!$("letters").open) return;
  await unpacked();
  const found = ask("letter", drafted()), at = document.activeElement?.name;
  if ($("kind").length !== found.kinds.length + 1) choose($("kind"), found.kinds, words.choose);
  const known = found.known || [], asked = found.asked || [];
  $("asked").replaceChildren(...asked.map((one) => {
    const more = (one.optional ? words.optional : "") + (one.shape === "list" ? words.each_line : "");
    const label = make("label", one.ask + more, { className: one.lacking ? "lacking" : "" });
    if (one.stays) ofOffice.add(one.name);
    if (one.shape === "entries") return label;
    const input = make(one.shape === "list" ? "textarea" : "input", "", { name: one.name, value: one.value, rows: 2 });
    if (one.shape === "day") input.type = "date";
    input.onchange = () => { onLetter[one.name] = input.value; setTimeout(letter); };
    label.append(input);
    return label;
  }));
  if (at) $("asked").elements.namedItem(at)?.focus();
  const ready = Boolean($("kind").value) && found.blanks === 0 && found.problems.length === 0;
  $("save-letter").disabled = !ready;
  $("save-letter").dataset.name = found.name || "";
  $("lacks").textContent = found.blanks ? words.letter_lacks.replace("{number}", found.blanks) : "";
  $("faults").replaceChildren(...(found.blanks ? [] : found.problems).map((one) => make("li", lined(one))));
  $("written").hidden = known.length === 0;
  $("known").replaceChildren(...known.flatMap(([name, said]) => [make("dt", name), make("dd", said)]));
});
const anew = () => { for (const name of Object.keys(onLetter)) if (!ofOffice.has(name)) delete onLetter[name]; };

const show = (view) => {
  ["assess", "many", "desk", "about"].forEach((id) => { $(id).hidden = id !== view; });
  document.querySelectorAll("nav button").forEach((button) => button.toggleAttribute("aria-current", button.dataset.view === view));
  if (view === "desk") openDesk();
};
const openDesk = guarded(async () => {
  if (window.deskInside && !isOther) return;
  if (window.deskInside) window.deskInside.given_anew();
  else {
    await unpacked();
    window.deskInside = python.runPython("from reformkit.bundling.desk_inside import DeskInside\nDeskInside('/packed/texts.zip', clerk.files, clerk.fixtures)");
  }
  isOther = false;
  await window.visit("GET", window.here ?? "/");
});
// The desk's pages come out of its app, into a frame; its scripts ask through this instead of a network.
window.asked = async (method, path, headers, body) => {
  const answer = await window.deskInside.ask(method, path, python.toPy(headers), typeof body === "string" ? body : python.toPy(body ?? ""), lang);
  const [status, fields, content] = answer.toJs({ dict_converter: Object.fromEntries });
  answer.destroy();
  return { status, headers: fields, text: new TextDecoder().decode(content), bytes: content };
};
window.visit = guarded(async (method, path, body) => {
  const headers = body ? { "content-type": "application/x-www-form-urlencoded" } : {};
  let answer = await window.asked(method, path, headers, body), here = path;
  for (let hops = 0; answer.status === 303 && hops < 5; hops++) {
    here = answer.headers.location;
    answer = await window.asked("GET", here, {}, "");
  }
  const file = (answer.headers["content-disposition"] || "").match(/filename\*=UTF-8''(.+)/);
  if (file) return download(answer.bytes, decodeURIComponent(file[1]), answer.headers["content-type"]);
  window.here = here;
  $("frame").srcdoc = window.deskInside.page(answer.text);
});

const choose = (select, options, first) => select.replaceChildren(make("option", first, { value: "" }), ...options.map((one) => make("option", one.label, { value: one.value ?? one.fact })));
const speak = async () => {
  form = ask("form");
  words = form.words;
  document.documentElement.lang = words.tag;
  document.querySelectorAll("[data-word]").forEach((element) => { element.textContent = words[element.dataset.word]; });
  $("title").textContent = document.title = form.rulebook;
  choose($("add"), form.fields, words.choose);
  choose($("finding").cause, form.causes, words.choose);
  choose($("finding").matter, form.matters, words.choose);
  const kind = $("kind").value;
  if (kind) choose($("kind"), ask("letter").kinds, words.choose);
  else $("kind").replaceChildren();
  $("kind").value = kind;
  await assess();
};
const opened = guarded(async (file) => {
  show("many");
  complain([]);
  $("told").textContent = words.reading;
  await unpacked();
  await new Promise((go) => setTimeout(go, 30));
  const found = ask("read", { name: file.name }, new Uint8Array(await file.arrayBuffer()));
  const read = found.cases || [];
  $("told").textContent = "";
  if (!read.length && !found.fixtures && !found.rules) return complain([{ place: "", message: words.not_taken.replace("{name}", () => file.name) }, ...(found.problems || [])]);
  complain([]);
  $("told").textContent = found.fixtures ? words.took_fixtures.replace("{number}", found.fixtures) : "";
  if (found.rules) return anotherBook();
  isOther = true; // the desk holds edits to what was opened last
  if (found.fixtures) return found.problems.length && complain(found.problems);
  $("read").hidden = false;
  $("year").replaceChildren();
  summed(false);
  $("number").textContent = words.read.replace("{number}", read.length);
  $("cases").replaceChildren(...read.slice(0, 5000).map((id) => make("option", id, { value: id })));
  $("wrong").hidden = !found.problems.length;
  $("wrong").lastElementChild.replaceChildren(...found.problems.map((one) => make("li", lined(one))));
  if (read.length === 1) await take(read[0]);
});
const anotherBook = async () => {
  window.deskInside?.destroy();
  window.deskInside = window.here = undefined;
  $("read").hidden = true;
  $("year").replaceChildren();
  told = {}; findings = []; skipped = new Set();
  await speak();
  $("told").textContent = words.took_rules.replace("{title}", () => form.rulebook);
};
const summed = (is) => ["save-year-page", "save-year-book"].forEach((id) => { $(id).disabled = !is; });
const take = guarded(async (id) => {
  const { id: own, findings: found, ...facts } = ask("case", { id });
  $("id").value = own;
  told = facts;
  findings = found || [];
  skipped = new Set();
  anew();
  show("assess");
  await assess();
});

function wire() {
  document.querySelectorAll("nav button").forEach((button) => { button.onclick = () => show(button.dataset.view); });
  $("language").onclick = guarded(async () => { lang = lang === "zh" ? "en" : "zh"; await speak(); if (window.deskInside) await window.visit("GET", window.here); });
  $("id").onchange = guarded(assess);
  $("new").onclick = guarded(async () => { told = {}; findings = []; skipped = new Set(); anew(); await assess(); });
  $("add").onchange = () => { if ($("add").value) put(field($("add").value)); $("add").value = ""; };
  $("finding").onsubmit = guarded(async (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData($("finding"))].filter(([, value]) => value));
    findings.push(given);
    $("finding").reset();
    await assess();
  });
  $("letters").ontoggle = letter;
  $("kind").onchange = letter;
  $("asked").onsubmit = (event) => event.preventDefault();
  $("save-letter").onclick = guarded(async () => {
    const name = $("save-letter").dataset.name;
    download(ask("letter_file", drafted()), name, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  });
  $("print").onclick = () => window.print();
  $("save-page").onclick = guarded(async () => download(ask("page", stated()), `${stated().id}.html`, "text/html"));
  $("save-case").onclick = () => download(new TextEncoder().encode(JSON.stringify([stated()], null, 1)), `${stated().id}.json`, "application/json");
  $("files").onchange = () => { if ($("files").files[0]) opened($("files").files[0]); $("files").value = ""; };
  $("template").onclick = guarded(async () => download(ask("template"), words.template_name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
  $("sum-up").onclick = guarded(async () => {
    $("year").textContent = words.working;
    await new Promise((go) => setTimeout(go, 30));
    const found = ask("sum_up", { year: $("which").value });
    complain(found.problems);
    $("year").innerHTML = found.page || "";
    summed(Boolean(found.page));
  });
  $("save-year-page").onclick = guarded(async () => download(ask("year_page"), "year.html", "text/html"));
  $("save-year-book").onclick = guarded(async () => download(ask("year_book"), "year.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
  $("open-case").onclick = () => take($("cases").value);
  $("save-rules").onclick = guarded(async () => { const zip = window.deskInside.zipped(); if (!zip) return complain([{ place: "", message: words.broken_rules }]); complain([]); download(zip.toJs(), "rules.zip", "application/zip"); zip.destroy(); });
  addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
  addEventListener("dragleave", () => $("drop").classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    if (event.dataTransfer.files[0]) opened(event.dataTransfer.files[0]);
  });
}

(async () => {
  try {
    ({ python, clerk } = await started());
    wire();
    $("letters").hidden = !$("letters.json");
    $("notices").textContent = $("notices-text").content.textContent;
    await speak();
    show("assess");
    $("starting").hidden = true;
    $("app").hidden = false;
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  } catch (error) {
    $("step").textContent = `未能启动 Could not start: ${String(error).split("\n").slice(-2).join(" ")}`;
    document.documentElement.dataset.failed = "yes";
  }
})();
