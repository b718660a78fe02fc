-- Old values are UTC. With the session in UTC the type changes without rewriting the table.
SET LOCAL TimeZone = 'UTC';
SET LOCAL lock_timeout = '2s';
ALTER TABLE public.users ALTER COLUMN created_at TYPE timestamptz;
ALTER TABLE public.activities
  ALTER COLUMN created_at TYPE timestamptz,
  ALTER COLUMN expires_at TYPE timestamptz;
