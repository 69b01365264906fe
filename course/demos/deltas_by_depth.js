// The controls and the words of deltas by depth; every number comes from deltas_by_depth.py.

const SCALE_STEPS = 20; // positions of the scale's slider for each power of ten

function build(el, model) {
  const { limits, activations } = model.get("picture");
  const [depth, width] = ["depth", "width"].map((name) => {
    const title = name === "depth" ? "Layers" : "Units in each";
    return slider(title, { min: limits[name][0], max: limits[name][1], step: 1 });
  });
  const scale = slider("Scale of the weights", {
    min: Math.round(SCALE_STEPS * Math.log10(limits.scale[0])),
    max: Math.round(SCALE_STEPS * Math.log10(limits.scale[1])), step: 1,
  });
  const activation = picker("Activation", activations.map((name) => [name, name]));
  const buttons = html("div", { class: "buttons", role: "group", "aria-label": "Known scales" });
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Deltas by depth" },
    activation.label, depth.label, width.label, scale.label, buttons,
  );
  const drawing = svg({ role: "group" });
  const picture = html("div", { class: "picture" }, drawing);
  const sentence = html("p", { class: "sentence", "aria-hidden": "true" });
  const legend = html(
    "p", { class: "legend marks" },
    html("span", { class: "swatch" }), "not the true size; the thick line is the true one",
  );
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, controls, picture, sentence, announced.node, legend,
  );
  const root = html("div", { class: "demo with-places deltas-by-depth" }, panel);
  el.append(root);
  const id = unique("hatch");
  hatching(drawing, id);
  return {
    root, depth, width, scale, activation, buttons, drawing, picture, sentence, announced, id,
    moved: tips(picture, drawing), parts: layers(drawing),
  };
}

function draw(view, model) {
  const p = model.get("picture");
  const bars = floats(model.get("bars"));
  const half = bars.length / 2;
  const data = { ...p, sizes: bars.subarray(0, half), true_sizes: bars.subarray(half) };
  const width = Math.max(250, view.picture.clientWidth);
  const height = Math.round(Math.min(360, Math.max(290, width * 0.58)));
  set(view.drawing, {
    width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": p.alternative,
  });
  drawBars(view.parts, view.drawing, data, width, height, view.id);
  write(view.sentence, p.sentence);
  view.root.classList.toggle("differs", p.off.includes(true));
  set(view.scale.input, { "aria-valuetext": p.scale_text });
  view.announced.say(p.sentence);
  view.moved();
}

function scaleOf(input) {
  return Number((10 ** (Number(input.value) / SCALE_STEPS)).toPrecision(3));
}

// the sliders follow the model, which already holds what this hand last set
function follow(view, model) {
  const [depth, width, scale] = ["depth", "width", "scale"].map((name) => model.get(name));
  view.depth.input.value = depth;
  set(view.depth.input, { "aria-valuetext": depth === 1 ? "1 layer" : `${depth} layers` });
  write(view.depth.output, `${depth}`);
  view.width.input.value = width;
  set(view.width.input, { "aria-valuetext": `${width} units in each layer` });
  write(view.width.output, `${width}`);
  view.scale.input.value = Math.round(SCALE_STEPS * Math.log10(scale));
  write(view.scale.output, `${number(scale)}/√n`);
  view.activation.input.value = model.get("activation");
}

function render({ model, el }) {
  const view = build(el, model);
  const send = sender(model);
  for (const name of ["depth", "width"]) {
    view[name].input.addEventListener("input", () => send({ [name]: Number(view[name].input.value) }));
  }
  view.scale.input.addEventListener("input", () => {
    const scale = scaleOf(view.scale.input);
    set(view.scale.input, { "aria-valuetext": `${number(scale)}/√n` });
    send({ scale });
  });
  view.activation.input.addEventListener("change", () => {
    send({ activation: view.activation.input.value });
  });
  view.buttons.append(
    button("Xavier", () => send({ scale: 1 }), { "aria-label": "Xavier: 1/√n" }),
    button("He", () => send({ scale: Math.SQRT2 }), { "aria-label": "He: √2/√n" }),
    button("Unscaled", () => send({ scale: Math.sqrt(model.get("width")) }), {
      "aria-label": "Unscaled: standard deviation 1",
    }),
  );
  return attach(view, model, {
    computed: ["picture", "bars"],
    chosen: ["depth", "width", "scale", "activation"],
    follow,
    draw,
  });
}

export default { render };
