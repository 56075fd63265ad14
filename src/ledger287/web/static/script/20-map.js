// The map: data and shapes are asked for, then drawn when the page is idle. map.js has the drawing.
{
  const part = document.getElementById("map-part");
  if (part && part.dataset.map) {
    const got = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    const ready = new Promise((done) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", done) : done()));
    const idle = () => new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 800 }) : setTimeout(done, 50)));
    Promise.all([got(part.dataset.map), got(part.dataset.shapes), ready])
      .then(([data, shapes]) => idle().then(() => [data, shapes]))
      .then(([data, shapes]) => {
        window.ledger287Map({ ...data, shapes, ...JSON.parse(part.dataset.words), model: part.dataset.model, county: part.dataset.county });
        part.classList.remove("waits");
      })
      .catch(() => {
        const said = document.createElement("p");
        said.textContent = part.dataset.failed;
        part.replaceWith(said);
      });
  }
}
