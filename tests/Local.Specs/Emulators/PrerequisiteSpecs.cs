using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Prerequisites;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

public sealed class PrerequisiteSpecs
{
    [Fact]
    public void A_machine_that_runs_these_specs_has_all_that_is_needed() =>
        Assert.Empty(RequiredPrograms.Check());

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("v18.20.4\n", "too old")]
    [InlineData("openjdk version \"11.0.2\" 2019-01-15", "too old")]
    [InlineData("java version \"1.8.0_292\"", "too old")]
    [InlineData("what?", "does not tell its version")]
    public void What_is_missing_or_old_is_named_with_its_remedy(string? output, string complaint)
    {
        var line = RequiredPrograms.Judge(output, 20, "The thing", "install it");

        Assert.NotNull(line);
        Assert.Contains(complaint, line, StringComparison.Ordinal);
        Assert.EndsWith("install it.", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v24.21.0\n", 20)]
    [InlineData("Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version \"17.0.15\" 2025-04-15", 17)]
    [InlineData("openjdk version \"25\" 2025-09-16", 17)]
    public void What_is_new_enough_is_fine(string output, int oldest) =>
        Assert.Null(RequiredPrograms.Judge(output, oldest, "The thing", "install it"));

    [Fact]
    public async Task A_library_that_npm_passed_over_in_silence_is_an_error()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "package.json", """{"name": "x", "version": "0.0.0", "private": true}""");
        await WriteAsync(folder, "package-lock.json", """{"name": "x", "version": "0.0.0", "lockfileVersion": 3, "packages": {"": {"name": "x", "version": "0.0.0"}}}""");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => InstallAsync(folder));

        Assert.Contains("@chdb/lib-", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_npm_is_an_error_with_npms_own_reason()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "package.json", """{"name": "x", "version": "0.0.0", "private": true, "dependencies": {"kinesalite": "3.3.3"}}""");
        await WriteAsync(folder, "package-lock.json", """{"broken": """);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => InstallAsync(folder));

        Assert.Contains("npm ci failed with exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("npm error", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_finds_another_installing_waits_for_it()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, "package-lock.json", """{"broken": """);
        var local = Directory.CreateDirectory(Path.Combine(folder.Path, ".local")).FullName;
        var other = new FileStream(Path.Combine(local, "npm-install.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var log = new FirstLine();

        var installing = NpmPackages.EnsureInstalledAsync(folder.Path, log, TestContext.Current.CancellationToken);
        Assert.Contains("waits for it", await log.Text, StringComparison.Ordinal);
        Assert.False(installing.IsCompleted);
        await other.DisposeAsync();

        // Then it is its turn.
        await Assert.ThrowsAsync<InvalidOperationException>(() => installing);
    }

    private static Task WriteAsync(TemporaryFolder folder, string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Path, file), text, TestContext.Current.CancellationToken);

    private static Task InstallAsync(TemporaryFolder folder) =>
        NpmPackages.EnsureInstalledAsync(folder.Path, NullLogger.Instance, TestContext.Current.CancellationToken);

    private sealed class FirstLine : ILogger
    {
        private readonly TaskCompletionSource<string> _text = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Text => _text.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _text.TrySetResult(formatter(state, exception));
    }
}
