SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- Some existing databases have them already. The original seed has no e-mail addresses, so they stay optional.
ALTER TABLE public.users
  ADD COLUMN IF NOT EXISTS email text,
  ADD COLUMN IF NOT EXISTS bio text;
ALTER TABLE public.users
  ALTER COLUMN email DROP NOT NULL,
  ALTER COLUMN bio DROP NOT NULL;
