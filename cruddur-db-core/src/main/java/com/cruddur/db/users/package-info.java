/**
 * Users: who they are and how they are kept.
 *
 * <p>Start with {@link com.cruddur.db.users.UserDao} and {@link com.cruddur.db.users.NewUser}.
 */
@NullMarked
package com.cruddur.db.users;

import org.jspecify.annotations.NullMarked;
