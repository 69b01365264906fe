"""Reference solutions, one module a unit, one function a task."""
