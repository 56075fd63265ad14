"use strict";
// Draws the map into the elements of a page, from shapes, agencies with their runs, and words. It asks for nothing,
// and makes way for the reader's own doings every few hundredths of a second while it draws.
window.ledger287Map = async (data) => {
  let begun = performance.now();
  const breathe = async (least = 24) => {
    if (performance.now() - begun < least) return;
    await new Promise((done) => setTimeout(done));
    begun = performance.now();
  };
  const $ = (id) => document.getElementById(id);
  const el = (name, attributes = {}, ...inside) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const html = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const words = data.words, lang = data.lang || "en";
  const number = (value) => value.toLocaleString(`${lang}-US`);
  const say = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const count = (value, [one, many], parts = {}) => say(value === 1 ? one : many, { n: number(value), ...parts });
  const MODELS = ["JEM", "WSO", "TFM"];
  const CATEGORIES = ["both", "task", "jail"];
  const STATEWIDE = 0, COUNTYWIDE = 1;

  // Shapes: the format that places/shapes.py reads.
  const reader = (text, alphabet) => {
    const base = alphabet.length / 2, digits = new Map([...alphabet].map((letter, place) => [letter, place]));
    let at = 0;
    return () => {
      for (let value = 0, unit = 1; ; unit *= base) {
        const digit = digits.get(text[at++]);
        if (digit < base) {
          value += digit * unit;
          return value % 2 ? -(value + 1) / 2 : value / 2;
        }
        value += (digit - base) * unit;
      }
    };
  };
  const lines = [], counties = [];
  {
    const rings = reader(data.shapes.rings, data.alphabet), points = reader(data.shapes.points, data.alphabet);
    const names = data.shapes.names.split("|");
    let code = 0, x = 0, y = 0;
    for (const [place, step] of data.shapes.codes.entries()) {
      await breathe();
      code += step;
      const fips = String(code).padStart(5, "0");
      const county = { place, fips, name: names[place], state: data.states[fips.slice(0, 2)], rings: [] };
      for (let polygons = rings(); polygons > 0; polygons--) {
        for (let count = rings(); count > 0; count--) {
          const ring = [];
          for (let left = rings(), first = true; left > 0; left--, first = false) {
            const back = rings();
            let walked;
            if (back) {
              const line = lines[lines.length - back];
              line.sides.push(place);
              walked = [...line.points].reverse();
            } else {
              walked = first ? [] : [[x, y]];
              for (let fresh = rings(); fresh > 0; fresh--) walked.push([x += points(), y += points()]);
              lines.push({ points: walked, sides: [place] });
            }
            [x, y] = walked[walked.length - 1];
            ring.push(...(first ? walked : walked.slice(1)));
          }
          ring.pop();
          county.rings.push(ring);
        }
      }
      counties.push(county);
    }
  }
  const route = (points, closed) => {
    let [x, y] = points[0], text = `M${x} ${y}l`;
    for (const [a, b] of points.slice(1)) {
      text += `${a - x} ${b - y} `;
      [x, y] = [a, b];
    }
    return text + (closed ? "z" : "");
  };
  const bounds = (list) => {
    let box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const county of list) for (const ring of county.rings) for (const [x, y] of ring)
      box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    return box;
  };
  const outline = (state) => {
    const ends = new Map(), rings = [];
    for (const { points, sides } of lines) {
      const within = [0, 1].map((side) => sides[side] !== undefined && counties[sides[side]].state === state);
      if (within[0] === within[1]) continue;
      const walked = within[0] ? points : [...points].reverse();
      const key = String(walked[0]);
      ends.set(key, [...(ends.get(key) || []), walked]);
    }
    for (const [start, walks] of ends)
      while (walks.length) {
        const ring = [...walks.pop()];
        while (String(ring[ring.length - 1]) !== start) ring.push(...ends.get(String(ring[ring.length - 1])).pop().slice(1));
        ring.pop();
        rings.push(ring);
      }
    return rings;
  };
  const area = (ring) => ring.reduce((sum, [x, y], place) => {
    const [a, b] = ring[(place + 1) % ring.length];
    return sum + x * b - a * y;
  }, 0) / 2;

  // What is in force: agencies as [name, state, ground, kind, shapes, runs of (model, first, last, count)].
  const agencies = data.agencies.map(([name, state, ground, kind, places, runs]) => {
    const held = [];
    for (let at = 0; at < runs.length; at += 4)
      held.push({ model: MODELS[runs[at]], first: runs[at + 1], last: runs[at + 2], count: runs[at + 3] });
    return { name, state, ground, kind: data.kinds[kind], places, held };
  });
  await breathe(8);
  // Frames: the day that is shown, and that of the list which tells it, where it is another.
  const frames = data.frames.map((frame) => (typeof frame === "string" ? [frame, frame] : frame));
  const last = frames.length - 1;
  const dayNumber = (text) => Math.round(Date.parse(text + "T00:00Z") / 86400000);
  const dayText = (value) => new Date(value * 86400000).toISOString().slice(0, 10);
  // Where a frame stands on the slider: by its day, or by its number where frames are months.
  const start = data.daily ? dayNumber(frames[0][0]) : 0;
  const stands = frames.map(([at], frame) => (data.daily ? dayNumber(at) - start : frame));
  const frameAt = (value) => {
    let low = 0, high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (stands[middle] <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const inForce = (agency, frame, model) =>
    agency.held.filter((run) => run.first <= frame && frame <= run.last && (!model || run.model === model));
  const categoryOf = (models) => {
    const task = models.has("TFM"), jail = models.has("JEM") || models.has("WSO");
    return task ? (jail ? "both" : "task") : "jail";
  };
  const picture = (frame, model, state) => {
    const found = { counties: new Map(), statewide: new Map(), agreements: 0, agencies: 0, states: new Set() };
    for (const agency of agencies) {
      if (state && agency.state !== state) continue;
      const runs = inForce(agency, frame, model);
      if (!runs.length) continue;
      found.agencies += 1;
      found.states.add(agency.state);
      for (const run of runs) found.agreements += run.count;
      if (agency.ground === STATEWIDE) {
        if (!found.statewide.has(agency.state)) found.statewide.set(agency.state, []);
        found.statewide.get(agency.state).push(agency);
      }
      for (const place of agency.places) {
        if (!found.counties.has(place)) found.counties.set(place, { agencies: [], models: new Set(), local: true });
        const county = found.counties.get(place);
        county.agencies.push(agency);
        for (const run of runs) county.models.add(run.model);
        county.local &&= agency.ground !== COUNTYWIDE;
      }
    }
    for (const county of found.counties.values()) county.category = categoryOf(county.models);
    return found;
  };
  const shown = { at: stands[last], frame: last, model: data.model || "", state: data.state || "", picked: null };
  await breathe(8);
  let now = picture(shown.frame, shown.model, shown.state);
  await breathe(8);

  // The map.
  const map = $("map"), tip = $("tip"), unit = data.quantum;
  const NATION = data.nation.map((side) => Math.round(side / unit));
  const defs = el("defs"), ground = el("g"), edges = el("g");
  const picked = [el("path", { class: "picked halo" }), el("path", { class: "picked" })];
  const patterns = CATEGORIES.map((name) =>
    el("pattern", { id: "local-" + name, width: 4, height: 4, patternUnits: "userSpaceOnUse" },
      el("rect", { width: 4, height: 4, class: "stripe-land" }), el("rect", { width: 2.2, height: 4, class: "stripe-" + name })));
  defs.append(...patterns);
  const between = lines.filter(({ sides }) => sides.length > 1 && counties[sides[0]].state !== counties[sides[1]].state);
  const borders = el("path", { id: "borders", d: between.map(({ points }) => route(points, false)).join("") });
  await breathe(8);
  const edgeOf = new Map();
  const makeEdge = (state) => {
    const rings = outline(state), least = Math.min(50 / unit / unit, Math.max(...rings.map((ring) => Math.abs(area(ring)))));
    const d = rings.filter((ring) => Math.abs(area(ring)) >= least).map((ring) => route(ring, true)).join("");
    defs.append(el("clipPath", { id: "within-" + state }, el("path", { d })));
    const made = el("g", { class: "edge", "clip-path": `url(#within-${state})` },
      el("path", { class: "casing", d }), el("path", { class: "rim", d }));
    edges.append(made);
    edgeOf.set(state, made);
    return made;
  };
  const boxes = el("g");
  for (const [state, x, y, width, height, name] of data.boxes)
    boxes.append(el("rect", { class: "box", x: x / unit, y: y / unit, width: width / unit, height: height / unit, "vector-effect": "non-scaling-stroke" }),
      el("text", { class: "box-name", x: (x + 5) / unit, y: (y + 4) / unit, "dominant-baseline": "hanging", "data-long": words.boxes[state] || data.names[state] || name, "data-short": state }));
  map.append(defs, boxes, ground, borders, edges, ...picked);
  map.setAttribute("viewBox", [NATION[0], NATION[1], NATION[2] - NATION[0], NATION[3] - NATION[1]].map(Math.round).join(" "));
  // County by county, in frames of their own: the browser lays out what is new, a little at a time.
  const classOf = (county) => (county ? `c ${county.category}${county.local ? " local" : ""}` : "c");
  const kept = counties.map((county) => classOf(now.counties.get(county.place)) + (shown.state && county.state !== shown.state ? " other" : ""));
  const paths = [];
  for (const county of counties) {
    if (performance.now() - begun > 12) {
      await new Promise((done) => (document.hidden ? setTimeout(done) : requestAnimationFrame(() => setTimeout(done))));
      begun = performance.now();
    }
    const path = el("path", { class: kept[county.place], "data-at": county.place, d: county.rings.map((ring) => route(ring, true)).join("") });
    paths.push(path);
    ground.append(path);
  }
  for (const state of now.statewide.keys()) {
    await breathe();
    makeEdge(state);
  }
  await breathe();

  const frameView = () => {
    let [x0, y0, x1, y1] = NATION;
    if (shown.state) {
      [x0, y0, x1, y1] = bounds(counties.filter((county) => county.state === shown.state));
      const tall = Math.max(y1 - y0, (x1 - x0) * 0.5) * 1.06, wide = Math.max((x1 - x0) * 1.06, tall * 1.5);
      const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
      [x0, x1, y0, y1] = [x - wide / 2, x + wide / 2, y - tall / 2, y + tall / 2];
    }
    const view = [x0, y0, x1 - x0, y1 - y0].map(Math.round).join(" ");
    if (map.getAttribute("viewBox") !== view) map.setAttribute("viewBox", view); // a new one lays out every county
    map.classList.toggle("zoomed", Boolean(shown.state));
    fit();
  };
  let fitted = 0;
  const fit = () => {
    const view = map.viewBox.baseVal, width = map.clientWidth, pixels = width / view.width;
    if (!pixels) return;
    fitted = width;
    for (const pattern of patterns) pattern.setAttribute("patternTransform", `rotate(45) scale(${(shown.state ? 1.25 : 0.8) / pixels})`);
    const narrow = width < 700;
    for (const text of boxes.querySelectorAll("text")) {
      text.setAttribute("font-size", (narrow ? 9 : 11) / pixels);
      text.textContent = text.dataset[narrow ? "short" : "long"];
    }
    drawChart();
  };

  const paint = () => {
    now = picture(shown.frame, shown.model, shown.state);
    paths.forEach((path, place) => {
      const wanted = classOf(now.counties.get(place)) + (shown.state && counties[place].state !== shown.state ? " other" : "");
      if (kept[place] !== wanted) path.setAttribute("class", (kept[place] = wanted));
    });
    for (const state of now.statewide.keys()) if (!edgeOf.has(state)) makeEdge(state);
    for (const [state, edge] of edgeOf) edge.setAttribute("display", now.statewide.has(state) ? "inline" : "none");
    paintWords();
    paintLegend();
    moveCursor();
    if (shown.picked !== null) showPanel();
    keepChoices();
  };
  // The choices are in the page's URL, after #, so that a link leads to what is seen. Only where the page is of days.
  const keepChoices = () => {
    if (!data.daily || !ready) return;
    const parts = [shown.frame === last ? "" : dayText(start + shown.at), shown.model === (data.model || "") ? "" : shown.model || "all", shown.state,
      shown.picked === null ? "" : counties[shown.picked].fips];
    const kept = parts.some(Boolean) ? "#map=" + parts.join(",") : "";
    if (kept || location.hash.startsWith("#map=")) history.replaceState(null, "", location.pathname + location.search + kept);
  };
  const takeChoices = () => {
    if (!data.daily || !location.hash.startsWith("#map=")) return null;
    const [day, model, state, fips] = location.hash.slice(5).split(",");
    if (/^\d{4}-\d\d-\d\d$/.test(day || "")) shown.at = Math.max(0, Math.min(dayNumber(day) - start, stands[last]));
    shown.frame = frameAt(shown.at);
    if (MODELS.includes(model) || model === "all") shown.model = model === "all" ? "" : model;
    if (state in data.names) shown.state = state;
    const county = counties.find((one) => one.fips === fips);
    return county ? county.place : null;
  };
  let ready = false;

  // Words.
  const dates = (form) => new Intl.DateTimeFormat(lang === "en" ? "en-US" : lang, { timeZone: "UTC", ...form });
  // The first form of dates loads the browser's words for them, a twentieth of a second on a slow phone.
  await breathe(0);
  const long = dates({ day: "numeric", month: "long", year: "numeric" });
  await breathe(8);
  const month = dates({ month: "long", year: "numeric" });
  const day = (text) => long.format(new Date(text + "T00:00Z"));
  const monthOf = (text) => month.format(new Date(text + "T00:00Z"));
  const paintWords = () => {
    const about = { model: words.models[shown.model], state: data.names[shown.state] };
    $("title").textContent = say(words.titles[(shown.model ? 1 : 0) + (shown.state ? 2 : 0)], about);
    let said = say(words.counts, { agreements: count(now.agreements, words.agreements), agencies: count(now.agencies, words.agencies) });
    if (!shown.state) {
      const outside = [...now.states].filter((state) => data.territories.includes(state)).length;
      const where = { counts: said, states: count(now.states.size - outside, words.states), territories: count(outside, words.territories) };
      said = say(outside ? words.where_both : words.where, where);
    }
    const [at, listed] = frames[shown.frame];
    const asked = data.daily ? dayText(start + shown.at) : at;
    $("dek").textContent = `${shown.frame === last && data.day ? data.day : day(asked)}: ${said}`;
    $("month").textContent = data.daily || shown.frame === last ? day(asked) : monthOf(at);
    $("listed").textContent = say(words.by_list, { day: day(listed) });
    $("slide").setAttribute("aria-valuetext", `${day(asked)}: ${said}`);
    if ($("day")) $("day").value = asked;
  };
  const swatch = (name, local, edge) =>
    el("svg", { viewBox: "0 0 22 14", "aria-hidden": "true" },
      el("rect", edge ? { x: 1, y: 1, width: 20, height: 12, class: "c key-edge" } : { width: 22, height: 14, class: "c key " + name }),
      ...(local ? [0, 1, 2, 3, 4, 5, 6].map((step) => el("path", { class: "key-stripe", d: `M${step * 5 - 14} 14l14-14h-2.6l-14 14z` })) : []));
  const paintLegend = () => {
    const counted = { both: 0, task: 0, jail: 0 };
    let local = 0;
    for (const county of now.counties.values()) {
      counted[county.category] += 1;
      local += county.local;
    }
    const all = shown.state ? counties.filter((county) => county.state === shown.state).length : counties.length;
    const items = CATEGORIES.filter((name) => counted[name])
      .map((name) => [swatch(name), shown.model ? words.models[shown.model] : words.labels[name], count(counted[name], words.counties)]);
    if (all > now.counties.size) items.push([swatch("none"), words.none, count(all - now.counties.size, words.counties)]);
    const most = CATEGORIES.find((name) => [...now.counties.values()].some((county) => county.local && county.category === name));
    const plain = items.length;
    if (local) items.push([swatch(most, true), words.striped, count(local, words.counties)]);
    if (now.statewide.size) items.push([swatch("none", false, true), words.outlined, shown.state ? "" : count(now.statewide.size, words.wholes)]);
    $("legend").replaceChildren(...items.map(([mark, label, told], place) =>
      html("li", {}, mark, html("div", {}, html("b", place < plain ? {} : { class: "plain" }, label), " ", html("span", {}, told)))));
  };
  const held = (agency) => inForce(agency, shown.frame, shown.model);
  const since = (run) => (run.first ? (data.daily ? say(words.since_day, { day: day(frames[run.first][0]) }) : say(words.since, { when: monthOf(frames[run.first][0]) })) : words.since_first);
  const order = (one, other) => (one.ground === COUNTYWIDE ? 0 : 1) - (other.ground === COUNTYWIDE ? 0 : 1) || (one.name < other.name ? -1 : 1);
  // Collier County, Florida; where words.county_kinds says so, Condado de Collier, Florida.
  const inWords = (county, opens) => {
    const kind = (words.county_kinds || []).find(([ends]) => county.name.endsWith(ends));
    if (!kind) return county.name;
    const said = `${kind[1]} ${county.name.slice(0, -kind[0].length)}`;
    return opens ? said[0].toUpperCase() + said.slice(1) : `${kind[2]} ${said}`;
  };
  const full = (county) => `${inWords(county, true)}, ${data.names[county.state]}`;
  const showTip = (place, x, y) => {
    const county = counties[place], mine = now.counties.get(place), wide = now.statewide.get(county.state) || [];
    const list = (mine ? [...mine.agencies].sort(order) : []).slice(0, 7).map((agency) =>
      html("li", {}, agency.name + " ", html("span", { class: "held" }, held(agency).map((run) => run.model).join(", "))));
    if (mine && mine.agencies.length > 7) list.push(html("li", { class: "held" }, say(words.more, { n: mine.agencies.length - 7 })));
    if (!mine) list.push(html("li", { class: "held" }, words.no_local));
    if (wide.length) list.push(html("li", { class: "held" }, count(wide.length, words.whole, { state: data.names[county.state] })));
    tip.replaceChildren(html("b", {}, full(county)), html("ul", {}, ...list));
    tip.hidden = false;
    const room = map.parentNode.clientWidth, down = map.parentNode.clientHeight;
    tip.style.left = Math.max(0, Math.min(x + 14, room - tip.offsetWidth)) + "px";
    tip.style.top = (y + 18 + tip.offsetHeight > down && y > tip.offsetHeight + 12 ? y - tip.offsetHeight - 12 : y + 18) + "px";
  };
  const line = (agency) =>
    html("li", {}, agency.name, html("br"), html("span", { class: "held" },
      [words.kinds[agency.kind] || agency.kind, ...held(agency).map((run) => `${words.models[run.model]} ${since(run)}`)].filter(Boolean).join(" · ")));
  const showPanel = () => {
    const county = counties[shown.picked], mine = now.counties.get(shown.picked), wide = now.statewide.get(county.state) || [];
    const close = html("button", { type: "button" }, words.close);
    close.addEventListener("click", () => pick(null));
    const parts = [html("h3", {}, full(county)),
      mine ? html("ul", {}, ...[...mine.agencies].sort(order).map(line)) : html("p", { class: "quiet" }, words.no_local_agency)];
    if (wide.length) parts.push(html("h4", {}, say(words.of_whole, { state: data.names[county.state] })), html("ul", {}, ...wide.map(line)));
    if (data.county) parts.push(html("p", { class: "more" }, html("a", { href: data.county.replace("00000", county.fips) }, say(words.page_of, { county: inWords(county, false) }))));
    $("panel").replaceChildren(...parts, close);
    $("panel").hidden = false;
  };
  const pick = (place) => {
    shown.picked = place;
    const d = place === null ? "" : counties[place].rings.map((ring) => route(ring, true)).join("");
    for (const path of picked) path.setAttribute("d", d);
    if (place === null) $("panel").hidden = true;
    else showPanel();
    tip.hidden = true;
    if ($("map-said")) $("map-said").textContent = place === null ? "" : inShort(place);
    keepChoices();
  };
  // Of a county that is found by its name or in the address, the card is brought into view, by no more than it takes.
  const pickInView = (place) => {
    pick(place);
    $("panel").scrollIntoView({ block: "nearest" });
  };
  // What a screen reader says of a step: the county, how many agencies, and under which models.
  const inShort = (place) => {
    const mine = now.counties.get(place);
    const told = mine ? `${count(mine.agencies.length, words.agencies)}, ${[...mine.models].map((model) => words.models[model]).join(", ")}` : words.no_local;
    return `${full(counties[place])}: ${told}`;
  };

  // Growth: counties by what is in force, frame by frame.
  const chart = $("chart"), PAD = 9;
  let tallies = null, tallied = "";
  const tally = () => {
    const key = shown.model + "|" + shown.state;
    if (tallied === key) return tallies;
    const steps = frames.map(() => []), held = counties.map(() => [0, 0]), sums = { both: 0, task: 0, jail: 0 };
    for (const agency of agencies) {
      if (shown.state && agency.state !== shown.state) continue;
      for (const run of agency.held) {
        if (shown.model && run.model !== shown.model) continue;
        const task = run.model === "TFM" ? 1 : 0;
        for (const place of agency.places) {
          steps[run.first].push([place, task, 1]);
          if (run.last < last) steps[run.last + 1].push([place, task, -1]);
        }
      }
    }
    const category = ([jail, task]) => (task ? (jail ? "both" : "task") : jail ? "jail" : "");
    tallies = steps.map((changed) => {
      for (const [place, task, by] of changed) {
        const before = category(held[place]);
        held[place][task] += by;
        const after = category(held[place]);
        if (before) sums[before] -= 1;
        if (after) sums[after] += 1;
      }
      return { ...sums };
    });
    tallied = key;
    return tallies;
  };
  const across = (value, wide = chart.clientWidth) => PAD + (stands[last] ? value / stands[last] : 1) * (wide - 2 * PAD);
  const drawChart = () => {
    const counts = tally(), wide = chart.clientWidth, base = 82, tall = 74;
    if (!wide) return;
    const top = Math.max(1, ...counts.map((one) => one.both + one.task + one.jail));
    const up = (value) => Math.round((base - (value / top) * tall) * 10) / 10;
    const parts = [];
    const sums = counts.map(() => 0);
    const along = stands.map((value) => Math.round(across(value, wide) * 10) / 10);
    const trace = () => sums.map((sum, frame) => `${along[frame]} ${up(sum)}`);
    for (const name of CATEGORIES) {
      const floor = trace();
      counts.forEach((one, frame) => (sums[frame] += one[name]));
      parts.push(el("path", { class: name, d: `M${trace().join("L")}L${floor.reverse().join("L")}z` }));
    }
    const years = new Map();
    frames.forEach(([at], frame) => years.has(at.slice(0, 4)) || years.set(at.slice(0, 4), frame));
    for (const [year, frame] of years) {
      const x = across(data.daily && frame ? dayNumber(year + "-01-01") - start : stands[frame]);
      parts.push(el("line", { class: "grid", x1: x, x2: x, y1: base + 20, y2: base + 26 }));
      parts.push(el("text", { x, y: base + 40, "text-anchor": frame ? "middle" : "start" }, wide < 480 ? "’" + year.slice(2) : year));
    }
    const cursor = el("line", { class: "cursor", id: "cursor", y1: 2, y2: base + 14 });
    parts.push(el("rect", { class: "later", id: "later", y: 0, height: base }), cursor, el("text", { id: "tallied", y: 10 }));
    chart.replaceChildren(...parts);
    moveCursor();
  };
  const moveCursor = () => {
    if (!$("cursor")) return;
    const x = across(shown.at), one = tally()[shown.frame];
    $("cursor").setAttribute("x1", x);
    $("cursor").setAttribute("x2", x);
    $("later").setAttribute("x", x);
    $("later").setAttribute("width", Math.max(0, chart.clientWidth - x));
    const text = $("tallied");
    text.textContent = count(one.both + one.task + one.jail, words.counties);
    const left = x > chart.clientWidth / 3;
    text.setAttribute("x", left ? x - 7 : x + 7);
    text.setAttribute("text-anchor", left ? "end" : "start");
    $("slide").value = shown.at;
  };

  await breathe(8);

  // Controls.
  let playing = null;
  const stop = () => {
    clearInterval(playing);
    playing = null;
    $("play").setAttribute("aria-label", words.play);
    $("play").querySelector("path").setAttribute("d", "M4 2v12l10-6z");
  };
  const go = (value) => {
    shown.at = Math.max(0, Math.min(value, stands[last]));
    shown.frame = frameAt(shown.at);
    paint();
  };
  const step = Math.max(1, Math.round(stands[last] / 240));
  $("play").addEventListener("click", () => {
    if (playing) return stop();
    if (shown.frame === last) go(0);
    $("play").setAttribute("aria-label", words.stop);
    $("play").querySelector("path").setAttribute("d", "M3 2h4v12H3zM9 2h4v12H9z");
    playing = setInterval(() => (shown.at < stands[last] ? go(shown.at + step) : stop()), data.daily ? 80 : 180);
  });
  $("slide").max = stands[last];
  $("slide").addEventListener("input", (event) => (stop(), go(Number(event.target.value))));
  if ($("day")) {
    $("day").type = "date";  // not before: its picture of a calendar costs a page that waits for the map a fiftieth of a second
    [$("day").min, $("day").max] = [frames[0][0], frames[last][0]];
    $("day").addEventListener("change", (event) => event.target.value && (stop(), go(dayNumber(event.target.value) - start)));
  }
  for (const radio of document.querySelectorAll("#controls [name=model]")) {
    radio.checked = radio.value === shown.model;
    radio.addEventListener("change", () => {
      shown.model = radio.value;
      paint();
      drawChart();
    });
  }
  const show = (state) => {
    shown.state = state;
    $("state").value = state;
    paint();
    frameView();
  };
  const only = data.state;
  for (const state of Object.keys(data.names).sort((one, other) => (data.names[one] < data.names[other] ? -1 : 1)))
    if (!only || state === only) $("state").append(html("option", { value: state }, data.names[state]));
  if (only) {
    $("state").querySelector("option").remove();
    $("state").disabled = true;
  }
  $("state").addEventListener("change", (event) => (pick(null), show(event.target.value)));
  const named = new Map(counties.filter((county) => !only || county.state === only).map((county) => [full(county).toLowerCase(), county]));
  $("find").addEventListener("input", (event) => {
    const typed = event.target.value.trim().toLowerCase(), exact = named.get(typed);
    if (exact) {
      if (!only && shown.state !== exact.state) show(exact.state);
      return pickInView(exact.place);
    }
    const near = typed.length < 2 ? [] : [...named].filter(([name, county]) => name.startsWith(typed) || county.name.toLowerCase().startsWith(typed)).slice(0, 12);
    $("found").replaceChildren(...near.map(([, county]) => html("option", { value: full(county) })));
  });
  $("controls").addEventListener("submit", (event) => {
    event.preventDefault();
    const option = $("found").querySelector("option");
    if (option) {
      $("find").value = option.value;
      $("find").dispatchEvent(new Event("input"));
    }
  });

  const placeAt = (event) => (event.target.dataset && event.target.dataset.at ? Number(event.target.dataset.at) : null);
  map.addEventListener("pointermove", (event) => {
    const place = placeAt(event), box = map.parentNode.getBoundingClientRect();
    if (place === null || event.pointerType === "touch" || (only && counties[place].state !== only)) tip.hidden = true;
    else showTip(place, event.clientX - box.left, event.clientY - box.top);
  });
  map.addEventListener("pointerleave", () => (tip.hidden = true));
  map.addEventListener("click", (event) => {
    const place = placeAt(event);
    if (place === null) return;
    if (shown.state && !only && counties[place].state !== shown.state) return show("");
    pick(place);
  });
  let middles = null;
  const findMiddles = () => counties.map((county) => {
    const [x0, y0, x1, y1] = bounds([county]);
    return [(x0 + x1) / 2, (y0 + y1) / 2];
  });
  map.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return pick(null);
    if (event.key === "Enter" && shown.picked !== null && data.county)
      return location.assign(data.county.replace("00000", counties[shown.picked].fips));
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    middles ||= findMiddles();
    const [x, y] = shown.picked === null ? [map.viewBox.baseVal.x, map.viewBox.baseVal.y] : middles[shown.picked];
    let best = null, least = Infinity;
    for (const place of now.counties.keys()) {
      const dx = middles[place][0] - x, dy = middles[place][1] - y;
      const along = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (place === shown.picked || (shown.picked !== null && along <= 0)) continue;
      const cost = (shown.picked === null ? Math.abs(along) : along) + 2.2 * aside;
      if (cost < least) [best, least] = [place, cost];
    }
    if (best !== null) pick(best);
  });

  $("map-part").hidden = false;
  const chosen = takeChoices();
  for (const radio of document.querySelectorAll("#controls [name=model]")) radio.checked = radio.value === shown.model;
  if (shown.state) $("state").value = shown.state;
  // In a turn of its own: the frame that calls has enough to draw.
  new ResizeObserver(() => setTimeout(() => map.clientWidth !== fitted && fit())).observe(map);
  await breathe(0);
  paint();
  await breathe(0);
  tally();
  await breathe(0);
  frameView();
  ready = true;
  if (chosen !== null) pickInView(chosen);
};
{
  const inside = document.getElementById("data");
  if (inside) window.ledger287Map(JSON.parse(inside.textContent));
}
