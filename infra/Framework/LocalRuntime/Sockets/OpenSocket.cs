using System.Net.WebSockets;
using System.Threading.Channels;

namespace ServerlessCqrs.LocalRuntime.Sockets;

/// <summary>One socket: reads its client's messages, and sends what is posted to it in order.</summary>
internal sealed class OpenSocket : IDisposable
{
    private readonly WebSocket _socket;
    private readonly FrameStream _frames;
    private readonly SocketLimits _limits;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<byte[]> _unread = Channel.CreateBounded<byte[]>(SocketLimits.UnreadMessages);
    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;

    public OpenSocket(string id, string address, string agent, FrameStream frames, SocketLimits limits, TimeProvider clock)
    {
        (Id, Address, Agent, _frames, _limits, _clock) = (id, address, agent, frames, limits, clock);
        OpenedAt = clock.GetUtcNow();
        _socket = WebSocket.CreateFromStream(frames, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
    }

    public string Id { get; }

    public string Address { get; }

    public string Agent { get; }

    public DateTimeOffset OpenedAt { get; }

    public DateTimeOffset LastActive => _frames.LastActive;

    /// <summary>False when the client reads too slowly.</summary>
    public bool TryPost(byte[] message) => _unread.Writer.TryWrite(message);

    /// <summary>Closes it; <see cref="RunAsync"/> ends.</summary>
    public void Close(WebSocketCloseStatus status)
    {
        _status = status;
        _end.Cancel();
    }

    /// <summary>Serves the socket until either side ends it. Returns the status that it was closed with.</summary>
    /// <param name="onMessage">Gets each message; null for one that is not text. Messages are not waited for.</param>
    public async Task<WebSocketCloseStatus> RunAsync(Func<string?, Task> onMessage, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stop);
        var sending = SendAsync(over.Token);
        var watching = WatchAsync(over.Token);
        var receiving = ReceiveAsync(onMessage, over.Token);
        await Task.WhenAny(receiving, sending, watching);
        await over.CancelAsync();
        _unread.Writer.TryComplete();
        await Task.WhenAll(
            receiving.ContinueWith(_ => { }, TaskScheduler.Default),
            sending.ContinueWith(_ => { }, TaskScheduler.Default),
            watching.ContinueWith(_ => { }, TaskScheduler.Default));
        return _status;
    }

    public void Dispose()
    {
        _end.Dispose();
        _socket.Dispose();
    }

    private async Task ReceiveAsync(Func<string?, Task> onMessage, CancellationToken ct)
    {
        var buffer = new byte[SocketLimits.FrameBytes];
        using var message = new MemoryStream();
        // A read that is cancelled would abort the socket before it is closed in form.
        while (await ReadAsync(buffer, ct) is { } read)
        {
            if (read.MessageType == WebSocketMessageType.Close)
            {
                _status = _socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure;
                await CloseOutputAsync(_status);
                return;
            }

            message.Write(buffer, 0, read.Count);
            if (_frames.HasTooLarge || message.Length > SocketLimits.MessageBytes)
            {
                _status = WebSocketCloseStatus.MessageTooBig;
                break;
            }

            if (!read.EndOfMessage) continue;
            var text = read.MessageType == WebSocketMessageType.Text ? System.Text.Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length) : null;
            message.SetLength(0);
            _ = onMessage(text);
        }

        await CloseOutputAsync(_status);
    }

    private async Task<ValueWebSocketReceiveResult?> ReadAsync(byte[] buffer, CancellationToken ct)
    {
        var read = _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (ct.Register(() => ended.TrySetResult()))
        {
            await Task.WhenAny(read, ended.Task);
        }

        if (read.IsCompleted) return await read;
        // It ends with the connection.
        _ = read.ContinueWith(task => task.Exception, TaskScheduler.Default);
        return null;
    }

    private async Task CloseOutputAsync(WebSocketCloseStatus status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(status == WebSocketCloseStatus.Empty ? WebSocketCloseStatus.NormalClosure : status, null, patience.Token);
    }

    private async Task SendAsync(CancellationToken ct)
    {
        await foreach (var message in _unread.Reader.ReadAllAsync(ct))
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, ct);
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        while (true)
        {
            var now = _clock.GetUtcNow();
            var left = TimeSpan.FromTicks(Math.Min((OpenedAt + _limits.Life - now).Ticks, (LastActive + _limits.Idle - now).Ticks));
            if (left <= TimeSpan.Zero) break;
            await Task.Delay(left, _clock, ct);
        }

        Close(WebSocketCloseStatus.EndpointUnavailable);
    }
}
