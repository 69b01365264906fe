// The controls, the table and the words; every number comes from descent_path.py.

const RATE_STEPS = 20; // positions of the rate's slider for each power of ten

function build(el, model) {
  const names = model.get("weights").map((name) => [name, name]);
  const pickers = ["Weight across", "Weight up"].map((title) => picker(title, names));
  const values = ["across", "up"].map((way) => slider("Value", {}, `Value of the weight ${way}`));
  const rate = slider("Learning rate", { min: -3 * RATE_STEPS, max: 2 * RATE_STEPS, step: 1 });
  const buttons = html("div", { class: "buttons" });
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Path of descent" },
    ...[0, 1].flatMap((n) => [pickers[n].label, values[n].label]), rate.label, buttons,
  );
  const body = html("tbody");
  const table = html("table", {}, html("caption", {}, "The step in numbers"), body);
  const cells = {};
  for (const mark of ["now", "slope", "step", "cost", "predicted", "true"]) {
    const key = svg({ viewBox: "-10 -10 20 20", width: 20, height: 20, "aria-hidden": "true" });
    PLANE_MARKS[mark](key);
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
  const root = html("div", { class: "demo descent descent-path" }, panel);
  el.append(root);
  const parts = planeLayers(drawing);
  return { root, pickers, values, rate, buttons, cells, picture, drawing, sentence, announced, parts };
}

function draw(view, model) {
  const p = model.get("picture");
  const width = Math.max(200, view.picture.clientWidth);
  const area = planeArea(p, width);
  const still = [width, ...p.shown, ...p.weights].join();
  if (still !== view.still || model.get("lines") !== view.bytes) {
    const height = Math.round(area.height);
    set(view.drawing, { width, height, viewBox: `0 0 ${width} ${height}` });
    drawPlane(view.parts, p, model.get("levels"), floats(model.get("lines")), area);
    view.still = still;
    view.bytes = model.get("lines");
  }
  view.area = area;
  view.parts.through.setAttribute("d", traced(floats(model.get("through")), area));
  drawPath(view.parts, floats(model.get("path")), p, area);
  drawDescent(view.parts, p, area);
  view.root.classList.toggle("blank", p.blank);
  view.drawing.setAttribute("aria-label", p.alternative);
  for (const row of p.rows) {
    write(view.cells[row.mark].name, row.label);
    write(view.cells[row.mark].value, row.text);
  }
  write(view.sentence, p.sentence);
  // while the hand has moved on, the sliders speak for themselves
  const point = model.get("point");
  view.values.forEach(({ input }, n) => {
    if (p.point[n] === point[n]) set(input, { "aria-valuetext": p.value_texts[n] });
  });
  if (p.rate === model.get("rate")) set(view.rate.input, { "aria-valuetext": p.rate_text });
  for (const node of view.buttons.querySelectorAll(".steps")) {
    node.setAttribute("aria-disabled", p.new_point === null);
  }
  view.announced.say(p.sentence);
}

// the sliders follow the model, which already holds what this hand last set
function follow(view, model) {
  const { shown } = model.get("picture");
  const [chosen, point, rate] = ["chosen", "point", "rate"].map((name) => model.get(name));
  const grain = 10 ** Math.round(Math.log10((shown[1] - shown[0]) / 600));
  view.values.forEach(({ input, output }, n) => {
    set(input, { min: shown[2 * n], max: shown[2 * n + 1], step: grain });
    input.value = point[n];
    write(output, number(point[n]));
    view.pickers[n].input.value = chosen[n];
    // a weight has one direction in the picture, not two
    for (const option of view.pickers[n].input.options) {
      option.disabled = option.value === chosen[1 - n];
    }
  });
  view.rate.input.value = RATE_STEPS * Math.log10(rate);
  write(view.rate.output, number(rate));
}

function render({ model, el }) {
  const view = build(el, model);
  const send = sender(model);
  const count = (name, by = 1) => send({ [name]: model.get(name) + by });
  const other = (pair, n, value) => pair.map((old, m) => (m === n ? value : old));

  view.pickers.forEach(({ input }, n) => input.addEventListener("change", () => {
    send({ chosen: other(model.get("chosen"), n, input.value) });
  }));
  view.values.forEach(({ input, output }, n) => input.addEventListener("input", () => {
    const value = Number(input.value);
    write(output, number(value));
    set(input, { "aria-valuetext": `${model.get("chosen")[n]} = ${number(value)}` });
    send({ point: other(model.get("point"), n, value) });
  }));
  view.rate.input.addEventListener("input", () => {
    const rate = Number((10 ** (Number(view.rate.input.value) / RATE_STEPS)).toPrecision(2));
    write(view.rate.output, number(rate));
    set(view.rate.input, { "aria-valuetext": `rate ${number(rate)}` });
    send({ rate });
  });
  // the sliders are the same for the keyboard
  view.drawing.addEventListener("click", (event) => {
    const box = view.drawing.getBoundingClientRect();
    const { left, right, top, bottom, weights } = view.area;
    const scale = view.drawing.clientWidth / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    if (x < left || x > right || y < top || y > bottom) return;
    send({ point: weights(x, y).map((value) => Number(value.toPrecision(4))) });
  });
  // the picture widens to show the whole step, but only once the hand has let go
  let released = false;
  const widen = () => {
    const { shown, new_point: end } = model.get("picture");
    if (!released || end === null) return;
    if (end.every((value, n) => value >= shown[2 * n] && value <= shown[2 * n + 1])) return;
    released = false;
    count("releases");
  };
  for (const { input } of [...view.values, view.rate]) {
    input.addEventListener("input", () => { released = false; });
    input.addEventListener("change", () => { released = true; widen(); });
  }
  const step = (by) => (event) => {
    if (event.currentTarget.getAttribute("aria-disabled") !== "true") count("presses", by);
  };
  view.buttons.append(
    button("Take the step", step(1), { class: "primary steps" }),
    button("Ten steps", step(10), { class: "steps" }),
    button("Reset", () => count("resets")),
  );
  return attach(view, model, {
    computed: ["picture", "lines", "levels", "through", "path"],
    chosen: ["chosen", "point", "rate"],
    follow,
    draw: () => {
      draw(view, model);
      widen();
    },
  });
}

export default { render };
