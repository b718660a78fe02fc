/*
 * Says what libpq makes of connection URIs.
 *
 * Reads one URI a line, its bytes in hexadecimal, and answers with one line: "refused", or
 * "accepted" followed by a blank and keyword=value for each parameter that the URI sets, the value
 * in hexadecimal. Reading is all that happens: no environment, no defaults, no connection.
 * With --version it prints libpq's version instead, with --keywords the parameters that it knows.
 *
 * Build: cc -I"$(pg_config --includedir)" -o referee libpq-uri-referee.c -lpq
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_LINE 65536

static int
decode_line(const char *line, char *uri)
{
	size_t		length = strcspn(line, "\r\n");
	size_t		i;

	if (length % 2 != 0)
		return 0;
	for (i = 0; i < length; i += 2)
	{
		unsigned int byte;

		if (sscanf(line + i, "%2x", &byte) != 1)
			return 0;
		uri[i / 2] = (char) byte;
	}
	uri[length / 2] = '\0';
	return 1;
}

static void
print_parameter(const PQconninfoOption *parameter)
{
	const unsigned char *byte;

	printf(" %s=", parameter->keyword);
	for (byte = (const unsigned char *) parameter->val; *byte != '\0'; byte++)
		printf("%02x", *byte);
}

static void
print_keywords(void)
{
	PQconninfoOption *parameters = PQconninfoParse("postgresql://", NULL);
	PQconninfoOption *parameter;

	for (parameter = parameters; parameter->keyword != NULL; parameter++)
		puts(parameter->keyword);
	PQconninfoFree(parameters);
}

static void
judge(const char *uri)
{
	char	   *message = NULL;
	PQconninfoOption *parameters = PQconninfoParse(uri, &message);
	PQconninfoOption *parameter;

	if (parameters == NULL)
	{
		puts("refused");
		PQfreemem(message);
		return;
	}
	printf("accepted");
	for (parameter = parameters; parameter->keyword != NULL; parameter++)
		if (parameter->val != NULL)
			print_parameter(parameter);
	putchar('\n');
	PQconninfoFree(parameters);
}

int
main(int argc, char **argv)
{
	static char line[LONGEST_LINE];
	static char uri[LONGEST_LINE];

	if (argc > 1 && strcmp(argv[1], "--version") == 0)
	{
		printf("%d\n", PQlibVersion());
		return 0;
	}
	if (argc > 1 && strcmp(argv[1], "--keywords") == 0)
	{
		print_keywords();
		return 0;
	}
	while (fgets(line, sizeof line, stdin) != NULL)
	{
		if (!decode_line(line, uri))
		{
			fputs("a line is not hexadecimal\n", stderr);
			return 2;
		}
		judge(uri);
	}
	return 0;
}
