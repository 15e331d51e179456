"""What every test may ask for; one file a kind of fixture in tests/fixtures."""

pytest_plugins = [
    "tests.fixtures.corpus",
    "tests.fixtures.databases",
    "tests.fixtures.mail_server",
    "tests.fixtures.properties",
    "tests.fixtures.publisher",
    "tests.fixtures.slack_server",
    "tests.fixtures.watch",
    "tests.fixtures.webhook_server",
]
