using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>One emulator on a free port of 127.0.0.1, for code that needs nothing else of the stack.</summary>
public sealed class LoneEmulator : IAsyncDisposable
{
    private readonly ProcessSupervisor _supervisor;

    private LoneEmulator(ProcessSupervisor supervisor, Uri url) => (_supervisor, Url) = (supervisor, url);

    public Uri Url { get; }

    /// <summary>Installs the npm packages, starts the emulator and returns when it serves.</summary>
    /// <param name="folder">The folder of its data; it outlives the emulator.</param>
    /// <exception cref="ProcessFailedException">The emulator could not start.</exception>
    public static async Task<LoneEmulator> StartAsync(Func<EmulatorPlace, ProcessSpec> spec, string folder, CancellationToken ct)
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, NullLogger.Instance, ct);
        var place = new EmulatorPlace(root, folder, new Ports(0).Take(Path.GetFileName(folder)));
        var supervisor = await ProcessSupervisor.OpenAsync(folder, NullLogger.Instance, ct);
        try
        {
            await supervisor.StartAsync(spec(place), ct);
            return new LoneEmulator(supervisor, place.Url);
        }
        catch
        {
            await supervisor.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();
}
