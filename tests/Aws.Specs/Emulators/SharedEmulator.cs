namespace ServerlessCqrs.Aws.Specs.Emulators;

/// <summary>One emulator for the specs of a class, which therefore use names of their own.</summary>
public abstract class SharedEmulator(string package, Func<Task<Emulator>> start) : IAsyncLifetime
{
    private Emulator? _emulator;

    /// <summary>Skips the spec that asks when the emulator is not installed.</summary>
    public Uri Url
    {
        get
        {
            Emulator.SkipUnlessInstalled(package);
            return _emulator!.Url;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Emulator.NodeModules(package) is not null) _emulator = await start();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _emulator?.DisposeAsync() ?? default;
    }
}

public sealed class SharedFauxqs() : SharedEmulator("fauxqs", Emulator.FauxqsAsync);

public sealed class SharedSes() : SharedEmulator("aws-ses-v2-local", Emulator.SesAsync);
