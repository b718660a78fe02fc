SET LOCAL lock_timeout = '2s';
-- The home feed leaves replies out and pages by this key.
CREATE INDEX activities_home_feed_idx ON public.activities (created_at DESC, uuid DESC) WHERE reply_to_activity_uuid IS NULL;
