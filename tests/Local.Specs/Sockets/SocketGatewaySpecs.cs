using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Amazon.ApiGatewayManagementApi;
using Amazon.ApiGatewayManagementApi.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Sockets;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Sockets;

/// <summary>Sockets behave as at API Gateway, also behind the edge.</summary>
public sealed class SocketGatewaySpecs : IAsyncLifetime
{
    private const string SecretHeader = "Shop-Edge-Secret";
    private const string Secret = "edge secret";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeFunction _function = new();
    private SocketGateway? _gateway;
    private EdgeServer? _edge;
    private AmazonApiGatewayManagementApiClient? _connections;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await SocketGateway.StartAsync(0, "/live", NullLoggerFactory.Instance, default, clock: _clock);
        _gateway.Serve(_function);
        _edge = await EdgeServer.StartAsync(
            new EdgeOptions(0, 0, new Uri("http://127.0.0.1:9"), "D", ShopTopology.Edge) { Sockets = new SocketOrigin(_gateway.Url, SecretHeader, Secret) },
            NullLoggerFactory.Instance,
            default);
        _connections = new(
            new BasicAWSCredentials("key", "secret"),
            new AmazonApiGatewayManagementApiConfig { ServiceURL = _gateway.Url.ToString(), AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0 });
    }

    public async ValueTask DisposeAsync()
    {
        _connections!.Dispose();
        await _edge!.DisposeAsync();
        await _gateway!.DisposeAsync();
    }

    [Fact]
    public async Task Socket_is_opened_served_and_closed_by_events_of_the_function()
    {
        using var socket = await OpenAsync();
        var connect = await _function.NextAsync("CONNECT");
        var id = IdOf(connect);

        await SayAsync(socket, "hello");
        Assert.Equal("hello", (await _function.NextAsync("MESSAGE")).GetProperty("body").GetString());
        Assert.Equal("echo hello", await HearAsync(socket));

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Ct);
        Assert.Equal(id, IdOf(await _function.NextAsync("DISCONNECT")));
        await Assert.ThrowsAsync<GoneException>(() => PostAsync(id, "late"));
    }

    [Fact]
    public async Task Edge_shows_its_secret_and_the_viewers_address_and_takes_neither_from_viewers()
    {
        using var socket = await OpenAsync(options =>
        {
            options.SetRequestHeader(SecretHeader, "guessed");
            options.SetRequestHeader("CloudFront-Viewer-Address", "1.2.3.4:5");
            options.SetRequestHeader("Origin", "https://example.com");
        });

        var headers = (await _function.NextAsync("CONNECT")).GetProperty("headers");

        Assert.Equal(Secret, headers.GetProperty(SecretHeader).GetString());
        Assert.StartsWith("127.0.0.1:", headers.GetProperty("CloudFront-Viewer-Address").GetString());
        Assert.Equal("https://example.com", headers.GetProperty("Origin").GetString());
        Assert.Equal(_edge!.Url.Authority, headers.GetProperty("Host").GetString());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(null)]
    public async Task Function_that_does_not_accept_refuses_the_socket(int? status)
    {
        _function.Connect = status;
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Live(), Ct));

        Assert.Equal(status ?? 502, (int)socket.HttpStatusCode);
    }

    [Fact]
    public async Task Posts_arrive_in_order_and_a_description_names_the_client()
    {
        using var socket = await OpenAsync();
        var id = IdOf(await _function.NextAsync("CONNECT"));

        for (var number = 0; number < 20; number++) await PostAsync(id, $"{number}");

        for (var number = 0; number < 20; number++) Assert.Equal($"{number}", await HearAsync(socket));
        Assert.Equal("127.0.0.1", (await _connections!.GetConnectionAsync(new() { ConnectionId = id }, Ct)).Identity!.SourceIp);
    }

    [Fact]
    public async Task Deleted_connection_is_closed()
    {
        using var socket = await OpenAsync();
        var id = IdOf(await _function.NextAsync("CONNECT"));

        await _connections!.DeleteConnectionAsync(new() { ConnectionId = id }, Ct);

        Assert.Null(await HearAsync(socket));
        await _function.NextAsync("DISCONNECT");
        await Assert.ThrowsAsync<GoneException>(() => PostAsync(id, "late"));
    }

    [Fact]
    public async Task Management_is_refused_as_AWS_refuses_it()
    {
        using var socket = await OpenAsync();
        var id = IdOf(await _function.NextAsync("CONNECT"));
        using var http = new HttpClient();

        await Assert.ThrowsAsync<GoneException>(() => PostAsync("AAAAAAAAAAAAAAA=", "x"));
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => PostAsync(id, new string('x', (128 * 1024) + 1)));
        var bad = await Assert.ThrowsAnyAsync<AmazonServiceException>(() => PostAsync("no id", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        using var unsigned = await http.PostAsync(new Uri($"{_gateway!.Url}/@connections/{id}"), new StringContent("x"), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
        using var byEdge = await http.GetAsync(new Uri(_edge!.Url, $"/live/@connections/{id}"), Ct);
        Assert.Equal(HttpStatusCode.BadGateway, byEdge.StatusCode);
    }

    [Fact]
    public async Task Client_that_does_not_read_is_refused_more()
    {
        using var socket = await OpenAsync();
        var id = IdOf(await _function.NextAsync("CONNECT"));
        var large = new string('x', SocketLimits.MessageBytes);

        await Assert.ThrowsAsync<LimitExceededException>(async () =>
        {
            // The sockets' own buffers take some megabytes first.
            for (var number = 0; number < 1_000; number++) await PostAsync(id, large);
        });
    }

    [Theory]
    [InlineData((32 * 1024) + 1, 1)]
    [InlineData(32 * 1024, 5)]
    public async Task Frame_over_32_KB_and_message_over_128_KB_close_the_socket(int frame, int frames)
    {
        using var socket = await OpenAsync();

        for (var number = 1; number <= frames; number++)
            await socket.SendAsync(new byte[frame], WebSocketMessageType.Text, endOfMessage: number == frames, Ct);

        Assert.Null(await HearAsync(socket));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
        Assert.DoesNotContain("MESSAGE", _function.Kinds);
    }

    [Fact]
    public async Task Message_of_128_KB_in_frames_of_32_KB_is_taken()
    {
        using var socket = await OpenAsync();

        for (var number = 1; number <= 4; number++)
            await socket.SendAsync(Encoding.ASCII.GetBytes(new string('x', 32 * 1024)), WebSocketMessageType.Text, number == 4, Ct);

        Assert.Equal(128 * 1024, (await _function.NextAsync("MESSAGE")).GetProperty("body").GetString()!.Length);
    }

    [Fact]
    public async Task Idle_socket_is_closed_after_ten_minutes_and_a_busy_one_after_two_hours()
    {
        using var idle = await OpenAsync();
        var id = IdOf(await _function.NextAsync("CONNECT"));
        _clock.Advance(TimeSpan.FromMinutes(9));
        await SayAsync(idle, "still here");
        Assert.Equal("echo still here", await HearAsync(idle));
        _clock.Advance(TimeSpan.FromMinutes(9));
        await _connections!.GetConnectionAsync(new() { ConnectionId = id }, Ct);

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await HearAsync(idle));
        await _function.NextAsync("DISCONNECT");

        using var busy = await OpenAsync();
        for (var minutes = 0; minutes < 120; minutes += 8)
        {
            await SayAsync(busy, $"{minutes}");
            Assert.Equal($"echo {minutes}", await HearAsync(busy));
            _clock.Advance(TimeSpan.FromMinutes(8));
        }

        Assert.Null(await HearAsync(busy));
    }

    [Fact]
    public async Task Function_that_fails_over_a_message_leaves_the_socket_open()
    {
        using var socket = await OpenAsync();
        await SayAsync(socket, "fail");
        Assert.Contains("Internal server error", await HearAsync(socket));

        await SayAsync(socket, "again");
        Assert.Equal("echo again", await HearAsync(socket));
    }

    private Uri Live() => new UriBuilder(_edge!.Url) { Scheme = "ws", Path = "/live" }.Uri;

    private async Task<ClientWebSocket> OpenAsync(Action<ClientWebSocketOptions>? configure = null)
    {
        var socket = new ClientWebSocket();
        configure?.Invoke(socket.Options);
        await socket.ConnectAsync(Live(), Ct);
        return socket;
    }

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Ct);

    /// <summary>Null when the socket was closed.</summary>
    private static async Task<string?> HearAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer, Ct);
        return read.MessageType == WebSocketMessageType.Close ? null : Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    private Task PostAsync(string id, string text) =>
        _connections!.PostToConnectionAsync(new() { ConnectionId = id, Data = new(Encoding.UTF8.GetBytes(text)) }, Ct);

    private static string IdOf(JsonElement e) => e.GetProperty("requestContext").GetProperty("connectionId").GetString()!;

    private sealed class FakeFunction : IInvoker
    {
        private readonly Lock _gate = new();
        private readonly List<(string Kind, JsonElement Event)> _events = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "Fake";

        /// <summary>The status of its answer to a connect; null to fail.</summary>
        public int? Connect { get; set; } = 200;

        public IReadOnlyList<string> Kinds
        {
            get
            {
                lock (_gate) return [.. _events.Select(e => e.Kind)];
            }
        }

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken ct)
        {
            var e = JsonElement.Parse(payload.Span);
            var kind = e.GetProperty("requestContext").GetProperty("eventType").GetString()!;
            lock (_gate)
            {
                _events.Add((kind, e));
                _more.TrySetResult();
            }

            var text = e.TryGetProperty("body", out var body) ? body.GetString() : null;
            InvocationResult result = (kind == "CONNECT" && Connect is null) || text == "fail" ? new InvocationResult.Failed("Error", "no")
                : kind == "CONNECT" ? Answer(new { statusCode = Connect })
                : kind == "MESSAGE" ? Answer(new { statusCode = 200, body = $"echo {text}" })
                : Answer(new { statusCode = 200 });
            return Task.FromResult(result);
        }

        /// <summary>Waits for an event of that kind, and takes it.</summary>
        public async Task<JsonElement> NextAsync(string kind)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    var at = _events.FindIndex(one => one.Kind == kind);
                    if (at >= 0)
                    {
                        var found = _events[at].Event;
                        _events.RemoveAt(at);
                        return found;
                    }

                    _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    more = _more.Task;
                }

                await more.WaitAsync(Ct);
            }
        }

        private static InvocationResult.Answered Answer(object answer) => new(JsonSerializer.SerializeToUtf8Bytes(answer));
    }
}
