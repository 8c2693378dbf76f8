using System.Net;
using System.Net.Sockets;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// A proxy in front of one service that acts like a faulty network. It delays requests, drops them, drops responses of
/// executed requests, and repeats requests where the client would retry. It can also refuse all connections.
/// </summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _service;
    private readonly Uri _target;
    private readonly ChaosDice _dice;
    private readonly bool _doubles;
    private readonly Task _serving;
    private long _requests;

    /// <param name="doubles">True if the service's client retries. Otherwise a network never repeats a request.</param>
    public ChaosProxy(string service, Uri target, ChaosDice dice, bool doubles = true)
    {
        (_service, _target, _dice, _doubles) = (service, target, dice, doubles);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>True to close every connection immediately.</summary>
    public bool Refuses { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var service = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                if (Refuses) return;
                await service.ConnectAsync(_target.Host, _target.Port, _stop.Token);
                await using var asks = new BufferedStream(client.GetStream(), 16 * 1024);
                await using var answers = new BufferedStream(service.GetStream(), 16 * 1024);
                while (!Refuses && await PassAsync(asks, answers))
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or EndOfStreamException or ObjectDisposedException)
            {
                // One side has closed, so the other is closed too.
            }
        }
    }

    /// <summary>Passes one request and its response. Returns false if the connection ends with it.</summary>
    private async Task<bool> PassAsync(Stream asks, Stream answers)
    {
        if (await HttpMessage.ReadAsync(asks, isBodyless: false, _stop.Token) is not { } request) return false;
        Interlocked.Increment(ref _requests);
        if (_dice.Happens($"{_service}.delayed", 0.05)) await Task.Delay(TimeSpan.FromMilliseconds(400 * _dice.Roll($"{_service}.delay")), _stop.Token);
        if (_dice.Happens($"{_service}.lost", 0.01)) return false;
        var answer = await AskAsync(request, answers);
        if (answer is not null && _doubles && _dice.Happens($"{_service}.twice", 0.01)) answer = await AskAsync(request, answers);
        if (answer is null || _dice.Happens($"{_service}.answer-lost", 0.01)) return false;
        await asks.WriteAsync(answer.Bytes, _stop.Token);
        await asks.FlushAsync(_stop.Token);
        return !request.IsLast && !answer.IsLast;
    }

    private async Task<HttpMessage?> AskAsync(HttpMessage request, Stream answers)
    {
        await answers.WriteAsync(request.Bytes, _stop.Token);
        await answers.FlushAsync(_stop.Token);
        return await HttpMessage.ReadAsync(answers, isBodyless: request.FirstLine.StartsWith("HEAD ", StringComparison.Ordinal), _stop.Token);
    }
}
