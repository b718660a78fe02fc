SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- Before any index on these columns: it would be rebuilt under the same lock.
SET LOCAL TimeZone = 'UTC';

-- safe: the old values are UTC, and with the session in UTC the type changes without rewriting the table
ALTER TABLE public.activities
  ALTER COLUMN created_at TYPE timestamptz,
  ALTER COLUMN expires_at TYPE timestamptz;
