// The formula of a step with its numbers: names, matrices, signs.

const MOST_LINES = 12;
const ENDS = 4;

// so many rows or columns as can be read; null stands for those left out
function readable(count) {
  const all = [...Array(count).keys()];
  if (count <= MOST_LINES) return all;
  return [...all.slice(0, ENDS), null, ...all.slice(-ENDS)];
}

function matrix(key, turned, all) {
  const { name, shape: [above, below] } = all.array(key);
  const across = all.rows !== turned;
  const [rows, columns] = across ? [below, above] : [above, below];
  const texts = all.row(key);
  const grid = html("span", { class: "grid" });
  const shownColumns = readable(columns);
  grid.style.gridTemplateColumns = `repeat(${shownColumns.length}, auto)`;
  grid.classList.toggle("dense", shownColumns.length > 5);
  const spoken = [];
  for (const row of readable(rows)) {
    const line = [];
    for (const column of shownColumns) {
      if (row === null || column === null) {
        grid.append(html("span", { class: "cell" }, "⋯"));
        continue;
      }
      const [i, j] = across ? [column, row] : [row, column];
      const text = texts[i * below + j];
      const cell = html("span", { class: "cell" }, html("span", {}, text));
      const flag = all.flag(key, i, j);
      setMark(cell, flag);
      if (flag) cell.title = all.said(key, i, j);
      grid.append(cell);
      line.push(flag ? all.said(key, i, j) : text);
    }
    spoken.push(line.join(", "));
  }
  const called = `${name}${turned ? "ᵀ" : ""}`;
  return html(
    "span",
    { class: `matrix ${kindOf(key)}`, role: "img", "aria-label": `${called}: ${spoken.join("; ")}` },
    html("span", { class: "called", "aria-hidden": "true" }, called),
    grid,
  );
}

function kindOf(key) {
  if (/^(delta|dW|db)/.test(key)) return "of-backward";
  return /^[az]/.test(key) ? "of-forward" : "";
}

// a line breaks before a sign, never between it and what it stands before
function unbroken(tokens) {
  const groups = [[]];
  for (const token of tokens) {
    const group = groups.at(-1);
    const full = group.some(({ key }) => key) && token.sign !== ")";
    if (full) groups.push([token]);
    else group.push(token);
  }
  return groups;
}

function formulaOf(step, all) {
  const lines = step.formula.map((tokens) => html(
    "div", { class: "line" },
    ...unbroken(tokens).map((group) => html(
      "span", { class: "together" },
      ...group.map(({ key, sign, turned }) =>
        (key ? matrix(key, Boolean(turned), all) : html("span", { class: "sign" }, sign))),
    )),
  ));
  return html(
    "div", { class: `formula ${step.kind}` }, html("p", { class: "heading" }, step.title),
    ...lines,
  );
}
