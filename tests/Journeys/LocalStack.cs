using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessCqrs.Journeys;

/// <summary>The whole local stack, started as a user starts it, on free ports and a data folder of its own.</summary>
public sealed class LocalStack : IAsyncLifetime
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly List<string> _output = [];
    private Process? _process;

    /// <summary>Where this stack keeps everything; deleted in the end.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("shop-journeys-").FullName;

    /// <summary>What <c>ready.json</c> says now: pids change when processes are started again.</summary>
    public JsonElement Ready
    {
        get
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, "ready.json")));
            return json.RootElement.Clone();
        }
    }

    public Uri Edge => Url("edge");

    public Uri Url(string name) => new(Ready.GetProperty(name).GetString()!);

    public Uri Endpoint(string service) => new(Ready.GetProperty("endpoints").GetProperty(service).GetString()!);

    public async ValueTask InitializeAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Programs.Local, "--data", Data, "--port", "0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.TrueAsync(
            () => Task.FromResult(File.Exists(Path.Combine(Data, "ready.json")) || _process.HasExited),
            ReadyTimeout,
            () => $"The stack was not ready. It printed:\n{Output}");
        Assert.False(_process.HasExited, $"The stack ended at its start. It printed:\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        var children = File.Exists(Path.Combine(Data, "ready.json"))
            ? Ready.GetProperty("processes").EnumerateObject().Select(process => process.Value.GetInt32()).ToList()
            : [];
        using (var interrupt = Process.Start("kill", ["-INT", $"{_process!.Id}"])) await interrupt.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        var exitCode = _process.ExitCode;
        _process.Dispose();
        _http.Dispose();
        Assert.True(exitCode == 0, $"The stack ended with {exitCode}. It printed:\n{Output}");
        Assert.DoesNotContain(children, pid => Directory.Exists($"/proc/{pid}"));
        if (Environment.GetEnvironmentVariable("JOURNEYS_KEEP_DATA") is null) Directory.Delete(Data, recursive: true);
    }

    /// <summary>A user of a role, with a token for as long as the test lasts.</summary>
    public async Task<Client> UserAsync(string role, string? subject = null)
    {
        subject ??= $"{role}-{Guid.NewGuid():N}"[..20];
        using var answer = await _http.PostAsync(new Uri(Url("identity"), "token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["sub"] = subject,
            ["email"] = $"{subject}@example.com",
            ["group"] = role,
        }));
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        return new Client(_http, this, subject, token);
    }

    public Client Anonymous => new(_http, this, "", null);

    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    public int Pid(string process) => Ready.GetProperty("processes").TryGetProperty(process, out var pid) ? pid.GetInt32() : 0;

    public IReadOnlyList<string> ProcessNames => [.. Ready.GetProperty("processes").EnumerateObject().Select(process => process.Name)];

    /// <summary>SIGKILL, and the wait until the stack has started the process again.</summary>
    public async Task KillAsync(string process)
    {
        var pid = Pid(process);
        using (var kill = Process.Start("kill", ["-KILL", $"{pid}"])) await kill.WaitForExitAsync();
        await Eventually.TrueAsync(() => Task.FromResult(Pid(process) is var now && now != 0 && now != pid), TimeSpan.FromSeconds(60), () => $"{process} was not started again.\n{Output}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
    }
}
