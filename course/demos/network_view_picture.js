// The picture of a stepped network: units in columns, edges, what differs from the true numbers.

const [WRONG, FOLLOWS] = [1, 2];

// every number by its key and place, with what is true and how the two compare
function quantities(model) {
  const { arrays, rows, causes } = model.get("network");
  const [mine, truths] = [floats(model.get("numbers")), floats(model.get("truths"))];
  const flags = model.get("flags");
  const at = (key, i, j = 0) => arrays[key].start + i * arrays[key].shape[1] + j;
  const index = (key, i, j) => {
    if (arrays[key].vector) return `[${i}]`;
    if (arrays[key].flat) return `[${j}]`;
    return rows ? `[${j}, ${i}]` : `[${i}, ${j}]`;
  };
  const all = {
    rows,
    array: (key) => arrays[key],
    flag: (key, i, j) => (key in arrays ? flags.getUint8(at(key, i, j)) : 0),
    worst(key) {
      const { start, shape: [rows, columns] } = arrays[key];
      const found = [...Array(rows * columns).keys()].map((n) => flags.getUint8(start + n));
      return worse(0, ...found);
    },
    value: (key, i, j) => mine[at(key, i, j)],
    text: (key, i, j, places) =>
      (arrays[key].known ? decimal(mine[at(key, i, j)], places) : "?"),
    row(key) {
      const { start, shape, known } = arrays[key];
      const run = [...mine.subarray(start, start + shape[0] * shape[1])];
      return known ? decimals(run) : run.map(() => "?");
    },
    // one number in words, with the true one where it differs
    said(key, i, j) {
      const name = `${arrays[key].name}${index(key, i, j)}`;
      const text = all.text(key, i, j, 4);
      const flag = all.flag(key, i, j);
      const old = key.startsWith("new") ? `, before ${all.text(key.slice(3), i, j, 4)}` : "";
      if (!flag) return `${name} = ${text}${old}`;
      let [own, right] = [text, decimal(truths[at(key, i, j)])];
      if (own === right) {
        [own, right] = [mine, truths].map((run) => String(run[at(key, i, j)]).replace("-", "−"));
      }
      const why = flag === WRONG ? "the difference begins here" : `follows from ${causes[key]}`;
      return `${name}: yours ${own}, true ${right}${old}; ${why}`;
    },
  };
  return all;
}

function drawNetwork(root, layout, ids) {
  root.replaceChildren();
  set(root, { viewBox: `0 0 ${layout.width} ${layout.height}`, "font-size": layout.font });
  const defs = hatching(root, ids.hatch);
  for (const way of ["forward", "backward"]) {
    const marker = shape(defs, "marker", "", {
      id: `${ids.arrow}-${way}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 10,
      markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse",
    });
    shape(marker, "path", `head-${way}`, { d: "M0 1.5L9 5L0 8.5Z" });
  }
  const lines = shape(root, "g", "lines");
  const labels = shape(root, "g", "labels");
  const edges = layout.columns.slice(1).flatMap((above, n) => {
    const below = layout.columns[n];
    if (above.layer !== below.layer + 1) return [];
    const pair = drawEdges(lines, labels, layout, below, above, layout.labels[n]);
    return [{ layer: above.layer, pair }];
  });
  const units = layout.columns.map(({ layer, units: shown, x, y }) => ({
    layer, column: shown.map((unit, slot) => drawUnit(root, layout.radius, unit, x, y[slot], ids)),
  }));
  const stack = layout.stack && drawStack(root, lines, layout, ids);
  // after the units, so that the arrow keys come to these first
  root.append(labels);
  for (const { fold } of layout.columns.filter((column) => column.fold)) {
    const place = { x: fold[0], y: fold[1] + 4, "text-anchor": "middle" };
    shape(root, "text", "fold", place).textContent = `⋮ ${fold[2]} more`;
  }
  return { edges, units, stack };
}

function drawEdges(lines, labels, layout, below, above, places) {
  const found = [];
  above.units.forEach((i, up) => below.units.forEach((j, down) => {
    const [dx, dy] = [above.x - below.x, above.y[up] - below.y[down]];
    const out = (layout.radius + 5) / Math.hypot(dx, dy);
    const [x1, y1] = [below.x + dx * out, below.y[down] + dy * out];
    const [x2, y2] = [above.x - dx * out, above.y[up] - dy * out];
    const [there, back] = [`M${x1} ${y1}L${x2} ${y2}`, `M${x2} ${y2}L${x1} ${y1}`];
    const line = shape(lines, "path", "edge", { d: there });
    const pulse = shape(lines, "path", "pulse", { d: there, pathLength: 100 });
    const node = shape(labels, "g", "place", { role: "img" });
    const hit = shape(node, "path", "hit", { d: there });
    const at = places?.[found.length];
    const [x, y, angle] = at ?? [x1 + 0.7 * (x2 - x1), y1 + 0.7 * (y2 - y1), 0];
    const label = shape(node, "g", "label", {
      transform: `translate(${x} ${y}) rotate(${angle})`,
    });
    const box = { y: -9.5, height: 19, rx: 4 };
    const paper = shape(label, "rect", "paper", box);
    const mark = shape(label, "rect", "mark", box);
    const text = shape(label, "text", "", { y: 4.5, "text-anchor": "middle" });
    node.anchor = at ? label : hit;
    found.push({ i, j, line, pulse, there, back, node, label, paper, mark, text, at, x, y });
  }));
  return found;
}

function drawUnit(root, radius, unit, x, y, ids) {
  const node = shape(root, "g", "unit place", {
    role: "img", transform: `translate(${x} ${y})`,
  });
  const outer = shape(node, "circle", "outer", { r: radius + 4.5 });
  const disc = shape(node, "circle", "disc", { r: radius });
  node.anchor = disc;
  const arc = `A${radius} ${radius} 0 0 1`;
  const halves = { upper: `M${-radius} 0${arc} ${radius} 0Z`, lower: `M${radius} 0${arc} ${-radius} 0Z` };
  const lower = shape(node, "path", "lower", { d: halves.lower });
  const marks = {};
  for (const [half, d] of Object.entries(halves)) {
    const hatched = shape(node, "path", "hatched", { d, fill: `url(#${ids.hatch})` });
    marks[half] = { hatched, dotted: shape(node, "path", "dotted", { d }) };
  }
  const whole = {
    hatched: shape(node, "circle", "hatched", { r: radius, fill: `url(#${ids.hatch})` }),
    dotted: shape(node, "circle", "dotted", { r: radius }),
  };
  const ring = shape(node, "circle", "focus", { r: radius + 8 });
  const middle = { "text-anchor": "middle" };
  const value = shape(node, "text", "value", middle);
  const delta = shape(node, "text", "delta", { ...middle, y: 0.5 * radius });
  const name = shape(node, "text", "name", { ...middle, y: -radius - 9 });
  const bias = shape(node, "g", "bias", { transform: `translate(0 ${radius + 20})` });
  const box = { y: -12.5, height: 17, rx: 4 };
  const paper = shape(bias, "rect", "paper", box);
  const mark = shape(bias, "rect", "mark", box);
  const biasText = shape(bias, "text", "", middle);
  return {
    unit, x, y, node, outer, disc, lower, marks, whole, ring, value, delta, name, bias,
    paper, biasMark: mark, biasText,
  };
}

// boxes as wide as so many figures
function fit(boxes, length) {
  const width = 8 + 7.2 * length;
  for (const box of boxes) set(box, { x: -width / 2, width });
}

function showMark(node, flag) {
  node.hatched.style.display = flag === WRONG ? "" : "none";
  node.dotted.style.display = flag === FOLLOWS ? "" : "none";
}

// the larger fault of two: where one begins outweighs where one follows
function worse(...flags) {
  return flags.includes(WRONG) ? WRONG : Math.max(...flags);
}

function drawUnits(parts, step, all, layout, ids) {
  const hatch = `url(#${ids.hatch})`;
  parts.units.forEach(({ layer: k, column }) => column.forEach((part) => {
    const [a, delta, bias] = [step.values[k], step.deltas[k], step.biases[k]];
    const i = part.unit;
    const fresh = step.kind === "start" ? k === 0 : step.layer === k && k > 0;
    const known = a && all.array(a).known;
    part.node.classList.toggle("known", Boolean(known));
    part.node.classList.toggle("ringed", Boolean(delta));
    part.node.classList.toggle("fresh", fresh && step.kind !== "update");
    part.node.classList.toggle("fresh-backward", fresh && step.kind === "backward");
    write(part.name, `${all.array(`a${k}`).name}[${i}]`);
    write(part.value, a ? all.text(a, i, 0, layout.decimals) : "");
    part.value.setAttribute("y", delta ? -0.18 * layout.radius : 5);
    write(part.delta, delta ? all.text(delta, i, 0, layout.decimals) : "");
    const flag = a ? worse(all.flag(a, i), k ? all.flag(`z${k}`, i) : 0) : 0;
    showMark(part.whole, delta ? 0 : flag);
    showMark(part.marks.upper, delta ? flag : 0);
    showMark(part.marks.lower, delta ? all.flag(delta, i) : 0);
    part.node.classList.toggle("plain", !(flag || (delta && all.flag(delta, i))));
    part.bias.style.display = bias && layout.biases ? "" : "none";
    const short = bias ? all.array(bias).name.replace(/\d+$/, "") : "";
    write(part.biasText, bias ? `${short} ${all.row(bias)[i]}` : "");
    fit([part.paper, part.biasMark], part.biasText.textContent.length);
    setMark(part.biasMark, bias ? all.flag(bias, i) : 0, hatch);
    const keys = [a && k ? `z${k}` : "", a, delta, bias].filter(Boolean);
    const said = keys.map((key) => all.said(key, i));
    if (!keys.length) said.push(`${all.array(`a${k}`).name}[${i}], not computed yet`);
    say(part.node, said, keys.some((key) => all.flag(key, i)));
  }));
}

function setMark(node, flag, hatch = "none") {
  node.classList.toggle("wrong", flag === WRONG);
  if (node.matches("rect")) node.style.fill = flag === WRONG ? hatch : "none";
  node.classList.toggle("follows", flag === FOLLOWS);
}

function drawEdgesOf(parts, step, all, ids) {
  parts.edges.forEach(({ layer, pair }) => {
    const { key, way, lit } = step.edges[layer - 1];
    const { shape: [above, below] } = all.array(key);
    const texts = all.row(key);
    const most = pair.length > 16 ? 1.6 : 2.4;
    let largest = 0;
    for (let n = 0; n < above * below; n++) {
      const size = Math.abs(all.value(key, Math.floor(n / below), n % below));
      if (Number.isFinite(size)) largest = Math.max(largest, size);
    }
    for (const edge of pair) {
      const { i, j } = edge;
      const value = all.value(key, i, j);
      const flag = lit ? all.flag(key, i, j) : 0;
      const kind = lit && step.kind === "backward" ? "gradient" : way || (lit ? "new" : "");
      edge.line.setAttribute("class", `edge ${kind}`);
      const width = largest && Number.isFinite(value) ? 0.8 + most * Math.abs(value) / largest : 1;
      edge.line.style.strokeWidth = kind ? width : 1;
      edge.line.style.strokeDasharray = value < 0 ? "6 4" : "none";
      const arrow = way ? `url(#${ids.arrow}-${way})` : "none";
      edge.line.style.markerEnd = way === "forward" ? arrow : "none";
      edge.line.style.markerStart = way === "backward" ? arrow : "none";
      edge.pulse.setAttribute("class", way ? `pulse ${way}` : "pulse");
      if (way) edge.pulse.setAttribute("d", way === "forward" ? edge.there : edge.back);
      edge.node.style.display = lit ? "" : "none";
      if (lit) say(edge.node, [all.said(key, i, j)], flag !== 0);
      edge.label.style.display = lit && (edge.at || flag) ? "" : "none";
      write(edge.text, edge.at ? texts[i * below + j] : "");
      fit([edge.paper, edge.mark], edge.at ? edge.text.textContent.length : 1);
      setMark(edge.mark, flag, `url(#${ids.hatch})`);
    }
  });
}
