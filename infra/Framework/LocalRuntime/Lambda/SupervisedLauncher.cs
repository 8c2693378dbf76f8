using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Lambda;

/// <summary>Starts programs as children of the stack's supervisor.</summary>
public sealed class SupervisedLauncher(ProcessSupervisor supervisor) : IProcessLauncher
{
    /// <exception cref="ProcessFailedException">The program could not start, ended, or was not ready in
    /// time.</exception>
    public async Task<IProgramProcess> LaunchAsync(ProgramLaunch launch, CancellationToken ct)
    {
        var spec = new ProcessSpec(launch.Name, launch.FileName, launch.Arguments)
        {
            WorkingDirectory = launch.WorkingDirectory,
            Environment = launch.Environment.ToDictionary(pair => pair.Key, string? (pair) => pair.Value),
            IsReady = launch.IsReady,
        };
        return new Supervised(await supervisor.StartAsync(spec, ct));
    }

    private sealed class Supervised(ManagedProcess process) : IProgramProcess
    {
        public int Pid => process.Pid;

        public void Kill() => process.Kill();

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
