using ServerlessCqrs.LocalRuntime.Resources;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>What Lambda is played with.</summary>
/// <param name="Environment">For every function: region, credentials and endpoints. Its own settings are added.</param>
/// <param name="DataFolder">Checkpoints lie below its <c>mappings/</c>.</param>
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
