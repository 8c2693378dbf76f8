using System.Text.Json;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Push;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// The sockets of API Gateway. It passes their events to the function, and the function's posts to their clients.
/// </summary>
public sealed class SimSockets(Simulator simulator, Dice dice, Network network, Truth truth) : ISockets
{
    /// <summary>"Quotas for configuring and running a WebSocket in API Gateway", connection duration.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly Dictionary<string, SimSocket> _open = [];
    private int _opened;

    /// <summary>Runs the function. Returns null if the function failed.</summary>
    public Func<WebSocketEvent, Task<WebSocketAnswer?>> Function { get; set; } = _ => Task.FromResult<WebSocketAnswer?>(null);

    public IEnumerable<SimSocket> Open => _open.Values.Where(IsOpen);

    public bool IsOpen(SimSocket socket) => _open.ContainsKey(socket.Id) && simulator.Now - socket.OpenedAt < Life.Ticks;

    /// <summary>Returns null if the function does not accept the socket.</summary>
    public async Task<SimSocket?> ConnectAsync(Actor user)
    {
        var socket = new SimSocket($"socket-{_opened++}", user, simulator.Now);
        var answer = await Function(Event(WebSocketEventKind.Connect, socket, null));
        if (answer is not { Status: 200 }) return null;
        _open.Add(socket.Id, socket);
        return socket;
    }

    /// <summary>Sends a message and returns the answer, or null if none comes.</summary>
    public async Task<JsonElement?> SendAsync(SimSocket socket, string message)
    {
        var answer = await Function(Event(WebSocketEventKind.Message, socket, message));
        return answer?.Body is { } body && IsOpen(socket) ? JsonElement.Parse(body) : null;
    }

    /// <summary>The client is gone. API Gateway reports that at best effort.</summary>
    public Task LeaveAsync(SimSocket socket, bool isReported)
    {
        _open.Remove(socket.Id);
        return isReported ? Function(Event(WebSocketEventKind.Disconnect, socket, null)) : Task.CompletedTask;
    }

    public async Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        var post = network.CallAsync("sockets", "sockets.post", () => Arrive(connection, message), ct, isOne: true);
        if (await Task.WhenAny(post, simulator.Delay(PushLimits.PostTime)) != post) return Post.Failed;
        try
        {
            return await post;
        }
        catch (SimulatedFaultException)
        {
            return Post.Failed;
        }
    }

    /// <summary>Nobody learns whether it succeeds. A page that stays connected finds out when it asks again.</summary>
    public async Task CloseAsync(string connection, CancellationToken ct)
    {
        if (_open.TryGetValue(connection, out var socket)) socket.Watched = [];
        try
        {
            await network.CallAsync("sockets", "sockets.close", () => _open.Remove(connection), ct, isOne: true);
        }
        catch (SimulatedFaultException)
        {
        }
    }

    private Post Arrive(string connection, ReadOnlyMemory<byte> message)
    {
        if (!_open.TryGetValue(connection, out var socket) || !IsOpen(socket) || dice.Happens("sockets.closed", 0.02))
        {
            _open.Remove(connection);
            truth.PostedToClosed(connection);
            return Post.Gone;
        }

        var hint = JsonElement.Parse(message.Span);
        var (stream, version) = (StreamId.Parse(hint.GetProperty("stream").GetString()!), hint.GetProperty("version").GetInt64());
        truth.Hinted(socket, stream, version);
        socket.Knows(stream, version);
        return Post.Delivered;
    }

    private static WebSocketEvent Event(WebSocketEventKind kind, SimSocket socket, string? body) => new(kind, socket.Id, NoHeaders, "203.0.113.7", body);
}

/// <summary>A socket, and what its page knows.</summary>
public sealed class SimSocket(string id, Actor user, long openedAt)
{
    private readonly Dictionary<StreamId, long> _versions = [];

    public string Id => id;

    public Actor User => user;

    public long OpenedAt => openedAt;

    /// <summary>The streams of the last answered watch. It is empty while a message has no answer.</summary>
    public IReadOnlyCollection<StreamId> Watched { get; set; } = [];

    public void Knows(StreamId stream, long version) => _versions[stream] = Math.Max(version, VersionOf(stream));

    public long VersionOf(StreamId stream) => _versions.GetValueOrDefault(stream);
}
