using System.Net;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>Only the console's own page, on this machine and with the token, gets a response.</summary>
public sealed class GuardSpecs : IAsyncLifetime
{
    private readonly Given _given = new();

    public async ValueTask InitializeAsync() => await _given.StartAsync();

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Theory]
    [InlineData("/api/about")]
    [InlineData("/api/flow")]
    [InlineData("/api/streams/account-1")]
    [InlineData("/api/deadletters/")]
    [InlineData("/api/readmodels/")]
    [InlineData("/api/nothing")]
    public async Task Data_needs_the_token(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, path, ("Console-Token", null)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, path, ("Console-Token", $"{Given.Token}0")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(HttpMethod.Get, path, ("Console-Token", ""), ("Cookie", $"Console-Token={Given.Token}")));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example")]
    public async Task Host_of_another_name_is_refused_even_with_the_token(string host)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/api/about", ("Host", host)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/", ("Host", host)));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task Change_needs_the_page_s_own_origin(string? origin)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Post, "/api/deadletters/redrive", ("Origin", origin)));
        Assert.Empty(_given.Done);
    }

    [Fact]
    public async Task Request_that_a_browser_calls_cross_site_gets_no_data()
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/api/about", ("Sec-Fetch-Site", "cross-site")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/api/about", ("Sec-Fetch-Site", "same-site")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/api/about", ("Sec-Fetch-Site", "same-origin")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"), ("Console-Token", null)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "none"), ("Console-Token", null)));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stream/account-1/3")]
    [InlineData("/api/about")]
    [InlineData("/api/nothing")]
    public async Task Answers_forbid_inline_script_frames_and_caches(string path)
    {
        using var answer = await _given.SendAsync(HttpMethod.Get, path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Refusals_are_not_cached_either()
    {
        using var answer = await _given.SendAsync(HttpMethod.Get, "/api/about", headers: ("Console-Token", null));

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public void Url_is_on_127_0_0_1_and_hides_the_token_from_requests()
    {
        Assert.Equal("127.0.0.1", _given.Url.Host);
        Assert.Equal($"#{Given.Token}", _given.Url.Fragment);
        Assert.DoesNotContain(Given.Token, _given.Url.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_are_128_bits_and_never_the_same()
    {
        Assert.Matches("^[0-9a-f]{32}$", ConsoleOptions.NewToken());
        Assert.NotEqual(ConsoleOptions.NewToken(), ConsoleOptions.NewToken());
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var answer = await _given.SendAsync(method, path, headers: headers);
        return answer.StatusCode;
    }
}
