// The controls, the paths and the words of the chain rule; all numbers come from chain_graph.py.

function build(el, model) {
  const graph = model.get("graph");
  const name = graph.nodes[0].name;
  const x = slider(name, { min: graph.low, max: graph.high, step: 0.05 }, `Input ${name}`);
  const controls = html(
    "div", { class: "controls", role: "group", "aria-label": "Chain rule" }, x.label,
  );
  const body = html("tbody");
  const rows = graph.path_names.map((path) => {
    const trace = html("button", { type: "button", "aria-pressed": "false" }, path);
    const [product, result] = [html("td", { class: "product" }), html("td")];
    body.append(html("tr", {}, html("th", { scope: "row" }, trace), product, result));
    return { trace, product, result };
  });
  const row = (label, kind) => {
    const value = html("td");
    const cells = [html("th", { scope: "row" }, label), html("td", { class: "product" }), value];
    body.append(html("tr", { class: kind }, ...cells));
    return { value, note: cells[1] };
  };
  const total = row(graph.derivative, "total");
  const mine = graph.asked ? row("yours", "mine") : null;
  const table = html(
    "table", {}, html("caption", {}, "Multiply along each path, add the paths"), body,
  );
  const drawing = svg({ role: "group" });
  const picture = html("div", { class: "picture" }, drawing);
  const sentence = html("p", { class: "sentence", "aria-hidden": "true" });
  const announced = announcer();
  const panel = html(
    "div", { class: "panel" }, picture, controls, table, sentence, announced.node,
  );
  const root = html("div", { class: "demo with-places chain-graph" }, panel);
  el.append(root);
  const ids = { hatch: unique("hatch"), arrow: unique("arrow") };
  return {
    root, x, rows, total, mine, drawing, picture, sentence, announced,
    parts: layers(drawing, graph, ids), moved: tips(picture, drawing),
  };
}

function gathered(model) {
  const { nodes, edges, paths } = model.get("graph");
  const all = floats(model.get("values"));
  const sizes = [nodes.length, edges.length, paths.length, 1, 1];
  const ends = sizes.map((_, n) => sizes.slice(0, n + 1).reduce((a, b) => a + b));
  const [values, slopes, products, [total], [mine]] = sizes.map(
    (size, n) => all.subarray(ends[n] - size, ends[n]),
  );
  return { ...model.get("picture"), values, slopes, products, total, mine };
}

function draw(view, model) {
  const graph = model.get("graph");
  const data = gathered(model);
  const f = drawGraph(view.parts, graph, data, Math.max(220, view.picture.clientWidth));
  set(view.drawing, {
    width: f.width, height: f.height, viewBox: `0 0 ${f.width} ${f.height}`,
    "aria-label": data.alternative,
  });
  const traced = model.get("path");
  tracePath(view.parts, graph.paths[traced]);
  view.rows.forEach(({ trace, product, result }, n) => {
    set(trace, { "aria-pressed": n === traced });
    write(product, `${graph.paths[n].map((edge) => textOf(data.slopes[edge])).join(" × ")} =`);
    write(result, textOf(data.products[n]));
  });
  write(view.total.note, graph.paths.length > 1 ? "the sum =" : "the product =");
  write(view.total.value, textOf(data.total));
  view.root.classList.toggle("differs", data.off);
  if (view.mine) {
    write(view.mine.value, textOf(data.mine));
    write(view.mine.note, data.off ? `not ${textOf(data.total)} but` : "");
    view.mine.value.classList.toggle("wrong", data.off);
  }
  write(view.sentence, data.sentence);
  if (Number(view.x.input.value) === model.get("x")) {
    set(view.x.input, { "aria-valuetext": data.value_text });
  }
  view.announced.say(data.sentence);
  view.moved();
}

// the slider follows the model, which already holds what this hand last set
function follow(view, model) {
  const x = model.get("x");
  view.x.input.value = x;
  write(view.x.output, number(x));
}

function render({ model, el }) {
  const view = build(el, model);
  const send = sender(model);
  view.x.input.addEventListener("input", () => {
    const x = Number(view.x.input.value);
    set(view.x.input, { "aria-valuetext": `${model.get("graph").nodes[0].name} = ${number(x)}` });
    send({ x });
  });
  view.rows.forEach(({ trace }, n) => trace.addEventListener("click", () => {
    send({ path: model.get("path") === n ? -1 : n });
  }));
  return attach(view, model, {
    computed: ["picture", "values", "path"],
    chosen: ["x"],
    follow,
    draw,
  });
}

export default { render };
