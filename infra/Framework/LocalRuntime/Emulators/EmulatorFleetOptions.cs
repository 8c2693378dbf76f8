using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>The start options of the fleet.</summary>
/// <param name="Ports">Provides five ports, in the order DynamoDB, Kinesis, SNS and SQS, SES, ClickHouse. A service
/// that is reached elsewhere also uses up its port.</param>
public sealed record EmulatorFleetOptions(
    string RepositoryRoot,
    string DataFolder,
    Ports Ports,
    ProcessSupervisor Supervisor)
{
    /// <summary>The ClickHouse user.</summary>
    public string ClickHouseUser { get; init; } = ClickHouseServer.DefaultUser;

    /// <summary>
    /// Reads <c>AWS_ENDPOINT_URL</c>, <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c> and <c>CLICKHOUSE_URL</c>. A service with
    /// such a variable is not started.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    internal Uri? GivenClickHouse => UrlIn("CLICKHOUSE_URL");

    /// <summary>
    /// Returns the configured endpoint of the first of these service ids that has one. The AWS SDKs use the same
    /// lookup.
    /// </summary>
    internal Uri? Given(params string[] serviceIds) => serviceIds
        .Select(id => UrlIn("AWS_ENDPOINT_URL_" + id))
        .FirstOrDefault(url => url is not null) ?? UrlIn("AWS_ENDPOINT_URL");

    private Uri? UrlIn(string variable) => Environment(variable) is { } url && !string.IsNullOrWhiteSpace(url) ? new Uri(url) : null;
}
