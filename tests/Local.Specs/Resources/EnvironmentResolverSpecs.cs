using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Resources;

public sealed class EnvironmentResolverSpecs
{
    private static readonly CreatedResources Nothing = new(
        new Dictionary<string, string>(),
        new Dictionary<string, CreatedQueue>(),
        new Dictionary<string, CreatedStream>());

    [Fact]
    public void Every_setting_of_the_shop_can_be_resolved()
    {
        var resources = new CreatedResources(
            new Dictionary<string, string> { [ShopTopology.Events.Name] = "arn:events" },
            ShopTopology.Queues.SelectMany(queue => new[] { queue.Name, queue.DeadLettersName }).ToDictionary(name => name, name => new CreatedQueue($"http://sqs/{name}", "arn")),
            new Dictionary<string, CreatedStream>());
        var provided = Enum.GetValues<Provision>().ToDictionary(what => what, what => $"the {what}");
        var resolver = new EnvironmentResolver(resources, provided);

        var all = ShopTopology.All.Programs.ToDictionary(program => program.Name, program => resolver.Resolve(program.Environment));

        Assert.Equal("stream-tips", all["CommandsToEvents"]["STREAM_TIPS_TABLE"]);
        Assert.Equal("arn:events", all["CommandsToEvents"]["EVENT_TOPIC_ARN"]);
        Assert.Equal("commands", all["CommandApi"]["COMMAND_STREAM"]);
        Assert.Equal("the TokenIssuer", all["QueryApi"]["TOKEN_ISSUER"]);
        Assert.Equal("http://sqs/events-to-mail-dead-letters", all["EventsToMail"]["DEAD_LETTERS_URL"]);
        Assert.Equal("http://sqs/events-to-mail", all["EventsToMail"]["QUEUE_URL"]);
        Assert.Equal("5", all["EventsToMail"]["MAX_RECEIVE_COUNT"]);
    }

    [Fact]
    public void What_the_stack_does_not_have_is_named()
    {
        var resolver = new EnvironmentResolver(Nothing, new Dictionary<Provision, string>());

        var missing = Assert.Throws<KeyNotFoundException>(() => resolver.Resolve(new Setting("MAIL_FROM", new SettingValue.Provided(Provision.MailFrom))));

        Assert.Contains("MAIL_FROM", missing.Message, StringComparison.Ordinal);
    }
}
