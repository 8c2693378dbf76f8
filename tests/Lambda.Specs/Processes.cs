using System.Diagnostics;

namespace ServerlessCqrs.Lambda.Specs;

/// <summary>Real programs as Lambda runs them: started, signalled, and judged by their exit code.</summary>
public sealed class Processes
{
    [Theory]
    [InlineData("function")]
    [InlineData("app")]
    public async Task SIGTERM_while_idle_ends_the_program_with_0(string kind)
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var program = Start(kind, api.Authority);
        await api.Polled;
        await TerminateAsync(program);
        Assert.Equal((0, ""), await EndOfAsync(program));
        Assert.False(api.HasInitError);
    }

    [Fact]
    public async Task SIGTERM_lets_the_invocation_in_flight_finish()
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var program = Start("function", api.Authority);
        var answer = api.InvokeAsync(SqsEvents.Message("1", "10"));
        Assert.Equal("working on 1", await program.StandardOutput.ReadLineAsync());
        await TerminateAsync(program);
        Assert.Equal("""{"batchItemFailures":[]}""", (await answer).Text);
        Assert.Equal((0, ""), await EndOfAsync(program));
    }

    [Fact]
    public async Task SIGTERM_does_not_wait_for_an_invocation_that_would_take_minutes()
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var program = Start("function", api.Authority);
        var answer = api.InvokeAsync(SqsEvents.Message("1", "600000"));
        Assert.Equal("working on 1", await program.StandardOutput.ReadLineAsync());
        await TerminateAsync(program);
        Assert.Equal("ShuttingDown", (await answer).ErrorType);
        Assert.Equal(0, (await EndOfAsync(program)).ExitCode);
    }

    [Theory]
    [InlineData("function")]
    [InlineData("app")]
    public async Task Without_the_runtime_api_the_program_says_so_and_ends_with_1(string kind)
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var program = Start(kind, api.Authority);
        await api.Polled;
        await api.DisposeAsync();
        var output = program.StandardOutput.ReadToEndAsync();
        Assert.Equal(1, (await EndOfAsync(program)).ExitCode);
        Assert.Contains("The Runtime API failed", await output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken-function")]
    [InlineData("broken-app")]
    public async Task A_program_that_cannot_start_reports_the_init_error_and_fails(string kind)
    {
        await using var api = await FakeRuntimeApi.StartAsync();
        using var program = Start(kind, api.Authority);
        var error = await api.InitError;
        Assert.Equal(("InvalidOperationException", "No table is configured."), (error.ErrorType, error.ErrorMessage));
        var (exitCode, errors) = await EndOfAsync(program);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("No table is configured.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_outside_lambda_says_how_it_is_run_and_ends_with_2()
    {
        using var program = Start("function", authority: "");
        var (exitCode, errors) = await EndOfAsync(program);
        Assert.Equal(2, exitCode);
        Assert.Equal("ServerlessCqrs.LambdaSample is a Lambda function: it runs on Lambda, or on this machine with: dotnet run --project infra/Local\n", errors);
    }

    [Fact]
    public async Task An_app_outside_lambda_runs_on_Kestrel()
    {
        using var program = Start("app", authority: "", ("URLS", "http://127.0.0.1:0"));
        const string Listening = "Now listening on: ";
        string? line;
        do line = await program.StandardOutput.ReadLineAsync();
        while (line is not null && !line.Contains(Listening, StringComparison.Ordinal));

        Assert.NotNull(line);
        using var client = new HttpClient();
        Assert.Equal("hello", await client.GetStringAsync(new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..])));
        await TerminateAsync(program);
        Assert.Equal(0, (await EndOfAsync(program)).ExitCode);
    }

    private static Process Start(string kind, string authority, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ServerlessCqrs.LambdaSample.dll"), kind])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = authority;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task TerminateAsync(Process program)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task<(int ExitCode, string Errors)> EndOfAsync(Process program)
    {
        using var patience = new CancellationTokenSource(FakeRuntimeApi.Patience);
        try
        {
            var errors = await program.StandardError.ReadToEndAsync(patience.Token);
            await program.WaitForExitAsync(patience.Token);
            return (program.ExitCode, errors);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
            throw;
        }
    }
}
