"""Runs migrations on the connection that storage/migrate.py hands over, in its transaction."""

from alembic import context

from storage.tables.everything import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller holds the transaction on both databases
)
context.run_migrations()
