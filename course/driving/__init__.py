"""How a student's object is driven on a case, task by task.

Everything here may lie beside a student's objects in a process of their own: it holds no true
value, and imports nothing that does.
"""

from types import MappingProxyType

from course.driving.calling import as_it_is, call
from course.driving.deltas import last_and_below
from course.driving.errata import read_errata
from course.driving.expressions import leaf_gradients
from course.driving.gates import both_ways, forward_alone, whole_network
from course.driving.naming import read_names
from course.driving.operations import tables
from course.driving.stages import read_stages
from course.driving.training import exhausted, start_and_trained, trained

DRIVES = MappingProxyType(
    {
        "two_layer.stages": read_stages,
        "matrix.errata": read_errata,
        "deep.deltas": last_and_below,
        "layers.affine_forward": forward_alone("affine_forward"),
        "layers.affine_backward": both_ways("affine_forward", ("x", "w", "b")),
        "layers.sigmoid_forward": forward_alone("sigmoid_forward"),
        "layers.sigmoid_backward": both_ways("sigmoid_forward", ("x",)),
        "layers.relu_forward": forward_alone("relu_forward"),
        "layers.relu_backward": both_ways("relu_forward", ("x",)),
        "layers.network_loss": whole_network,
        "training.minibatches": exhausted,
        "training.initial_loss": as_it_is,
        "training.overfit": trained,
        "training.train": start_and_trained,
        "bugs.name": read_names,
        "autodiff.Value": tables,
        "autodiff.backward": leaf_gradients,
    }
)
"""Task id -> (student's object, arguments) -> what the object says on the case; the tasks that
are not here are called the plain way."""


def drive_of(task_id):
    """Return the drive of a task: (student's object, arguments) -> what it says on a case."""
    return DRIVES.get(task_id, call)
