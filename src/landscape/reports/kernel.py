"""The kernel that runs a notebook: this interpreter, and no settings of the user's."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

NAME = "python3"


class ThisInterpreter(AsyncKernelManager):
    """Starts IPython's kernel with the current interpreter.

    Installed kernel specifications are not looked at: one of the same name in
    a home folder may start another Python. The kernel is reached through a
    socket in ``folder``, so kernels that start at the same time never take
    each other's port.
    """

    folder: Path = Path()

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.connection_file = str(self.folder / "kernel.json")
        if os.name == "posix":
            self.transport = "ipc"
            self.ip = str(self.folder / "socket")

    @property
    def kernel_spec(self) -> KernelSpec:
        """The interpreter, and a folder for IPython in place of the user's own settings."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=command,
            display_name="landscape",
            language="python",
            env={"IPYTHONDIR": str(self.folder / "ipython"), "PYTHONWARNINGS": "default"},
        )


def kernel_in(folder: Path) -> type[ThisInterpreter]:
    """The kernel manager whose files are in a folder."""
    return type("KernelHere", (ThisInterpreter,), {"folder": folder})
