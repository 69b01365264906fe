"""JupyterLab as `make lab` opens it: quiet, and prompt for the demos."""

from pathlib import Path

import course

c = get_config()  # noqa: F821  (Jupyter puts it there)

c.LabApp.app_settings_dir = str(Path(course.__file__).parent / "lab_settings")
c.ServerApp.kernel_websocket_connection_class = "course.lab_connection.PromptConnection"
# no login shell, which would forget where nbgrader and the course are
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
