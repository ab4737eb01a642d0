// Inside the frame of the desk: links, forms and what htmx asks go to the app in the page around it, not to a network.
"use strict";
(() => {
  const around = window.parent;
  Object.defineProperty(window, "origin", { value: "https://desk.invalid" }); // a frame without an address has none, and htmx asks for it
  class Asking extends EventTarget {
    constructor() { super(); this.headers = {}; this.readyState = 0; this.status = 0; this.responseText = this.response = ""; this.upload = new EventTarget(); }
    open(method, path) {
      this.method = method;
      this.path = path;
      this.responseURL = new URL(path, window.origin).href;
      this.readyState = 1;
    }
    setRequestHeader(name, value) { this.headers[name.toLowerCase()] = value; }
    overrideMimeType() {}
    abort() { this.gone = true; this.onabort?.(); }
    getResponseHeader(name) { return this.found?.[name.toLowerCase()] ?? null; }
    getAllResponseHeaders() { return Object.entries(this.found || {}).map(([name, value]) => `${name}: ${value}\r\n`).join(""); }
    send(body) {
      around.asked(this.method.toUpperCase(), this.path, this.headers, body == null ? "" : String(body)).then((answer) => {
        if (this.gone) return;
        if (answer.headers["hx-redirect"]) return around.visit("GET", answer.headers["hx-redirect"]);
        this.status = answer.status;
        this.found = answer.headers;
        this.responseText = this.response = answer.text;
        this.readyState = 4;
        this.onreadystatechange?.();
        this.onload?.();
        this.onloadend?.();
      }, () => this.onerror?.());
    }
  }
  window.XMLHttpRequest = Asking;
  window.goTo = (to) => around.visit("GET", to);
  window.fetch = async (path, how = {}) => {
    const headers = Object.fromEntries(new Headers(how.headers || {}));
    const sent = how.body == null || typeof how.body === "string" ? how.body ?? "" : new Uint8Array(await new Response(how.body).arrayBuffer());
    const answer = await around.asked(how.method || "GET", String(path), headers, sent);
    return new Response(answer.status === 204 ? null : answer.bytes, { status: answer.status, headers: answer.headers });
  };
  const boosted = (element) => element.closest("[hx-boost='true']") || element.matches("[hx-get], [hx-post]");
  const path = (address) => new URL(address, `https://desk.invalid${around.here}`);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || boosted(link) || link.getAttribute("href").startsWith("#")) return;
    const to = path(link.getAttribute("href"));
    event.preventDefault();
    if (to.host === "desk.invalid") around.visit("GET", to.pathname + to.search);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || boosted(form)) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form, event.submitter)), to = path(form.getAttribute("action") || around.here);
    if ((form.method || "get").toLowerCase() === "post") around.visit("POST", to.pathname + to.search, data.toString());
    else around.visit("GET", `${to.pathname}?${data}`);
  });
})();
