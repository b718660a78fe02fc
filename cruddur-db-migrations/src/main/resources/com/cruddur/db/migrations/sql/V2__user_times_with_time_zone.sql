SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

SET LOCAL TimeZone = 'UTC';

-- safe: the old values are UTC, and with the session in UTC the type changes without rewriting the table
ALTER TABLE public.users
  ALTER COLUMN created_at TYPE timestamptz;
