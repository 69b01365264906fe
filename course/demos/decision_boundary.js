// The controls and the words of the decision boundary, and its play; every number comes from
// decision_boundary.py.

const RATE_STEPS = 10; // positions of the rate's slider for each power of ten
const SPOKEN = 5000; // milliseconds between two announcements while it plays

function build(el, model) {
  const { classes, speeds, limits } = model.get("picture");
  const play = html("button", { type: "button", class: "primary play" }, "Play");
  const step = html("button", { type: "button", class: "step" }, "Step");
  const reset = html("button", { type: "button", class: "reset" }, "Reset");
  const undo = html("button", { type: "button", class: "undo" }, "Undo");
  const speed = slider("Speed", { min: 0, max: speeds.length - 1, step: 1 });
  const rate = slider("Learning rate", {
    min: RATE_STEPS * Math.log10(limits.rate[0]), max: RATE_STEPS * Math.log10(limits.rate[1]),
    step: 1,
  });
  const known = Array.from({ length: classes }, (_, k) => [k, `${k}, a ${SHAPES[k]}`]);
  const chosen = picker("A click adds class", known);
  const loss = svg({ role: "img", class: "loss" });
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Training" },
    html("div", { class: "buttons" }, play, step, reset),
    speed.label, rate.label,
    html("div", { class: "adding" }, chosen.label, undo),
    loss,
  );
  const canvas = html("canvas", { "aria-hidden": "true" });
  const drawing = svg({ role: "img" });
  const picture = html("div", { class: "picture" }, canvas, drawing);
  const sentence = html("p", { class: "sentence", "aria-hidden": "true" });
  const strength = html("span");
  const legend = html(
    "p", { class: "legend" },
    "Colour and small signs: the class that the network gives each place, the stronger the larger ",
    strength, ". Ringed: a point in a wrong region.",
  );
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, picture, controls, sentence, announced.node, legend,
  );
  const root = html("div", { class: "demo with-places decision-boundary" }, panel);
  COLOURS.forEach((rgb, k) => root.style.setProperty(`--class-${k}`, `rgb(${rgb})`));
  el.append(root);
  return {
    root, play, step, reset, undo, speed, rate, chosen, loss, canvas, drawing, picture, sentence,
    strength, announced, parts: layers(drawing, classes), spoken: 0,
  };
}

function draw(view, model) {
  const p = model.get("picture");
  const width = Math.max(180, Math.min(620, view.picture.clientWidth));
  const area = placed(width, p);
  const anew = view.width !== width;
  if (anew) {
    set(view.drawing, {
      width, height: area.height, viewBox: `0 0 ${width} ${area.height}`,
    });
    const box = {
      left: area.left, top: area.top, width: area.right - area.left, height: area.bottom - area.top,
    };
    for (const node of [view.canvas, view.plane.node]) {
      for (const [name, value] of Object.entries(box)) node.style[name] = `${value}px`;
    }
    drawAxes(view.parts, p, area);
    view.width = width;
  }
  view.area = area;
  view.plane.p = p;
  view.plane.at ??= [(p.left + p.right) / 2, (p.bottom + p.top) / 2];
  if (anew || view.bytes !== model.get("field")) {
    view.bytes = model.get("field");
    view.field = fieldOf(view.bytes, p.classes);
    paintField(view.canvas, view.field, area.ratio);
    drawRegions(view.parts, view.field, area);
  }
  drawPoints(view.parts, floats(model.get("points")), area, anew);
  drawCurve(view.loss, floats(model.get("curve")), p.curve_name);
  set(view.loss, { "aria-label": p.curve_text });
  set(view.drawing, { "aria-label": p.alternative });
  write(view.sentence, p.sentence);
  write(view.strength, p.strength);
  view.root.classList.toggle("wrong", p.wrong);
  view.plane.moved();
}

// heard at once when the training rests, now and then while it plays, whatever its pace
function announce(view, model) {
  const { sentence } = model.get("picture");
  if (!model.get("playing")) {
    view.announced.say(sentence);
  } else if (performance.now() - view.spoken > SPOKEN) {
    view.spoken = performance.now();
    write(view.announced.node, sentence);
  }
}

// the controls follow the model, which already holds what this hand last set
function follow(view, model) {
  const { speeds } = model.get("picture");
  const [playing, speed, rate] = ["playing", "speed", "rate"].map((name) => model.get(name));
  const steps = `${speed} ${speed === 1 ? "step" : "steps"} a picture`;
  write(view.play, playing ? "Pause" : "Play");
  const at = speeds.findIndex((known) => known >= speed);
  view.speed.input.value = at;
  set(view.speed.input, { "aria-valuetext": steps });
  write(view.speed.output, steps);
  view.rate.input.value = Math.round(RATE_STEPS * Math.log10(rate));
  set(view.rate.input, { "aria-valuetext": `rate ${number(rate)}` });
  write(view.rate.output, number(rate));
  const none = model.get("added").length === 0;
  view.undo.setAttribute("aria-disabled", none);
  set(view.undo, { "aria-label": none ? "Undo: no point added yet" : "Undo the last added point" });
  announce(view, model);
}

// Asks for the next picture once the last is painted, so that none queue and the kernel is free
// between them; never while the demo is off screen or its page hidden. Returns the asking, and
// what ends it.
function player(view, model, send) {
  let [seen, waiting, ended] = [false, false, false];
  const next = () => {
    if (waiting || ended || !seen || document.hidden || !model.get("playing")) return;
    if (model.get("asked") !== model.get("answered")) return;
    waiting = true;
    // a message posted from a frame arrives after that frame is painted
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        waiting = false;
        const answered = model.get("asked") === model.get("answered");
        if (!ended && seen && !document.hidden && model.get("playing") && answered) {
          send({ asked: model.get("asked") + 1 });
        }
      };
      painted.port2.postMessage(0);
    });
  };
  const watched = new IntersectionObserver((entries) => {
    seen = entries.at(-1).isIntersecting;
    next();
  });
  watched.observe(view.root);
  document.addEventListener("visibilitychange", next);
  model.on("change:answered change:playing", next);
  const end = () => {
    ended = true;
    watched.disconnect();
    document.removeEventListener("visibilitychange", next);
    model.off("change:answered change:playing", next);
  };
  return { next, end };
}

function render({ model, el }) {
  const view = build(el, model);
  const send = sender(model);
  const count = (name, changes = {}) => send({ ...changes, [name]: model.get(name) + 1 });
  const chosen = () => Number(view.chosen.input.value);
  const undo = () => send({ added: model.get("added").slice(0, -1) });
  const ghost = () => set(view.parts.ghost, {
    class: `ghost class-${chosen()}`, d: OUTLINES[chosen()](5),
  });
  view.plane = planeOf({
    choose(k) {
      view.chosen.input.value = k;
      ghost();
      view.announced.say(`Class ${k}`);
    },
    add(x, y) {
      const round = (number) => Number(number.toFixed(4));
      send({ added: [...model.get("added"), [round(x), round(y), chosen()]] });
    },
    undo,
    said: () => view.announced.say(placeText(view.field, view.plane.p, view.plane.at)),
  });
  view.plane.moved = () => {
    const [x, y] = view.plane.at;
    put(view.parts.cursor, view.area.x(x), view.area.y(y));
  };
  view.picture.insertBefore(view.plane.node, view.drawing);
  ghost();

  view.chosen.input.addEventListener("change", ghost);
  view.undo.addEventListener("click", () => {
    if (view.undo.getAttribute("aria-disabled") !== "true") undo();
  });
  view.play.addEventListener("click", () => {
    const playing = !model.get("playing");
    view.spoken = performance.now();
    // a picture that was lost, as with a kernel begun anew, is not waited for
    send(playing ? { playing, asked: model.get("answered") } : { playing });
  });
  view.step.addEventListener("click", () => count("presses", { playing: false }));
  view.reset.addEventListener("click", () => count("resets"));
  view.speed.input.addEventListener("input", () => {
    send({ speed: model.get("picture").speeds[Number(view.speed.input.value)] });
  });
  view.rate.input.addEventListener("input", () => {
    send({ rate: Number((10 ** (Number(view.rate.input.value) / RATE_STEPS)).toPrecision(2)) });
  });
  // nothing moves by itself where motion is unwanted
  if (motionUnwanted() && model.get("playing")) {
    send({ playing: false });
  }
  const playing = player(view, model, send);
  const detach = attach(view, model, {
    computed: ["picture", "field", "points", "curve"],
    chosen: ["speed", "rate", "added", "playing"],
    follow,
    draw: () => draw(view, model),
  });
  return () => {
    playing.end();
    detach();
  };
}

export default { render };
