package com.cruddur.db.activities;

import com.cruddur.db.internal.JsonPage;

/**
 * A page of what a search found, as PostgreSQL wrote it: a JSON array, best first, of objects with
 * the keys uuid, handle, message and created_at. Its cursor is for {@link SearchRequest#after}.
 *
 * @since 0.1.0
 */
public final class SearchPage extends WrittenPage<SearchCursor> {

  SearchPage(JsonPage<SearchCursor> page) {
    super(page);
  }
}
