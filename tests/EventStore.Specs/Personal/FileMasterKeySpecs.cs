using System.Security.Cryptography;
using ServerlessCqrs.EventStore.Personal;

namespace ServerlessCqrs.EventStore.Specs.Personal;

public sealed class FileMasterKeySpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("master-key-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_folder, "below", "master.key");

    [Fact]
    public async Task A_missing_key_is_made_for_its_owner_alone()
    {
        await new FileMasterKey(KeyFile).CreateAsync("anna", Ct);

        Assert.Equal(32, new FileInfo(KeyFile).Length);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task Processes_that_start_at_the_same_time_share_one_key()
    {
        for (var run = 0; run < 20; run++)
        {
            var file = $"{KeyFile}.{run}";
            using var start = new Barrier(4);
            var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Ct);
                    return new FileMasterKey(file).CreateAsync("anna", Ct);
                },
                Ct,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            foreach (var (plain, wrapped) in made) Assert.Equal(plain, await new FileMasterKey(file).UnwrapAsync("anna", wrapped, Ct));
        }
    }

    [Fact]
    public async Task A_wrapped_key_opens_for_its_person_alone()
    {
        var master = new FileMasterKey(KeyFile);
        var (_, wrapped) = await master.CreateAsync("anna", Ct);

        await Assert.ThrowsAsync<CryptographicException>(() => master.UnwrapAsync("bert", wrapped, Ct));
        await Assert.ThrowsAsync<CryptographicException>(() => master.UnwrapAsync("anna", wrapped[..20], Ct));
    }

    [Fact]
    public async Task A_file_that_is_no_key_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await File.WriteAllTextAsync(KeyFile, "short", Ct);

        var error = await Assert.ThrowsAsync<CryptographicException>(() => new FileMasterKey(KeyFile).CreateAsync("anna", Ct));

        Assert.Contains(KeyFile, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
