{
const PACKED = [0x1f, 0x8b];
const unpacked = async (answer) => {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (PACKED.some((byte, place) => bytes[place] !== byte)) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
};
const fill = async (body) => {
  const answer = await fetch(body.dataset.rows);
  if (!answer.ok) return;
  const { rows, lists } = JSON.parse(await unpacked(answer));
  const numbers = lists[body.dataset.list], made = [], { root } = body.dataset;
  for (let at = 0; at < numbers.length; at += 2) {
    const number = numbers[at], [agreement, cells] = rows[numbers[at + 1]];
    const cell = agreement ? `<a href="~where/${agreement}/">${number}</a>` : number;
    made.push(`<tr id="r${number}"><td class="num">${cell}</td>${cells}</tr>`);
  }
  body.innerHTML = made.join("\n").replaceAll('href="~', `href="${root}`).replaceAll("{capture}", body.dataset.stamp);
  for (const each of body.querySelectorAll(".read>.under")) {
    each.textContent = body.dataset.readAs.replace("VALUE", () => each.textContent);
    each.lang = document.documentElement.lang;
  }
  document.querySelector("[data-rows-apart]")?.remove();
  if (location.hash) location.replace(location.hash);
};
for (const body of document.querySelectorAll("tbody[data-rows]")) fill(body).catch(() => {});
}
