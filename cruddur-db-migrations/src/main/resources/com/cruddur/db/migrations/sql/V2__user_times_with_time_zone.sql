SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- The old values are UTC. With the session in UTC the type changes without rewriting the table.
SET LOCAL TimeZone = 'UTC';

ALTER TABLE public.users
  ALTER COLUMN created_at TYPE timestamptz;
