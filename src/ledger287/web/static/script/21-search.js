// Search as one types: answers of the server, or of an index file where there is none, in a list for keys and pointer.
{
  const box = document.getElementById("q");
  const KINDS = ["state", "county", "agency", "city"];
  const SHORT = { saint: "st", sainte: "ste", fort: "ft", mount: "mt" };
  const FULL = Object.fromEntries(Object.entries(SHORT).map(([full, short]) => [short, full]));
  const COUNTY = / (city and borough|census area|planning region|county|parish|borough|municipality|district|island)$/;
  const make = (name, attributes = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };

  // The rule of web/edition/search_entries.py and search.py: what a name's letters are, and the ranks of exact, prefix and word-prefix.
  const letters = (text) =>
    (text.slice(0, 100).toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("&", " and ").replace(/['’‘`´.]/g, "").match(/[a-z0-9]+/g) || []).join(" ").replace(/\b([dol]) (?=[a-z])/g, "$1").replace(/([a-z]) (?=s\b)/g, "$1");
  const ways = (name) => {
    const words = name.split(" ");
    const by = (table) => words.map((word) => table[word] || word).join(" ");
    return words.some((word) => SHORT[word] || FULL[word]) ? [...new Set([name, by(SHORT), by(FULL)])] : [name];
  };
  // The rule of places/unlisted.py: which kind of agency is meant, and the words of a name that do not say which one.
  const POLICE = /^(?:(?:city|town|village|borough|township) of )?(.+?) (?:police department|police dept|police|pd|department of police)$/;
  const SHERIFF = /^(.+?)(?: county| parish)? (?:sheriffs?|so)(?: office| department| dept)?(?: of)?$/;
  const OF_KIND = /^(?:county|parish|city|town|township|village|borough|sheriffs?|departments?|offices?|of|the|and|for|in|at|a|s|police|dept|pd|so|agency|constable|marshal|jail|law|enforcement)$/;
  const meant = (text) => {
    const sheriff = text.match(SHERIFF), police = text.match(POLICE);
    return sheriff ? ["county", sheriff[1]] : police ? ["city", police[1]] : null;
  };
  // The rule of ledger/query/named/near_words.py: a word for a kind of agency, shortened or nearly spelled, in full.
  const changes = (one, other) => {
    let before = [], last = [...Array(other.length + 1).keys()];
    for (let at = 1; at <= one.length; at++) {
      const now = [at];
      for (let to = 1; to <= other.length; to++) {
        const same = one[at - 1] === other[to - 1];
        now[to] = Math.min(last[to] + 1, now[to - 1] + 1, last[to - 1] + !same);
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) now[to] = Math.min(now[to], before[to - 2] + 1);
      }
      [before, last] = [last, now];
    }
    return last[other.length];
  };
  const nearest = (word, kinds, { from, two_from }) => {
    if (word.length < from || kinds.includes(word)) return word;
    const near = kinds.filter((kind) => kind[0] === word[0]).map((kind) => [changes(word, kind), kind]).sort(([one], [other]) => one - other)[0];
    return near && near[0] <= (word.length < two_from ? 1 : 2) ? near[1] : word;
  };
  const ofKind = (word, held) => held.short[word] || nearest(word, held.kinds, held);
  // The rule of ledger/query/named/spanish_names.py: "alguacil del condado de Lee" is "lee county sheriff".
  const JOINED = /^(?:del|de los|de las|de la|de|en)\b ?/;
  const inEnglish = (wanted, spanish, stateOf, held) => {
    const said = [...new Set(spanish.flatMap(([says]) => says.split(" ")))], words = wanted.split(" ");
    const near = words.map((word) => nearest(word, said, held)).join(" ");
    const kind = [wanted, near].map((text) => spanish.find(([says]) => (text + " ").startsWith(says + " "))).find(Boolean);
    if (!kind || (near === kind[0] && !kind[1])) return ["", ""];
    let name = words.slice(kind[0].split(" ").length).join(" ").replace(JOINED, ""), of = kind[1], state = "";
    if (nearest(name.split(" ")[0], ["condado"], held) === "condado") [name, of] = [name.split(" ").slice(1).join(" ").replace(JOINED, ""), "county " + of];
    const parts = name.split(" ");
    for (let at = 1; at < parts.length && !state; at++) {
      const code = stateOf.get(parts.slice(at).join(" "));
      if (code) [name, state] = [parts.slice(0, at).join(" ").replace(/ (?:de|del|en)$/, ""), code.toLowerCase()];
    }
    return [`${name} ${of} ${state}`.replace(/ +/g, " ").trim(), kind[2]];
  };
  // The rule of web/edition/search.py: how alike two names are, by the letters that they have in common in one order.
  const NEAR = 0.78;
  const lettersIn = (text) => [...text].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) & 31)), 0);
  const count = (mask) => { let bits = 0; for (; mask; mask &= mask - 1) bits++; return bits; };
  const alike = (one, other) => {
    if (Math.abs(one.length - other.length) > Math.max(2, Math.floor(one.length / 5))) return 0;
    if (count(lettersIn(one) ^ lettersIn(other)) > (1 - NEAR) * (one.length + other.length)) return 0; // a letter of one alone is no letter in common
    let last = Array(other.length + 1).fill(0);
    for (const letter of one) {
      const now = [0];
      for (let to = 1; to <= other.length; to++) now[to] = letter === other[to - 1] ? last[to - 1] + 1 : Math.max(last[to], now[to - 1]);
      last = now;
    }
    return (2 * last[other.length]) / (one.length + other.length);
  };
  const naming = (text) => text.split(" ").filter((word) => !OF_KIND.test(word)).join(" ");
  const read = ({ spanish, kinds, states, names, rows, initials, larger }) => {
    const stateOf = new Map(states.flatMap((code, place) => [[letters(names[place]), code], [code.toLowerCase(), code]]));
    for (const [kind, , , state, ...also] of rows) if (kind === 0) for (const other of also) stateOf.set(letters(other), states[state]);
    const countyOf = new Map(rows.filter(([kind]) => kind === 1).map(([, id, name]) => [id, name]));
    const all = rows.map(([kind, id, name, state, ...also]) => {
      const plain = letters(name);
      const others = kind === 0 ? [states[state], ...also] : kind === 1 && COUNTY.test(plain) ? [plain.replace(COUNTY, "")] : also;
      const told = kind === 2 ? "ag-" + id : typeof id === "number" ? String(id).padStart(5, "0") : id;
      const where = kind === 3 ? (typeof id === "number" ? "county" : "state") : KINDS[kind];
      const keys = [name, ...others].flatMap((each, place) => ways(letters(each)).map((key) => [key, place ? each : null]));
      return { kind: KINDS[kind], name, state: states[state], named: kind === 0 && also.length ? { es: also[0] } : {}, county: kind === 3 ? countyOf.get(id) : null, path: `/${where}/${told}`, keys, words: keys.map(([key]) => " " + key).join("") + " " };
    });
    const ofPlaces = new Set(all.filter(({ kind }) => kind !== "agency").flatMap(({ words }) => words.split(" ")));
    const spelled = (text) => text.split(" ").map((word) => (ofPlaces.has(word) ? word : ofKind(word, kinds))).join(" ");
    // The rule of ledger/query/named/near_words.py: a word that no name has, as the likeliest name has it.
    const times = new Map();
    for (const { words } of all) for (const word of new Set(words.split(" "))) if (word) times.set(word, (times.get(word) || 0) + 1);
    const vocabulary = [...times.keys()], patterns = kinds.sounds.map(([letters, one]) => [new RegExp(letters, "g"), one]);
    const sound = (words) => patterns.reduce((text, [letters, one]) => text.replace(letters, one), words);
    let sounding = null;
    const soundsLike = (word) => {
      const long = vocabulary.filter((other) => other.length > 4);
      sounding ||= sound(long.join("\n")).split("\n").reduce((found, its, at) => found.set(its, [...(found.get(its) || []), long[at]]), new Map());
      return sounding.get(sound(word)) || [];
    };
    const sorted = (word) => [...word].sort().join("");
    const corrected = (text) => text.split(" ").map((word) => {
      if (word.length < 5 || !/^[a-z]+$/.test(word) || times.has(word)) return word;
      const most = word.length < 8 ? 1 : 2;
      const near = vocabulary.filter((other) => other[0] === word[0] && Math.abs(other.length - word.length) <= most).map((other) => [changes(word, other), -times.get(other), other]).filter(([distance, , other]) => distance <= most || (distance === 2 && sorted(other) === sorted(word)));
      for (const other of soundsLike(word)) near.push([1, -times.get(other), other]);
      return near.length ? near.sort((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1))[0][2] : word;
    }).join(" ");
    const worded = (entry, text) => {
      const whole = meant(text);
      return text.length > 1 && text.split(" ").every((word) => entry.words.includes(" " + word + (whole && !OF_KIND.test(word) ? " " : "")));
    };
    const find = (query, most) => {
      const wanted = letters(query), found = [];
      if (!wanted) return found;
      const [english, firstKind] = [wanted, spelled(wanted)].map((text) => inEnglish(text, spanish, stateOf, kinds)).find(([text]) => text) || ["", ""], texts = [...new Set([wanted, spelled(wanted), english].filter(Boolean))], readings = texts.map((text) => [text, null]);
      for (const parts of texts.map((text) => text.split(" ")))
        for (let place = Math.max(1, parts.length - 3); place < parts.length; place++) {
          const code = stateOf.get(parts.slice(place).join(" "));
          if (code) readings.push([parts.slice(0, place).join(" "), code]);
        }
      all.forEach((entry, place) => {
        let best = 9, by = null;
        for (const [text, state] of readings) {
          if (state && entry.state !== state) continue;
          for (const [key, other] of entry.keys) {
            const rank = key === text ? 0 : key.startsWith(text) ? 1 : 9;
            if (rank < best) [best, by] = [rank, other];
          }
          if (best > 2 && worded(entry, text)) best = 2;
        }
        if (best < 9) found.push([best, place, { ...entry, printed_as: best < 2 && entry.kind === "agency" ? by : null }]);
      });
      // The rule of ledger/query/initials.py: FHP, F.D.L.E., where no place has the letters in its name.
      const text = query.trim();
      const had = new Set(found.map(([, place]) => place));
      if (found.every(([, , entry]) => entry.kind === "agency") && /^[A-Za-z](?:[.&]?[A-Za-z]){1,6}\.?$/.test(text))
        for (const place of initials[text.replace(/[.&]/g, "").toLowerCase()] || []) if (!had.has(place)) found.push([2, place, { ...all[place], printed_as: null }]);
      // Few found, and none by its very name: names nearly so spelled.
      const [last, its] = readings[readings.length - 1], kind = meant(last), named = naming(last);
      if (found.length < (kind ? 1 : 2) && wanted.length > 3 && found.every(([rank]) => rank)) {
        const had = new Set(found.map(([, place]) => place));
        const addNear = () => all.forEach((entry, place) => {
          if (had.has(place) || (its && its !== entry.state)) return;
          const own = kind && entry.kind === "agency", theirs = own && meant(entry.keys[0][0]);
          if (theirs && theirs[0] !== kind[0]) return;
          const likest = own ? alike(named, naming(entry.keys[0][0])) : Math.max(...entry.keys.map(([key]) => alike(last, key)));
          if (likest >= NEAR) found.push([4 - likest, place, { ...entry, printed_as: null }]);
        });
        if (!last.includes(" ")) addNear();
        if (!found.length)
          for (const [text, state] of [...readings]) {
            const fixed = corrected(text);
            if (fixed === text) continue;
            readings.push([fixed, state]);
            all.forEach((entry, place) => {
              if ((state && state !== entry.state) || !worded(entry, fixed) || had.has(place)) return;
              had.add(place);
              found.push([3, place, { ...entry, printed_as: null }]);
            });
          }
        if (!found.length && last.includes(" ")) addNear();
      }
      // No agency of that very name: the cities or counties of it.
      const agencies = new Set(found.filter(([, , entry]) => entry.kind === "agency").map(([, , entry]) => naming(entry.keys[0][0])));
      for (const [text, state] of readings) {
        const [kind, name] = meant(text) || [];
        if (kind && !ways(name).some((way) => agencies.has(naming(way)))) all.forEach((entry, place) => {
          const same = entry.keys.some(([key]) => key === name || key + " city" === name);
          if (entry.kind === kind && same && (!state || state === entry.state) && !found.some(([, other]) => other === place)) found.push([3, place, { ...entry, printed_as: null }]);
        });
      }
      const absent = larger[text.replace(/[.&]/g, "").toLowerCase()];
      const missing = !absent && !found.some(([, , entry]) => entry.kind === "agency") && texts.some(meant);
      const near = found.every(([rank]) => rank > 2);
      return Object.assign(found.sort((one, other) => one[0] - other[0] || (one[2].kind !== firstKind) - (other[2].kind !== firstKind) || one[1] - other[1]).slice(0, most).map(([, , entry]) => entry), { missing, absent, near });
    };
    // Smaller cities and places, of a file of their own: by the name, or its beginning.
    find.smaller = (its, query) => {
      const wanted = letters(query), parts = wanted.split(" "), readings = [[wanted, null]], found = [];
      for (let place = Math.max(1, parts.length - 3); place < parts.length; place++) {
        const code = stateOf.get(parts.slice(place).join(" "));
        if (code) readings.push([parts.slice(0, place).join(" "), code]);
      }
      if (wanted.length < 3) return found;
      for (const [id, names] of Object.entries(its)) {
        const county = find.county.get(id), state = county ? county.state : id;
        for (const name of names.split("|")) {
          if (name[0] < "\u0080" && name[0].toLowerCase() !== wanted[0]) continue;
          const keys = ways(letters(name));
          const rank = Math.min(...readings.filter(([, of]) => !of || of === state).flatMap(([text]) => keys.map((key) => (key === text ? 0 : key.startsWith(text) ? 1 : 9))));
          if (rank < 9) found.push([rank, { kind: "city", name, state, named: {}, county: county ? county.name : null, path: county ? `/county/${id}` : `/state/${id}`, printed_as: null }]);
        }
      }
      return found.sort(([one, a], [other, b]) => one - other || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.state < b.state ? -1 : 1));
    };
    find.county = new Map(all.filter(({ kind }) => kind === "county").map((entry) => [entry.path.slice(-5), { ...entry, printed_as: null }]));
    return find;
  };

  if (box) {
    const { index, search, root } = box.dataset;
    const address = (path) => (index ? root + path.slice(1) + "/" : root + path);
    const kept = new Map();
    let reading = null, coding = null, placing = null, words = box.dataset;
    // The counties of a ZIP code, where no server knows them: that of most of its people first.
    const ofZip = (code) => (coding ||= fetch(index.replace("search-index", "search-zips")).then((answer) => answer.json())).then(({ of, also }) =>
      [of, also].flatMap((its) => Object.keys(its).filter((fips) => its[fips].split(" ").includes(code))));
    // What is found, with smaller places where it is little; they come before what is only near.
    const FEW = 2;
    const withSmaller = (find, query, most) => {
      const found = find(query, most);
      if (found.length >= most || (found.length >= FEW && !found.near && most <= 8)) return found;
      return (placing ||= fetch(index.replace("search-index", "search-places")).then((answer) => answer.json())).then((its) => {
        const smaller = find.smaller(its, query).map(([, entry]) => entry);
        if (!smaller.length) return found;
        const both = found.near ? [...smaller, ...found.filter(({ kind }) => kind === "agency")] : [...found, ...smaller];
        return Object.assign(both.slice(0, most), { missing: found.missing, absent: found.absent });
      }, () => found);
    };
    const opened = (told) => {
      words = told.words[document.documentElement.lang];
      return read(told);
    };
    // The ZIP code that is typed first, or with which an address ends.
    const zipIn = (query) => query.trim().match(/^(?:(?:c[oó]digo postal|zip(?: code)?) )?(\d{5})(?!\d)/i)?.[1] || query.trim().match(/[a-z].*[ ,](\d{5})(?:-\d{4})?$/i)?.[1];
    const ask = (query, most) => {
      if (index) return (reading ||= fetch(index).then((answer) => answer.json()).then(opened)).then((find) => {
        const code = zipIn(query);
        return code ? ofZip(code).then((found) => (found.length ? found : [code]).map((fips) => find.county.get(fips)).filter(Boolean)) : withSmaller(find, query, most);
      });
      const key = query.trim().toLowerCase();
      if (!kept.has(key)) {
        if (kept.size > 200) kept.clear();
        kept.set(key, fetch(`${search}?q=${encodeURIComponent(key)}&most=${most}`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))).then((told) => told.results));
        kept.get(key).catch(() => kept.delete(key));
      }
      return kept.get(key);
    };
    const called = (one) => one.named?.[document.documentElement.lang] || one.name;
    const about = (one) => [words[one.kind], one.county, one.kind === "state" ? "" : one.state, one.printed_as ? `${words.printed} “${one.printed_as}”` : ""].filter(Boolean).join(", ");

    // The list beneath the box.
    const list = make("ul", { role: "listbox", id: "suggested", hidden: "" });
    const said = make("p", { class: "away", role: "status" });
    box.after(list, said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggested", "aria-expanded": "false" }))
      box.setAttribute(name, value);
    let at = -1, asked = 0, timer = null, results = [];
    const close = () => {
      list.hidden = true;
      at = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const move = (place) => {
      at = place;
      [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", "suggested-" + at);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const show = (found) => {
      results = found;
      list.setAttribute("aria-label", words.label);
      list.replaceChildren(...found.map((one, place) => {
        const item = make("li", { role: "option", id: "suggested-" + place, "aria-selected": "false" }, make("b", {}, called(one)), " ", make("span", {}, about(one)));
        item.addEventListener("pointerdown", (event) => event.preventDefault());
        item.addEventListener("click", () => (location.href = address(one.path)));
        return item;
      }));
      said.textContent = found.length ? `${words.label}: ${found.length}` : words.none;
      at = -1;
      box.removeAttribute("aria-activedescendant");
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(Boolean(found.length)));
    };
    const look = () => {
      const mine = ++asked, query = box.value;
      if (!query.trim()) return close();
      ask(query, 8).then((found) => mine === asked && document.activeElement === box && show(found)).catch(close);
    };
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 90);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) return look();
        const count = results.length, step = event.key === "ArrowDown" ? 1 : -1;
        move(at + step >= count ? -1 : at + step < -1 ? count - 1 : at + step);
      } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
        event.preventDefault();
        location.href = address(results[at].path);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    box.addEventListener("blur", () => setTimeout(close, 120));

    // The page of answers, where no server makes it.
    const answers = document.getElementById("answers");
    const query = new URLSearchParams(location.search).get("q");
    if (answers && answers.dataset.index && query) {
      box.value = query;
      ask(query, 40).then((found) => {
        const items = found.map((one) => make("li", {}, make("a", { href: address(one.path) }, called(one)), make("span", {}, about(one))));
        const [name, state] = found.absent || [];
        answers.replaceChildren(...(name ? [make("p", {}, answers.dataset.absent.replace("NAME", name).replace("STATE", state))] : found.missing ? [make("p", {}, answers.dataset.unlisted)] : []), found.length ? make("ul", { class: "found" }, ...items) : make("p", { class: "dek" }, words.none));
        if (zipIn(query) && found.length > 1) answers.append(make("p", {}, answers.dataset.zip));
      });
    }
  }
}
