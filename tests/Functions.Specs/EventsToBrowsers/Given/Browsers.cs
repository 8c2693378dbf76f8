using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.EventsToBrowsers;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Functions.Specs.EventsToBrowsers.Given;

/// <summary>The function over DynamoDB Local, with sockets in memory and a clock that a spec moves.</summary>
internal sealed class Browsers : IWatcherTokens
{
    public const string Page = "https://shop.example";

    private static readonly InvocationContext Invocation = new("1", "arn", null, DateTimeOffset.MaxValue);

    private Browsers(IAmazonDynamoDB dynamo, string table)
    {
        (Dynamo, Table) = (dynamo, table);
        Connections = new DynamoDbConnections(dynamo, table, Clock);
        Watchers = new DynamoDbWatchers(dynamo, table, Clock);
    }

    public IAmazonDynamoDB Dynamo { get; }

    public string Table { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    public IConnections Connections { get; set; }

    public IWatchers Watchers { get; set; }

    public KeptSockets Sockets { get; } = new();

    public KeptHints Delayed { get; } = new();

    public InMemoryStreamTips Tips { get; } = new();

    public int MostPerCaller { get; set; } = 10;

    public bool CameByEdge { get; set; } = true;

    public bool HasKeys { get; set; } = true;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Browsers> StartAsync(DynamoFixture dynamo) =>
        new(await dynamo.OpenAsync(Ct), await dynamo.CreateAsync(ShopTopology.Connections, Ct));

    public static StreamId Product(int number) => StreamId.Of("product", new Guid(number, 0, 0, new byte[8]));

    public static StreamId Order(int number) => StreamId.Of("order", new Guid(number, 0, 0, new byte[8]));

    /// <summary>One more instance of the function's sending half.</summary>
    public HintSender Sender() => new(Watchers, Connections, Sockets, Delayed, Clock, NullLogger<HintSender>.Instance);

    public WatchHandler Watching() => new(
        Connections,
        Tips,
        this,
        ShopWatching.Rules,
        new ConnectRules(new Uri(Page), ["https://other.example"], MostPerCaller, (_, _) => new(CameByEdge)),
        Clock,
        NullLogger<WatchHandler>.Instance);

    public async Task<int> ConnectAsync(string connection, string address = "192.0.2.1:4711", string? origin = null)
    {
        var headers = new Dictionary<string, string> { [ConnectRules.ViewerAddress] = address };
        if (origin is not null) headers["Origin"] = origin;
        return (await Watching().HandleAsync(new(WebSocketEventKind.Connect, connection, headers, "10.0.0.1", null), Invocation, Ct)).Status;
    }

    public Task DisconnectAsync(string connection) =>
        Watching().HandleAsync(new(WebSocketEventKind.Disconnect, connection, new Dictionary<string, string>(), "10.0.0.1", null), Invocation, Ct);

    /// <summary>The socket's answer to a text.</summary>
    public async Task<JsonElement> SayAsync(string connection, string? text) => JsonElement.Parse(
        (await Watching().HandleAsync(new(WebSocketEventKind.Message, connection, new Dictionary<string, string>(), "10.0.0.1", text), Invocation, Ct)).Body!);

    public Task<JsonElement> WatchAsync(string connection, params StreamId[] streams) => SayAsync(connection, Text(null, streams));

    public Task<JsonElement> WatchAsync(string connection, string token, params StreamId[] streams) => SayAsync(connection, Text(token, streams));

    /// <summary>Connects sockets that watch a stream.</summary>
    public async Task OpenAsync(StreamId stream, params string[] sockets)
    {
        foreach (var socket in sockets)
        {
            Assert.Equal(200, await ConnectAsync(socket));
            Assert.True((await WatchAsync(socket, stream)).TryGetProperty("watching", out _));
        }
    }

    public Task<IReadOnlyDictionary<StreamId, Exception>> HappensAsync(StreamId stream, long version, bool isRepeated = false) =>
        Sender().SendAsync([Hint(stream, version)], isRepeated, Ct);

    public static StreamBatch Hint(StreamId stream, long version) => new(stream, [], [new StreamHint(stream, version)]);

    /// <summary>What came back to the queue arrives.</summary>
    public async Task DelayedArriveAsync()
    {
        Clock.Advance(PushLimits.Interval);
        var hints = Delayed.Take();
        Assert.Empty(await Sender().SendAsync([.. hints.GroupBy(hint => hint.Stream).Select(group => new StreamBatch(group.Key, [], [.. group]))], false, Ct));
    }

    /// <summary>Gives a stream a tip.</summary>
    public async Task ReachAsync(StreamId stream, long version, string? customer = null)
    {
        var decider = ShopDomain.Instance.DeciderOf(stream)!;
        var state = customer is null ? decider.Initial : new OrderState.Cancelled("fingerprint", customer, WasConfirmed: false);
        var read = await Tips.FindAsync(stream, Ct);
        Assert.True(await Tips.CommitAsync(
            new StreamTip(
                stream,
                version,
                decider.StateShape,
                decider.WriteState(state),
                new SourcePosition("here", "1"),
                Clock.GetUtcNow(),
                new Commit([], []),
                OutcomeRing.Empty),
            read,
            Ct));
    }

    /// <summary>The streams that the table has this socket watch.</summary>
    public async Task<List<StreamId>> WatchedByAsync(string connection) =>
    [
        .. (await Dynamo.ScanAsync(new Amazon.DynamoDBv2.Model.ScanRequest { TableName = Table, ConsistentRead = true }, Ct)).Items
            .Where(item => item["connection"].S == connection && !item["stream"].S.Contains(':'))
            .Select(item => StreamId.Parse(item["stream"].S)),
    ];

    public Task<string?> SubjectOfAsync(string token, CancellationToken ct) =>
        HasKeys ? Task.FromResult(token.StartsWith("token of ", StringComparison.Ordinal) ? token[9..] : null)
        : throw new TokenKeysUnavailableException(new InvalidOperationException("away"));

    private static string Text(string? token, StreamId[] streams)
    {
        var ids = streams.Select(stream => stream.ToString());
        return token is null ? JsonSerializer.Serialize(new { watch = ids }) : JsonSerializer.Serialize(new { watch = ids, token });
    }
}

/// <summary>Sockets that keep what is posted.</summary>
internal sealed class KeptSockets : ISockets
{
    private readonly ConcurrentQueue<(string Connection, string Message)> _posted = new();

    public ConcurrentQueue<string> Closed { get; } = new();

    /// <summary>What becomes of a post; delivered unless a spec says otherwise.</summary>
    public Func<string, Task<Post>> Become { get; set; } = _ => Task.FromResult(Post.Delivered);

    public int Tries { get; private set; }

    /// <summary>What was delivered since the last look.</summary>
    public List<(string Connection, string Message)> Take()
    {
        List<(string, string)> taken = [];
        while (_posted.TryDequeue(out var one)) taken.Add(one);
        return [.. taken.Order()];
    }

    public async Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        lock (_posted) Tries++;
        var post = await Become(connection);
        if (post == Post.Delivered) _posted.Enqueue((connection, Encoding.UTF8.GetString(message.Span)));
        return post;
    }

    public Task CloseAsync(string connection, CancellationToken ct)
    {
        Closed.Enqueue(connection);
        return Task.CompletedTask;
    }
}

internal sealed class KeptHints : IDelayedHints
{
    private readonly ConcurrentQueue<StreamHint> _hints = new();

    public List<StreamHint> Take()
    {
        List<StreamHint> taken = [];
        while (_hints.TryDequeue(out var one)) taken.Add(one);
        return taken;
    }

    public Task PutAsync(IReadOnlyCollection<StreamHint> hints, CancellationToken ct)
    {
        foreach (var hint in hints) _hints.Enqueue(hint);
        return Task.CompletedTask;
    }
}
