using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.LocalRuntime.Edge;
using ServerlessCqrs.LocalRuntime.Specs.Gateway;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

/// <summary>
/// An edge in front of an origin whose responses count up: <c>1</c>, <c>2</c>, … So a body shows which request it came
/// from.
/// </summary>
internal sealed class EdgeInHand : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });

    private EdgeInHand(EdgeServer edge, FakeService origin, SetClock clock) => (Edge, Origin, Clock) = (edge, origin, clock);

    public const string Distribution = "E1LOCAL";

    public EdgeServer Edge { get; }

    public FakeService Origin { get; }

    public SetClock Clock { get; }

    public static async Task<EdgeInHand> StartAsync(string? cacheControl = "s-maxage=30", Func<EdgeOptions, EdgeOptions>? change = null)
    {
        var clock = new SetClock();
        var origin = await FakeService.StartAsync();
        var options = new EdgeOptions(0, 0, origin.Url, Distribution, ShopTopology.Edge) { Clock = clock };
        var edge = await EdgeServer.StartAsync(change?.Invoke(options) ?? options, NullLoggerFactory.Instance, default);
        var inHand = new EdgeInHand(edge, origin, clock);
        inHand.Answer(cacheControl);
        return inHand;
    }

    /// <summary>Makes the origin respond with the padded count of its requests.</summary>
    public void Answer(string? cacheControl, int status = 200, Func<int, string>? etag = null, int padding = 0) => Origin.Answer = async http =>
    {
        var count = Origin.Asked.Count;
        var tag = etag?.Invoke(count);
        if (cacheControl is not null)
            http.Response.Headers.CacheControl = cacheControl;
        if (tag is not null)
            http.Response.Headers.ETag = tag;
        if (tag is not null && http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture).PadRight(padding));
    };

    public async Task<(string Body, string Cache, HttpResponseMessage Response)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var response = await SendAsync(HttpMethod.Get, path, headers);
        return ((await response.Content.ReadAsStringAsync()).Trim(), response.Headers.GetValues("X-Cache").Single().Split(' ')[0], response);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(Edge.Url, path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Edge.DisposeAsync();
        await Origin.DisposeAsync();
    }
}

internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Pass(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}
