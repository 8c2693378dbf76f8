namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>A folder that is deleted after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("local-specs-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
