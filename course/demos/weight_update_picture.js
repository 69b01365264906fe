// The picture of a weight update: axes, curve, tangent, step, and what the step brings.

const MARGIN = { left: 52, right: 18, top: 26, bottom: 44 };

const MARKS = {
  now: (g) => shape(g, "circle", "now", { r: 6.5 }),
  slope: (g) => shape(g, "path", "slope", { d: "M-8 4L8 -4" }),
  step: (g) => shape(g, "path", "step", { d: "M-8 0H7M2 -4L7 0L2 4" }),
  predicted: (g) => shape(g, "path", "predicted", { d: "M0 -8.5L8.5 0L0 8.5L-8.5 0Z" }),
  true: (g) => shape(g, "circle", "true", { r: 5.5 }),
};
MARKS.cost = MARKS.now;

function layers(root) {
  const clip = unique("weight-update");
  const frame = shape(shape(root, "clipPath", "", { id: clip }), "rect");
  const grid = shape(root, "g", "grid");
  const inside = shape(root, "g", "", { "clip-path": `url(#${clip})` });
  const parts = { frame, grid };
  for (const name of ["cost-curve", "tangent", "promise", "drop-now", "drop-new", "gap"]) {
    parts[name] = shape(inside, "path", name);
  }
  parts.trail = shape(inside, "g", "trail");
  parts["axis-step"] = shape(root, "path", "axis-step");
  for (const name of ["now", "predicted", "true"]) {
    parts[name] = shape(root, "g", `mark-${name}`);
    MARKS[name](parts[name]);
  }
  for (const name of ["note-new", "note-predicted", "note-gap"]) {
    parts[name] = shape(root, "text", "note");
  }
  return parts;
}

function drawAxes(parts, p, x, y, area) {
  const { left, right, top, bottom } = area;
  parts.grid.replaceChildren();
  set(parts.frame, { x: left, y: top, width: right - left, height: bottom - top });
  for (const [value, text] of ticks(p.low, p.high, (right - left) / 70)) {
    shape(parts.grid, "path", "tick", { d: `M${x(value)} ${bottom}v5` });
    const place = { x: x(value), y: bottom + 18, "text-anchor": "middle" };
    shape(parts.grid, "text", "", place).textContent = text;
  }
  for (const [value, text] of ticks(p.bottom, p.top, (bottom - top) / 44)) {
    shape(parts.grid, "path", "rule", { d: `M${left} ${y(value)}H${right}` });
    const place = { x: left - 8, y: y(value) + 4, "text-anchor": "end" };
    shape(parts.grid, "text", "", place).textContent = text;
  }
  shape(parts.grid, "path", "axis", { d: `M${left} ${bottom}H${right}` });
  const named = { x: right, y: bottom + 36, "text-anchor": "end" };
  shape(parts.grid, "text", "name", named).textContent = `weight ${p.weight}`;
  shape(parts.grid, "text", "name", { x: 8, y: 14 }).textContent = "cost";
}

function drawCurve(parts, curve, x, y) {
  const n = curve.length / 2;
  let d = "";
  for (let i = 0; i < n; i++) {
    const cost = curve[n + i];
    if (!Number.isFinite(cost)) continue;
    const joined = i > 0 && Number.isFinite(curve[n + i - 1]);
    d += `${joined ? "L" : "M"}${x(curve[i]).toFixed(1)} ${y(cost).toFixed(1)}`;
  }
  parts["cost-curve"].setAttribute("d", d);
}

function drawTrail(parts, trail, x, y) {
  parts.trail.replaceChildren();
  for (let i = 0; i < trail.length; i += 2) {
    const age = trail.length / 2 - i / 2;
    const place = { cx: x(trail[i]), cy: y(trail[i + 1]), r: 4.5 - 0.4 * age };
    shape(parts.trail, "circle", "", place);
  }
}

// what lies outside the picture is marked on its border, with its value beside it
function drawStep(parts, p, x, y, area) {
  const { bottom } = area;
  const known = (name) => p[name] !== null;
  const off = known("new_value") && (p.new_value < p.low || p.new_value > p.high);
  const promised = known("predicted") && known("new_value") && !off;
  const landed = known("true_cost") && !off;
  show(parts, ["now", "drop-now"], known("cost"));
  show(parts, ["tangent"], known("slope"));
  show(parts, ["promise", "axis-step"], known("new_value"));
  show(parts, ["predicted"], promised);
  show(parts, ["true", "drop-new"], landed);
  show(parts, ["gap"], promised && landed);
  show(parts, ["note-new", "note-predicted", "note-gap"], false);
  if (!known("cost")) return;

  const here = x(p.value);
  put(parts.now, here, y(p.cost));
  parts["drop-now"].setAttribute("d", `M${here} ${y(p.cost)}V${bottom}`);
  if (!known("slope")) return;

  // browsers draw nothing that is too many pixels away
  const near = (pixel) => Math.min(1e5, Math.max(-1e5, pixel));
  const onLine = (w) => `${x(w)} ${near(y(p.cost + (w - p.value) * p.slope))}`;
  parts.tangent.setAttribute("d", `M${onLine(p.low)}L${onLine(p.high)}`);
  if (!known("new_value")) return;

  const shown = Math.min(p.high, Math.max(p.low, p.new_value));
  const end = x(shown);
  parts.promise.setAttribute("d", `M${onLine(p.value)}L${onLine(shown)}`);
  const head = Math.min(7, Math.abs(end - here));
  const back = end - Math.sign(end - here) * head;
  const sides = `M${back} ${bottom - head}L${end} ${bottom}L${back} ${bottom + head}`;
  parts["axis-step"].setAttribute("d", `M${here} ${bottom}H${end}${sides}`);
  if (off) {
    const ahead = p.new_value > p.high;
    const text = `new w = ${number(p.new_value)}`;
    note(parts["note-new"], ahead ? `${text} ▶` : `◀ ${text}`, end, bottom - 14, ahead);
  }
  if (landed) {
    put(parts.true, end, y(p.true_cost));
    parts["drop-new"].setAttribute("d", `M${end} ${y(p.true_cost)}V${bottom}`);
  }
  if (promised) drawPromise(parts, p, y, end, landed, area);
}

function drawPromise(parts, p, y, end, landed, { left, right, top, bottom }) {
  // on the border, but not on the arrow's head
  const below = p.predicted < p.bottom;
  const level = below ? bottom - 16 : y(Math.min(p.top, p.predicted));
  const before = end > (left + right) / 2;
  const beside = end + (before ? -14 : 14);
  put(parts.predicted, end, level);
  if (landed) parts.gap.setAttribute("d", `M${end} ${y(p.true_cost)}V${level}`);
  if (below || p.predicted > p.top) {
    const text = `predicted ${number(p.predicted)} ${below ? "▼" : "▲"}`;
    note(parts["note-predicted"], text, beside, below ? bottom - 14 : top + 18, before);
  } else if (landed && Math.abs(y(p.true_cost) - level) > 40) {
    // on the side that the step does not come from, where there is room
    const away = p.new_value < p.value ? end > left + 90 : end > right - 90;
    const text = `gap ${number(Math.abs(p.true_cost - p.predicted))}`;
    const middle = (y(p.true_cost) + level) / 2 + 4;
    note(parts["note-gap"], text, end + (away ? -14 : 14), middle, away);
  }
}

function note(node, text, x, y, before) {
  set(node, { x, y, "text-anchor": before ? "end" : "start" });
  node.textContent = text;
  node.style.display = "";
}
