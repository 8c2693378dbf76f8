using System.Globalization;
using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Amazon.Runtime;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Simulation.Services;

/// <summary>
/// CloudFront: it caches what it may, with the keys and times of the topology. It sends one request for all who wait
/// for the same answer, and revalidates stale answers. An invalidation takes 0 to 25 s, only a limited number can be in
/// progress, and a repeated caller reference is recognized. While the origin fails, it serves stale answers unless they
/// forbid it. An answer in flight during an invalidation is still cached.
/// </summary>
public sealed class SimEdge(Simulator simulator, Dice dice, Network network, Truth truth, SimGateway gateway, Func<SimRequest, string?> keyOf) : IAmazonCloudFront
{
    private static readonly string PathHeader = ShopTopology.Edge.PathHeader.ToLowerInvariant();

    private readonly Dictionary<string, Kept> _kept = [];
    private readonly Dictionary<string, Task<Kept?>> _underWay = [];
    private readonly HashSet<string> _references = [];

    // CloudFront allows 3,000, which a world of few products never reaches.
    private readonly int _mostInProgress = dice.Roll("cloudfront.room") < 0.3 ? 2 : 3_000;
    private int _inProgress;

    public IClientConfig Config => throw new NotSupportedException();

    /// <summary>Answers a request from the cache or from the origin.</summary>
    public async Task<SimAnswer> SendAsync(SimRequest request)
    {
        request = Marked(request);
        if (keyOf(request) is not { } key) return await gateway.SendAsync(request);
        if (Fresh(key) is { } kept) return Serve(request, kept);
        if (_underWay.TryGetValue(key, out var fetch) && await fetch is { } shared) return Serve(request, shared);
        var own = new TaskCompletionSource<Kept?>();
        _underWay[key] = own.Task;
        var (answer, stored) = await FetchAsync(key, request);
        if (_underWay.GetValueOrDefault(key) == own.Task) _underWay.Remove(key);
        own.SetResult(stored);
        return stored is null ? answer : Serve(request, stored);
    }

    public Task<CreateInvalidationResponse> CreateInvalidationAsync(CreateInvalidationRequest request, CancellationToken cancellationToken = default) => network.CallAsync(
        "cloudfront",
        "cloudfront.invalidate",
        () =>
        {
            var paths = request.InvalidationBatch!.Paths!.Items!;
            if (_references.Contains(request.InvalidationBatch.CallerReference!)) return new CreateInvalidationResponse();
            if (_inProgress + paths.Count > _mostInProgress && _inProgress > 0) throw new SimulatedFaultException("TooManyInvalidationsInProgress");
            _references.Add(request.InvalidationBatch.CallerReference!);
            _inProgress += paths.Count;
            var shown = paths.Select(path => (path, truth.Invalidated(ProductStreams.IdOf(Guid.Parse(path["/products/".Length..]))))).ToList();
            simulator.After(TimeSpan.FromSeconds(25 * dice.Roll("cloudfront.delay")), () => Forget(shown));
            return new CreateInvalidationResponse();
        },
        cancellationToken);

    public void Dispose()
    {
    }

    /// <summary>
    /// The function at the edge marks escapes in the path for the origin, because the gateway decodes the path.
    /// </summary>
    private static SimRequest Marked(SimRequest request) =>
        request.Path.Contains('%', StringComparison.Ordinal) ? request with { Headers = new Dictionary<string, string>(request.Headers) { [PathHeader] = request.Path } } : request;

    private Kept? Fresh(string key) => _kept.TryGetValue(key, out var kept) && kept.FreshUntil > simulator.Now ? kept : null;

    private SimAnswer Serve(SimRequest request, Kept kept)
    {
        truth.Served(request, kept.Asked, kept.Answer);
        return kept.Answer;
    }

    private async Task<(SimAnswer Answer, Kept? Stored)> FetchAsync(string key, SimRequest request)
    {
        var began = simulator.Now;
        var stale = _kept.GetValueOrDefault(key);
        var tag = stale?.Answer.Header(HeaderNames.ETag);
        var headers = request.Headers.Where(header => header.Key is "origin" || header.Key == PathHeader).ToDictionary();
        if (tag is not null) headers["if-none-match"] = tag;
        var answer = await gateway.SendAsync(request with { Headers = headers, By = null, TokenEnds = null });
        // An old body arrives late.
        if (dice.Happens("edge.slow-fetch", 0.03)) await simulator.Delay(TimeSpan.FromSeconds(20 * dice.Roll("edge.slow-by")));
        truth.Fetched(request, answer, began);
        if (answer.Status >= 500 && stale is not null && stale.Answer.Header(HeaderNames.CacheControl)?.Contains("stale-if-error=0", StringComparison.Ordinal) is not true) return (stale.Answer, stale);
        if (answer.Status is not (200 or 304)) return (answer, null);
        var body = answer.Status == 304 ? stale!.Answer : answer;
        var stored = new Kept(request, body, simulator.Now + LifeOf(answer).Ticks);
        _kept[key] = stored;
        return (body, stored);
    }

    private static TimeSpan LifeOf(SimAnswer answer)
    {
        var life = CacheControlHeaderValue.TryParse(answer.Header(HeaderNames.CacheControl), out var control) && !control.NoStore ? control.SharedMaxAge ?? TimeSpan.Zero : TimeSpan.Zero;
        return life < ShopTopology.Edge.ShortestLife ? ShopTopology.Edge.ShortestLife : life > ShopTopology.Edge.LongestLife ? ShopTopology.Edge.LongestLife : life;
    }

    private void Forget(List<(string Path, long Version)> paths)
    {
        _inProgress -= paths.Count;
        foreach (var (path, version) in paths)
        {
            foreach (var key in _kept.Keys.Where(key => _kept[key].Asked.Target == path).ToList()) _kept.Remove(key);
            truth.Forgotten(ProductStreams.IdOf(Guid.Parse(path["/products/".Length..])), version);
        }
    }

    /// <param name="Asked">The request for which it was fetched.</param>
    private sealed record Kept(
        SimRequest Asked,
        SimAnswer Answer,
        long FreshUntil);
}
