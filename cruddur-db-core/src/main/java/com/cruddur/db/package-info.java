/**
 * Opens a Cruddur database and asks it questions.
 *
 * <p>Start with {@link com.cruddur.db.CruddurDb}, which has everything, and {@link
 * com.cruddur.db.CruddurQueries}, which says what can be asked, inside a transaction and outside.
 */
@NullMarked
package com.cruddur.db;

import org.jspecify.annotations.NullMarked;
