SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

DO $$
BEGIN
  IF (SELECT atttypid FROM pg_catalog.pg_attribute
      WHERE attrelid = 'public.activities'::regclass AND attname = 'reply_to_activity_uuid') = 'integer'::regtype THEN
    -- Whoever pastes these scripts into psql may go on after V6 failed.
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint
        WHERE conrelid = 'public.activities'::regclass AND conname = 'activities_integer_reply_id_unused' AND convalidated) THEN
      RAISE EXCEPTION 'activities_integer_reply_id_unused is not validated: reply_to_activity_uuid may hold integers, and is kept';
    END IF;
    -- safe: the valid constraint of V5, which goes with the column, proves that it is NULL in every row
    ALTER TABLE public.activities DROP COLUMN reply_to_activity_uuid;
    ALTER TABLE public.activities ADD COLUMN reply_to_activity_uuid uuid;
  END IF;
END $$;
