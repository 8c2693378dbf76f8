using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>
/// Accepts sockets, and lets them watch streams. The answer to a watch names each stream's version:
/// <c>{"watching": [{"stream": "…", "version": 7}]}</c>. A page that reads these versions misses nothing, because the socket
/// gets a hint of every later one. So a page that connects again catches up with the same answer.
/// </summary>
public sealed partial class WatchHandler(
    IConnections connections,
    IStreamTips tips,
    IWatcherTokens tokens,
    WatchRules rules,
    ConnectRules connecting,
    TimeProvider clock,
    ILogger<WatchHandler> logger) : IWebSocketHandler
{
    // Two messages of one socket at once need two attempts.
    private const int Attempts = 5;

    private static readonly WebSocketAnswer Ok = new(200);

    public async Task<WebSocketAnswer> HandleAsync(WebSocketEvent e, InvocationContext context, CancellationToken ct)
    {
        switch (e.Kind)
        {
            case WebSocketEventKind.Connect:
                return await ConnectAsync(e, ct);
            case WebSocketEventKind.Disconnect:
                await connections.ForgetAsync(e.ConnectionId, stream: null, ct);
                return Ok;
            default:
                return await WatchAsync(e, ct) switch
                {
                    (_, { } refusal) => new(200, refusal.ToJson()),
                    var (watching, _) => new(200, watching),
                };
        }
    }

    private async Task<WebSocketAnswer> ConnectAsync(WebSocketEvent e, CancellationToken ct)
    {
        if (!await connecting.CameByEdge(e.Headers, ct) || !connecting.Allows(e.Headers)) return new(403);
        var caller = ConnectRules.CallerOf(e);
        if (await connections.OpenAsync(e.ConnectionId, caller, connecting.MostPerCaller, ct)) return Ok;
        LogTooMany(caller, connecting.MostPerCaller);
        return new(429);
    }

    private async Task<(string? Watching, SocketRefusal? Refusal)> WatchAsync(WebSocketEvent e, CancellationToken ct)
    {
        if (e.Body is not { } body) return (null, new("malformed", "The message is not text. Send JSON."));
        if (Encoding.UTF8.GetByteCount(body) > PushLimits.MessageBytes)
            return (null, new("too_large", $"A message has at most {PushLimits.MessageBytes / 1024} KB."));
        var (message, refusal) = WatchMessage.Parse(body);
        refusal ??= await RefusalOfAsync(message!, ct);
        if (refusal is not null) return (null, refusal);

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await connections.FindAsync(e.ConnectionId, ct) is not { } open) return (null, new("closed", "The socket is closed. Connect again."));
            var minute = clock.GetUtcNow().ToUnixTimeSeconds() / 60;
            var messages = open.Minute == minute ? open.Messages + 1 : 1;
            if (messages > PushLimits.MessagesPerMinute)
                return (null, new("too_many_messages", $"A socket takes {PushLimits.MessagesPerMinute} messages a minute. Wait before the next."));

            var next = open with { Watches = message!.Watch, Minute = minute, Messages = messages };
            if (await connections.ReplaceAsync(e.ConnectionId, open, next, ct) is not { } written) continue;

            // All of them: an earlier message may have died before it had written its items.
            await connections.WatchAsync(e.ConnectionId, written.Revision, next.Watches, ct);
            await connections.UnwatchAsync(e.ConnectionId, open.Revision, [.. open.Watches.Except(next.Watches)], ct);
            await TakeBackAsync(e.ConnectionId, written, ct);
            return (await WatchingAsync(next.Watches, ct), null);
        }

        return (null, new("busy", "Other messages of this socket came between. Send one at a time."));
    }

    /// <summary>If another message or the end of the socket came between, nobody else removes the items of this message.</summary>
    private async Task TakeBackAsync(string connection, OpenConnection written, CancellationToken ct)
    {
        var now = await connections.FindAsync(connection, ct);
        if (now?.Revision != written.Revision)
            await connections.UnwatchAsync(connection, written.Revision, [.. written.Watches.Except(now?.Watches ?? [])], ct);
    }

    private async Task<SocketRefusal?> RefusalOfAsync(WatchMessage message, CancellationToken ct)
    {
        if (message.Watch.FirstOrDefault(stream => rules.Of(stream.Category) == Visibility.Nobody) is var hidden && hidden != default)
            return new("not_watchable", $"Streams of the category {hidden.Category} cannot be watched.");
        List<StreamId> owned = [.. message.Watch.Where(stream => rules.Of(stream.Category) == Visibility.Owner)];
        if (owned.Count == 0) return null;

        if (message.Token is null) return new("token_required", $"{owned[0]} is private. Send an access token as \"token\".");
        string? subject;
        try
        {
            subject = await tokens.SubjectOfAsync(message.Token, ct);
        }
        catch (TokenKeysUnavailableException e)
        {
            LogNoKeys(e);
            return new("unavailable", "The token cannot be checked now. Try again.");
        }

        if (subject is null) return new("token_invalid", "The token is not a valid access token. Get a new one.");
        var heads = await tips.LoadAsync(owned, ct);
        foreach (var stream in owned)
        {
            // A stream that does not exist gets the same answer, so nobody learns which streams exist.
            if (heads.GetValueOrDefault(stream) is not { } tip || rules.OwnerOf(tip) != subject)
                return new("not_yours", $"{stream} is not yours. You can watch only your own.");
        }

        return null;
    }

    /// <summary>Reads the versions after the watches are written, so the socket gets a hint of every later version.</summary>
    private async Task<string> WatchingAsync(IReadOnlyList<StreamId> streams, CancellationToken ct)
    {
        var heads = streams.Count == 0 ? new Dictionary<StreamId, StreamTip>() : await tips.LoadAsync(streams, ct);
        var json = new StringBuilder("{\"watching\":[");
        foreach (var stream in streams)
        {
            var version = heads.GetValueOrDefault(stream)?.Version ?? 0;
            json.Append(CultureInfo.InvariantCulture, $"{(json[^1] == '[' ? "" : ",")}{{\"stream\":\"{stream}\",\"version\":{version}}}");
        }

        return json.Append("]}").ToString();
    }

    [LoggerMessage(1, LogLevel.Warning, "{Caller} has {Most} open sockets, the most that one address may have.")]
    private partial void LogTooMany(string caller, int most);

    [LoggerMessage(2, LogLevel.Error, "A token could not be checked.")]
    private partial void LogNoKeys(Exception reason);
}
