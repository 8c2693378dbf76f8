using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Deployment.Costs.ListPrices;

namespace ServerlessCqrs.Deployment.Costs;

/// <summary>
/// What a month costs at a steady rate of commands, each one change of one product. Reads are apart: most end at the edge,
/// at CloudFront's price alone. Every type of resource has a line, or is listed as one without a price of its own.
/// </summary>
public sealed partial class MonthlyCosts
{
    private const double SecondsPerMonth = HoursPerMonth * 3600;

    /// <summary>Lambda asks a shard about once a second; under load a batch follows the other.</summary>
    private const double BatchesPerShardSecond = 2;

    /// <summary>Request, platform and access log lines of one command.</summary>
    private const double LogBytesPerCommand = 1_200;

    /// <summary>An event with its command in ClickHouse, compressed.</summary>
    private const double StoredBytesPerCommand = 250;

    /// <summary>4xx, 5xx, Count, IntegrationLatency, Latency and DataProcessed (API Gateway Developer Guide, "Monitor CloudWatch metrics for HTTP APIs").</summary>
    public const int MetricsOfARoute = 6;

    /// <summary>EC2 charges detailed monitoring as custom metrics, seven an instance (CloudWatch pricing).</summary>
    private const int MetricsOfAnInstance = 7;

    /// <summary>The queues whose filter lets a change of a product through: the process of orders is not told of it.</summary>
    private static readonly double QueuesOfACommand = new[] { ShopTopology.ReadModels, ShopTopology.Mail, ShopTopology.EdgeCache, ShopTopology.Browsers }.Length;

    /// <summary>A month that begins with a full bucket.</summary>
    private static readonly double MostInvalidations = Setting("INVALIDATIONS_AT_ONCE") + (Setting("INVALIDATIONS_PER_HOUR") * HoursPerMonth);

    private static readonly Dictionary<string, double> InstanceHours = new()
    {
        ["t4g.nano"] = T4gNanoHour,
        ["t4g.large"] = T4gLargeHour,
        ["r8g.xlarge"] = R8gXlargeHour,
    };

    private readonly Templates _templates;
    private readonly double _shards;
    private readonly double _diskGigabytes;
    private readonly IReadOnlyList<CostLine> _lines;

    /// <exception cref="KeyNotFoundException">An instance has a type without a price here.</exception>
    public MonthlyCosts(Templates templates)
    {
        _templates = templates;
        _shards = templates.Of("AWS::Kinesis::Stream").Sum(stream => (double?)stream["ShardCount"] ?? 0);
        _diskGigabytes = templates.Of("AWS::EC2::Volume").Sum(volume => (double)volume["Size"]!)
            + templates.Of("AWS::EC2::Instance").SelectMany(instance => instance["BlockDeviceMappings"] as JsonArray ?? []).Sum(disk => (double)disk!["Ebs"]!["VolumeSize"]!);
        _lines = [.. Lines()];
    }

    /// <summary>Types of the templates that have neither a line nor a reason to have none.</summary>
    public IEnumerable<string> Unpriced => _templates.Types.Where(type => !Free.ContainsKey(type) && !_lines.Any(line => line.Types.Contains(type)));

    /// <summary>Types with a line, or a reason to have none, that no template has.</summary>
    public IEnumerable<string> PricedInVain => Free.Keys.Concat(_lines.SelectMany(line => line.Types)).Distinct().Except(_templates.Types);

    /// <summary>Dollars a month for sockets that stay open.</summary>
    public static double OpenSockets(int count) => count * HoursPerMonth * 60 * WebSocketMinute;

    /// <summary>Dollars a month.</summary>
    public double Together(double rate) => _lines.Sum(line => line.Dollars(rate));

    public IEnumerable<IdleCost> Idle => _lines.Select(line => new IdleCost(line.What, line.Dollars(0)));

    /// <summary>A table in Markdown: a row a part, a column a rate.</summary>
    public string Table(params double[] rates)
    {
        var table = new StringBuilder();
        Row("$ a month", [.. rates.Select(rate => rate == 0 ? "idle" : $"{rate:#,0}/s")]);
        Row("---", [.. rates.Select(_ => "---:")]);
        foreach (var line in _lines) Row(line.What, [.. rates.Select(rate => Money(line.Dollars(rate)))]);
        Row("**together**", [.. rates.Select(rate => $"**{Money(Together(rate))}**")]);
        Row("a million commands", [.. rates.Select(rate => rate == 0 ? "" : Money(Together(rate) / Month(rate) * 1e6))]);
        return table.ToString();

        void Row(string first, string[] rest) => table.Append(CultureInfo.InvariantCulture, $"| {first} | {string.Join(" | ", rest)} |\n");
    }

    /// <summary>What has no line: a row for each reason, with its types.</summary>
    public static string TableOfTheRest()
    {
        var table = new StringBuilder("| type without a line | reason |\n| --- | --- |\n");
        foreach (var reason in Free.GroupBy(type => type.Value, type => type.Key))
            table.Append(CultureInfo.InvariantCulture, $"| {string.Join(", ", reason.Select(type => $"`{type.Replace("AWS::", "", StringComparison.Ordinal)}`"))} | {reason.Key} |\n");
        return table.ToString();
    }

    private IEnumerable<CostLine> Lines()
    {
        var instances = _templates.Of("AWS::EC2::Instance").ToList();
        var (keys, secrets, alarms) = (_templates.Count("AWS::KMS::Key"), _templates.Count("AWS::SecretsManager::Secret"), _templates.Count("AWS::CloudWatch::Alarm"));
        var (routes, metrics) = (RouteMetrics(), OwnMetrics() + (MetricsOfAnInstance * instances.Count(instance => IsTrue(instance["Monitoring"]))));
        yield return new($"Kinesis: {_shards} shards", ["AWS::Kinesis::Stream"], rate => Shards(rate) * KinesisShardHour * HoursPerMonth);
        yield return new("Kinesis: retention beyond a day", ["AWS::Kinesis::Stream"], rate => IsKept ? Shards(rate) * KinesisExtendedShardHour * HoursPerMonth : 0);
        yield return new("Kinesis: records", ["AWS::Kinesis::Stream"], rate => Month(rate) * KinesisPut);
        // Beyond 100/s, the table counts a larger node.
        yield return new(
            $"EC2: {string.Join(" and ", instances.Select(TypeOf).Order(StringComparer.Ordinal))}",
            ["AWS::EC2::Instance"],
            rate => (instances.Sum(instance => InstanceHours[TypeOf(instance)]) + (rate > 100 ? R8gXlargeHour - T4gLargeHour : 0)) * HoursPerMonth);
        yield return new($"EC2: {_diskGigabytes} GB of disks, a month's growth", ["AWS::EC2::Volume"], rate => (_diskGigabytes + StoredGigabytes(rate)) * Gp3Gigabyte);
        yield return new(
            "EC2: public address of the way out",
            ["AWS::EC2::Subnet"],
            _ => _templates.Of("AWS::EC2::Subnet").Count(subnet => IsTrue(subnet["MapPublicIpOnLaunch"])) * PublicAddressHour * HoursPerMonth);
        yield return new(
            $"EC2: {Endpoints()} interface endpoints",
            ["AWS::EC2::VPCEndpoint"],
            _ => Endpoints() * EndpointHour * HoursPerMonth);
        yield return new("Route 53: ClickHouse's private name", ["AWS::Route53::HostedZone"], _ => _templates.Count("AWS::Route53::HostedZone") * PrivateZone);
        // Thirty nights, each with one more and a little larger: five times the month's growth, on average.
        yield return new("S3: ClickHouse's backups of the month", ["AWS::S3::Bucket"], rate => 5 * StoredGigabytes(rate) * S3Gigabyte);
        yield return new($"KMS: {keys} keys", ["AWS::KMS::Key"], _ => keys * KmsKey);
        yield return new($"Secrets Manager: {secrets} secrets", ["AWS::SecretsManager::Secret"], _ => secrets * Secret);
        yield return new($"CloudWatch: {alarms} alarms", ["AWS::CloudWatch::Alarm"], _ => alarms * Alarm);
        yield return new($"CloudWatch: {metrics} metrics of ours and of detailed monitoring", ["AWS::CloudWatch::Alarm"], _ => metrics * ListPrices.Metric);
        // At most: a route without requests has none.
        if (routes > 0) yield return new($"CloudWatch: {routes} detailed metrics of routes, at most", ["AWS::ApiGatewayV2::Stage"], _ => routes * ListPrices.Metric);
        yield return new("CloudWatch: dashboard", ["AWS::CloudWatch::Dashboard"], _ => _templates.Count("AWS::CloudWatch::Dashboard") * Dashboard);
        // A tick waits a second for what it wrote.
        yield return new("Lambda: canary", ["AWS::Lambda::Function"], _ => Ticks(ShopTopology.CanaryToLag) * Invocation(ShopTopology.CanaryToLag.MemoryMb, 1));
        // Ten seconds of looking, and two of reading 1,000 streams at five read units, as often as there are streams to read.
        yield return new("Lambda: reconciliation, at most", ["AWS::Lambda::Function"], _ => Ticks(ShopTopology.LagAndDriftToAlarms) * (Invocation(ShopTopology.LagAndDriftToAlarms.MemoryMb, 12) + (5_000 * DynamoDbReadUnit)));
        // As if there were new sales at every tick.
        yield return new("Lambda: recommendations and best sellers", ["AWS::Lambda::Function"], _ => Ticks(ShopTopology.HistoryToRecommendations) * Invocation(ShopTopology.HistoryToRecommendations.MemoryMb, 1));
        yield return new("CloudFront, its function", ["AWS::CloudFront::Distribution", "AWS::CloudFront::Function"], rate => Month(rate) * (CloudFrontRequest + CloudFrontFunctionCall + (1.5e-6 * CloudFrontGigabyte)));
        yield return new("API Gateway: HTTP API", ["AWS::ApiGatewayV2::Api"], rate => Month(rate) * HttpApiRequest);
        // 15 ms: foresight from the tip, and one record put.
        yield return new("Lambda: CommandApi", ["AWS::Lambda::Function"], rate => Month(rate) * Invocation(ShopTopology.CommandApi.MemoryMb, 0.015));
        // 40 ms a batch for its reads, insert and publish, and 0.3 ms a command.
        yield return new("Lambda: CommandsToEvents", ["AWS::Lambda::Function"], rate => (Batches(rate) * Invocation(ShopTopology.CommandsToEvents.MemoryMb, 0.040)) + (Month(rate) * Seconds(ShopTopology.CommandsToEvents.MemoryMb, 0.0003)));
        yield return new("DynamoDB: tips (3 write units, 2 read units)", ["AWS::DynamoDB::Table"], rate => Month(rate) * ((3 * DynamoDbWriteUnit) + (2 * DynamoDbReadUnit)));
        yield return new("DynamoDB: products (2 write units and 4 of indexes, 2 read units)", ["AWS::DynamoDB::Table"], rate => Month(rate) * ((6 * DynamoDbWriteUnit) + (2 * DynamoDbReadUnit)));
        // Each batch looks up which of its streams are watched.
        yield return new("DynamoDB: which streams are watched (1 read unit)", ["AWS::DynamoDB::Table"], rate => Month(rate) * DynamoDbReadUnit);
        // The claim of a hint and its end, a query of the watchers, and the post.
        yield return new("Hints, as if every change had one watcher", ["AWS::ApiGatewayV2::Api"], rate => Month(rate) * ((2 * DynamoDbWriteUnit) + DynamoDbReadUnit + WebSocketMessage));
        yield return new("SNS", ["AWS::SNS::Topic"], rate => Messages(rate) * SnsPublish);
        // Delivery, receipt and deletion of what passes the filters, and five long polls of 20 s a queue when nothing does.
        yield return new("SQS", ["AWS::SQS::Queue"], rate => ((Messages(rate) * 3 * QueuesOfACommand) + (_templates.Count("AWS::Lambda::EventSourceMapping") - _templates.Count("AWS::Kinesis::Stream")) * 5 * SecondsPerMonth / 20) * SqsRequest);
        yield return new("Lambda: the four consumers", ["AWS::Lambda::Function"], rate => (Messages(rate) * QueuesOfACommand * Invocation(1024, 0.020)) + (Month(rate) * Seconds(1024, 0.006)));
        yield return new("CloudWatch: logs", ["AWS::Logs::LogGroup"], rate => Month(rate) * LogBytesPerCommand / 1e9 * LogGigabyte);
        yield return new("X-Ray: traces (one a second, and 5 %)", ["AWS::Lambda::Function"], rate => rate == 0 ? 0 : (Math.Min(rate, 1) + (Math.Max(rate - 1, 0) * 0.05)) * SecondsPerMonth * XRayTrace);
        yield return new("CloudFront: invalidations, at most: the budget", ["AWS::CloudFront::Distribution"], rate => Math.Max(0, Math.Min(Month(rate), MostInvalidations) - FreeInvalidations) * InvalidationPath);
    }

    private static double Setting(string name) => ShopTopology.EventsToEdgeCache.Environment
        .Where(setting => setting.Name == name)
        .Select(setting => double.Parse(((SettingValue.Text)setting.Value).Value, CultureInfo.InvariantCulture))
        .Single();

    private bool IsKept => _templates.Of("AWS::Kinesis::Stream").Any(stream => (int?)stream["RetentionPeriodHours"] > 24);

    private int Endpoints() => _templates.Of("AWS::EC2::VPCEndpoint").Count(endpoint => endpoint["VpcEndpointType"]?.ToString() == "Interface");

    private int RouteMetrics() => _templates.Of("AWS::ApiGatewayV2::Stage").Any(stage => IsTrue(stage["DefaultRouteSettings"]?["DetailedMetricsEnabled"]))
        ? MetricsOfARoute * _templates.Count("AWS::ApiGatewayV2::Route") : 0;

    /// <summary>Those that alarms watch, and the lag of each read model, which the dashboard shows.</summary>
    private int OwnMetrics() => ShopTopology.ReadModelItems.Count + _templates.Of("AWS::CloudWatch::Alarm")
        .Where(alarm => alarm["Namespace"]?.ToString() == ShopTopology.Lag.Namespace)
        .Select(alarm => alarm["MetricName"]!.ToString()).Distinct().Count();

    private static string TypeOf(JsonObject instance) => instance["InstanceType"]!.ToString();

    private static bool IsTrue(JsonNode? node) => node?.ToString() == "true";

    private static double StoredGigabytes(double rate) => Month(rate) * StoredBytesPerCommand / 1e9;

    private static string Money(double dollars) => dollars.ToString(dollars < 100 ? "#,0.00" : "#,0", CultureInfo.InvariantCulture);

    private static double Ticks(Function function) => SecondsPerMonth / ((ScheduleMapping)function.Mapping).Every.TotalSeconds;

    private static double Month(double rate) => rate * SecondsPerMonth;

    /// <summary>A shard takes 1,000 records a second; a tenth is left for what is sent again.</summary>
    private double Shards(double rate) => Math.Max(_shards, Math.Ceiling(rate / 900));

    private double Batches(double rate) => Math.Min(rate, Shards(rate) * BatchesPerShardSecond) * SecondsPerMonth;

    /// <summary>A batch's events go in messages of at most 64 KB, about 80 events.</summary>
    private double Messages(double rate) => Math.Max(Batches(rate), Month(rate) / 80);

    private static double Invocation(double memoryMb, double seconds) => LambdaRequest + Seconds(memoryMb, seconds);

    private static double Seconds(double memoryMb, double seconds) => memoryMb / 1024 * seconds * LambdaGigabyteSecond;
}

/// <summary>What one line of the table costs a shop that nobody uses.</summary>
/// <param name="Dollars">A month.</param>
public sealed record IdleCost(
    string What,
    double Dollars);
