// What the demos share: making and setting elements, numbers as text, keys, drawing once, sending.
// demo.py joins it to each demo's own files, since a widget's front end is one module.

const SVG = "http://www.w3.org/2000/svg";

function html(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

function svg(attributes = {}) {
  const node = document.createElementNS(SVG, "svg");
  set(node, attributes);
  return node;
}

function shape(parent, tag, name = "", attributes = {}) {
  const node = document.createElementNS(SVG, tag);
  if (name) node.setAttribute("class", name);
  set(node, attributes);
  parent.append(node);
  return node;
}

// what is set to what it was would be laid out and painted anew all the same
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function show(parts, names, visible) {
  for (const name of names) parts[name].style.display = visible ? "" : "none";
}

function put(node, x, y) {
  set(node, { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` });
}

// an id that no other picture on the page has
function unique(name) {
  return `${name}-${Math.random().toString(36).slice(2)}`;
}

function floats(view) {
  // copied, because a message may place the bytes where 8-byte numbers cannot be read
  return new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

// the same texts as words.number on the Python side
function number(x, digits = 3) {
  if (x === 0) return "0";
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e").map(Number);
  const small = exponent < -4 || exponent >= digits;
  return (small ? `${mantissa}e${exponent}` : `${Number(x.toPrecision(digits))}`)
    .replaceAll("-", "−");
}

// with so many decimals, or in powers of ten where they do not fit the number
function decimal(x, places = 4) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "−inf";
  const tiny = x !== 0 && Math.abs(x) < 0.5 * 10 ** -places;
  return (tiny || Math.abs(x) >= 999.995 ? x.toExponential(1) : (x + 0).toFixed(places))
    .replaceAll("-", "−");
}

// several numbers with the same decimals: from 4 down to 2, as zeros at their ends allow
function decimals(numbers) {
  const texts = numbers.map((x) => decimal(x));
  if (!texts.every((text) => text.includes(".") && !text.includes("e"))) return texts;
  const zeros = ["00", "0"].find((end) => texts.every((text) => text.endsWith(end))) ?? "";
  return texts.map((text) => text.slice(0, text.length - zeros.length));
}

// round numbers between low and high, at most about `count` of them
function ticks(low, high, count) {
  const rough = (high - low) / Math.max(2, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) * power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) found.push(i * step);
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = (x) => (step < 1e-5 || step >= 1e5 ? number(x) : x.toFixed(places));
  return found.map((x) => [x, text(x).replace("-", "−").replace(/^−(0\.?0*)$/, "$1")]);
}

// In an output, notebooks take plain keys for commands: arrows leave the cell, x cuts it.
// JupyterLab and VS Code listen as the event bubbles up; Notebook 7 before it comes down, and
// passes over a control that bears this attribute. Tab, Escape, Ctrl+S stay the notebook's.
function keepKeys(root) {
  const ours = ({ key, ctrlKey, metaKey, altKey }) =>
    !(ctrlKey || metaKey || altKey || key === "Tab" || key === "Escape");
  const down = (event) => {
    if (!root.contains(event.target)) return;
    event.target.toggleAttribute("data-lm-suppress-shortcuts", ours(event));
  };
  window.addEventListener("keydown", down, true);
  root.addEventListener("keydown", (event) => {
    if (ours(event)) event.stopPropagation();
  });
  return () => window.removeEventListener("keydown", down, true);
}

// by the system, or by VS Code's own setting
function motionUnwanted() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches
    || document.body.classList.contains("vscode-reduce-motion");
}

// one message changes several traits: drawn once, when all of them are in
function together(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      draw();
    });
  };
}

// one message is under way at most: what happens meanwhile is merged into the next
function sender(model) {
  return (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };
}

// Joins a demo to its model: `computed` traits draw it anew, as its width does; those that are
// `chosen` by its controls move the controls alone. Returns what undoes this.
function attach(view, model, { computed, chosen, follow, draw }) {
  const letGo = keepKeys(view.root);
  const redraw = together(() => {
    follow(view, model);
    draw(view, model);
  });
  const moved = () => follow(view, model);
  const [answers, settings] = [computed, chosen].map(
    (names) => names.map((name) => `change:${name}`).join(" "),
  );
  model.on(answers, redraw);
  model.on(settings, moved);
  const resized = new ResizeObserver(redraw);
  resized.observe(view.picture);
  redraw();
  return () => {
    letGo();
    model.off(answers, redraw);
    model.off(settings, moved);
    resized.disconnect();
    view.announced.stop();
  };
}

// what is announced waits until the hand rests: a drag would flood the reader
function announcer() {
  const node = html("p", { class: "announced", "aria-live": "polite" });
  let resting;
  return {
    node,
    say(text) {
      clearTimeout(resting);
      resting = setTimeout(() => write(node, text), 500);
    },
    stop: () => clearTimeout(resting),
  };
}
