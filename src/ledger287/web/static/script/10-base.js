"use strict";
document.documentElement.classList.add("scripted");
for (const part of document.querySelectorAll(".cite[data-copy]")) {
  const said = part.querySelector(".citation"), at = said && said.querySelector("a");
  if (!at || !navigator.clipboard) continue;
  const button = document.createElement("button"), told = document.createElement("span");
  button.type = "button";
  button.textContent = part.dataset.copy;
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const text = (said.textContent.replace(at.textContent, "").trim() + " " + at.href).trim();
    try { await navigator.clipboard.writeText(text); told.textContent = " " + part.dataset.copied; } catch { told.textContent = " " + text; }
  });
  said.after(button, told);
}
const closed = [];
window.addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details:not([open])")) { each.open = true; closed.push(each); }
  for (const each of document.querySelectorAll("main a[href*='/rule/'], .citation a")) each.dataset.url = each.href;
});
window.addEventListener("afterprint", () => { while (closed.length) closed.pop().open = false; });
document.addEventListener("click", (event) => {
  const model = event.target.closest ? event.target.closest("abbr.model[title]") : null;
  if (model && !model.closest("a, button, label")) model.classList.toggle("named");
});
