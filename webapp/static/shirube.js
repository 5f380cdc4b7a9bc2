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

// Of the blank rows of a list only the first is shown; a button brings the others.
for (const button of document.querySelectorAll("[data-add-row]")) {
  const blank = [...button.closest(".question").querySelectorAll("[data-blank]")].slice(1);
  for (const row of blank) row.hidden = true;
  button.hidden = blank.length === 0;
  button.addEventListener("click", () => {
    const row = blank.shift();
    row.hidden = false;
    row.querySelector("input, select").focus();
    button.hidden = blank.length === 0;
  });
}

// A link to a part that is folded away opens it.
function unfold() {
  const fold = location.hash && document.getElementById(location.hash.slice(1))?.closest("details.fold");
  if (fold) fold.open = true;
}
unfold();
window.addEventListener("hashchange", unfold);
