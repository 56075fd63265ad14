{
const valueOf = (cell) => {
  const text = (cell.dataset.v ?? cell.textContent).trim();
  const number = Number(text.replace(/[\s,.](?=\d{3})/g, "").replace(/%$/, "").replace(",", "."));
  return text !== "" && !Number.isNaN(number) ? number : text;
};
const before = (a, b) => {
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), document.documentElement.lang);
};
const showAll = (table) => {
  const all = table.closest(".lengthy")?.querySelector(".all");
  if (all) all.checked = true;
};
const FEWEST_SORTED = 3, FEWEST_FILTERED = 10;
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  if (body.rows.length < FEWEST_SORTED) continue;
  heads.forEach((head, place) => {
    const words = head.textContent.trim();
    if (!words || head.querySelector(".away")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const rows = [...body.rows].map((row) => [valueOf(row.cells[place]), row]);
      rows.sort(([a], [b]) => (a !== "" && b !== "" && down ? -1 : 1) * before(a, b));
      body.append(...rows.map(([, row]) => row));
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  });
  if (!table.dataset.filter || body.rows.length < FEWEST_FILTERED) continue;
  const label = document.createElement("label"), input = document.createElement("input"), told = document.createElement("span");
  label.className = "rows-filter";
  input.type = "search";
  told.setAttribute("role", "status");
  told.className = "quiet";
  label.append(table.dataset.filter, " ", input, " ", told);
  (table.closest(".lengthy") ?? table.closest(".scroll") ?? table).before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLocaleLowerCase();
    if (wanted) showAll(table);
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
      shown += !row.hidden;
    }
    told.textContent = wanted ? `${shown} / ${body.rows.length}` : "";
  });
}
}
