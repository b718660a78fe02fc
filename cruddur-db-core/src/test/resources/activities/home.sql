-- The newest first.
select :handle::text as handle, 'größe' as word;
-- end