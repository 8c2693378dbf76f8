using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// Divides an account's function concurrency in a region among the programs. A new account can have less than Lambda's
/// usual 1,000 (Lambda Developer Guide, "Lambda quotas").
/// </summary>
public static class ConcurrencyPlan
{
    /// <summary>
    /// Lambda refuses a reservation that leaves less than this to all other functions ("Configuring reserved
    /// concurrency for a function").
    /// </summary>
    public const int LeftToOthers = 100;

    /// <summary>A stream that scales by itself begins with four shards (Kinesis Data Streams Developer Guide, "Choose the right mode").</summary>
    private const int ShardsOnDemand = 64;

    /// <returns>Null if nothing is reserved.</returns>
    public static int? ReservedFor(Topology.Program program, DeploymentOptions options) =>
        options.LambdaConcurrency is null ? null : AtOnce(program, options.OnDemandStream);

    /// <summary>The concurrency that the account must allow.</summary>
    public static int Needed(SystemTopology system, bool onDemandStream) => LeftToOthers
        + system.Programs.Sum(program => AtOnce(program, onDemandStream));

    private static int AtOnce(Topology.Program program, bool onDemandStream) =>
        onDemandStream && program is Function { Mapping: StreamMapping } ? ShardsOnDemand : program.AtOnce;
}
