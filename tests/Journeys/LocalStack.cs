using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Journeys.Contract;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Journeys;

/// <summary>The whole local stack, started as a user starts it, on free ports and a data folder of its own.</summary>
public sealed class LocalStack : IAsyncLifetime
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(40) };
    private readonly List<string> _output = [];
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly Lazy<PlayedCloudFormation> _cloudFormation;
    private readonly bool _ownsData;
    private readonly int _port;
    private Process? _process;
    private Task<ApiContract>? _contract;

    /// <summary>The one that all journeys of a collection share.</summary>
    public LocalStack()
        : this(Directory.CreateTempSubdirectory("shop-journeys-").FullName, 0, new Dictionary<string, string>(), ownsData: true)
    {
    }

    private LocalStack(string dataFolder, int port, IReadOnlyDictionary<string, string> environment, bool ownsData) =>
        (Data, _port, _environment, _ownsData, _cloudFormation) = (dataFolder, port, environment, ownsData, new(() => new PlayedCloudFormation(this)));

    /// <summary>Where this stack keeps everything; a folder that it made itself is deleted in the end.</summary>
    public string Data { get; }

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

    /// <summary>Tells of this stack as of one that is deployed.</summary>
    internal PlayedCloudFormation CloudFormation => _cloudFormation.Value;

    /// <summary>A stack on a folder that outlives it. Returns when it is ready.</summary>
    /// <param name="port">The first of its ports; 0 takes free ones.</param>
    /// <param name="environment">Added to what it inherits, for example <c>AWS_ENDPOINT_URL_KINESIS</c>.</param>
    public static async Task<LocalStack> StartAsync(string dataFolder, int port = 0, IReadOnlyDictionary<string, string>? environment = null)
    {
        var stack = new LocalStack(dataFolder, port, environment ?? new Dictionary<string, string>(), ownsData: false);
        await stack.InitializeAsync();
        return stack;
    }

    /// <summary>What the stack says of its API. Read once.</summary>
    internal Task<ApiContract> ContractAsync()
    {
        lock (_output)
        {
            // A stack under torment may fail to tell it.
            if (_contract is null or { IsFaulted: true }) _contract = ApiContract.ReadAsync(_http, Edge);
            return _contract;
        }
    }

    public Uri Url(string name) => new(Ready.GetProperty(name).GetString()!);

    public Uri Endpoint(string service) => new(Ready.GetProperty("endpoints").GetProperty(service).GetString()!);

    public async ValueTask InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Programs.Local, "--data", Data, "--port", $"{_port}"])
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

    /// <summary>Ctrl-C, as a user ends it; fails when it does not end well or leaves a process behind.</summary>
    public async ValueTask DisposeAsync()
    {
        var children = File.Exists(Path.Combine(Data, "ready.json"))
            ? Ready.GetProperty("processes").EnumerateObject().Select(process => process.Value.GetInt32()).ToList()
            : [];
        // What a shell put into the background is deaf to Ctrl-C, and so is all it starts: then the other way to end a program is taken.
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
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        return User(subject, token);
    }

    /// <summary>A user with a token that was issued before.</summary>
    public Client User(string subject, string token) => new(_http, this, subject, token);

    public Client Anonymous => new(_http, this, "", null);

    public string Output
    {
        get
        {
            lock (_output) return string.Join('\n', _output);
        }
    }

    /// <summary>Of the stack itself: edge, gateway, identity provider and Lambda's Runtime APIs are in it.</summary>
    public int ProcessId => _process!.Id;

    public int Pid(string process) => Ready.GetProperty("processes").TryGetProperty(process, out var pid) ? pid.GetInt32() : 0;

    public IReadOnlyList<string> ProcessNames => [.. Ready.GetProperty("processes").EnumerateObject().Select(process => process.Name)];

    /// <summary>SIGKILL, and the wait until the stack has started the process again.</summary>
    public async Task KillAsync(string process)
    {
        await Eventually.TrueAsync(() => Task.FromResult(Pid(process) != 0), TimeSpan.FromSeconds(60), () => $"{process} does not run.\n{Output}");
        var pid = Pid(process);
        await Signal.SendAsync("KILL", pid);
        await Eventually.TrueAsync(() => Task.FromResult(Pid(process) is var now && now != 0 && now != pid), TimeSpan.FromSeconds(60), () => $"{process} was not started again.\n{Output}");
    }

    /// <summary>SIGSTOP: the processes hang and answer nothing any more, their connections stay open, until what this returns is disposed of.</summary>
    public async Task<IAsyncDisposable> HangAsync(params string[] processes)
    {
        int[] pids = [.. processes.Select(Pid)];
        Assert.DoesNotContain(0, pids);
        foreach (var pid in pids) await Signal.StopAsync(pid);
        return new Hanging(pids);
    }

    /// <summary>Nobody writes but the journey, and nobody repairs what it broke, until what this returns is disposed of.</summary>
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
            // A function that hangs longer than it may is killed by the stack.
            foreach (var pid in pids) await Signal.TrySendAsync("CONT", pid);
        }
    }
}
