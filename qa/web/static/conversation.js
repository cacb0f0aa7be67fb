// Follow-ups answered in place: each piece of an answer is shown below the page as it comes. Without this, the form leads
// to the answer's own page.
"use strict";

const turns = document.getElementById("turns");
const follow = document.getElementById("follow");
const told = document.getElementById("turns-said");
const BREAK = "\n<!--piece-->\n";
let isAsking = false;

function waitingTurn(question) {
  const turn = document.createElement("article");
  turn.className = "turn is-waiting";
  const title = document.createElement("h2");
  title.className = "turn-question";
  title.textContent = question;
  turn.append(title);
  turns.append(turn);
  return turn;
}

// Adds a piece; the first one takes the place of what stood there while it was waited for.
function addPiece(turn, html) {
  const piece = document.createElement("template");
  piece.innerHTML = html;
  if (turn.classList.contains("is-waiting")) {
    turn.classList.remove("is-waiting");
    turn.replaceChildren();
  }
  turn.append(piece.content);
}

async function eachPiece(response, show) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    const pieces = (held + (value || "")).split(BREAK);
    held = done ? "" : pieces.pop();
    for (const piece of pieces) if (piece.trim()) show(piece);
    if (done) return;
  }
}

function settle(turn) {
  const head = turn.querySelector(".turn-head");
  const { answer, path } = head.dataset;
  turn.setAttribute("aria-labelledby", head.querySelector(".turn-question").id);
  watch(turn);
  // What is asked next follows this answer, and the address leads back to the whole conversation.
  follow.action = `/answers/${answer}/follow-up`;
  history.replaceState(null, "", path);
  const next = document.getElementById("suggested");
  if (next) htmx.ajax("GET", `/answers/${answer}/next`, { target: next, swap: "innerHTML" });
  head.querySelector(".turn-question").focus({ preventScroll: true });
  // While it was waited for, the page was too short to show it from its beginning.
  turn.scrollIntoView({ block: "start" });
}

async function askInPlace(form) {
  isAsking = true;
  const field = form.elements.question;
  const question = field.value.trim();
  const turn = waitingTurn(question);
  told.textContent = "Searching guidelines, labels and research";
  turn.scrollIntoView({ block: "start" });
  try {
    const response = await fetch(follow.action, {
      method: "POST",
      headers: { "X-Streams": "1", accept: "text/html" },
      body: new URLSearchParams({ question }),
    });
    if (!response.ok) throw new Error(response.statusText);
    await eachPiece(response, (piece) => addPiece(turn, piece));
    settle(turn);
    told.textContent = "";
    if (field.type !== "hidden") field.value = "";
  } catch {
    // The form itself says what is wrong, on a page of its own.
    turn.remove();
    told.textContent = "";
    form.action = follow.action;
    form.submit();
  }
  isAsking = false;
}

if (follow && turns) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form !== follow && !form.classList.contains("follow-this")) return;
    event.preventDefault();
    if (!isAsking) askInPlace(form);
  });
  document.getElementById("follow-question").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    follow.requestSubmit();
  });
}
