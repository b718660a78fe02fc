SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- An integer cannot name an activity. The column is replaced in V7; this constraint proves that nothing goes with it.
DO $$
BEGIN
  IF (SELECT atttypid FROM pg_catalog.pg_attribute
      WHERE attrelid = 'public.activities'::regclass AND attname = 'reply_to_activity_uuid') = 'integer'::regtype THEN
    ALTER TABLE public.activities
      ADD CONSTRAINT activities_integer_reply_id_unused CHECK (reply_to_activity_uuid IS NULL) NOT VALID;
  END IF;
END $$;
