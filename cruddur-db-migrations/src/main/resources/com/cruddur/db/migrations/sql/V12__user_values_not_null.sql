SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- safe: the table is not read, because the valid constraint users_values_required says the same
ALTER TABLE public.users
  ALTER COLUMN display_name SET NOT NULL,
  ALTER COLUMN handle SET NOT NULL,
  ALTER COLUMN cognito_user_id SET NOT NULL;
-- safe: the columns say the same now
ALTER TABLE public.users DROP CONSTRAINT users_values_required;
