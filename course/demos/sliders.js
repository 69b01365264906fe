// Sliders and pickers with their name and, in words, their present value.

function slider(title, attributes = {}, meant = title) {
  const input = html("input", { type: "range", "aria-label": meant, ...attributes });
  const output = html("span", { class: "reading", "aria-hidden": "true" });
  const label = html("label", {}, html("span", { class: "title" }, title), output, input);
  return { input, output, label };
}

// options: [value, text] pairs
function picker(title, options) {
  const input = html(
    "select", {}, ...options.map(([value, text]) => html("option", { value }, text)),
  );
  return { input, label: html("label", {}, html("span", { class: "title" }, title), input) };
}

function button(text, press, attributes = {}) {
  const node = html("button", { type: "button", ...attributes }, text);
  node.addEventListener("click", press);
  return node;
}
