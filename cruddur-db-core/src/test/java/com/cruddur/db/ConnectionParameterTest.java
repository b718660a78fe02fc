package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGProperty;

class ConnectionParameterTest {

  @ParameterizedTest
  @EnumSource
  void goesByItsLibpqName(ConnectionParameter parameter) {
    assertThat(parameter.libpqName()).isEqualToIgnoringCase(parameter.name());
    assertThat(ConnectionParameter.named(parameter.libpqName())).contains(parameter);
    assertThat(ConnectionParameter.named(parameter.name())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void namesPropertyOfTheDriverExactlyWhereItIsTranslated(ConnectionParameter parameter) {
    boolean translated = parameter.treatment() == ParameterTreatment.DRIVER_PROPERTY;
    assertThat(PGProperty.forName(parameter.driverProperty()) != null).isEqualTo(translated);
  }

  @Test
  void translatesToValuesThatTheDriverOffers() {
    Arrays.stream(ConnectionParameter.values())
        .filter(parameter -> !parameter.driverProperty().isEmpty())
        .forEach(ConnectionParameterTest::assertDriverOffersTranslations);
  }

  private static void assertDriverOffersTranslations(ConnectionParameter parameter) {
    PGProperty property = PGProperty.forName(parameter.driverProperty());
    String[] choices = property.getChoices();
    String allowed = parameter.allowedValues().toString();
    if (choices == null || !allowed.startsWith("one of ")) {
      return;
    }
    for (String value : allowed.substring("one of ".length()).split(", ", -1)) {
      assertThat(parameter.allowedValues().translate(value))
          .as("%s=%s", parameter.libpqName(), value)
          .isPresent()
          .hasValueSatisfying(translated -> assertThat(choices).contains(translated));
    }
  }

  @Test
  void describesItselfForTheDocumentation() {
    assertThat(ConnectionParameter.SSLSNI.treatment())
        .hasToString("accepted with what the driver does in any case");
    assertThat(ConnectionParameter.SSLSNI.allowedValues()).hasToString("only 1");
    assertThat(ConnectionParameter.GSSENCMODE.allowedValues())
        .hasToString("one of disable, prefer, require");
  }
}
