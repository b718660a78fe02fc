-- Two tables: two waits, half as long as those of others.
SET LOCAL lock_timeout = '50ms';
SET LOCAL search_path = pg_catalog;

-- Some existing databases have a foreign key, under any name and with any action: this one takes its place.
DO $$
DECLARE
  old_key name;
BEGIN
  FOR old_key IN
    SELECT conname FROM pg_catalog.pg_constraint
    WHERE conrelid = 'public.activities'::regclass AND confrelid = 'public.users'::regclass AND contype = 'f'
  LOOP
    -- safe: nothing but such keys is dropped, and the new one refuses the same rows
    EXECUTE format('ALTER TABLE public.activities DROP CONSTRAINT %I', old_key);
  END LOOP;
  ALTER TABLE public.activities
    ADD CONSTRAINT activities_user_uuid_fkey FOREIGN KEY (user_uuid) REFERENCES public.users (uuid) NOT VALID;
END $$;
