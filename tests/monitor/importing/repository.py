"""A repository of git for tests, written by the real git on days that a test says."""

import subprocess


class Repository:
    """A folder under git. Each commit is made on a day of its own."""

    def __init__(self, folder, *init):
        self.folder = folder
        folder.mkdir()
        self.git("init", "-q", "-b", "main", *init)

    def git(self, *arguments, day="2031-05-01"):
        who = {
            f"GIT_{r}_{f}": v
            for r in ("AUTHOR", "COMMITTER")
            for f, v in (
                ("NAME", "a"),
                ("EMAIL", "a@example.org"),
                ("DATE", f"{day}T08:00:00+08:00"),
            )
        }
        home = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder.parent)}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            check=True, capture_output=True, env=home | who, timeout=60,
        )  # fmt: skip
        return done.stdout.decode().strip()

    def write(self, name, content, *, day):
        """Commit ``content`` as the file ``name``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--", name)
        self.git("commit", "-q", "-m", "text", day=day)
