"""The picture of the architecture, docs/architecture.svg, drawn from the code's own imports."""
