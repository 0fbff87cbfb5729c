"use strict";
// Texts come from anybody: they become text nodes, never HTML.

const SIGNS = { positive: "▲", negative: "▼", neutral: "●" };
const ORDER = ["negative", "neutral", "positive"];
const OTHERS = 6;
const MOST_EVENTS = 60;
const MOST_LETTERS = 30;
const SECONDS = 300;
const SVG = "http://www.w3.org/2000/svg";

const $ = id => document.getElementById(id);
const whole = new Intl.NumberFormat("en");
const state = { paused: false, held: [], labels: [], routes: [], seconds: [], samples: true, last: null, shownAt: 0, connected: false };

/** An element with attributes and children; strings become text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null));
  return made;
}

function drawn(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function put(id, text) {
  const target = $(id);
  if (target.textContent !== text) target.textContent = text;
}

function count(number) {
  if (number >= 1e9) return (number / 1e9).toFixed(2) + " G";
  if (number >= 1e7) return (number / 1e6).toFixed(1) + " M";
  return whole.format(Math.round(number));
}

function rate(number) {
  return number > 0 && number < 10 ? number.toFixed(1) : count(number);
}

function millis(number) {
  if (number >= 10000) return (number / 1000).toFixed(0) + " s";
  if (number >= 1000) return (number / 1000).toFixed(1) + " s";
  return (number < 10 ? number.toFixed(1) : number.toFixed(0)) + " ms";
}

function percent(share) {
  return share > 0.995 && share < 1 ? "> 99 %" : Math.round(share * 100) + " %";
}

/** Labels that are not known by name get the colours of their order. */
function known(label) {
  if (!state.labels.includes(label)) {
    state.labels.push(label);
    state.labels.sort((a, b) => place(a) - place(b) || (a < b ? -1 : a > b ? 1 : 0));
  }
}

function place(label) {
  const index = ORDER.indexOf(label);
  return index < 0 ? ORDER.length : index;
}

function tone(label) {
  if (ORDER.includes(label)) return "var(--" + label + ")";
  const others = state.labels.filter(other => !ORDER.includes(other));
  return "var(--other-" + Math.max(0, others.indexOf(label)) % OTHERS + ")";
}

function sign(label) {
  return SIGNS[label] || "■";
}

// ---------------------------------------------------------------- events

function marked(text, words) {
  const parts = document.createDocumentFragment();
  const strongest = Math.max(0, ...words.map(word => Math.abs(word.contribution)));
  let from = 0;
  for (const word of words) {
    const strength = strongest > 0 ? Math.abs(word.contribution) / strongest : 0;
    if (strength < 0.25 || word.start < from) continue;
    parts.append(text.slice(from, word.start));
    const mark = element("mark", { class: word.contribution > 0 ? "for" : "against" }, text.slice(word.start, word.end));
    mark.style.setProperty("--strength", Math.round(10 + 30 * strength) + "%");
    mark.title = (word.contribution > 0 ? "for the label: +" : "against the label: ") + word.contribution.toFixed(2);
    parts.append(mark);
    from = word.end;
  }
  parts.append(text.slice(from));
  return parts;
}

function tag(label, score) {
  const made = element("span", { class: "tag" },
      element("span", { class: "sign", "aria-hidden": "true" }, sign(label)), label + " ",
      element("span", { class: "percent" }, percent(score)));
  made.style.color = tone(label);
  return made;
}

function where(item) {
  return item.place.topic + ":" + item.place.partition + ":" + item.place.offset;
}

function eventRow(item) {
  const text = element("div", { class: "text", dir: "auto" });
  text.append(marked(item.text, item.words || []));
  if (item.more > 0) text.append("… (" + whole.format(item.more) + " more)");
  text.style.setProperty("--tone", tone(item.label));
  const row = element("li", { class: isFlood() ? "event" : "event fresh" }, tag(item.label, item.score),
      element("div", {}, text, element("div", { class: "meta" }, item.route + " · " + where(item))));
  row.dataset.route = item.route;
  return row;
}

/** Whether events come faster than one could be seen to appear. */
function isFlood() {
  const before = state.shownAt;
  state.shownAt = performance.now();
  return state.shownAt - before < 300;
}

function letterRow(item) {
  return element("li", {},
      element("div", { class: "tag" }, element("span", { class: "sign", "aria-hidden": "true" }, "✕"), item.reason),
      element("div", { class: "text", dir: "auto" }, item.detail),
      element("div", { class: "meta" }, item.route + " · " + where(item)));
}

function onTop(list, row, most) {
  list.prepend(row);
  while (list.childElementCount > most) list.lastElementChild.remove();
}

function show(kind, item) {
  if (state.paused) {
    state.held.push([kind, item]);
    if (state.held.length > MOST_EVENTS + MOST_LETTERS) state.held.shift();
    put("pause", "Go on");
    return;
  }
  if (kind === "event") {
    known(item.label);
    const row = eventRow(item);
    row.hidden = !isWanted(row);
    onTop($("event-list"), row, MOST_EVENTS);
  } else {
    onTop($("letter-list"), letterRow(item), MOST_LETTERS);
  }
  emptiness();
}

function isWanted(row) {
  return $("event-route").value === "" || row.dataset.route === $("event-route").value;
}

function emptiness() {
  const rows = [...$("event-list").children].filter(row => !row.hidden);
  $("event-list").hidden = rows.length === 0;
  $("events-empty").hidden = rows.length > 0;
  put("events-empty", !state.samples ? "No events are shown: http.samples is 0."
      : $("event-list").childElementCount > 0 ? "None of this route of late."
      : "No events yet: those that come show here at once.");
  $("letters-empty").hidden = $("letter-list").childElementCount > 0;
  const letters = state.last ? sum(state.last.routes, route => total(route.totals.reasons)) : 0;
  put("letters-empty", letters === 0 ? "None yet." : state.samples ? "None of late." : "No details are shown: http.samples is 0.");
}

$("pause").addEventListener("click", () => {
  state.paused = !state.paused;
  $("pause").setAttribute("aria-pressed", String(state.paused));
  put("pause", state.paused ? "Go on" : "Pause");
  if (!state.paused) {
    const held = state.held;
    state.held = [];
    held.forEach(([kind, item]) => show(kind, item));
  }
  note();
});

$("event-route").addEventListener("change", () => {
  for (const row of $("event-list").children) row.hidden = !isWanted(row);
  emptiness();
});

// ---------------------------------------------------------------- numbers

function sum(routes, of) {
  return routes.reduce((all, route) => all + of(route), 0);
}

function tick(message) {
  const now = message.state;
  state.last = now;
  if (message.second) {
    state.seconds.push(message.second);
    if (state.seconds.length > SECONDS) state.seconds.shift();
  }
  for (const route of now.routes) Object.keys(route.totals.labels).forEach(known);
  tiles(now);
  health(now);
  routes(now);
  drift(now);
  groups(now);
  reasons(now);
  note();
  charts();
  example(now);
}

function tiles(now) {
  put("in", rate(sum(now.routes, route => route.in)));
  put("labelled", rate(sum(now.routes, route => route.labelled)));
  put("dead", rate(sum(now.routes, route => route.dead)));
  put("dead-unit", "a second, " + count(sum(now.routes, route => total(route.totals.reasons))) + " in all");
  const slowest = now.routes.map(route => route.latency).filter(latency => latency)
      .reduce((a, b) => (a === null || b.p50 > a.p50 ? b : a), null);
  put("p50", slowest ? millis(slowest.p50) : "–");
  put("p-unit", slowest ? "99 %: " + millis(slowest.p99) : "no events in 10 s");
  const lags = Object.entries(now.lag);
  put("lag", lags.length ? count(lags.reduce((all, [, lag]) => all + lag, 0)) : "–");
  put("lag-unit", lags.length ? "records in " + lags.length + (lags.length === 1 ? " partition" : " partitions") : "records");
  put("total", count(sum(now.routes, route => route.totals.in)));
  const underWork = sum(now.routes, route => route.unaccounted);
  put("unaccounted", "events, " + count(underWork) + " under work");
  const list = lags.map(([name, lag]) => element("li", {}, name + ": " + count(lag)));
  $("lag-list").replaceChildren(...list);
}

function total(counts) {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

function health(now) {
  const open = now.routes.filter(route => route.breakerOpen).map(route => route.route);
  const well = now.live && now.ready;
  $("health").className = "health " + (well ? "up" : "down");
  put("health-said", well ? "ready" : now.live ? "not ready" : "ended"); // reasons change each second
  put("health-text", well ? "ready" : (now.live ? "not ready: " : "ended: ") + now.reasons.join("; ")
      + (open.length ? " (breaker open: " + open.join(", ") + ")" : ""));
}

function routes(now) {
  const names = now.routes.map(route => route.route);
  if (names.join(" ") !== state.routes.join(" ")) {
    state.routes = names;
    options($("event-route"), ["", ...names]);
    options($("score-route"), names);
    $("score-route-box").hidden = names.length < 2;
  }
  $("route-rows").replaceChildren(...now.routes.map(route => element("tr", {},
      element("th", { scope: "row" }, route.route),
      element("td", {}, route.model.name || "loading …"),
      element("td", { title: route.model.version }, element("code", {}, route.model.version.slice(0, 12))),
      element("td", {}, [route.model.backend, route.model.device].filter(part => part).join(", ")),
      number(rate(route.in)), number(count(route.totals.in)),
      number(route.latency ? millis(route.latency.p50) : "–"),
      number(route.latency ? millis(route.latency.p95) : "–"),
      number(route.latency ? millis(route.latency.p99) : "–"),
      number(count(route.unaccounted)),
      element("td", {}, route.breakerOpen ? "✕ breaker open" : "✓ works"
          + (route.agreement === undefined ? "" : ", shadow agrees " + percent(route.agreement))))));
}

const MEASURES = ["unknown", "length", "score", "label"];

function drift(now) {
  const told = now.routes.filter(route => Object.keys(route.drift).length > 0);
  $("drift").hidden = told.length === 0;
  $("drift-rows").replaceChildren(...told.map(route => element("tr", {},
      element("th", { scope: "row" }, route.route),
      ...MEASURES.map(measure => driftCell(route.drift[measure])))));
}

function driftCell(index) {
  if (index === null || index === undefined) return element("td", { title: "there is a number from 500 texts on" }, "–");
  const word = index < 0.1 ? "stable" : index < 0.25 ? "moved" : "far";
  return element("td", { class: "drift-" + word }, word + " " + index.toFixed(2));
}

function groups(now) {
  $("trends-table").hidden = now.groups.length === 0;
  $("trends-empty").hidden = now.groups.length > 0;
  $("trend-rows").replaceChildren(...now.groups.map(group => element("tr", {},
      element("th", { scope: "row", class: "group", dir: "auto", title: group.group }, group.group),
      number(count(group.events)), number(group.negative === null ? "–" : percent(group.negative)),
      number(group.score.toFixed(2)),
      element("td", { class: "number", title: new Date(group.start).toISOString() + " to " + new Date(group.end).toISOString() },
          new Date(group.end).toLocaleTimeString()),
      element("td", {}, group.route))));
}

function number(text) {
  return element("td", { class: "number" }, text);
}

function options(select, names) {
  const chosen = select.value;
  select.replaceChildren(...names.map(name => element("option", { value: name }, name || "all")));
  if (names.includes(chosen)) select.value = chosen;
}

function reasons(now) {
  const all = {};
  for (const route of now.routes) {
    for (const [reason, times] of Object.entries(route.totals.reasons)) all[reason] = (all[reason] || 0) + times;
  }
  emptiness();
  $("reasons").replaceChildren(...Object.entries(all).sort((a, b) => b[1] - a[1])
      .map(([reason, times]) => element("li", {}, reason + " " + count(times))));
}

const WORDS = "Underlined: words for the label; dotted: against it; none where there was no time to look for them.";

function note() {
  const now = state.last;
  if (!now) return;
  const coming = sum(now.routes, route => route.labelled);
  put("events-note", state.paused
      ? "Paused. " + (state.held.length ? state.held.length + (state.held.length > MOST_EVENTS ? " or more" : "") + " have come since." : "")
      : coming > 12 && state.samples ? "Some of " + rate(coming) + " a second. " + WORDS
      : WORDS);
}

// ---------------------------------------------------------------- charts

const WIDTH = 560;
const HEIGHT = 130;

const BIN = 3; // seconds of a point
const BINS = SECONDS / BIN;

/** The last minutes in points of some seconds each, the latest last; without seconds where the process was not there. */
function bins() {
  const made = Array.from({ length: BINS }, () => []);
  const of = second => Math.floor(second.time / (1000 * BIN));
  const last = state.seconds.length ? of(state.seconds[state.seconds.length - 1]) : 0;
  for (const second of state.seconds) {
    const index = BINS - 1 - (last - of(second));
    if (index >= 0 && index < BINS) made[index].push(second);
  }
  return made;
}

function frame(plot, title, top) {
  const svg = drawn("svg", { viewBox: "0 0 " + WIDTH + " " + HEIGHT, preserveAspectRatio: "none", role: "img", "aria-label": title });
  [0, 0.5, 1].forEach(share => svg.append(drawn("line",
      { x1: 0, x2: WIDTH, y1: share * HEIGHT, y2: share * HEIGHT, class: "grid", "vector-effect": "non-scaling-stroke" })));
  const scale = (name, text) => element("span", { class: name, "aria-hidden": "true" }, text);
  plot.replaceChildren(svg, scale("top", top), scale("early", "5 min ago"), scale("late", "now"));
  return svg;
}

function x(index) {
  return index * WIDTH / (BINS - 1);
}

function charts() {
  const points = bins();
  mix(points);
  rates(points);
}

function mix(points) {
  const counts = points.map(bin => {
    const labels = {};
    for (const second of bin) {
      for (const route of Object.values(second.routes)) {
        for (const [label, times] of Object.entries(route.labels)) labels[label] = (labels[label] || 0) + times;
      }
    }
    return labels;
  });
  const everything = {};
  counts.forEach(labels => Object.entries(labels).forEach(([label, times]) => { everything[label] = (everything[label] || 0) + times; }));
  const sumOfAll = total(everything);
  const shares = state.labels.map(label => label + " " + (sumOfAll ? percent((everything[label] || 0) / sumOfAll) : "–"));
  const svg = frame($("mix-plot"), "Share of each label over the last five minutes: " + shares.join(", "), "100 %");
  const below = counts.map(() => 0);
  for (const label of state.labels) {
    const bars = [];
    counts.forEach((labels, index) => {
      const share = (labels[label] || 0) / (total(labels) || 1);
      if (share > 0) {
        const y = (1 - below[index] - share) * HEIGHT;
        bars.push("M" + (index * WIDTH / BINS).toFixed(1) + " " + y.toFixed(1) + "h" + (WIDTH / BINS).toFixed(1)
            + "v" + (share * HEIGHT).toFixed(1) + "h" + (-WIDTH / BINS).toFixed(1) + "z");
      }
      below[index] += share;
    });
    const path = drawn("path", { d: bars.join("") });
    path.style.fill = tone(label);
    svg.append(path);
  }
  legend($("mix-legend"), state.labels.map((label, i) => [tone(label), sign(label) + " " + shares[i], false]));
}

function rates(points) {
  const names = [...new Set(state.seconds.flatMap(second => Object.keys(second.routes)))].sort();
  const lines = names.map(name => points.map(bin => sum(bin, second => second.routes[name] ? second.routes[name].in : 0) / Math.max(1, bin.length)));
  const dead = points.map(bin => sum(bin, second => sum(Object.values(second.routes), route => route.dead)) / Math.max(1, bin.length));
  const top = nice(Math.max(1, ...lines.flat(), ...dead));
  const svg = frame($("rate-plot"), "Events a second over the last five minutes, up to " + count(top), count(top));
  const draw = (values, colour, dashes) => {
    const path = drawn("polyline", { fill: "none", "stroke-width": "2", "vector-effect": "non-scaling-stroke", "stroke-dasharray": dashes,
      points: values.map((value, i) => x(i).toFixed(1) + "," + (HEIGHT - value / top * HEIGHT).toFixed(1)).join(" ") });
    path.style.stroke = colour;
    svg.append(path);
  };
  lines.forEach((values, i) => draw(values, "var(--other-" + i % OTHERS + ")", ["none", "8 4", "2 3"][i % 3]));
  if (dead.some(value => value > 0)) draw(dead, "var(--dead)", "3 5");
  const peak = values => rate(Math.max(0, ...values));
  legend($("rate-legend"), [
    ...names.map((name, i) => ["var(--other-" + i % OTHERS + ")", name + ", at most " + peak(lines[i]), i % 3 > 0]),
    ["var(--dead)", "dead letters, at most " + peak(dead), true]]);
}

function nice(most) {
  const power = Math.pow(10, Math.floor(Math.log10(most)));
  return [1, 2, 5, 10].map(step => step * power).find(limit => limit >= most);
}

function legend(list, entries) {
  list.replaceChildren(...entries.map(([colour, text, dashed]) => {
    const swatch = element("span", { class: dashed ? "swatch dashed" : "swatch", "aria-hidden": "true" });
    swatch.style.color = colour;
    return element("li", {}, swatch, element("span", { class: "label-name" }, text));
  }));
}

// ---------------------------------------------------------------- one text

const EXAMPLE = "Slow to start, but what a wonderful ending!";
let asked = 0;
let typing = null;
let touched = false;

/** The box starts with a text that is labelled as soon as there are models. */
function example(now) {
  if (touched || !now.ready || $("try").hidden || state.routes.length === 0) return;
  touched = true;
  if ($("score-text").value === "") $("score-text").value = EXAMPLE; // else it is of before a reload
  ask();
}

$("score-text").addEventListener("focus", () => {
  if ($("score-text").value === EXAMPLE) $("score-text").select();
});

async function ask() {
  const text = $("score-text").value;
  const number = ++asked;
  if (text.trim() === "") {
    $("score-result").replaceChildren();
    put("score-said", "");
    return;
  }
  try {
    const answer = await fetch("/score", { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, route: $("score-route").value || undefined, explain: true }) });
    const result = await answer.json();
    if (number !== asked) return; // another text has been typed meanwhile
    if (answer.status === 429) {
      setTimeout(() => { if (number === asked) ask(); }, 1000);
    } else if (answer.ok) {
      showResult(text, result);
    } else {
      failed("No label: " + result.error);
    }
  } catch (failure) {
    if (number === asked) failed("No answer: " + failure.message);
  }
}

function failed(why) {
  $("score-result").replaceChildren(element("p", {}, why));
  put("score-said", why);
}

function showResult(text, result) {
  if (result.label === null) {
    failed("No label: " + result.reason + ", " + result.detail);
    return;
  }
  Object.keys(result.probabilities).forEach(known);
  const words = element("div", { class: "asked", dir: "auto" });
  words.append(marked(text, result.tokens || []));
  words.style.setProperty("--tone", tone(result.label));
  const bars = element("div", { class: "bars" });
  for (const label of state.labels.filter(name => name in result.probabilities)) {
    const fill = element("span");
    fill.style.width = 100 * result.probabilities[label] + "%";
    const bar = element("div", { class: "bar", "aria-hidden": "true" }, fill);
    bar.style.setProperty("--tone", tone(label));
    bars.append(element("span", {}, sign(label) + " " + label), bar,
        element("span", { class: "number" }, percent(result.probabilities[label])));
  }
  $("score-result").replaceChildren(tag(result.label, result.score), words, bars,
      element("p", { class: "meta" }, "by " + result.model + ", version " + result.modelVersion.slice(0, 12)
          + (result.against ? "; words as against " + result.against : "")));
  // The words of the sentence above alone: bars and marks would be read out at each letter typed.
  put("score-said", result.label + ", " + percent(result.score));
}

$("score-form").addEventListener("submit", event => {
  event.preventDefault();
  clearTimeout(typing);
  ask();
});

$("score-text").addEventListener("input", () => {
  touched = true;
  clearTimeout(typing);
  typing = setTimeout(ask, 300);
});

$("score-route").addEventListener("change", ask);

// ---------------------------------------------------------------- connection

const PATIENCE = 6000; // there is a message each second
let silent = null;

function heard(source) {
  clearTimeout(silent);
  silent = setTimeout(() => {
    lost();
    source.close();
    connect();
  }, PATIENCE);
  if (!state.connected) {
    state.connected = true;
    $("notice").hidden = true;
  }
}

function lost() {
  state.connected = false;
  $("health").className = "health down";
  put("health-said", ""); // the notice is read out
  put("health-text", "not connected");
  $("notice").hidden = false;
  put("notice", "The connection is lost: what is shown is of " + new Date(state.last ? state.last.time : Date.now()).toLocaleTimeString()
      + ". It is tried again every few seconds.");
}

function hello(message) {
  state.samples = message.samples;
  state.seconds = message.seconds;
  if (!message.resumed) {
    state.held = [];
    $("event-list").replaceChildren();
    $("letter-list").replaceChildren();
  }
  $("links").replaceChildren(...message.links.filter(path => path !== "/score").flatMap(path => [element("a", { href: path }, path), " "]));
  $("try").hidden = !message.links.includes("/score");
  $("trends").hidden = !message.links.some(path => path.startsWith("/trends"));
  emptiness();
}

function connect() {
  const source = new EventSource("/events");
  const on = (type, then) => source.addEventListener(type, message => {
    heard(source);
    then(JSON.parse(message.data));
  });
  on("hello", hello);
  on("state", message => tick(message));
  on("event", item => show("event", item));
  on("letter", item => show("letter", item));
  source.addEventListener("error", () => {
    clearTimeout(silent);
    lost();
    // Where the answer was no stream, such as 503, the browser does not try again by itself.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  });
}

emptiness();
connect();
