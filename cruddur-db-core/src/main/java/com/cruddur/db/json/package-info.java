/**
 * Lets PostgreSQL answer in JSON, and passes it through as it came.
 *
 * <p>Start with {@link com.cruddur.db.json.JsonQueries}, which runs queries, and {@link
 * com.cruddur.db.json.JsonWrap}, which only wraps them.
 */
@NullMarked
package com.cruddur.db.json;

import org.jspecify.annotations.NullMarked;
