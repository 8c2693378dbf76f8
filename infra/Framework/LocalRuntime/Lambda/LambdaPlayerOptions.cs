using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>The options of the local Lambda.</summary>
/// <param name="Environment">Environment variables for every function: region, credentials and endpoints. A function
/// also gets its own settings.</param>
/// <param name="DataFolder">Checkpoints are stored in its <c>mappings/</c>.</param>
public sealed record LambdaPlayerOptions(
    IReadOnlyList<Function> Functions,
    ProgramPlace Place,
    string DataFolder,
    AwsClients Aws,
    CreatedResources Resources,
    EnvironmentResolver Settings,
    IReadOnlyDictionary<string, string> Environment,
    IProcessLauncher Launcher)
{
    public MappingPace Pace { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
