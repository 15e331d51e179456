"""Takes docs/pictures/terminal.png: the demo's two plans, compared in a terminal.

Needs Chromium and the Noto CJK fonts. Usage: python docs/pictures/make.py
"""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

HERE = Path(__file__).parent
PLANS = HERE.parents[1] / "planwatch" / "demo"
COLUMNS = 98
LINES = 46
NORMAL = [
    (59, 66, 82), (255, 123, 114), (126, 211, 33), (229, 192, 123),
    (121, 182, 255), (210, 168, 255), (86, 212, 221), (216, 222, 233),
]  # fmt: skip
THEME = TerminalTheme((16, 20, 27), (216, 222, 233), NORMAL, NORMAL)
STYLE = """
body { background: #10141b; margin: 0; padding: 22px 26px; width: max-content; }
pre { color: #d8dee9; font: 14px/1.42 "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
      margin: 0; }
"""


def terminal_of(command: list[str]) -> str:
    """What a command prints on a terminal of COLUMNS columns, with its colours."""
    reader, writer = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdout=writer, stderr=writer, env=environment)
    os.close(writer)
    out = io.BytesIO()
    try:
        while data := os.read(reader, 65536):
            out.write(data)
    except OSError:
        pass  # The terminal's other end closed: the command is done.
    process.wait()
    os.close(reader)
    return out.getvalue().decode("utf-8", "replace")


def main() -> None:
    """Take the picture."""
    command = [sys.executable, "-m", "planwatch", "diff", "--no-pager", "plan_2041.txt"]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("plan_2041.txt", "plan_2042.txt"):
            (Path(folder) / name).write_bytes((PLANS / name).read_bytes())
        os.chdir(folder)
        shown = "$ planwatch diff plan_2041.txt plan_2042.txt\n\n" + terminal_of(
            [*command, "plan_2042.txt"]
        )
        os.chdir(HERE)
    lines = "\n".join(shown.replace("\r", "").splitlines()[:LINES])
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(lines))
    html = console.export_html(inline_styles=True, theme=THEME)
    page_html = html.replace("</head>", f"<style>{STYLE}</style></head>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(device_scale_factor=1.5, viewport={"width": 900, "height": 700})
        page.set_content(page_html)
        page.locator("body").screenshot(path=HERE / "terminal.png")
        browser.close()


if __name__ == "__main__":
    main()
