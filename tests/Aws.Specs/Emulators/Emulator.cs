using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Local.Emulators;
using ServerlessCqrs.Local.Prerequisites;
using ServerlessCqrs.Local.Processes;

namespace ServerlessCqrs.Aws.Specs.Emulators;

/// <summary>One emulator of the local stack by itself, on a free port of 127.0.0.1 and a folder that outlives it.</summary>
public sealed class Emulator : IAsyncDisposable
{
    private readonly ProcessSupervisor _supervisor;

    private Emulator(ProcessSupervisor supervisor, Uri url) => (_supervisor, Url) = (supervisor, url);

    public Uri Url { get; }

    /// <summary>Returns when it serves. What it needs from npm is installed first.</summary>
    public static async Task<Emulator> StartAsync(Func<EmulatorPlace, ProcessSpec> spec, DirectoryInfo folder)
    {
        var (root, ct) = (RepositoryRoot.Find(), TestContext.Current.CancellationToken);
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, ct);
        var place = new EmulatorPlace(root, folder.FullName, new Ports(0).Take(folder.Name));
        var supervisor = await ProcessSupervisor.OpenAsync(folder.FullName, NullLogger.Instance, ct);
        await supervisor.StartAsync(spec(place), ct);
        return new Emulator(supervisor, place.Url);
    }

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();
}
