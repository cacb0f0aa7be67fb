// What the pages do beyond links and forms; without it everything can still be read and asked.
"use strict";

// A choice that is made submits its form: the button is for those without a script.
for (const button of document.querySelectorAll("[data-submits-itself]")) {
  button.hidden = true;
  button.form.addEventListener("change", () => button.form.requestSubmit());
}

// A citation: the quote on hover and focus, its source beside the answer on a click. A term: what it means.
const panel = document.getElementById("source");
const tip = document.getElementById("tip");
let opener = null;
let waiting = 0;

function showTip(link) {
  clearTimeout(waiting);
  const said = document.getElementById(link.getAttribute("aria-describedby"));
  if (!said || panel.contains(link)) return;
  const title = document.createElement("b");
  const isTerm = link.classList.contains("term");
  title.textContent = isTerm ? link.dataset.term : link.getAttribute("aria-label").replace(/^Source \d+: /, "");
  tip.replaceChildren(title, document.createTextNode(isTerm ? said.textContent : `“${said.textContent}”`));
  tip.hidden = false;
  const at = link.getClientRects()[0];
  const size = tip.getBoundingClientRect();
  const left = Math.min(Math.max(at.left - 20, 12), document.documentElement.clientWidth - size.width - 12);
  const above = at.top > size.height + 16;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above ? at.top - size.height - 8 : at.bottom + 8) + scrollY}px`;
}

function hideTip() {
  clearTimeout(waiting);
  if (tip) tip.hidden = true;
}

// A moment's grace, so that the pointer can move onto the quote and select from it.
function hideTipSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(hideTip, 180);
}

async function openSource(link) {
  hideTip();
  if (opener) opener.removeAttribute("aria-expanded");
  opener = link;
  await htmx.ajax("GET", link.getAttribute("href").split("#")[0], { target: "#source-body", swap: "innerHTML" });
  if (!document.getElementById("source-title")) {
    location.assign(link.href);
    return;
  }
  link.setAttribute("aria-expanded", "true");
  if (!panel.open) panel.show();
  const body = document.getElementById("source-body");
  const mark = body.querySelector("mark");
  const off = mark ? mark.getBoundingClientRect().top - body.getBoundingClientRect().top : 0;
  body.scrollTop = off > body.clientHeight * 0.7 ? body.scrollTop + off - body.clientHeight * 0.35 : 0;
  document.getElementById("source-title").focus({ preventScroll: true });
  keepInView(link);
}

// A sheet at the bottom must not cover the sentence whose source it shows.
function keepInView(link) {
  const sheet = panel.getBoundingClientRect();
  const at = link.getBoundingClientRect();
  if (sheet.left < at.right && at.bottom > sheet.top - 24) scrollBy({ top: at.bottom - sheet.top + 96 });
}

function closeSource() {
  if (!panel || !panel.open) return;
  panel.close();
  if (opener) {
    opener.removeAttribute("aria-expanded");
    opener.focus({ preventScroll: true });
    hideTip();
  }
}

// Lets the citations and terms in an element show what they say; called anew for what is added later.
function watch(element) {
  for (const link of element.querySelectorAll("a.cite, a.term")) {
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && showTip(link));
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideTipSoon());
    link.addEventListener("focus", () => link.matches(":focus-visible") && showTip(link));
    link.addEventListener("blur", hideTip);
  }
}

if (panel) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cite, a.term, a[data-source]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    if (link.classList.contains("term")) showTip(link);
    else openSource(link);
  });
  watch(document);
  tip.addEventListener("pointerenter", () => clearTimeout(waiting));
  tip.addEventListener("pointerleave", hideTipSoon);
  document.getElementById("source-close").addEventListener("click", closeSource);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!tip.hidden) hideTip();
    else closeSource();
  });
}

// Copy the answer as text, with its citations; the link itself leads to that text.
for (const link of document.querySelectorAll("a[data-copies]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const said = link.parentElement.querySelector("[role=status]");
    try {
      const response = await fetch(link.href);
      if (!response.ok) throw new Error(response.statusText);
      await copy(await response.text());
      said.textContent = "Copied";
      setTimeout(() => { said.textContent = ""; }, 4000);
    } catch {
      location.assign(link.href);
    }
  });
}

// A page that is not served over HTTPS has no clipboard of its own: the text is selected and copied from a field.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}
