using ServerlessCqrs.Cdk.Rights;

namespace ServerlessCqrs.Cdk;

/// <summary>A system's additions to its deployment.</summary>
public sealed record CdkAdditions
{
    /// <summary>
    /// The deploying program's folder, relative to the repository's root. Its <c>bin/functions</c> contains the
    /// published programs.
    /// </summary>
    public string Project { get; init; } = "infra/Aws";

    public IReadOnlyList<OperatorRight> OperatorRights { get; init; } = [];

    /// <summary>Commands of the deploying program besides <c>publish</c>. Each returns the exit code.</summary>
    public IReadOnlyDictionary<string, Func<Task<int>>> Commands { get; init; } = new Dictionary<string, Func<Task<int>>>();
}
