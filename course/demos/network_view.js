// The controls and the words of a stepped network; every number comes from network_view.py.

const MOST_NAMED = 12; // steps; of more the scrubber names the ways, not each step

function build(el, model) {
  const steps = model.get("steps");
  const back = html("button", { type: "button" }, "◀ Back");
  const next = html("button", { type: "button", class: "primary" }, "Next ▶");
  const scrubber = html("input", {
    type: "range", min: 0, max: steps.length - 1, step: 1, "aria-label": "Step",
  });
  const labels = html("div", { class: "stations", "aria-hidden": "true" });
  const stations = steps.map((step) => html(
    "span", { class: step.kind },
    html("span", { class: "long" }, step.long_label), html("span", { class: "short" }, step.label),
  ));
  const many = steps.length > MOST_NAMED;
  labels.classList.toggle("many", many);
  labels.append(...stations, ...(many ? ways(steps) : []));
  labels.style.setProperty("--steps", steps.length);
  const track = html("div", { class: "track" }, scrubber, labels);
  track.style.setProperty("--steps", steps.length);
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Steps of the network" },
    html("div", { class: "buttons" }, back, next), track,
  );
  const drawing = svg({ role: "group" });
  const picture = html("div", { class: "picture" }, drawing);
  const side = html("div", {
    class: "side", tabindex: 0, role: "group", "aria-label": "The formula with its numbers",
  });
  const sentences = html("div", { class: "sentences", "aria-hidden": "true" });
  const key = html(
    "p", { class: "legend" }, "Dashed edge: negative; wider edge: larger number.",
    html("span", { class: "legend-marks" },
      html("span", { class: "swatch wrong" }), "differs from the true number",
      html("span", { class: "swatch follows" }), "follows from such a difference"),
  );
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, controls, picture, side, sentences, announced.node, key,
  );
  const root = html("div", { class: `demo network-view${many ? " deep" : ""}` }, panel);
  el.append(root);
  return {
    root, back, next, scrubber, stations, drawing, picture, side, sentences, announced,
    pointed: tips(picture, drawing), ids: { hatch: unique("hatch"), arrow: unique("arrow") },
  };
}

// the names of the two ways, each below its steps
function ways(steps) {
  return ["forward", "backward"].flatMap((kind) => {
    const start = steps.findIndex((step) => step.kind === kind);
    if (start < 0) return [];
    const own = steps.filter((step) => step.kind === kind);
    const text = `${kind} ${own[0].layer} – ${own.at(-1).layer}`;
    const name = html("span", { class: `way ${kind}` }, text);
    name.style.gridColumn = `${start + 1} / span ${own.length}`;
    return [name];
  });
}

// laid over one another, all steps keep one height, and nothing below them jumps
function layOver(view, steps) {
  view.formulas = steps.map((step) => formulaOf(step, view.all));
  view.texts = steps.map((step) => html("p", { class: "sentence" }, step.sentence));
  view.side.replaceChildren(...view.formulas);
  view.sentences.replaceChildren(...view.texts);
  const off = steps.some((step) => step.off);
  view.root.classList.toggle("all-right", !off);
}

function draw(view, model) {
  const steps = model.get("steps");
  const at = model.get("step");
  const step = steps[at];
  const layouts = model.get("network").layouts;
  const wide = view.picture.clientWidth >= 420 ? 0 : 1;
  if (view.wide !== wide) {
    view.wide = wide;
    view.parts = drawNetwork(view.drawing, layouts[wide], view.ids);
  }
  view.scrubber.value = at;
  view.scrubber.setAttribute("aria-valuetext", step.value_text);
  view.stations.forEach((station, n) => station.classList.toggle("now", n === at));
  view.back.setAttribute("aria-disabled", at === 0);
  view.next.setAttribute("aria-disabled", at === steps.length - 1);
  drawUnits(view.parts, step, view.all, layouts[wide], view.ids);
  drawEdgesOf(view.parts, step, view.all, view.ids);
  if (view.parts.stack) drawStackOf(view.parts.stack, step, view.all, layouts[wide], view.ids);
  view.drawing.setAttribute("aria-label", step.alternative);
  view.formulas.forEach((formula, n) => formula.classList.toggle("now", n === at));
  view.texts.forEach((text, n) => text.classList.toggle("now", n === at));
  view.root.dataset.kind = step.kind;
  view.pointed();
  view.announced.say(step.sentence);
}

function render({ model, el }) {
  const view = build(el, model);
  const fill = () => {
    view.all = quantities(model);
    layOver(view, model.get("steps"));
  };
  const letGo = keepKeys(view.root);
  const go = (to) => {
    const last = model.get("steps").length - 1;
    const step = Math.min(last, Math.max(0, to));
    if (step === model.get("step")) return;
    // drawn at once, since every step is here already; the kernel is told, not asked
    model.set("step", step);
    model.save_changes();
  };
  view.scrubber.addEventListener("input", () => go(Number(view.scrubber.value)));
  view.back.addEventListener("click", () => go(model.get("step") - 1));
  view.next.addEventListener("click", () => go(model.get("step") + 1));
  view.stations.forEach((station, n) => station.addEventListener("click", () => go(n)));

  const redraw = together(() => draw(view, model));
  const refill = together(() => {
    fill();
    draw(view, model);
  });
  const filled = "change:steps change:network change:numbers change:truths change:flags";
  model.on("change:step", redraw);
  model.on(filled, refill);
  const resized = new ResizeObserver(redraw);
  resized.observe(view.picture);
  fill();
  draw(view, model);
  return () => {
    letGo();
    model.off("change:step", redraw);
    model.off(filled, refill);
    resized.disconnect();
    view.announced.stop();
  };
}

export default { render };
