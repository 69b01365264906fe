"""Formulas as MathML, which every browser draws without a script and without a network."""

from docutils import nodes

from autograder.feedback.formulas import to_mathml


def _inline(writer, node):
    writer.body.append(to_mathml(node.astext()))
    raise nodes.SkipNode


def _block(writer, node):
    writer.body.append(f'<div class="math">{to_mathml(node.astext(), display=True)}</div>')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
