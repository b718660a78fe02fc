SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.activities VALIDATE CONSTRAINT activities_user_uuid_fkey;
