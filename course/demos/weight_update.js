// The controls, the table and the words; every number comes from weight_update.py.

const RATE_STEPS = 20; // positions of the rate's slider for each power of ten

// the cost that the curve shows at a weight, for the moment before the kernel has answered
function between(curve, weight) {
  const n = curve.length / 2;
  const at = ((weight - curve[0]) / (curve[n - 1] - curve[0])) * (n - 1);
  const i = Math.min(n - 2, Math.max(0, Math.floor(at)));
  return curve[n + i] + (at - i) * (curve[n + i + 1] - curve[n + i]);
}

function build(el) {
  const select = html("select");
  const weight = slider("Value", {}, "Value of the weight");
  const rate = slider("Learning rate", { min: -3 * RATE_STEPS, max: 2 * RATE_STEPS, step: 1 });
  const step = html("button", { type: "button", class: "primary" }, "Take the step");
  const reset = html("button", { type: "button" }, "Reset");
  const controls = html(
    "div",
    { class: "controls", role: "group", "aria-label": "Weight update" },
    html("label", {}, html("span", { class: "title" }, "Weight"), select),
    weight.label,
    rate.label,
    html("div", { class: "buttons" }, step, reset),
  );
  const body = html("tbody");
  const table = html("table", {}, html("caption", {}, "The step in numbers"), body);
  const cells = {};
  for (const mark of ["now", "slope", "step", "cost", "predicted", "true"]) {
    const key = svg({ viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" });
    if (mark !== "now") MARKS[mark](key);
    const name = html("th", { scope: "row" });
    const value = html("td");
    cells[mark] = { name, value };
    body.append(html("tr", {}, html("td", { class: "key" }, key), name, value));
  }
  const drawing = svg({ role: "img" });
  const picture = html("div", { class: "picture" }, drawing);
  const sentence = html("p", { class: "sentence", "aria-hidden": "true" });
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, controls, picture, sentence, announced.node, table,
  );
  const root = html("div", { class: "demo descent weight-update" }, panel);
  el.append(root);
  return { root, select, weight, rate, step, reset, cells, picture, drawing, sentence, announced };
}

function draw(view, model) {
  const p = model.get("picture");
  const curve = floats(model.get("curve"));
  const width = Math.max(200, view.picture.clientWidth);
  const height = Math.round(Math.min(400, Math.max(260, width * 0.62)));
  const area = {
    left: MARGIN.left, right: width - MARGIN.right, top: MARGIN.top, bottom: height - MARGIN.bottom,
  };
  const x = (w) => area.left + ((w - p.low) / (p.high - p.low)) * (area.right - area.left);
  const y = (c) => area.bottom - ((c - p.bottom) / (p.top - p.bottom)) * (area.bottom - area.top);
  const still = [width, p.weight, p.low, p.high, p.bottom, p.top].join();
  if (still !== view.still || model.get("curve") !== view.bytes) {
    set(view.drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
    drawAxes(view.parts, p, x, y, area);
    drawCurve(view.parts, curve, x, y);
    view.still = still;
    view.bytes = model.get("curve");
  }
  drawTrail(view.parts, floats(model.get("trail")), x, y);
  drawStep(view.parts, p, x, y, area);
  view.root.classList.toggle("blank", p.blank);
  view.drawing.setAttribute("aria-label", p.alternative);
  for (const row of p.rows) {
    write(view.cells[row.mark].name, row.label);
    write(view.cells[row.mark].value, row.text);
  }
  write(view.sentence, p.sentence);
  // while the hand has moved on, the sliders speak for themselves
  if (p.value === model.get("value")) set(view.weight.input, { "aria-valuetext": p.value_text });
  if (p.rate === model.get("rate")) set(view.rate.input, { "aria-valuetext": p.rate_text });
  view.step.setAttribute("aria-disabled", p.new_value === null);
  view.announced.say(p.sentence);
}

// the sliders follow the model, which already holds what this hand last set
function follow(view, model) {
  const p = model.get("picture");
  const [value, rate] = [model.get("value"), model.get("rate")];
  const grain = 10 ** Math.round(Math.log10((p.high - p.low) / 600));
  set(view.weight.input, { min: p.low, max: p.high, step: grain });
  view.weight.input.value = value;
  view.weight.output.textContent = `${model.get("weight")} = ${number(value)}`;
  view.rate.input.value = RATE_STEPS * Math.log10(rate);
  view.rate.output.textContent = number(rate);
  view.select.value = model.get("weight");
}

function render({ model, el }) {
  const view = build(el);
  view.parts = layers(view.drawing);
  view.select.append(...model.get("weights").map((name) => html("option", {}, name)));

  const send = sender(model);
  const count = (name, changes = {}) => send({ ...changes, [name]: model.get(name) + 1 });

  view.select.addEventListener("change", () => send({ weight: view.select.value }));
  view.weight.input.addEventListener("input", () => {
    const value = Number(view.weight.input.value);
    const said = `${model.get("weight")} = ${number(value)}`;
    const cost = between(floats(model.get("curve")), value);
    view.weight.output.textContent = said;
    set(view.weight.input, { "aria-valuetext": `${said}, cost ${number(cost)}` });
    send({ value });
  });
  view.rate.input.addEventListener("input", () => {
    const rate = Number((10 ** (Number(view.rate.input.value) / RATE_STEPS)).toPrecision(2));
    view.rate.output.textContent = number(rate);
    set(view.rate.input, { "aria-valuetext": `rate ${number(rate)}` });
    send({ rate });
  });
  // the picture widens to show the whole step, but only once the hand has let go
  let released = false;
  const widen = () => {
    const p = model.get("picture");
    if (!released || p.new_value === null) return;
    if (p.new_value >= p.low && p.new_value <= p.high) return;
    released = false;
    count("releases");
  };
  for (const { input } of [view.weight, view.rate]) {
    input.addEventListener("input", () => { released = false; });
    input.addEventListener("change", () => { released = true; widen(); });
  }
  view.step.addEventListener("click", () => {
    if (view.step.getAttribute("aria-disabled") !== "true") count("presses");
  });
  view.reset.addEventListener("click", () => count("resets"));

  return attach(view, model, {
    computed: ["picture", "curve", "trail"],
    chosen: ["weight", "value", "rate"],
    follow,
    draw: () => {
      draw(view, model);
      widen();
    },
  });
}

export default { render };
