using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>The result of a fetch: the response, and whether the origin sent it or confirmed the cached one.</summary>
internal sealed record Fetched(
    OriginAnswer Answer,
    CachedAnswer? Stored,
    bool IsConfirmed);

/// <summary>
/// Fetches public reads for the cache. Each key has one fetch at a time, which all its requests share. A response that
/// may not be cached serves only the request that started the fetch. As in CloudFront, a fetch that an invalidation
/// overtakes still stores its response, so an old body can return for at most its own <c>s-maxage</c>. A stale response
/// is used while the origin fails, unless it forbids that.
/// </summary>
internal sealed class OriginFetch(
    EdgeCache cache,
    EdgeOptions options,
    HttpMessageInvoker client)
{
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length", "Date", "Server",
    };

    /// <summary>
    /// The request headers that the origin does not get. The distribution's origin request policy forwards every header
    /// except <c>Host</c>, including the token (CloudFront's guide, "Configure CloudFront to forward the Authorization
    /// header"). The cache sets its own conditions and encodings.
    /// </summary>
    private static readonly HashSet<string> NotForwarded = new(
        [.. OfOneConnection, "Host", "Accept-Encoding", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range"],
        StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<CacheKey, Task<Fetched>> _underWay = new();

    /// <exception cref="HttpRequestException">The origin cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The fetch timed out, or the client disconnected.</exception>
    public async Task<(Fetched Fetched, bool WasShared)> GetAsync(CacheKey key, HttpRequest request, CancellationToken ct)
    {
        // The fetch copies what it needs, because it can outlive the request.
        var uri = UriOf(key.Target);
        var headers = request.Headers.Where(header => !NotForwarded.Contains(header.Key)).ToList();
        var mine = new TaskCompletionSource<Fetched>(TaskCreationOptions.RunContinuationsAsynchronously);
        var task = _underWay.GetOrAdd(key, mine.Task);
        if (task == mine.Task)
        {
            _ = CompleteAsync(mine, key, uri, headers);
            return (await task.WaitAsync(ct), false);
        }

        var shared = await task.WaitAsync(ct);
        return shared.Stored is not null ? (shared, true) : (await FetchAsync(key, uri, headers), false);
    }

    /// <summary>
    /// Builds the URI on the origin's host. A target such as <c>//elsewhere/</c>, resolved as a reference, would name
    /// another host.
    /// </summary>
    private Uri UriOf(string target) =>
        new(options.Origin.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private async Task CompleteAsync(TaskCompletionSource<Fetched> mine, CacheKey key, Uri uri, List<KeyValuePair<string, StringValues>> headers)
    {
        try
        {
            mine.SetResult(await FetchAsync(key, uri, headers));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            mine.SetException(e);
            // Reading the exception marks it as observed if its client has disconnected.
            _ = mine.Task.Exception;
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<Fetched> FetchAsync(CacheKey key, Uri uri, List<KeyValuePair<string, StringValues>> headers)
    {
        var stale = cache.Find(key);
        OriginAnswer answer;
        try
        {
            answer = await AskAsync(uri, headers, stale);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException && StandsIn(stale))
        {
            return new(stale.Answer, stale, IsConfirmed: true);
        }

        if (answer.Status >= StatusCodes.Status500InternalServerError && StandsIn(stale))
            return new(stale.Answer, stale, IsConfirmed: true);
        if (answer.Status == StatusCodes.Status304NotModified && stale is not null)
            return Confirm(key, stale, answer);
        return Keep(key, answer);
    }

    private bool StandsIn([NotNullWhen(true)] CachedAnswer? stale) => stale?.StandsInAt(options.Clock.GetUtcNow()) == true;

    private async Task<OriginAnswer> AskAsync(Uri uri, List<KeyValuePair<string, StringValues>> headers, CachedAnswer? stale)
    {
        using var timeout = new CancellationTokenSource(options.OriginTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (stale?.OriginETag is { } tag)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        foreach (var (name, values) in headers)
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);

        using var response = await client.SendAsync(request, timeout.Token);
        return await ReadAsync(response, timeout.Token);
    }

    private Fetched Keep(CacheKey key, OriginAnswer answer)
    {
        var life = options.Lifetime.Of(answer, options.Clock.GetUtcNow());
        var compressed = Compression.Compress(answer, key.Encoding);
        if (life <= TimeSpan.Zero)
            return new(compressed, null, IsConfirmed: false);
        var stored = new CachedAnswer(compressed, answer.ETag, options.Clock.GetUtcNow(), life);
        cache.Store(key, stored);
        return new(compressed, stored, IsConfirmed: false);
    }

    private Fetched Confirm(CacheKey key, CachedAnswer stale, OriginAnswer confirmation)
    {
        var life = options.Lifetime.Of(confirmation with { Status = StatusCodes.Status200OK }, options.Clock.GetUtcNow());
        var stored = stale with { StoredAt = options.Clock.GetUtcNow(), Life = life };
        cache.Store(key, stored);
        return new(stored.Answer, stored, IsConfirmed: true);
    }

    private static async Task<OriginAnswer> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !OfOneConnection.Contains(header.Key))
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))
            .ToList();
        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(ct));
    }
}
