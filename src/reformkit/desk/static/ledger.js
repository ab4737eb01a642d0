// Files handed in: their bytes are the body of a request, what else the form says stands in its address.
"use strict";

const handIn = {
  begin() {
    document.querySelectorAll("form.hand-in").forEach((form) => {
      form.querySelectorAll(".scriptless").forEach((words) => { words.hidden = true; });
      form.addEventListener("submit", (event) => { event.preventDefault(); this.send(form); });
    });
  },
  async send(form) {
    const file = form.elements.file.files[0];
    if (!file) return;
    const said = new URLSearchParams({ name: file.name });
    for (const one of form.elements) if (one.name && one.type !== "file") said.set(one.name, one.value);
    const button = form.querySelector("button");
    button.disabled = true;
    form.setAttribute("aria-busy", "true");
    const headers = { "content-type": "application/octet-stream" };
    const answer = await fetch(`${form.dataset.to}?${said}`, { method: "POST", body: file, headers });
    if (answer.ok && !form.dataset.shows) {
      location.assign(answer.url);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const here = document.getElementById("main"), found = page.getElementById("main");
    if (found) here.replaceChildren(...found.childNodes);
    here.focus();
    this.begin();
  },
};

handIn.begin();
