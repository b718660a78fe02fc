package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the template in examples/rds has to hold, whoever changes it. PostgreSQL reads the JSON. */
class RdsTemplateTest {

  private static final String DATABASE = "$.Resources.Database.";
  private static final String RULES =
      "$.Resources.* ? (@.Type == \"AWS::EC2::SecurityGroupIngress\").Properties";

  private static Server server;
  private static String template;

  @BeforeAll
  static void read() throws Exception {
    server = Server.start();
    Path file = Path.of("examples", "rds", "template.json");
    template = Files.readString(Files.exists(file) ? file : Path.of("..").resolve(file));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DATABASE + "Properties.PubliclyAccessible == false",
        DATABASE + "Properties.StorageEncrypted == true",
        DATABASE + "Properties.DeletionProtection == true",
        DATABASE + "Properties.BackupRetentionPeriod >= 7",
        DATABASE + "Properties.DeleteAutomatedBackups == false",
        DATABASE + "Properties.EnableIAMDatabaseAuthentication == true",
        DATABASE + "DeletionPolicy == \"Snapshot\"",
        DATABASE + "UpdateReplacePolicy == \"Snapshot\"",
        DATABASE + "Properties.DBParameterGroupName.Ref == \"Settings\"",
        "$.Resources.Settings.Properties.Parameters.\"rds.force_ssl\" == \"1\"",
        DATABASE
            + "Properties.MasterUserPassword.\"Fn::Sub\" like_regex \"^[{]{2}resolve:secretsmanager:\"",
        "exists($.Resources.Secret.Properties.GenerateSecretString)",
        "$.Parameters.AdministratorCidr.AllowedPattern like_regex \"/32[$]$\"",
        // Nobody but the clients' group and the one address gets in, and to the one port.
        "!exists($.Resources.*.Properties.SecurityGroupIngress)",
        "!exists(" + RULES + " ? (@.FromPort != 5432 || @.ToPort != 5432))",
        "!exists(" + RULES + ".CidrIp ? (!(@.Ref == \"AdministratorCidr\")))",
        "!exists(" + RULES + ".CidrIpv6)",
        "exists(" + RULES + ".SourceSecurityGroupId)",
      })
  void holdsWhatTheHostingAdviceDemands(String demand) throws Exception {
    try (Connection connection = server.connect("postgres", "test")) {
      assertThat(Sql.holds(connection, "SELECT ?::jsonb @@ ?::jsonpath", template, demand))
          .isTrue();
    }
  }
}
