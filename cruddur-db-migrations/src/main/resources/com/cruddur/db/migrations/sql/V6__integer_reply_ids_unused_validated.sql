SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

DO $$
BEGIN
  IF (SELECT atttypid FROM pg_catalog.pg_attribute
      WHERE attrelid = 'public.activities'::regclass AND attname = 'reply_to_activity_uuid') = 'integer'::regtype THEN
    ALTER TABLE public.activities VALIDATE CONSTRAINT activities_integer_reply_id_unused;
  END IF;
END $$;
