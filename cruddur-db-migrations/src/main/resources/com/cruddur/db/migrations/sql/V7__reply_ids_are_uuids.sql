SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

DO $$
BEGIN
  IF (SELECT atttypid FROM pg_catalog.pg_attribute
      WHERE attrelid = 'public.activities'::regclass AND attname = 'reply_to_activity_uuid') = 'integer'::regtype THEN
    -- safe: the valid constraint of V5, which goes with the column, proves that it is NULL in every row
    ALTER TABLE public.activities DROP COLUMN reply_to_activity_uuid;
    ALTER TABLE public.activities ADD COLUMN reply_to_activity_uuid uuid;
  END IF;
END $$;
