using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.LocalRuntime.Specs.Lambda;

namespace ServerlessCqrs.LocalRuntime.Specs.Edge;

public sealed class EdgeCachingSpecs
{
    [Fact]
    public async Task A_public_read_is_asked_of_the_origin_once_while_it_is_fresh()
    {
        await using var edge = await EdgeInHand.StartAsync();

        var first = await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(29));
        var second = await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(1));
        var third = await edge.GetAsync("/products/1");

        Assert.Equal(("1", "Miss"), (first.Body, first.Cache));
        Assert.Equal(("1", "Hit"), (second.Body, second.Cache));
        Assert.Equal(TimeSpan.FromSeconds(29), second.Response.Headers.Age);
        Assert.Equal(("2", "Miss"), (third.Body, third.Cache));
        Assert.Contains("CloudFront", second.Response.Headers.Via.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The distribution's minimum TTL is one second, its maximum five minutes.</summary>
    [Theory]
    [InlineData("s-maxage=30, max-age=0", 30)]
    [InlineData("public, max-age=30", 30)]
    [InlineData("s-maxage=86400", 300)]
    [InlineData("max-age=30, s-maxage=0", 1)]
    [InlineData("no-store", 1)]
    [InlineData("no-store, s-maxage=30", 1)]
    [InlineData("no-cache, s-maxage=30", 1)]
    [InlineData("private, max-age=30", 1)]
    [InlineData("max-age=0", 1)]
    [InlineData(null, 1)]
    public async Task An_answer_is_kept_as_CloudFront_keeps_it(string? cacheControl, int seconds)
    {
        await using var edge = await EdgeInHand.StartAsync(cacheControl);

        await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        var last = await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromMilliseconds(1));
        var next = await edge.GetAsync("/products/1");

        Assert.Equal(("Hit", "Miss"), (last.Cache, next.Cache));
    }

    [Theory]
    [InlineData(404, "no-store", false)]
    [InlineData(404, null, false)]
    [InlineData(404, "s-maxage=5", true)]
    [InlineData(404, "no-store, s-maxage=5", false)]
    [InlineData(503, "no-store", false)]
    [InlineData(503, "s-maxage=5", true)]
    [InlineData(500, null, false)]
    [InlineData(400, "max-age=5", true)]
    [InlineData(400, "public", false)]
    [InlineData(401, "max-age=5", false)]
    [InlineData(410, "max-age=5", false)]
    [InlineData(429, "max-age=5", false)]
    public async Task An_error_is_kept_only_when_CloudFront_knows_its_status_and_it_asks_for_it(int status, string? cacheControl, bool isKept)
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer(cacheControl, status);

        await edge.GetAsync("/products/1");
        var second = await edge.GetAsync("/products/1");

        Assert.Equal(isKept ? ("Hit", "1") : ("Error", "2"), (second.Cache, second.Body));
        Assert.Equal(status, (int)second.Response.StatusCode);
    }

    [Theory]
    [InlineData(301, null, true)]
    [InlineData(308, "no-store", true)]
    [InlineData(308, null, false)]
    [InlineData(307, null, false)]
    public async Task A_redirect_is_kept_as_CloudFront_keeps_it(int status, string? cacheControl, bool isKept)
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer(cacheControl, status);

        await edge.GetAsync("/products/1");
        var second = await edge.GetAsync("/products/1");

        Assert.Equal(isKept ? "Hit" : "Miss", second.Cache);
    }

    [Theory]
    [InlineData("/users/me/orders")]
    [InlineData("/USERS/me/orders")]
    [InlineData("/orders/1")]
    [InlineData("/commands/product-1/2")]
    [InlineData("/products/1/history")]
    public async Task A_private_read_is_never_kept_whatever_the_origin_says_and_keeps_its_token(string path)
    {
        await using var edge = await EdgeInHand.StartAsync();

        await edge.GetAsync(path, ("Authorization", "Bearer a"));
        var second = await edge.GetAsync(path, ("Authorization", "Bearer b"));

        Assert.Equal("2", second.Body);
        Assert.Equal(["Bearer a", "Bearer b"], edge.Origin.AskedHeaders.Select(headers => headers["Authorization"]));
    }

    [Fact]
    public async Task A_write_passes_with_its_token_and_body()
    {
        await using var edge = await EdgeInHand.StartAsync();
        string? body = null;
        edge.Origin.Answer = async http => body = await new StreamReader(http.Request.Body).ReadToEndAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.Edge.Url, "/products")) { Content = new StringContent("""{"a":1}""") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer a");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"a":1}""", body);
        Assert.Equal("Bearer a", edge.Origin.AskedHeaders.Single()["Authorization"]);
    }

    /// <summary>
    /// CloudFront forwards every header of the first client. The query service ignores the token of a public read.
    /// </summary>
    [Fact]
    public async Task Public_read_carries_the_first_viewers_token_to_the_origin_and_is_shared()
    {
        await using var edge = await EdgeInHand.StartAsync();

        await edge.GetAsync("/products/1", ("Authorization", "Bearer a"));
        var second = await edge.GetAsync("/products/1", ("Authorization", "Bearer b"));

        Assert.Equal(("1", "Hit"), (second.Body, second.Cache));
        Assert.Equal("Bearer a", edge.Origin.AskedHeaders.Single()["Authorization"]);
    }

    [Theory]
    [InlineData("GET", "/products/1")]
    [InlineData("GET", "/users/me")]
    [InlineData("POST", "/products")]
    public async Task Header_that_is_not_ASCII_reaches_the_origin(string method, string path)
    {
        await using var edge = await EdgeInHand.StartAsync();

        using var answer = await edge.SendAsync(new HttpMethod(method), path, ("Idempotency-Key", "é日"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("é日", edge.Origin.AskedHeaders.Single()["Idempotency-Key"]);
    }

    /// <summary>CloudFront caches under the original URL, and forwards it unchanged.</summary>
    [Fact]
    public async Task Every_spelling_of_a_path_is_an_object_of_its_own()
    {
        await using var edge = await EdgeInHand.StartAsync();
        string[] spellings = ["/products/a-b", "/products/a%2Db", "/products/a%2db", "/products/./a-b", "/products//a-b", "/products/a-b/"];

        foreach (var spelling in spellings)
        {
            await RawHttp.SendAsync(edge.Edge.Url, $"GET {spelling} HTTP/1.1", $"Host: {edge.Edge.Url.Authority}");
            await RawHttp.SendAsync(edge.Edge.Url, $"GET {spelling} HTTP/1.1", $"Host: {edge.Edge.Url.Authority}");
        }

        Assert.Equal(spellings.Length, edge.Origin.Asked.Count);
    }

    [Fact]
    public async Task Query_strings_and_case_make_objects_of_their_own()
    {
        await using var edge = await EdgeInHand.StartAsync();

        string[] bodies = ["/products", "/products?sort=price", "/products?sort=name", "/Products", "/products?sort=price"];
        var got = new List<string>();
        foreach (var path in bodies)
            got.Add((await edge.GetAsync(path)).Body);

        Assert.Equal(["1", "2", "3", "4", "2"], got);
    }

    [Fact]
    public async Task A_stale_object_is_confirmed_by_its_ETag_and_lives_anew()
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer("s-maxage=30", etag: _ => "\"7\"");
        await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(31));

        var confirmed = await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(29));
        var after = await edge.GetAsync("/products/1");

        Assert.Equal(("1", "RefreshHit"), (confirmed.Body, confirmed.Cache));
        Assert.Equal(("1", "Hit"), (after.Body, after.Cache));
        Assert.Equal("\"7\"", edge.Origin.AskedHeaders.Last()["If-None-Match"]);
    }

    [Fact]
    public async Task A_stale_object_that_changed_is_replaced()
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer("s-maxage=30", etag: count => $"\"{count}\"");
        await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(31));

        var changed = await edge.GetAsync("/products/1");

        Assert.Equal(("2", "Miss"), (changed.Body, changed.Cache));
    }

    [Theory]
    [InlineData("\"7\"", HttpStatusCode.NotModified)]
    [InlineData("W/\"7\"", HttpStatusCode.NotModified)]
    [InlineData("\"6\", \"7\"", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"6\"", HttpStatusCode.OK)]
    public async Task A_viewer_who_has_the_object_is_told_that_it_did_not_change(string ifNoneMatch, HttpStatusCode status)
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer("s-maxage=30", etag: _ => "\"7\"");
        await edge.GetAsync("/products/1");

        var (body, cache, response) = await edge.GetAsync("/products/1", ("If-None-Match", ifNoneMatch));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("Hit", cache);
        Assert.Equal(status == HttpStatusCode.OK ? "1" : "", body);
        Assert.Equal("\"7\"", response.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task HEAD_is_answered_from_a_kept_GET()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.GetAsync("/products/1");

        using var head = await edge.SendAsync(HttpMethod.Head, "/products/1");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(1, head.Content.Headers.ContentLength);
        Assert.Single(edge.Origin.Asked);
    }

    [Fact]
    public async Task Many_who_miss_at_once_cost_the_origin_one_request()
    {
        await using var edge = await EdgeInHand.StartAsync();
        var open = new TaskCompletionSource();
        edge.Origin.Answer = async http =>
        {
            await open.Task;
            http.Response.Headers.CacheControl = "s-maxage=30";
            await http.Response.WriteAsync("once");
        };

        var asked = Enumerable.Range(0, 20).Select(_ => edge.GetAsync("/products/1")).ToArray();
        await Waiting.UntilAsync(() => !edge.Origin.Asked.IsEmpty, "the origin to be asked");
        open.SetResult();
        var answers = await Task.WhenAll(asked);

        Assert.All(answers, answer => Assert.Equal("once", answer.Body));
        Assert.Single(edge.Origin.Asked);
    }

    [Fact]
    public async Task Many_who_ask_at_once_for_what_may_not_be_kept_get_each_their_own()
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer("no-store", status: 503);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => edge.GetAsync("/products/1?atLeastVersion=7")));

        Assert.Equal(10, edge.Origin.Asked.Count);
        Assert.All(answers, answer => Assert.Equal("Error", answer.Cache));
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0.5", "gzip")]
    [InlineData("identity", null)]
    public async Task A_body_is_compressed_as_the_viewer_takes_it_and_its_ETag_is_weak_then(string accept, string? encoding)
    {
        await using var edge = await EdgeInHand.StartAsync();
        edge.Answer("s-maxage=30", etag: _ => "\"7\"", padding: 2_000);

        using var response = await edge.SendAsync(HttpMethod.Get, "/products/1", ("Accept-Encoding", accept));

        await using var raw = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(raw, CompressionMode.Decompress),
            "gzip" => new GZipStream(raw, CompressionMode.Decompress),
            _ => raw,
        };
        Assert.Equal("1".PadRight(2_000), await new StreamReader(plain).ReadToEndAsync());
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(encoding is null ? "\"7\"" : "W/\"7\"", response.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("s-maxage=30", 3_600, true)]
    [InlineData("no-store", 3_600, true)]
    [InlineData("s-maxage=30, stale-if-error=0", 30, false)]
    [InlineData("no-store, stale-if-error=0", 30, false)]
    [InlineData("s-maxage=30, stale-if-error=60", 89, true)]
    [InlineData("s-maxage=30, stale-if-error=60", 90, false)]
    public async Task Stale_answer_stands_in_while_the_origin_fails_unless_it_forbids_that(string cacheControl, int age, bool standsIn)
    {
        await using var edge = await EdgeInHand.StartAsync(cacheControl);
        await edge.GetAsync("/products/1");
        edge.Clock.Pass(TimeSpan.FromSeconds(age));

        edge.Answer("no-store", status: 503);
        var failing = await edge.GetAsync("/products/1");
        await edge.Origin.DisposeAsync();
        var gone = await edge.GetAsync("/products/1");

        Assert.Equal(standsIn ? (200, "1", "RefreshHit") : (503, "2", "Error"), ((int)failing.Response.StatusCode, failing.Body, failing.Cache));
        Assert.Equal(standsIn ? 200 : 502, (int)gone.Response.StatusCode);
    }

    [Fact]
    public async Task The_origin_that_cannot_be_reached_is_a_bad_gateway()
    {
        await using var edge = await EdgeInHand.StartAsync();
        await edge.Origin.DisposeAsync();

        var answer = await edge.GetAsync("/products/1");

        Assert.Equal(HttpStatusCode.BadGateway, answer.Response.StatusCode);
    }

    [Fact]
    public async Task What_was_used_least_recently_makes_room()
    {
        // Room for two of these: a body of 1,000 bytes plus the overhead of an entry.
        await using var edge = await EdgeInHand.StartAsync(change: options => options with { CacheBytes = 5_000 });
        edge.Answer("s-maxage=30", padding: 1_000);

        await edge.GetAsync("/products/1");
        await edge.GetAsync("/products/2");
        await edge.GetAsync("/products/1");
        await edge.GetAsync("/products/3");

        Assert.Equal("Hit", (await edge.GetAsync("/products/1")).Cache);
        Assert.Equal("Miss", (await edge.GetAsync("/products/2")).Cache);
    }
}
