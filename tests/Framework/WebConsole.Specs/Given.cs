using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessCqrs.Accounts;
using ServerlessCqrs.Accounts.Specs;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Projections.Building;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Projections.Live;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using ServerlessCqrs.WebConsole.Flow;
using ServerlessCqrs.WebConsole.Letters;
using ServerlessCqrs.WebConsole.ReadModels;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>A console over the accounts' stores in memory, asked over HTTP as a browser asks it.</summary>
internal sealed class Given : IStackSource, IQueueDepths, ILetterDesk, IReadModelDesk, IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly DirectoryInfo _page = Directory.CreateTempSubdirectory();
    private readonly LiveReadModels _models;
    private ConsoleServer? _server;
    private int _listing;

    public Given()
    {
        Statements = new ReadModel("statements-v1", new Projector<Statement>(new InMemoryReadModel<Statement>(), new StatementProjection(), Bank.Streams));
        _models = new LiveReadModels(new ReadModelCatalogue(Statements), new InMemoryReadModelStates(), TimeProvider.System);
        ListGate.SetResult();
        File.WriteAllText(Path.Combine(_page.FullName, "index.html"), "<!doctype html><title>page</title>");
    }

    public Bank Bank { get; } = new();

    public ReadModel Statements { get; }

    /// <summary>What the stack's parts fail with; null while they answer.</summary>
    public Exception? QueuesFail { get; set; }

    public Exception? StackFails { get; set; }

    public Exception? RouteFails { get; set; }

    public List<string> Done { get; } = [];

    /// <summary>Holds builds until it is set.</summary>
    public TaskCompletionSource BuildGate { get; } = new();

    /// <summary>Holds lists of dead letters until it is set. It is, unless a test puts another in its place.</summary>
    public TaskCompletionSource ListGate { get; set; } = new();

    /// <summary>Set once somebody lists dead letters, with what may end the list.</summary>
    public TaskCompletionSource<CancellationToken> Listing { get; } = new();

    public Uri Url => _server!.Url;

    public async Task<Given> StartAsync()
    {
        _server = await ConsoleServer.StartAsync(new ConsoleOptions("local", "--data /tmp/x", 0, Token, _page.FullName, Bookkeeping.Parts), this, TimeProvider.System, Ct);
        return this;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string? Value)[] headers)
    {
        var origin = $"http://{Url.Authority}";
        using var request = new HttpRequestMessage(method, new Uri(new Uri(origin), path));
        if (method != HttpMethod.Get) request.Content = JsonContent.Create(body ?? new { });
        var all = new Dictionary<string, string?> { ["Console-Token"] = Token };
        if (method != HttpMethod.Get) all["Origin"] = origin;
        foreach (var (name, value) in headers) all[name] = value;
        foreach (var (name, value) in all)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    public ValueTask<StackView> OpenAsync(CancellationToken ct) => StackFails is { } failure
        ? throw failure
        : ValueTask.FromResult(new StackView(
            AccountDomain.Instance,
            new StackLog(Bank.Log, Bank.Log, Bank.Log, Bank.Log),
            Bank.Tips,
            Bank.Streams,
            _models,
            new ReadModelLags(_models, Bank.Log, new InMemoryLagWatermarks()),
            this,
            this,
            this,
            () => [new ProcessState("Ledger", 42, IsRunning: true)]));

    public Task<IReadOnlyList<QueueState>> ReadAsync(CancellationToken ct) => QueuesFail is { } failure
        ? throw failure
        : Task.FromResult<IReadOnlyList<QueueState>>([new QueueState("statements", 3, 1, 0, 2)]);

    async Task<IReadOnlyList<DeadLetter>> ILetterDesk.ListAsync(CancellationToken ct)
    {
        // A real desk hides the letters from every other one until it has released them.
        if (Interlocked.Increment(ref _listing) > 1) return [];
        Listing.TrySetResult(ct);
        await ListGate.Task.WaitAsync(ct);
        Interlocked.Decrement(ref _listing);
        return [new DeadLetter("1", "statements", "Statements", DateTimeOffset.UnixEpoch, "IOException: full", "at Here()", "account-1", 3, ["AmountDeposited"], "{}")];
    }

    public Task<int> RedriveAsync(LetterChoice choice, CancellationToken ct) => Did(1, $"redrive {choice.Id}|{choice.Queue}|{choice.Stream}");

    public Task<int> DiscardAsync(LetterChoice choice, string why, CancellationToken ct) => Did(1, $"discard {choice.Id} {why}");

    Task<IReadOnlyList<ModelVersion>> IReadModelDesk.ListAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<ModelVersion>>([new ModelVersion("statements", "v1", true, true, true, 100, [], ["account"])]);

    public Task RouteAsync(string name, string version, int percent, CancellationToken ct) =>
        RouteFails is { } failure ? Task.FromException(failure) : Did(0, $"route {name} {version} {percent}");

    public Task BackAsync(string name, CancellationToken ct) => Did(0, $"back {name}");

    public async Task<BuildReport> BuildAsync(string name, string version, Action<BuildProgress> progress, CancellationToken ct)
    {
        progress(new BuildProgress(1, 50, 2, 100, 1, 50, null));
        await BuildGate.Task.WaitAsync(ct);
        return new BuildReport(2, 100, 0, 0, [], TimeSpan.FromSeconds(2));
    }

    public Task<Comparison> CompareAsync(string name, string version, string? beside, Action<long> progress, CancellationToken ct) =>
        Task.FromResult(new Comparison(2, 0, 0, 1, ["account-1: otherwise"], new Dictionary<string, long>()));

    public Task<long> RetireAsync(string name, string version, CancellationToken ct) => Task.FromResult(7L);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _page.Delete(recursive: true);
    }

    private Task<int> Did(int count, string what)
    {
        Done.Add(what);
        return Task.FromResult(count);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}

internal sealed record Statement(
    string Owner,
    decimal Balance);

internal sealed class StatementProjection : IProjection<Statement>
{
    public string Category => Account.Category;

    public ShapeVersion Shape => new(1, "");

    public JsonTypeInfo<Statement> Json => StatementJson.Default.Statement;

    public Statement? Apply(Statement? document, EventRecord e) => e.Event switch
    {
        AccountOpened opened => new Statement(opened.Owner, 0),
        AmountDeposited deposited => document! with { Balance = document.Balance + deposited.Amount },
        AmountWithdrawn withdrawn => document! with { Balance = document.Balance - withdrawn.Amount },
        _ => throw new InvalidOperationException($"{e.Type} is unknown."),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Statement))]
internal sealed partial class StatementJson : JsonSerializerContext;
