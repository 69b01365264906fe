// The controls and the words of the softmax demo; every number comes from softmax_view.py.

function build(el, model) {
  const classes = model.get("logits").map((z, k) => k);
  const label = picker("Right class", classes.map((k) => [k, `class ${k}`]));
  const compared = picker(
    "Quadratic after", [["softmax", "softmax"], ["sigmoid", "sigmoid"]],
  );
  const sliders = classes.map((k) => slider(`z[${k}]`, { step: 0.1 }, `Logit of class ${k}`));
  const buttons = html("div", { class: "buttons" });
  const costs = html("div", { class: "costs" });
  const [cost, other] = ["cross-entropy", "quadratic cost"].map((name) => {
    const value = html("span");
    costs.append(html("div", {}, html("span", {}, name), value));
    return value;
  });
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Softmax and cross-entropy" },
    label.label, ...sliders.map((one) => one.label), compared.label, buttons, costs,
  );
  const drawing = svg({ role: "group" });
  const picture = html("div", { class: "picture" }, drawing);
  const sentence = html("p", { class: "sentence", "aria-hidden": "true" });
  const legend = html(
    "p", { class: "legend" },
    "✓ and dashed frame: the right class, where y = 1. Descent moves each logit against its arrow.",
    html("span", { class: "marks" },
      " ", html("span", { class: "swatch" }), "not the true number; the upright line is the true one"),
  );
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, controls, picture, sentence, announced.node, legend,
  );
  const root = html("div", { class: "demo with-places softmax-view" }, panel);
  el.append(root);
  return {
    root, label, compared, sliders, buttons, cost, other, drawing, picture, sentence, announced,
    moved: tips(picture, drawing), id: unique("hatch"),
  };
}

function gathered(model) {
  const p = model.get("picture");
  const z = model.get("logits");
  const all = floats(model.get("rows"));
  const curve = floats(model.get("curve"));
  const row = (array, n, size) => array.subarray(n * size, (n + 1) * size);
  const points = curve.length / 3;
  return {
    ...p, z, label: model.get("label"),
    p: row(all, 0, z.length), slope: row(all, 1, z.length),
    true_p: row(all, 2, z.length), true_slope: row(all, 3, z.length),
    other: floats(model.get("others")),
    grid: row(curve, 0, points), push: row(curve, 1, points), other_push: row(curve, 2, points),
  };
}

function draw(view, model) {
  const data = gathered(model);
  const width = Math.max(250, view.picture.clientWidth);
  view.parts ??= layers(view.drawing, data.z.length, view.id);
  const still = [width, model.get("compared")].join();
  if (view.still !== still) drawStill(view.parts, width, data.z.length, model.get("compared"));
  view.still = still;
  drawRows(view.parts, data, width);
  const height = drawChart(view.parts, data, width);
  set(view.drawing, {
    width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": data.alternative,
  });
  write(view.cost, number(data.cost));
  write(view.other, number(data.other_cost));
  write(view.sentence, data.sentence);
  view.root.classList.toggle("differs", [...data.off_p, ...data.off_slope].includes(true));
  view.sliders.forEach(({ input }, k) => {
    // while the hand has moved on, the slider speaks for itself
    if (Number(input.value) === data.z[k]) set(input, { "aria-valuetext": data.value_texts[k] });
  });
  view.announced.say(data.sentence);
  view.moved();
}

// the sliders follow the model, which already holds what this hand last set
function follow(view, model) {
  const { reach } = model.get("picture");
  model.get("logits").forEach((z, k) => {
    const { input, output } = view.sliders[k];
    set(input, { min: -reach, max: reach });
    input.value = z;
    write(output, number(z));
  });
  view.label.input.value = model.get("label");
  view.compared.input.value = model.get("compared");
}

function render({ model, el }) {
  const view = build(el, model);
  const send = sender(model);
  view.label.input.addEventListener("change", () => send({ label: Number(view.label.input.value) }));
  view.compared.input.addEventListener("change", () => {
    send({ compared: view.compared.input.value });
  });
  view.sliders.forEach(({ input, output }, k) => input.addEventListener("input", () => {
    const z = Number(input.value);
    write(output, number(z));
    set(input, { "aria-valuetext": `z[${k}] = ${number(z)}` });
    send({ logits: model.get("logits").map((old, n) => (n === k ? z : old)) });
  }));
  const wrong = () => {
    const right = model.get("label");
    const other = (right + 1) % view.sliders.length;
    send({ logits: model.get("logits").map((z, k) => (k === right ? -4 : k === other ? 4 : 0)) });
  };
  const reset = () => {
    const { given, given_label: label } = model.get("picture");
    send({ logits: given, label, compared: "softmax" });
  };
  view.buttons.append(
    button("Badly wrong", wrong, { class: "primary" }), button("Reset", reset),
  );
  return attach(view, model, {
    computed: ["picture", "rows", "others", "curve"],
    chosen: ["logits", "label", "compared"],
    follow,
    draw,
  });
}

export default { render };
