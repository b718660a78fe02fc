/**
 * Activities: the posts of Cruddur, their replies, and the feeds made of them.
 *
 * <p>Start with {@link com.cruddur.db.activities.ActivityDao} and {@link
 * com.cruddur.db.activities.FeedRequest}.
 */
@NullMarked
package com.cruddur.db.activities;

import org.jspecify.annotations.NullMarked;
