// The map: data and shapes are asked for, then drawn when the page is idle. map.js has the drawing.
{
  const part = document.getElementById("map-part");
  if (part && part.dataset.map) {
    const got = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    const ready = new Promise((done) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", done) : done()));
    const idle = () => new Promise((done) => (window.requestIdleCallback ? requestIdleCallback(done, { timeout: 800 }) : setTimeout(done, 50)));
    // Where the map is not in view, it waits until it nearly is: a phone that reads the figures need not draw it.
    const near = new Promise((done) => {
      if (!window.IntersectionObserver || location.hash.startsWith("#map=")) return done();
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        seen.disconnect();
        done();
      }, { rootMargin: "50% 0px" });
      seen.observe(part);
    });
    near
      .then(() => Promise.all([got(part.dataset.map), got(part.dataset.shapes), ready]))
      .then(([data, shapes]) => idle().then(() => [data, shapes]))
      .then(async ([data, shapes]) => {
        await window.ledger287Map({ ...data, shapes, ...JSON.parse(part.dataset.words), model: part.dataset.model, county: part.dataset.county });
        part.classList.remove("waits");
      })
      .catch(() => {
        const said = document.createElement("p");
        said.textContent = part.dataset.failed;
        part.replaceWith(said);
      });
  }
}
