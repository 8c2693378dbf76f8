using System.Diagnostics;
using System.Globalization;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

public sealed class SupervisorSpecs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _data = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public async Task A_killed_process_is_started_again_under_a_new_pid_and_its_owner_is_told()
    {
        await using var supervisor = await OpenAsync();
        var process = await supervisor.StartAsync(new ProcessSpec("sleeper", "sleep", ["600"]), default);
        var told = new TaskCompletionSource<int>();
        process.OnRestarted((again, _) =>
        {
            told.TrySetResult(again.Pid);
            return Task.CompletedTask;
        });
        var first = process.Pid;

        process.Kill();

        var second = await told.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.NotEqual(first, second);
        Assert.True(RunningProcess.IsAlive(second));
        Assert.Contains($"sleeper (pid {first}) ended with exit code 137", await _log.LineWithAsync("137"), StringComparison.Ordinal);
        await _log.LineWithAsync($"sleeper runs again (pid {second})");
    }

    [Fact]
    public async Task A_crash_is_logged_with_its_exit_code_and_its_last_line_of_standard_error()
    {
        await using var supervisor = await OpenAsync();
        await supervisor.StartAsync(Shell("crasher", "echo out of luck >&2; echo a last word; exit 3"), default);

        var line = await _log.LineWithAsync("crasher");

        Assert.Contains("exit code 3", line, StringComparison.Ordinal);
        Assert.EndsWith("out of luck", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_after_a_restart_is_called_until_it_succeeds()
    {
        await using var supervisor = await OpenAsync();
        var process = await supervisor.StartAsync(new ProcessSpec("sleeper", "sleep", ["600"]), default);
        var calls = 0;
        process.OnRestarted((_, _) => ++calls < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);

        process.Kill();

        await _log.LineWithAsync("runs again");
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_process_that_ends_before_it_is_ready_fails_the_start_with_its_last_lines()
    {
        await using var supervisor = await OpenAsync();
        var spec = Shell("stillborn", "echo no such luck >&2; exit 7") with { IsReady = _ => Task.FromResult(false) };

        var failure = await Assert.ThrowsAsync<ProcessFailedException>(() => supervisor.StartAsync(spec, default));

        Assert.Contains("exit code 7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such luck", failure.Message, StringComparison.Ordinal);
        Assert.Empty(supervisor.Pids);
    }

    [Fact]
    public async Task A_process_that_is_never_ready_fails_the_start_and_is_ended()
    {
        await using var supervisor = await OpenAsync();
        var pid = 0;
        var spec = new ProcessSpec("sleeper", "sleep", ["600"])
        {
            ReadyTimeout = TimeSpan.FromMilliseconds(100),
            IsReady = _ => Task.FromResult((pid = supervisor.Pids["sleeper"]) < 0),
        };

        await Assert.ThrowsAsync<ProcessFailedException>(() => supervisor.StartAsync(spec, default));

        Assert.False(RunningProcess.IsAlive(pid));
    }

    [Fact]
    public async Task Dispose_ends_a_process_that_ignores_SIGTERM_and_what_that_one_started()
    {
        var supervisor = await OpenAsync();
        var process = await supervisor.StartAsync(
            Shell("stubborn", "trap '' TERM; sleep 600 & echo child $!; wait; sleep 600") with { StopGrace = TimeSpan.FromMilliseconds(100) }, default);
        var (pid, grandchild) = (process.Pid, await GrandchildOfAsync(process));

        await supervisor.DisposeAsync();

        Assert.False(RunningProcess.IsAlive(pid));
        await RunningProcess.AwaitEndAsync(grandchild);
        Assert.Equal("[]", await File.ReadAllTextAsync(Path.Combine(_data.Path, "processes.json"), TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// When the writer of the guard's pipe is killed, the kernel closes the pipe. Closing it here has the same effect.
    /// </summary>
    [Fact]
    public async Task When_the_parent_is_gone_the_guard_ends_the_children_still_on_its_list()
    {
        var spec = new ProcessSpec("orphan", "sleep", ["600"]);
        using var log = new ProcessLog(Path.Combine(_data.Path, "orphan.log"));
        using var orphan = ChildProcess.Start(spec, log);
        using var released = ChildProcess.Start(spec with { Name = "released" }, log);
        using (var guard = new OrphanGuard())
        {
            guard.Add(orphan.Pid);
            guard.Add(released.Pid);
            guard.Remove(released.Pid);
        }

        await RunningProcess.AwaitEndAsync(orphan.Pid);
        Assert.True(RunningProcess.IsAlive(released.Pid));
        await released.StopAsync();
    }

    [Fact]
    public async Task A_leftover_of_an_earlier_run_is_ended_and_a_stranger_with_its_pid_is_not()
    {
        using var leftover = Process.Start("sleep", "601");
        using var stranger = Process.Start("sleep", "602");
        await File.WriteAllTextAsync(
            Path.Combine(_data.Path, "processes.json"),
            $$"""[{"name": "kinesis", "pid": {{leftover.Id}}, "commandLine": "sleep 601"}, {"name": "ses", "pid": {{stranger.Id}}, "commandLine": "node ses"}]""",
            TestContext.Current.CancellationToken);

        await using var supervisor = await OpenAsync();

        await leftover.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.False(stranger.HasExited);
        Assert.Contains("kinesis", await _log.LineWithAsync("left behind"), StringComparison.Ordinal);
        stranger.Kill();
    }

    [Fact]
    public async Task Two_stacks_cannot_have_the_same_data_folder()
    {
        await using var supervisor = await OpenAsync();

        var refusal = await Assert.ThrowsAsync<IOException>(OpenAsync);

        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_are_out_of_reach_of_the_terminals_Ctrl_C()
    {
        await using var supervisor = await OpenAsync();
        var process = await supervisor.StartAsync(Shell("leader", "ps -o pgid= -p $$; sleep 600"), default);

        var group = int.Parse(await LineOfAsync(process, line => line.Trim().All(char.IsAsciiDigit) && line.Trim().Length > 0), CultureInfo.InvariantCulture);

        Assert.Equal(process.Pid, group);
    }

    public void Dispose() => _data.Dispose();

    private static ProcessSpec Shell(string name, string script) => new(name, "/bin/sh", ["-c", script]);

    private static async Task<int> GrandchildOfAsync(ManagedProcess process) =>
        int.Parse((await LineOfAsync(process, line => line.StartsWith("child ", StringComparison.Ordinal)))["child ".Length..], CultureInfo.InvariantCulture);

    private static async Task<string> LineOfAsync(ManagedProcess process, Func<string, bool> wanted)
    {
        while (true)
        {
            await using var file = new FileStream(process.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (text.Split('\n').SkipLast(1).FirstOrDefault(wanted) is { } line)
                return line;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private Task<ProcessSupervisor> OpenAsync() => ProcessSupervisor.OpenAsync(_data.Path, _log, TestContext.Current.CancellationToken);
}
