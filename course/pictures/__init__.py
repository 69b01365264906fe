"""The pictures of the course that stand still, each with its text alternative."""

from course.pictures.activation_curves import activation_curves_picture
from course.pictures.active_units import active_units_picture
from course.pictures.confusion import confusion_picture
from course.pictures.images import images_picture
from course.pictures.jacobian import jacobian_picture
from course.pictures.lines import lines_picture
from course.pictures.network import network_picture
from course.pictures.pass_costs import pass_costs_picture
from course.pictures.picture import Picture
from course.pictures.sigmoid_slope import sigmoid_slope_picture
from course.pictures.softmax_steps import softmax_picture
from course.pictures.tangent import tangent_picture
from course.pictures.three_products import three_products_picture
from course.pictures.two_costs import two_costs_picture
from course.pictures.value_graph import value_graph_picture

__all__ = [
    "Picture",
    "activation_curves_picture",
    "active_units_picture",
    "confusion_picture",
    "images_picture",
    "jacobian_picture",
    "lines_picture",
    "network_picture",
    "pass_costs_picture",
    "sigmoid_slope_picture",
    "softmax_picture",
    "tangent_picture",
    "three_products_picture",
    "two_costs_picture",
    "value_graph_picture",
]
