using System.Diagnostics;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

/// <summary>An unusable data folder fails immediately, with one line that names the reason.</summary>
public sealed class DataFolderSpecs : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task A_file_is_no_data_folder()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await AssertRefusedAsync(file, "is a file");
        await AssertRefusedAsync(Path.Combine(file, "below"), "cannot be written");
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_refused() => await AssertRefusedAsync(Path.Combine(_folder.Path, new string('a', 300)), "cannot be written");

    [Fact]
    public async Task A_folder_without_permission_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc accepts no folders from any user");
        await AssertRefusedAsync("/proc/stack", "cannot be written");
    }

    [Fact]
    public async Task A_full_disk_is_refused()
    {
        using var disk = TinyDisk.Mount(_folder.Path, "1m");

        await AssertRefusedAsync(Path.Combine(_folder.Path, "data"), "is full: ");
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "filler"), new byte[1 << 20], TestContext.Current.CancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        await AssertRefusedAsync(Path.Combine(_folder.Path, "data"), "cannot be written: ");
    }

    [Fact]
    public async Task A_read_only_disk_is_refused()
    {
        using var disk = TinyDisk.Mount(_folder.Path, "1m,ro");

        await AssertRefusedAsync(Path.Combine(_folder.Path, "data"), "cannot be written: ");
    }

    [Fact]
    public void A_log_on_a_full_disk_is_told_once_and_its_process_goes_on()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        var told = new List<string>();
        using (var log = new ProcessLog("/dev/full", e => told.Add(e.Message)))
        {
            log.Begin("chatty");
            log.Write("one", isError: false);
            log.Write("two", isError: true);
            Assert.Equal("two", log.LastLine);
        }

        Assert.Single(told);
    }

    [Fact]
    public async Task A_restart_that_cannot_be_prepared_is_logged_and_tried_again()
    {
        await using var supervisor = await ProcessSupervisor.OpenAsync(_folder.Path, _log, TestContext.Current.CancellationToken);
        var starts = 0;
        var process = await supervisor.StartAsync(
            new ProcessSpec("sleeper", "sleep", ["600"]) { BeforeStart = _ => ++starts is 2 or 3 ? throw new IOException("No space left on device.") : Task.CompletedTask },
            TestContext.Current.CancellationToken);

        process.Kill();

        await _log.LineWithAsync("sleeper could not be started again: No space left on device.");
        await _log.LineWithAsync("runs again");
        Assert.Equal(4, starts);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertRefusedAsync(string folder, string reason)
    {
        var refusal = await Assert.ThrowsAsync<IOException>(() => ProcessSupervisor.OpenAsync(folder, _log, TestContext.Current.CancellationToken));

        Assert.StartsWith("The d", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    /// <summary>A file system in memory, where this user may mount one.</summary>
    private sealed class TinyDisk : IDisposable
    {
        private readonly string _path;

        private TinyDisk(string path) => _path = path;

        public static TinyDisk Mount(string path, string size)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path), "this user may not mount a file system");
            return new TinyDisk(path);
        }

        public void Dispose() => Run("umount", "--lazy", _path);

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
