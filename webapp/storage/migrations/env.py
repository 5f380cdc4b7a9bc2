"""What Alembic runs: the migrations, on the connection that `webapp.storage.migration.migrate` hands over."""

from alembic import context

from webapp.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
