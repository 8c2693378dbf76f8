using ServerlessCqrs.LocalRuntime.Emulators;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.Aws.Specs.Emulators;

/// <summary>One emulator for the specs of a class, which therefore use their own names.</summary>
public abstract class SharedEmulator(Func<EmulatorPlace, ProcessSpec> spec) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-");
    private LoneEmulator? _emulator;

    public Uri Url => _emulator!.Url;

    public async ValueTask InitializeAsync() => _emulator = await LoneEmulator.StartAsync(spec, _folder.FullName, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_emulator is not null) await _emulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

public sealed class SharedFauxqs() : SharedEmulator(Fauxqs.Spec);

public sealed class SharedSes() : SharedEmulator(SesLocal.Spec);
