using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks.Sockets;

/// <summary>A page with a real socket that watches one stream.</summary>
internal sealed class WatchedPage(StreamId stream) : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly TaskCompletionSource _watching = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    public StreamId Stream => stream;

    /// <summary>The newest version that a hint named.</summary>
    public long Version => Interlocked.Read(ref _version);

    public bool IsGone { get; private set; }

    /// <summary>Called with each hinted version.</summary>
    public Action<long> Heard { get; set; } = _ => { };

    public async Task OpenAsync(Uri gateway, CancellationToken ct)
    {
        await _socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws" }.Uri, ct);
        _ = Task.Run(ListenAsync, CancellationToken.None);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { watch = new[] { stream.ToString() } }), WebSocketMessageType.Text, true, ct);
        await _watching.Task.WaitAsync(ct);
    }

    /// <summary>The page's machine disappears, without a word to the server.</summary>
    public void Vanish()
    {
        IsGone = true;
        _socket.Abort();
    }

    public void Dispose()
    {
        IsGone = true;
        _socket.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) return;
                var message = JsonElement.Parse(Encoding.UTF8.GetString(buffer, 0, read.Count));
                if (!message.TryGetProperty("version", out var version)) _watching.TrySetResult();
                else
                {
                    Interlocked.Exchange(ref _version, Math.Max(Version, version.GetInt64()));
                    Heard(version.GetInt64());
                }
            }
        }
        catch (Exception) when (IsGone)
        {
            // The benchmark ended it.
        }
    }
}
