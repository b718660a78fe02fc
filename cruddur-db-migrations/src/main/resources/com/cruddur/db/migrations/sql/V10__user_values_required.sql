SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- SET NOT NULL alone would read the whole table under its lock: it need not where a valid constraint says the same.
ALTER TABLE public.users
  ADD CONSTRAINT users_values_required
  CHECK (display_name IS NOT NULL AND handle IS NOT NULL AND cognito_user_id IS NOT NULL) NOT VALID;
