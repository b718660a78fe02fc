SET LOCAL lock_timeout = '100ms';
SET LOCAL search_path = pg_catalog;

-- Whoever adds, moves or deletes a reply, the counter of its activity follows in the same transaction. AFTER triggers
-- run at the end of the statement, behind the foreign key's: the counted row is locked last.
CREATE FUNCTION public.activities_count_added_reply() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.activities SET replies_count = replies_count + 1 WHERE uuid = NEW.reply_to_activity_uuid;
  RETURN NULL;
END $$;

CREATE FUNCTION public.activities_count_moved_reply() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.activities SET replies_count = greatest(replies_count - 1, 0) WHERE uuid = OLD.reply_to_activity_uuid;
  UPDATE public.activities SET replies_count = replies_count + 1 WHERE uuid = NEW.reply_to_activity_uuid;
  RETURN NULL;
END $$;

-- One update per activity and statement, after a lock in the order of the uuids, so that two batches cannot lock each
-- other out. The lock is a statement of its own: the update then sees the newest version of each row, and does not have
-- to lock its way there from an older one, behind those who wait for this transaction. An activity that goes in the same
-- statement is not visible here any more. greatest(): a counter that was wrong before it was kept must not stop a deletion.
CREATE FUNCTION public.activities_count_deleted_replies() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM FROM public.activities
    WHERE uuid IN (SELECT reply_to_activity_uuid FROM deleted_rows) ORDER BY uuid FOR NO KEY UPDATE;
  UPDATE public.activities SET replies_count = greatest(activities.replies_count - gone.replies, 0)
  FROM (
    SELECT reply_to_activity_uuid AS parent, count(*) AS replies FROM deleted_rows
    WHERE reply_to_activity_uuid IS NOT NULL GROUP BY reply_to_activity_uuid
  ) gone
  WHERE activities.uuid = gone.parent;
  RETURN NULL;
END $$;

CREATE FUNCTION public.activities_refuse_replies_count() RETURNS trigger
  LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION 'replies_count is kept by the database: leave it out, and insert or delete the replies'
    USING ERRCODE = 'check_violation', TABLE = 'activities', COLUMN = 'replies_count';
END $$;

-- safe: posts do not pay for it, and a reply pays what its service would (decision 0101)
CREATE TRIGGER activities_count_added_reply AFTER INSERT ON public.activities
  FOR EACH ROW WHEN (NEW.reply_to_activity_uuid IS NOT NULL)
  EXECUTE FUNCTION public.activities_count_added_reply();

-- safe: no service moves replies
CREATE TRIGGER activities_count_moved_reply AFTER UPDATE OF reply_to_activity_uuid ON public.activities
  FOR EACH ROW WHEN (NEW.reply_to_activity_uuid IS DISTINCT FROM OLD.reply_to_activity_uuid)
  EXECUTE FUNCTION public.activities_count_moved_reply();

-- safe: one update per activity that lost replies, in an order in which batches do not lock each other out
CREATE TRIGGER activities_count_deleted_replies AFTER DELETE ON public.activities
  REFERENCING OLD TABLE AS deleted_rows
  FOR EACH STATEMENT EXECUTE FUNCTION public.activities_count_deleted_replies();

-- safe: services leave the counter to its default (decision 0101)
CREATE TRIGGER activities_refuse_inserted_replies_count BEFORE INSERT ON public.activities
  FOR EACH ROW WHEN (NEW.replies_count <> 0)
  EXECUTE FUNCTION public.activities_refuse_replies_count();

-- safe: services leave the counter alone (decision 0101). Depth 0: not from within the triggers above.
CREATE TRIGGER activities_refuse_updated_replies_count BEFORE UPDATE OF replies_count ON public.activities
  FOR EACH ROW WHEN (NEW.replies_count IS DISTINCT FROM OLD.replies_count AND pg_trigger_depth() = 0)
  EXECUTE FUNCTION public.activities_refuse_replies_count();

REVOKE EXECUTE ON FUNCTION public.activities_count_added_reply(), public.activities_count_moved_reply(),
  public.activities_count_deleted_replies(), public.activities_refuse_replies_count() FROM PUBLIC;
