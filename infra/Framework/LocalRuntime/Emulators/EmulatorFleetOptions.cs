using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>What the fleet needs to start.</summary>
/// <param name="Ports">Five ports are taken, in the order DynamoDB, Kinesis, SNS and SQS, SES, ClickHouse, those of services that are reached elsewhere too.</param>
public sealed record EmulatorFleetOptions(
    string RepositoryRoot,
    string DataFolder,
    Ports Ports,
    ProcessSupervisor Supervisor)
{
    /// <summary>The user whom ClickHouse lets in.</summary>
    public string ClickHouseUser { get; init; } = ClickHouseServer.DefaultUser;

    /// <summary>Reads <c>AWS_ENDPOINT_URL</c>, <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c> and <c>CLICKHOUSE_URL</c>: what has one is not started.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    internal Uri? GivenClickHouse => UrlIn("CLICKHOUSE_URL");

    /// <summary>The given endpoint of the first of these service ids that has one, as the AWS SDKs look it up.</summary>
    internal Uri? Given(params string[] serviceIds) => serviceIds
        .Select(id => UrlIn("AWS_ENDPOINT_URL_" + id))
        .FirstOrDefault(url => url is not null) ?? UrlIn("AWS_ENDPOINT_URL");

    private Uri? UrlIn(string variable) => Environment(variable) is { } url && !string.IsNullOrWhiteSpace(url) ? new Uri(url) : null;
}
