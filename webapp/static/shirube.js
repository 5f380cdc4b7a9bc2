// Everything works without this file: it copies the link, moves focus and warns before typed answers are left.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
}

document.getElementById("error-summary")?.focus();

const answers = document.getElementById("answers");
if (answers) {
  let changed = false;
  answers.addEventListener("input", (event) => {
    changed = true;
    const question = event.target.closest(".question");
    if (question && event.target.type === "text" && event.target.value) exclude(question, event.target);
    if (question && event.target.type === "checkbox" && event.target.checked) exclude(question, event.target);
  });
  answers.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// "I don't know" and "none of these" exclude an answer, and each other.
function exclude(question, given) {
  const instead = given.closest(".states") !== null;
  for (const box of question.querySelectorAll('input[type="checkbox"]')) {
    if (box !== given && (instead || box.closest(".states"))) box.checked = false;
  }
}

// Of the blank rows of a list only the first is shown. A button brings the next, up to as many as are allowed.
for (const button of document.querySelectorAll("[data-add-row]")) {
  const question = button.closest(".question");
  const rows = () => [...question.querySelectorAll(".row")];
  const more = () => rows().some((row) => row.hidden) || rows().length < Number(button.dataset.addRow);
  for (const row of rows().filter((each) => each.matches("[data-blank]")).slice(1)) row.hidden = true;
  button.hidden = !more();
  button.addEventListener("click", () => {
    const row = rows().find((each) => each.hidden) ?? appendRow(rows());
    row.hidden = false;
    row.querySelector("input, select").focus();
    button.hidden = !more();
  });
  question.addEventListener("click", (event) => {
    if (!event.target.closest("[data-clear-row]")) return;
    empty(event.target.closest(".row"));
    button.hidden = false;
    button.focus();
  });
  for (const each of question.querySelectorAll(".row:not([data-blank]) [data-clear-row]")) each.hidden = false;
}

// A row without anything in it is not saved: emptying it removes it.
function empty(row) {
  for (const field of row.querySelectorAll("input, select")) field.value = "";
  row.dispatchEvent(new Event("input", { bubbles: true }));
  row.hidden = true;
}

function appendRow(rows) {
  const row = rows.at(-1).cloneNode(true);
  const renumber = (text) => text.replace(/\.\d+\./g, `.${rows.length}.`);
  for (const each of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      if (each.hasAttribute(name)) each.setAttribute(name, renumber(each.getAttribute(name)));
    }
    each.removeAttribute("aria-invalid");
  }
  for (const each of row.querySelectorAll(".question__error, .row__clear")) each.remove();
  for (const field of row.querySelectorAll("input, select")) field.value = "";
  const title = row.querySelector("legend");
  title.textContent = title.textContent.replace(/\d+/, rows.length + 1);
  rows.at(-1).after(row);
  return row;
}

// A link to a part that is folded away opens it.
function unfold() {
  const fold = location.hash && document.getElementById(location.hash.slice(1))?.closest("details.fold");
  if (fold) fold.open = true;
}
unfold();
window.addEventListener("hashchange", unfold);
