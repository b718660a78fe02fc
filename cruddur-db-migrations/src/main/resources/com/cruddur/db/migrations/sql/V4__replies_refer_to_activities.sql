-- The old column was an integer by mistake, so it can hold no reply: it is NULL everywhere.
SET LOCAL lock_timeout = '2s';
ALTER TABLE public.activities DROP COLUMN reply_to_activity_uuid;
ALTER TABLE public.activities ADD COLUMN reply_to_activity_uuid UUID REFERENCES public.activities (uuid);
