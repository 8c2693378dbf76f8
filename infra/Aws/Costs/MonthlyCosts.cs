using System.Globalization;
using System.Text;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Deployment.Costs.ListPrices;

namespace ServerlessCqrs.Deployment.Costs;

/// <summary>What a month costs at a steady rate of commands, each one change of one product. Reads are apart: most end at the edge, at CloudFront's price alone.</summary>
public static class MonthlyCosts
{
    private const double SecondsPerMonth = HoursPerMonth * 3600;

    /// <summary>Lambda asks a shard about once a second; under load a batch follows the other.</summary>
    private const double BatchesPerShardSecond = 2;

    /// <summary>Request, platform and access log lines of one command.</summary>
    private const double LogBytesPerCommand = 1_200;

    /// <summary>An event with its command in ClickHouse, compressed.</summary>
    private const double StoredBytesPerCommand = 250;

    /// <summary>The queues whose filter lets a change of a product through: the process of orders is not told of it.</summary>
    private static readonly double QueuesOfACommand = new[] { ShopTopology.ReadModels, ShopTopology.Mail, ShopTopology.EdgeCache }.Length;

    private static readonly double InvalidationsPerHour = ShopTopology.EventsToEdgeCache.Environment
        .Where(setting => setting.Name == "INVALIDATIONS_PER_HOUR")
        .Select(setting => double.Parse(((SettingValue.Text)setting.Value).Value, CultureInfo.InvariantCulture))
        .Single();

    /// <summary>Two a program and a queue, eight of the rest, and eight of the node and its way out.</summary>
    private static readonly int Alarms =
        (2 * (ShopTopology.Services.Count + ShopTopology.Functions.Count)) + (2 * ShopTopology.Queues.Count) + 8 + 8;

    private static readonly (string What, Func<double, double> Dollars)[] Lines =
    [
        ("Kinesis: shards", rate => Shards(rate) * KinesisShardHour * HoursPerMonth),
        ("Kinesis: 7 days of retention", rate => Shards(rate) * KinesisExtendedShardHour * HoursPerMonth),
        ("Kinesis: records", rate => Month(rate) * KinesisPut),
        ("ClickHouse: instance", rate => (rate > 100 ? R8gXlargeHour : T4gLargeHour) * HoursPerMonth),
        ("ClickHouse: disks, a month's growth", rate => (116 + (Month(rate) * StoredBytesPerCommand / 1e9)) * Gp3Gigabyte),
        ("Way out: instance, disk, address", _ => ((T4gNanoHour + PublicAddressHour) * HoursPerMonth) + (8 * Gp3Gigabyte)),
        // The node's detailed monitoring is seven metrics and its own report is four, the canary's lag is one; then
        // each read model's lag, drift and stuck items.
        ("Keys, secrets, alarms, metrics, dashboard", _ =>
            (2 * KmsKey) + (2 * Secret) + (Alarms * Alarm) + ((14 + ShopTopology.ReadModelItems.Count) * ListPrices.Metric) + Dashboard),
        ("ClickHouse: private name", _ => PrivateZone),
        // A tick waits a second for what it wrote.
        ("Canary", _ => Ticks(ShopTopology.CanaryToLag) * Invocation(ShopTopology.CanaryToLag.MemoryMb, 1)),
        // Ten seconds of looking, and two of reading 1,000 streams at five read units, as often as there are streams to read.
        ("Reconciliation, at most", _ => Ticks(ShopTopology.LagAndDriftToAlarms) * (Invocation(ShopTopology.LagAndDriftToAlarms.MemoryMb, 12) + (5_000 * DynamoDbReadUnit))),
        // As if there were new sales at every tick.
        ("Recommendations and best sellers", _ => Ticks(ShopTopology.HistoryToRecommendations) * Invocation(ShopTopology.HistoryToRecommendations.MemoryMb, 1)),
        ("CloudFront, its function", rate => Month(rate) * (CloudFrontRequest + CloudFrontFunctionCall + (1.5e-6 * CloudFrontGigabyte))),
        ("HTTP API", rate => Month(rate) * HttpApiRequest),
        // 15 ms: foresight from the tip, and one record put.
        ("Lambda: CommandApi", rate => Month(rate) * Invocation(ShopTopology.CommandApi.MemoryMb, 0.015)),
        // 40 ms a batch for its reads, insert and publish, and 0.3 ms a command.
        ("Lambda: CommandsToEvents", rate => (Batches(rate) * Invocation(ShopTopology.CommandsToEvents.MemoryMb, 0.040)) + (Month(rate) * Seconds(ShopTopology.CommandsToEvents.MemoryMb, 0.0003))),
        ("DynamoDB: tips (3 write units, 2 read units)", rate => Month(rate) * ((3 * DynamoDbWriteUnit) + (2 * DynamoDbReadUnit))),
        ("DynamoDB: products (2 write units and 4 of indexes, 2 read units)", rate => Month(rate) * ((6 * DynamoDbWriteUnit) + (2 * DynamoDbReadUnit))),
        ("SNS", rate => Messages(rate) * SnsPublish),
        // Delivery, receipt and deletion of what passes the filters, and five long polls of 20 s a queue when nothing does.
        ("SQS", rate => ((Messages(rate) * 3 * QueuesOfACommand) + (ShopTopology.Queues.Count * 5 * SecondsPerMonth / 20)) * SqsRequest),
        ("Lambda: the three consumers", rate => (Messages(rate) * QueuesOfACommand * Invocation(1024, 0.020)) + (Month(rate) * Seconds(1024, 0.006))),
        ("Logs", rate => Month(rate) * LogBytesPerCommand / 1e9 * LogGigabyte),
        ("Traces (one a second, and 5 %)", rate => rate == 0 ? 0 : (Math.Min(rate, 1) + (Math.Max(rate - 1, 0) * 0.05)) * SecondsPerMonth * XRayTrace),
        ("Invalidations, at most: the budget", rate => Math.Min(Month(rate), InvalidationsPerHour * HoursPerMonth) * InvalidationPath),
    ];

    /// <summary>A table in Markdown: a row a part, a column a rate.</summary>
    public static string Table(params double[] rates)
    {
        var table = new StringBuilder();
        Row("$ a month", [.. rates.Select(rate => rate == 0 ? "idle" : $"{rate:#,0}/s")]);
        Row("---", [.. rates.Select(_ => "---:")]);
        foreach (var (what, dollars) in Lines) Row(what, [.. rates.Select(rate => Money(dollars(rate)))]);
        Row("**together**", [.. rates.Select(rate => $"**{Money(Lines.Sum(line => line.Dollars(rate)))}**")]);
        Row("a million commands", [.. rates.Select(rate => rate == 0 ? "" : Money(Lines.Sum(line => line.Dollars(rate)) / Month(rate) * 1e6))]);
        return table.ToString();

        void Row(string first, string[] rest) => table.Append(CultureInfo.InvariantCulture, $"| {first} | {string.Join(" | ", rest)} |\n");
    }

    private static string Money(double dollars) => dollars.ToString(dollars < 100 ? "#,0.00" : "#,0", CultureInfo.InvariantCulture);

    private static double Ticks(Function function) => SecondsPerMonth / ((ScheduleMapping)function.Mapping).Every.TotalSeconds;

    private static double Month(double rate) => rate * SecondsPerMonth;

    /// <summary>A shard takes 1,000 records a second; a tenth is left for what is sent again.</summary>
    private static double Shards(double rate) => Math.Max(ShopTopology.Commands.Shards, Math.Ceiling(rate / 900));

    private static double Batches(double rate) => Math.Min(rate, Shards(rate) * BatchesPerShardSecond) * SecondsPerMonth;

    /// <summary>A batch's events go in messages of at most 64 KB, about 80 events.</summary>
    private static double Messages(double rate) => Math.Max(Batches(rate), Month(rate) / 80);

    private static double Invocation(double memoryMb, double seconds) => LambdaRequest + Seconds(memoryMb, seconds);

    private static double Seconds(double memoryMb, double seconds) => memoryMb / 1024 * seconds * LambdaGigabyteSecond;
}
