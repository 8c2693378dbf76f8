using System.CommandLine;
using ServerlessCqrs.Operating.Commands;

namespace ServerlessCqrs.Operator.Specs.Commands;

/// <summary>Checks every option and argument of every command, including future ones.</summary>
public sealed class CommandLineSpecs
{
    private static readonly string[] Nonsense = ["", " ", "\t", "a\nb", "\u0007"];

    /// <summary>Texts that are not a valid number, time, list name, id or URL.</summary>
    private static readonly string[] NoValue = ["abc def", "-1", "1e999", "NaN", "Infinity", "0x10", "99999999999999999999999", "12-01-2026", "\u202E"];

    private static readonly RootCommand Root = OperatorCommandLine.Create(ShopOperator.System);

    /// <summary>The kinds of option values that accept any text, for example a reason or a folder.</summary>
    private static readonly string[] FreeTexts = ["TEXT", "DIR", "FILE", "NAME", "VERSION", "MODEL", "ID", "S"];

    public static TheoryData<string, string> Options => [.. Leaves().SelectMany(leaf => ValuesOf(leaf.Command).Select(option => (leaf.Path, option.Name)))];

    [Fact]
    public void No_option_has_a_validator_because_it_would_run_for_what_did_not_parse()
    {
        foreach (var (path, command) in Leaves())
        {
            Assert.All(ValuesOf(command), option => Assert.True(option.Validators.Count == 0, $"{path} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.True(argument.Validators.Count == 0, $"{path} {argument.Name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_refuses_what_says_nothing(string path, string option)
    {
        foreach (var text in Nonsense) Assert.True(Parse(path, option, text).Errors.Count > 0, $"{path} {option} '{text}'");
        Assert.True(Parse(path, option).Errors.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_that_takes_no_free_text_refuses_what_is_not_of_its_kind(string path, string option)
    {
        var (_, command) = Leaves().Single(leaf => leaf.Path == path);
        if (FreeTexts.Contains(ValuesOf(command).Single(one => one.Name == option).HelpName) && option is not ("--category" or "--queue" or "--stack" or "--warehouse" or "--segment")) return;

        foreach (var text in NoValue)
        {
            // Names consist of certain characters. A segment may contain blanks too. A subject is any text of the
            // identity provider.
            if (option is "--seller" or "--actor" || option is "--warehouse" or "--stack" && text is not ("abc def" or "\u202E") || option is "--segment" && text != "\u202E") continue;
            var errors = Parse(path, option, text).Errors;

            Assert.True(errors.Count > 0, $"{path} {option} {text}");
            Assert.All(errors, error => Assert.DoesNotContain("   at ", error.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_argument_refuses_what_says_nothing()
    {
        foreach (var (path, command) in Leaves())
            for (var i = 0; i < command.Arguments.Count; i++)
                foreach (var text in Nonsense)
                {
                    string[] arguments = [.. ArgumentsOf(command)];
                    arguments[i] = text;
                    Assert.True(Root.Parse([.. path.Split(' '), .. arguments, .. RequiredOf(command)]).Errors.Count > 0, $"{path} '{text}'");
                }
    }

    [Theory]
    [InlineData("import FILE --image-base https://cdn.example.com/shop/")]
    [InlineData("import products FILE --seller auth0|1 --currency EUR --warehouse WH_002 --patience 5 --wait-visible false")]
    [InlineData("readmodel route products v2 --percent 50 --segment a --segment b")]
    [InlineData("readmodel build products v2 --rate 0.5 --category product --since 2026-01-31")]
    [InlineData("history --from 2026-01-31T12:00:00Z --to 2026-01-31T13:00:00.5+02:00 --format ndjson")]
    [InlineData("diff product-6579c22f-be2b-444c-a52b-0116dd82df6c --from 1 --to 2026-01-31")]
    [InlineData("verify --stack prod --clickhouse 127.0.0.1:8123")]
    [InlineData("reconcile --grace 0")]
    [InlineData("deadletters discard --queue events-to-mail --why done")]
    public void What_the_help_promises_is_taken(string line) => Assert.Empty(Root.Parse(line.Split(' ')).Errors);

    [Theory]
    [InlineData("verify --clickhouse 127.0.0.1:8123", "--clickhouse needs --stack")]
    [InlineData("verify --stack prod --data .local", "not both")]
    [InlineData("verify --category products", "must be one of product")]
    [InlineData("history product-", "must be a stream like")]
    [InlineData("history nothing-6579c22f-be2b-444c-a52b-0116dd82df6c", "must be a stream like")]
    [InlineData("history --format 1", "must be one of text, json, ndjson")]
    [InlineData("history --limit 5", "--limit")]
    [InlineData("history --command abc", "must be a UUID")]
    [InlineData("history --from 12-01-2026", "ISO 8601")]
    [InlineData("import FILE --image-base ftp://x/", "https URL")]
    [InlineData("import FILE --seller  ", "--seller must be a subject")]
    [InlineData("readmodel build products v2 --rate 0", "a number from 0.01")]
    [InlineData("readmodel route products v2 --percent abc", "a whole number from 0 to 100")]
    [InlineData("readmodel route products v2 --percent 101", "a whole number from 0 to 100")]
    [InlineData("reconcile --grace abc", "a whole number from 0 to 86400")]
    [InlineData("erase an\u0001na --yes", "the customer's subject")]
    public void A_wrong_value_says_what_is_right(string line, string error) =>
        Assert.Contains(error, string.Join('\n', Root.Parse(line.Split(' ')).Errors.Select(one => one.Message)), StringComparison.Ordinal);

    [Fact]
    public void Argument_that_begins_with_an_at_sign_names_no_file()
    {
        Assert.Empty(OperatorCommandLine.Parse(ShopOperator.System, ["erase", "@ann", "--yes"]).Errors);
        Assert.NotEmpty(OperatorCommandLine.Parse(ShopOperator.System, ["@/tmp"]).Errors);
        Assert.Contains("must be one of", Assert.Single(OperatorCommandLine.Parse(ShopOperator.System, ["verify", "--category", "@/tmp"]).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void System_without_mails_persons_and_read_models_has_no_commands_for_them()
    {
        var bare = ShopOperator.System with { Mails = null, Erasure = null, ReadModels = new() };

        var lacking = Root.Subcommands.Select(command => command.Name).Except(OperatorCommandLine.Create(bare).Subcommands.Select(command => command.Name));

        Assert.Equal(["erase", "mails", "readmodel", "rebuild"], lacking.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Own_commands_of_a_system_are_listed_first()
    {
        var own = ShopOperator.System with { Commands = _ => [new Command("audit")] };

        Assert.Equal("audit", OperatorCommandLine.Create(own).Subcommands[0].Name);
    }

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T12:30", "2026-01-31T12:30:00Z")]
    [InlineData("2026-01-31T12:30:15", "2026-01-31T12:30:15Z")]
    [InlineData("2026-01-31T12:30:15.1234567Z", "2026-01-31T12:30:15.1234567Z")]
    [InlineData("2026-01-31T12:30:15+05:30", "2026-01-31T07:00:15Z")]
    public void A_time_is_ISO_8601_and_UTC_where_it_has_no_offset(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Values.ReadTime(text));

    [Theory]
    [InlineData("12-01-2026")]
    [InlineData("2026-1-31")]
    [InlineData("2026/01/31")]
    [InlineData("31.01.2026")]
    [InlineData("2026-02-30")]
    [InlineData("2026-01-31 12:00")]
    [InlineData("2026-01-31T25:00")]
    [InlineData("2026-01-31T12:00:00+25:00")]
    [InlineData("2026-01-31T12")]
    [InlineData("20260131")]
    [InlineData("2026-W05")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("Jan-31-2026")]
    [InlineData("yesterday")]
    public void No_other_text_is_a_time(string text) => Assert.Null(Values.ReadTime(text));

    private static ParseResult Parse(string path, string option, params string[] value)
    {
        var (_, command) = Leaves().Single(leaf => leaf.Path == path);
        string[] arguments = [.. ArgumentsOf(command)];
        return Root.Parse([.. path.Split(' '), .. arguments, .. RequiredOf(command, but: option), option, .. value]);
    }

    private static IEnumerable<string> ArgumentsOf(Command command) => command.Arguments.Select(argument => argument.Name switch
    {
        "STREAM" => "product-6579c22f-be2b-444c-a52b-0116dd82df6c",
        _ => "x",
    });

    private static IEnumerable<string> RequiredOf(Command command, string? but = null) =>
        command.Options.Where(option => option.Required && option.Name != but).SelectMany(option => new[] { option.Name, "1" });

    private static IEnumerable<Option> ValuesOf(Command command) => command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool) && option.Name is not ("--help" or "--version"));

    private static IEnumerable<(string Path, Command Command)> Leaves() => Root.Subcommands.SelectMany(command => Leaves(command.Name, command));

    private static IEnumerable<(string Path, Command Command)> Leaves(string path, Command command) =>
        (command.Action is null ? [] : new[] { (path, command) }).Concat(command.Subcommands.SelectMany(sub => Leaves($"{path} {sub.Name}", sub)));
}
