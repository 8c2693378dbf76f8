using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventsToBrowsers;
using ServerlessCqrs.LocalRuntime.Identity;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web;

namespace ServerlessCqrs.Functions.Specs.EventsToBrowsers;

/// <summary>A token in a message passes the check of tokens in headers.</summary>
public sealed class TokenSpecs : IAsyncDisposable
{
    private const string Audience = "shop-specs";
    private readonly string _folder = Directory.CreateTempSubdirectory("token-specs-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Token_of_the_issuer_tells_its_subject_and_any_other_text_nobody()
    {
        await using var identity = await IdentityProvider.StartAsync(
            new IdentityOptions(0, _folder, Audience, ShopTopology.All.Groups),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            Ct);
        await using var services = Services(identity.Issuer, Audience);
        var tokens = services.GetRequiredService<AccessTokenSubjects>();
        var token = identity.Issue(new TokenRequest("ann", "ann@example.com", "customer"));

        Assert.Equal("ann", await tokens.SubjectOfAsync(token, Ct));
        Assert.Null(await tokens.SubjectOfAsync(token[..^10] + "AAAAAAAAAA", Ct));
        Assert.Null(await tokens.SubjectOfAsync("nonsense", Ct));
        Assert.Null(await tokens.SubjectOfAsync("", Ct));
        await using var others = Services(identity.Issuer, "another client");
        Assert.Null(await others.GetRequiredService<AccessTokenSubjects>().SubjectOfAsync(token, Ct));
    }

    [Fact]
    public async Task Token_is_not_called_wrong_while_the_issuer_is_away()
    {
        await using var services = Services("http://127.0.0.1:9", Audience);

        await Assert.ThrowsAsync<TokenKeysUnavailableException>(() => services.GetRequiredService<AccessTokenSubjects>().SubjectOfAsync("a.b.c", Ct));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    private static ServiceProvider Services(string issuer, string audience)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<AccessTokenSubjects>();
        services.AddTokenAuthentication(new TokenSettings(issuer, audience, []), ShopDomain.Instance);
        return services.BuildServiceProvider();
    }
}
