"""Running it: health, metrics and logs, backups, moves to another machine, bundles for offices without internet."""
