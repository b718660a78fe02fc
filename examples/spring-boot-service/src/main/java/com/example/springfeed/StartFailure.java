package com.example.springfeed;

import com.cruddur.db.migrations.MigrationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets Boot print what the library says, which names cause and remedy, and no stack trace. */
class StartFailure extends AbstractFailureAnalyzer<MigrationException> {

  @Override
  protected FailureAnalysis analyze(Throwable root, MigrationException failure) {
    return new FailureAnalysis(failure.getMessage(), null, failure);
  }
}
