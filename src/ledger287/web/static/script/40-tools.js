for (const form of document.querySelectorAll("form.tool")) {
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button && button.formAction.endsWith(".ics")) return;
    const told = form.querySelector(".busy");
    if (told) told.textContent = form.dataset.busy || "";
    window.setTimeout(() => { for (const each of form.querySelectorAll("button")) each.disabled = true; }, 0);
  });
}
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form.tool button:disabled")) button.disabled = false;
  for (const told of document.querySelectorAll("form.tool .busy")) told.textContent = "";
});
for (const part of document.querySelectorAll(".outcome, .answered, .trouble[role=alert]")) {
  if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
  part.focus({ preventScroll: true });
  break;
}
