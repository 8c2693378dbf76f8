using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Journeys.Contract;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The whole local stack, started like a user does, on free ports and with its own data folder.</summary>
public sealed class LocalStack : IAsyncLifetime
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly List<string> _output = [];
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Lazy<PlayedCloudFormation> _cloudFormation;
    private readonly bool _ownsData;
    private readonly int _port;

    /// <summary>Of the stack that all journeys share; the others start sooner without it.</summary>
    private readonly bool _hasConsole;

    private Process? _process;
    private Task<ApiContract>? _contract;

    /// <summary>The shared stack of a collection.</summary>
    public LocalStack()
        : this(Directory.CreateTempSubdirectory("shop-journeys-").FullName, 0, new Dictionary<string, string>(), ownsData: true)
    {
        _hasConsole = true;
    }

    private LocalStack(string dataFolder, int port, IReadOnlyDictionary<string, string> environment, bool ownsData) =>
        (Data, _port, _environment, _ownsData, _cloudFormation) = (dataFolder, port, environment, ownsData, new(() => new PlayedCloudFormation(this)));

    /// <summary>The stack's data folder. A folder that it created itself is deleted at the end.</summary>
    public string Data { get; }

    /// <summary>The current content of <c>ready.json</c>. Its pids change when processes are restarted.</summary>
    public JsonElement Ready
    {
        get
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, "ready.json")));
            return json.RootElement.Clone();
        }
    }

    public Uri Edge => Url("edge");

    /// <summary>Describes this stack as if it were deployed.</summary>
    internal PlayedCloudFormation CloudFormation => _cloudFormation.Value;

    /// <summary>Starts a stack on a folder that outlives it. Returns when it is ready.</summary>
    /// <param name="port">The first of its ports, or 0 for free ones.</param>
    /// <param name="environment">Variables in addition to the inherited ones, for example
    /// <c>AWS_ENDPOINT_URL_KINESIS</c>.</param>
    public static async Task<LocalStack> StartAsync(string dataFolder, int port = 0, IReadOnlyDictionary<string, string>? environment = null)
    {
        var stack = new LocalStack(dataFolder, port, environment ?? new Dictionary<string, string>(), ownsData: false);
        await stack.InitializeAsync();
        return stack;
    }

    /// <summary>Returns the stack's API document, which is read once.</summary>
    internal Task<ApiContract> ContractAsync()
    {
        lock (_output)
        {
            // During chaos this read may fail.
            if (_contract is null or { IsFaulted: true }) _contract = ApiContract.ReadAsync(_http, Edge);
            return _contract;
        }
    }

    public Uri Url(string name) => new(Ready.GetProperty(name).GetString()!);

    public Uri Endpoint(string service) => new(Ready.GetProperty("endpoints").GetProperty(service).GetString()!);

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Programs.Local, "--data", Data, "--port", $"{_port}", .. _hasConsole ? Array.Empty<string>() : ["--no-console"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Recording.Folder] = RecordedCalls.Folder;
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
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

    /// <summary>
    /// Stops the stack with Ctrl-C, like a user. Fails if the exit code is wrong or a process survives.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var children = File.Exists(Path.Combine(Data, "ready.json"))
            ? Ready.GetProperty("processes").EnumerateObject().Select(process => process.Value.GetInt32()).ToList()
            : [];
        // A process that a shell starts in the background ignores Ctrl-C, and so do its children. Then SIGTERM is used.
        await Signal.SendAsync(Signal.IsDeafToInterrupts(_process!.Id) ? "TERM" : "INT", _process.Id);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        var exitCode = _process.ExitCode;
        _process.Dispose();
        _http.Dispose();
        if (_cloudFormation.IsValueCreated) await _cloudFormation.Value.DisposeAsync();
        Assert.True(exitCode == 0, $"The stack ended with {exitCode}. It printed:\n{Output}");
        Assert.DoesNotContain(children, pid => Directory.Exists($"/proc/{pid}"));
        RecordedCalls.AreKnown();
        if (_ownsData && Environment.GetEnvironmentVariable("JOURNEYS_KEEP_DATA") is null) Directory.Delete(Data, recursive: true);
    }

    /// <summary>Returns a user with a role, and with a token for the whole test.</summary>
    public async Task<Client> UserAsync(string role, string? subject = null)
    {
        subject ??= $"{role}-{Guid.NewGuid():N}"[..20];
        using var answer = await _http.PostAsync(new Uri(Url("identity"), "token"), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["sub"] = subject,
            ["email"] = $"{subject}@example.com",
            ["group"] = role,
        }));
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        return User(subject, token);
    }

    /// <summary>Returns a user with a given token.</summary>
    public Client User(string subject, string token) => new(_http, this, subject, token);

    public Client Anonymous => new(_http, this, "", null);

    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>
    /// The pid of the stack itself, which contains edge, gateway, identity provider and Lambda's Runtime APIs.
    /// </summary>
    public int ProcessId => _process!.Id;

    public int Pid(string process) => Ready.GetProperty("processes").TryGetProperty(process, out var pid) ? pid.GetInt32() : 0;

    public IReadOnlyList<string> ProcessNames => [.. Ready.GetProperty("processes").EnumerateObject().Select(process => process.Name)];

    /// <summary>Sends SIGKILL, and waits until the stack has restarted the process.</summary>
    public async Task KillAsync(string process)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Pid(process) != 0), TimeSpan.FromSeconds(60), () => $"{process} does not run.\n{Output}");
        var pid = Pid(process);
        await Signal.SendAsync("KILL", pid);
        await Eventually.TrueAsync(() => Task.FromResult(Pid(process) is var now && now != 0 && now != pid), TimeSpan.FromSeconds(60), () => $"{process} was not started again.\n{Output}");
    }

    /// <summary>Sends SIGSTOP. The processes hang with open connections until the returned value is disposed.</summary>
    public async Task<IAsyncDisposable> HangAsync(params string[] processes)
    {
        int[] pids = [.. processes.Select(Pid)];
        Assert.DoesNotContain(0, pids);
        foreach (var pid in pids) await Signal.StopAsync(pid);
        return new Hanging(pids);
    }

    /// <summary>
    /// Stops the scheduled functions until the returned value is disposed. So only the journey writes, and nobody
    /// repairs what it breaks.
    /// </summary>
    public Task<IAsyncDisposable> HangClockworkAsync() => HangAsync(ShopTopology.CanaryToLag.Name, ShopTopology.LagAndDriftToAlarms.Name, ShopTopology.HistoryToRecommendations.Name);

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.Add(line);
    }

    private sealed class Hanging(int[] pids) : IAsyncDisposable
    {
        private int _isOver;

        public async ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _isOver, 1) != 0) return;
            // The stack kills a function that exceeds its timeout.
            foreach (var pid in pids) await Signal.TrySendAsync("CONT", pid);
        }
    }
}
