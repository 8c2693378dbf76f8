using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessCqrs.Journeys.Page;

/// <summary>The socket of one page, with its messages. A test can cut it.</summary>
internal sealed class PageSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly List<string> _received = [];
    private IWebSocketRoute? _open;
    private bool _isCut;

    /// <summary>Listens to the page's sockets. Call it before the page opens.</summary>
    public Task ListenAsync(IPage page) => page.RouteWebSocketAsync(url => new Uri(url).AbsolutePath == "/live", Connect);

    /// <summary>Waits until the socket hints this stream.</summary>
    public Task WatchesAsync(string stream) => Eventually.TrueAsync(
        () => Task.FromResult(Received.Any(message =>
            message.TryGetProperty("watching", out var watching)
            && watching.EnumerateArray().Any(one => one.GetProperty("stream").GetString() == stream))),
        Patience,
        () => $"the page does not watch {stream}: {string.Join(", ", Received)}");

    public bool HintedOf(string stream, int version) => Received.Any(message =>
        message.TryGetProperty("stream", out var hinted)
        && hinted.GetString() == stream
        && message.GetProperty("version").GetInt32() == version);

    /// <summary>Closes the socket, and every new one until <see cref="Mend"/>.</summary>
    public async Task CutAsync()
    {
        IWebSocketRoute? open;
        lock (_gate) (_isCut, open) = (true, _open);
        if (open is not null) await open.CloseAsync();
    }

    public void Mend()
    {
        lock (_gate) _isCut = false;
    }

    private List<JsonElement> Received
    {
        get
        {
            lock (_gate) return [.. _received.Select(text => JsonElement.Parse(text))];
        }
    }

    private void Connect(IWebSocketRoute page)
    {
        lock (_gate)
        {
            if (_isCut)
            {
                _ = page.CloseAsync();
                return;
            }

            _open = page;
        }

        page.ConnectToServer().OnMessage(frame =>
        {
            lock (_gate) _received.Add(frame.Text!);
            page.Send(frame.Text!);
        });
    }
}
