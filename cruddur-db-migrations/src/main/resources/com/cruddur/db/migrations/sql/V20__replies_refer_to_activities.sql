SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

ALTER TABLE public.activities
  ADD CONSTRAINT activities_reply_to_activity_uuid_fkey
  FOREIGN KEY (reply_to_activity_uuid) REFERENCES public.activities (uuid) NOT VALID,
  ADD CONSTRAINT activities_reply_not_to_itself CHECK (reply_to_activity_uuid <> uuid) NOT VALID;
