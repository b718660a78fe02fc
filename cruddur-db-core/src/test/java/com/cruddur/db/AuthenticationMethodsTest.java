package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.AuthMethod;

class AuthenticationMethodsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "scram-sha-256,md5",
        "none",
        "!none",
        "!password,!md5",
        "gss,sspi,none",
        "password,md5,gss,sspi,scram-sha-256,none"
      })
  void acceptsListThatTheDriverRestrictsItselfTo(String list) throws Exception {
    assertThat(AuthenticationMethods.translate(list)).contains(list);
    assertThat(AuthMethod.parseRequireAuth(list)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MD5",
        "md5,",
        ",md5",
        "md5,md5",
        "md5,!password",
        "!md5,password",
        "!",
        "!!md5",
        "!md5,!md5",
        "md5, password",
        "oauth",
        "!oauth",
        "scram-sha-256,oauth",
        "!password,!md5,!gss,!sspi,!scram-sha-256,!none"
      })
  void refusesListThatMeansSomethingElseOrNothing(String list) {
    assertThat(AuthenticationMethods.translate(list)).isEmpty();
  }
}
