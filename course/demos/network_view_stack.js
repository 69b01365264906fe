// The layers of a deep network that are folded: one stack with their count.

function drawStack(root, lines, layout, ids) {
  const { first, last, x, y, half: [across, up] } = layout.stack;
  const node = shape(root, "g", "stack place", {
    role: "img", transform: `translate(${x} ${y})`,
  });
  const box = { x: -across, y: -up, width: 2 * across, height: 2 * up, rx: 8 };
  // from the back to the front, as layers stand behind one another
  for (const behind of [8, 4]) {
    shape(node, "rect", "sheet", { ...box, x: behind - across, y: -behind - up });
  }
  const sheet = shape(node, "rect", "sheet", box);
  const hatched = shape(node, "rect", "hatched", { ...box, fill: `url(#${ids.hatch})` });
  const dotted = shape(node, "rect", "dotted", box);
  shape(node, "rect", "focus", {
    ...box, x: -across - 5, y: -up - 13, width: 2 * across + 18, height: 2 * up + 18, rx: 11,
  });
  node.anchor = sheet;
  const middle = { "text-anchor": "middle" };
  const texts = shape(node, "g", "words");
  shape(texts, "text", "count", { ...middle, y: -20 }).textContent = last - first + 1;
  shape(texts, "text", "", { ...middle, y: -5 }).textContent = "layers";
  const still = shape(texts, "text", "", { ...middle, y: 16 });
  const now = shape(texts, "text", "now", { ...middle, y: 31 });
  const sides = [];
  for (const [layer, to, side] of [[first, first - 1, -1], [last + 1, last + 1, 1]]) {
    const column = layout.columns.find((one) => one.layer === to);
    const edges = column.y.map((level) => {
      const height = Math.max(-up + 10, Math.min(up - 10, level - y));
      const ends = [[column.x, level, layout.radius + 5], [x, y + height, across + 5]];
      // forward goes from left to right
      return stackEdge(lines, side < 0 ? ends : ends.reverse());
    });
    sides.push({ layer, edges });
  }
  return { node, first, last, sheet, hatched, dotted, still, now, sides };
}

function stackEdge(lines, [[x1, y1, gap1], [x2, y2, gap2]]) {
  const size = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [(x2 - x1) / size, (y2 - y1) / size];
  const from = `${x1 + gap1 * dx} ${y1 + gap1 * dy}`;
  const to = `${x2 - gap2 * dx} ${y2 - gap2 * dy}`;
  const [there, back] = [`M${from}L${to}`, `M${to}L${from}`];
  const line = shape(lines, "path", "edge", { d: there });
  const pulse = shape(lines, "path", "pulse", { d: there, pathLength: 100 });
  return { line, pulse, there, back };
}

function drawStackOf(stack, step, all, ids) {
  const { first, last, node } = stack;
  const inside = step.layer >= first && step.layer <= last;
  const layers = [...Array(last - first + 1).keys()].map((n) => first + n);
  const keys = layers.flatMap((k) => [
    step.values[k] && `z${k}`, step.values[k], step.deltas[k],
    step.edges[k - 1].lit && step.edges[k - 1].key, step.biases[k],
  ]).filter(Boolean);
  const flags = Object.fromEntries(keys.map((key) => [key, all.worst(key)]));
  const flag = worse(0, ...Object.values(flags));
  showMark(stack, flag);
  node.classList.toggle("plain", !flag);
  node.classList.toggle("known", layers.some((k) => step.values[k]));
  node.classList.toggle("ringed", layers.some((k) => step.deltas[k]));
  node.classList.toggle("fresh", inside && step.kind === "forward");
  node.classList.toggle("fresh-backward", inside && step.kind === "backward");
  write(stack.still, inside ? "now" : "");
  write(stack.now, inside ? `${step.layer}` : "");
  const named = (wanted) => keys.filter((key) => flags[key] === wanted)
    .map((key) => all.array(key).name).join(", ");
  // the words of a step that is off name them already
  const [wrong, follow] = inside && step.off ? ["", ""] : [named(WRONG), named(FOLLOWS)];
  say(node, [
    `layers ${first} to ${last}, folded`,
    ...(inside ? [step.value_text] : []),
    ...(wrong ? [`differences begin in ${wrong}`] : []),
    ...(follow ? [`differences reach ${follow}`] : []),
  ], flag !== 0);
  for (const { layer, edges } of stack.sides) {
    const { way, lit } = step.edges[layer - 1];
    const kind = lit && step.kind === "backward" ? "gradient" : way || (lit ? "new" : "");
    for (const edge of edges) {
      edge.line.setAttribute("class", `edge ${kind}`);
      edge.line.style.strokeWidth = kind ? 1.6 : 1;
      const arrow = way ? `url(#${ids.arrow}-${way})` : "none";
      edge.line.style.markerEnd = way === "forward" ? arrow : "none";
      edge.line.style.markerStart = way === "backward" ? arrow : "none";
      edge.pulse.setAttribute("class", way ? `pulse ${way}` : "pulse");
      if (way) edge.pulse.setAttribute("d", way === "forward" ? edge.there : edge.back);
    }
  }
}
