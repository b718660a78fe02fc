SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.users VALIDATE CONSTRAINT users_values_required;
