"""The pictures of the course that stand still, each with its text alternative."""

from course.pictures.network import network_picture
from course.pictures.picture import Picture
from course.pictures.sigmoid_slope import sigmoid_slope_picture

__all__ = ["Picture", "network_picture", "sigmoid_slope_picture"]
