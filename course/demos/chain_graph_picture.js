// The picture of an expression graph: values in the nodes, local derivatives on the edges.

const MARGIN = 8; // for the frame of a box that has the focus
const BOX = { height: 58, row: 92, head: 8, least: 58, most: 104, beside: 9, edge: 66 };

function layers(drawing, graph, ids) {
  const defs = hatching(drawing, ids.hatch);
  const arrow = shape(defs, "marker", "", {
    id: ids.arrow, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9,
    markerUnits: "userSpaceOnUse", orient: "auto",
  });
  shape(arrow, "path", "head", { d: "M0 0L8 4L0 8Z" });
  const lines = graph.edges.map(() => shape(drawing, "path", "edge", {
    "marker-end": `url(#${ids.arrow})`,
  }));
  const nodes = graph.nodes.map((node, n) => {
    const part = place(drawing, ids.hatch);
    const kind = n === 0 ? "box input" : n === graph.nodes.length - 1 ? "box output" : "box";
    part.box = shape(part.content, "rect", kind, { rx: 10 });
    part.name = shape(part.content, "text", "formula", { "text-anchor": "middle" });
    part.value = shape(part.content, "text", "value", { "text-anchor": "middle" });
    return part;
  });
  const edges = graph.edges.map(() => {
    const part = place(drawing, ids.hatch);
    part.zone.classList.add("plate");
    part.name = shape(part.content, "text", "quiet on-paper", { "text-anchor": "middle" });
    part.value = shape(part.content, "text", "slope on-paper", { "text-anchor": "middle" });
    return part;
  });
  return { lines, nodes, edges };
}

// the free width goes to the edges, whose labels need it more than the nodes
function frame(graph, width, widest) {
  const columns = 1 + Math.max(...graph.nodes.map((node) => node.place[0]));
  const rows = graph.edges.flatMap((edge) => edge.route).map(([, row]) => row);
  const [low, high] = [Math.min(...rows), Math.max(...rows)];
  const share = Math.min(BOX.most, (0.44 * width) / columns);
  const boxWidth = Math.max(BOX.least, share, widest + 2 * BOX.beside);
  const whole = Math.max(width, columns * boxWidth + (columns - 1) * BOX.edge + 2 * MARGIN);
  const spread = columns > 1 ? (whole - boxWidth - 2 * MARGIN) / (columns - 1) : 0;
  return {
    width: whole, boxWidth,
    height: (high - low) * BOX.row + BOX.height + 2 * BOX.head,
    x: (column) => MARGIN + boxWidth / 2 + column * spread,
    y: (row) => BOX.head + BOX.height / 2 + (row - low) * BOX.row,
  };
}

// measured once, when there is something to be measured
function widestFormula(parts) {
  if (!parts.widest && parts.nodes[0].box.ownerSVGElement?.clientWidth) {
    parts.widest = Math.max(...parts.nodes.map((part) => part.name.getComputedTextLength()));
  }
  return parts.widest ?? 0;
}

function drawGraph(parts, graph, data, width) {
  graph.nodes.forEach(({ name, formula }, n) => {
    write(parts.nodes[n].name, formula ? `${name} = ${formula}` : name);
  });
  const f = frame(graph, width, widestFormula(parts));
  graph.nodes.forEach((node, n) => {
    const part = parts.nodes[n];
    const [x, y] = [f.x(node.place[0]), f.y(node.place[1])];
    const box = {
      x: x - f.boxWidth / 2, y: y - BOX.height / 2, width: f.boxWidth, height: BOX.height,
    };
    set(part.box, box);
    set(part.name, { x, y: y - 6 });
    set(part.value, { x, y: y + 16 });
    write(part.value, textOf(data.values[n]));
    // around the box, which would hide the frame of the focus
    const zone = {
      x: box.x - 5, y: box.y - 5, width: box.width + 10, height: box.height + 10,
    };
    setPlace(part, { box: zone, lines: data.said[n], off: false });
  });
  graph.edges.forEach((edge, k) => {
    const bend = edge.twin * 56;
    const points = edge.route.map(([column, row]) => [f.x(column), f.y(row)]);
    points[0][0] += f.boxWidth / 2;
    points.at(-1)[0] -= f.boxWidth / 2 + 2;
    parts.lines[k].setAttribute("d", curve(points, bend));
    const [x, y] = labelAt(points, bend);
    const part = parts.edges[k];
    set(part.name, { x, y: y - 8 });
    write(part.name, edge.name);
    set(part.value, { x, y: y + 11 });
    write(part.value, textOf(data.slopes[k]));
    setPlace(part, {
      box: { x: x - 28, y: y - 21, width: 56, height: 38 },
      lines: data.said[graph.nodes.length + k], off: false,
    });
  });
  return f;
}

function curve(points, bend) {
  let d = `M${points[0]}`;
  for (let i = 1; i < points.length; i++) {
    const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]];
    const middle = (x0 + x1) / 2;
    d += `C${middle} ${y0 + 1.33 * bend} ${middle} ${y1 + 1.33 * bend} ${x1} ${y1}`;
  }
  return d;
}

// in the free row of the column that it passes, or half way
function labelAt(points, bend) {
  if (points.length > 2) return points[Math.floor(points.length / 2)];
  const [[x0, y0], [x1, y1]] = points;
  return [(x0 + x1) / 2 - 3, (y0 + y1) / 2 + bend];
}

function textOf(x) {
  return Number.isFinite(x) ? decimal(x, 3) : "?";
}

// the traced path wide, the others pale
function tracePath(parts, traced) {
  parts.lines.forEach((line, k) => {
    line.classList.toggle("traced", Boolean(traced?.includes(k)));
    line.classList.toggle("pale", Boolean(traced && !traced.includes(k)));
  });
}
