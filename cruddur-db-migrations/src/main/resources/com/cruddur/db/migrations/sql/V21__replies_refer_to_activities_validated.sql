SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.activities
  VALIDATE CONSTRAINT activities_reply_to_activity_uuid_fkey,
  VALIDATE CONSTRAINT activities_reply_not_to_itself;
