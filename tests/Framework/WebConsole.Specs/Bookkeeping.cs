using ServerlessCqrs.Topology;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>A topology that is not the shop's: one queue for statements, one for commands that answer events.</summary>
internal static class Bookkeeping
{
    private static readonly EventStream Commands = new("orders", Shards: 1, TimeSpan.FromDays(1));
    private static readonly Topic Events = new("facts");
    private static readonly Table Tips = new("tips", new KeyAttribute("stream"));
    private static readonly Table Statements = new("statements-v1", new KeyAttribute("stream"));
    private static readonly Queue StatementQueue = new("statements", Events, "statement", TimeSpan.Zero, TimeSpan.FromMinutes(3), 5);
    private static readonly Queue InterestQueue = new("interest", Events, "interest", TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(3), 5);
    private static readonly Setting TipsSetting = new("TIPS", new SettingValue.TableName(Tips));
    private static readonly Setting StatementsSetting = new("STATEMENTS", new SettingValue.TableName(Statements));
    private static readonly Setting StreamSetting = new("STREAM", new SettingValue.StreamName(Commands));
    private static readonly Setting Log = new("LOG", new SettingValue.Provided(Provision.ClickHouse));

    public static FlowParts Parts { get; } = new(
        Commands,
        Events,
        [Service("Tellers", [TipsSetting, StreamSetting]), Service("Desks", [TipsSetting, Log, StatementsSetting])],
        [
            Function("Ledger", new StreamMapping(Commands, 100, TimeSpan.Zero), [TipsSetting, Log, new("TOPIC", new SettingValue.TopicArn(Events))]),
            Function("StatementWriter", new QueueMapping(StatementQueue, 10, TimeSpan.Zero, 2), [TipsSetting, Log, StatementsSetting]),
            Function("InterestPayer", new QueueMapping(InterestQueue, 10, TimeSpan.Zero, 2), [Log, StreamSetting]),
            Function("Auditor", new ScheduleMapping(TimeSpan.FromMinutes(5)), [Log]),
        ],
        [StatementQueue, InterestQueue],
        ["statements-v1"]);

    private static HttpService Service(string name, IReadOnlyList<Setting> settings) =>
        new(name, name, 512, TimeSpan.FromSeconds(10), 10, new RateLimit(10, 10), [], settings);

    private static Function Function(string name, Mapping mapping, IReadOnlyList<Setting> settings) =>
        new(name, name, 512, TimeSpan.FromSeconds(10), mapping, settings);
}
