"""What people leave: conversations, feedback, users, audit log. SQLite by default, PostgreSQL by `DATABASE_URL`.

Only these modules name SQLAlchemy and Alembic; texts are masked here, before they are stored.
"""

from assistant.records.database import Records, open_records

__all__ = ["Records", "open_records"]
