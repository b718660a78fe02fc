SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- The old values are UTC. With the session in UTC the type changes without rewriting the table.
-- Before any index on these columns: it would be rebuilt under the same lock.
SET LOCAL TimeZone = 'UTC';

ALTER TABLE public.activities
  ALTER COLUMN created_at TYPE timestamptz,
  ALTER COLUMN expires_at TYPE timestamptz;
