using System.Security.Claims;
using Amazon.DynamoDBv2;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Projections.Lag;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Degradation;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>Bugs in the HTTP services' own programs, as another developer might write them.</summary>
internal static class MutantsOfHttp
{
    public static void IgnoreAtLeastVersion(IServiceCollection services) => services.Before(http =>
    {
        if (!http.Request.Query.ContainsKey("atLeastVersion")) return;
        http.Request.QueryString = QueryString.Empty;
        http.Response.OnStarting(() => Keep(http, "no-store, stale-if-error=0"));
    });

    public static void IgnoreIfMatch(IServiceCollection services) => services.Before(http => http.Request.Headers.Remove("If-Match"));

    public static void KeepEverything(IServiceCollection services) => services.Before(http => http.Response.OnStarting(() => Keep(http, "public, max-age=0, s-maxage=10, stale-if-error=0")));

    public static void KeepAnySpelling(IServiceCollection services) => services.Before(http =>
    {
        if (http.Request.Path.Value is { } path && path.StartsWith("/products/", StringComparison.Ordinal) && (path.EndsWith('/') || path.Any(char.IsAsciiLetterUpper)))
            http.Response.OnStarting(() => Keep(http, "public, max-age=0, s-maxage=10, stale-if-error=0"));
    });

    /// <summary>
    /// CloudFront serves stale answers for as long as the origin fails, unless an answer forbids that.
    /// </summary>
    public static void KeepPastItsTime(IServiceCollection services) => services.Before(http => http.Response.OnStarting(() =>
    {
        http.Response.Headers.CacheControl = http.Response.Headers.CacheControl.ToString().Replace(", stale-if-error=0", "", StringComparison.Ordinal);
        return Task.CompletedTask;
    }));

    /// <summary>Lists are longer than a Lambda response may be.</summary>
    public static void AnswerWithoutEnd(IServiceCollection services) => services.AddSingleton<IStartupFilter>(new Padding());

    public static void OverlookEscapes(IServiceCollection services) => services.Before(http => http.Request.Headers.Remove(ShopTopology.Edge.PathHeader));

    /// <summary>An unreadable request is the server's error.</summary>
    public static void BlameTheServer(IServiceCollection services) => services.Before(http => http.Response.OnStarting(() =>
    {
        if (http.Request.Path == "/orders" && http.Response.StatusCode == StatusCodes.Status400BadRequest) http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }));

    /// <summary>An unreadable request counts as done.</summary>
    public static void SwallowTheUnreadable(IServiceCollection services) => services.Before(http => http.Response.OnStarting(() =>
    {
        if (http.Request.Path == "/orders" && http.Response.StatusCode == StatusCodes.Status400BadRequest) http.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }));

    /// <summary>A 404 is returned without reading the tip.</summary>
    public static void BelieveMisses(IServiceCollection services) => services.AddSingleton(all => new UnprojectedStreams(new Lanes(
        new UnseenTips(all.GetRequiredService<IStreamTips>()),
        all.GetRequiredService<IEventHistory>(),
        all.GetRequiredService<IEventLog>(),
        all.GetRequiredService<IAuditTrail>(),
        all.GetRequiredService<IStreamLookup>(),
        all.GetRequiredService<ISnapshots>(),
        all.GetRequiredService<Dependencies>(),
        all.GetRequiredService<TimeProvider>())));

    public static void RecordTheLag(IServiceCollection services) => services.AddSingleton<ILagRecorder>(all => new DynamoLagWatermarks(all.GetRequiredService<IAmazonDynamoDB>(), ShopTopology.Checkpoints.Name));

    public static void KeepNothing(IServiceCollection services) => services.Before(http => http.Response.OnStarting(() => Keep(http, "no-store, stale-if-error=0")));

    public static void NobodyIsASeller(IServiceCollection services) => services.AddSingleton<IClaimsTransformation>(new Demotion());

    public static void TokensNeverExpire(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme,
        options => options.TokenValidationParameters.LifetimeValidator = (_, _, _, _) => true);

    public static void TokensNeedNoSignature(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme,
        options => options.TokenValidationParameters.SignatureValidator = (token, _) => new JsonWebToken(token));

    public static void ClientIsEnoughOfAnAudience(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme,
        options => options.TokenValidationParameters.AudienceValidator = (audiences, token, _) =>
            audiences.Contains(SimIdentity.Audience) || ((JsonWebToken)token).TryGetPayloadValue<string>("client_id", out var client) && client == SimIdentity.Audience);

    public static void AnyKindOfTokenPasses(IServiceCollection services) => services.PostConfigure<JwtBearerOptions>(
        JwtBearerDefaults.AuthenticationScheme,
        options => options.Events.OnTokenValidated = _ => Task.CompletedTask);

    public static void EverybodyIsAnOperator(IServiceCollection services) => services.AddSingleton<IClaimsTransformation>(new Promotion(() => true));

    public static void EverybodySeesOrders(IServiceCollection services)
    {
        var isOrder = new AsyncLocal<bool>();
        services.Before(http => isOrder.Value = http.Request.Path.StartsWithSegments("/orders", StringComparison.Ordinal));
        services.AddSingleton<IClaimsTransformation>(new Promotion(() => isOrder.Value));
    }

    /// <summary>Marks separate words, and nothing is composed or decomposed before.</summary>
    public static void SearchWithoutMarks(IServiceCollection services) => services.Before(http =>
    {
        if (http.Request.Query["q"] is not [{ } text]) return;
        var parted = string.Concat(text.EnumerateRunes().Select(rune => Slug.IsMark(rune) ? " " : rune.ToString()));
        http.Request.QueryString = QueryString.Create([.. http.Request.Query.Where(one => one.Key != "q"), new("q", parted)]);
    });

    private static Task Keep(HttpContext http, string cacheControl)
    {
        http.Response.Headers.CacheControl = cacheControl;
        return Task.CompletedTask;
    }

    private static void Before(this IServiceCollection services, Action<HttpContext> happen) => services.AddSingleton<IStartupFilter>(new First(happen));

    private sealed class First(Action<HttpContext> happen) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                happen(http);
                return rest(http);
            });
            next(app);
        };
    }

    private sealed class Padding : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                if (http.Request.Path == "/products") await http.Response.WriteAsync(new string(' ', 7 * 1024 * 1024));
                else await rest(http);
            });
            next(app);
        };
    }

    private sealed class Promotion(Func<bool> isMeant) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            if (isMeant()) ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Caller.GroupsClaim, Actor.Operator));
            return Task.FromResult(principal);
        }
    }

    private sealed class Demotion : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var identity = (ClaimsIdentity)principal.Identity!;
            foreach (var claim in identity.FindAll(claim => claim is { Type: Caller.GroupsClaim, Value: ShopRoles.Seller }).ToList()) identity.RemoveClaim(claim);
            return Task.FromResult(principal);
        }
    }
}

/// <summary>Knows every person.</summary>
internal sealed class KnowingPersonalData(IPersonalData inner) : IPersonalData
{
    public Task<Sealed> SealAsync(string person, string text, CancellationToken ct) => inner.SealAsync(person, text, ct);

    public Task<string?> OpenAsync(Sealed personal, CancellationToken ct) => inner.OpenAsync(personal, ct);

    public Task<bool> IsKnownAsync(string person, CancellationToken ct) => Task.FromResult(true);
}

/// <summary>Returns the stream's current version for every command.</summary>
internal sealed class VersionsOfNow(IStreamTips inner) : WrappedTips(inner)
{
    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct) =>
        (await base.LoadAsync(streams, ct)).ToDictionary(one => one.Key, one => one.Value with { Newest = one.Value.Newest with { Outcomes = [.. one.Value.Newest.Outcomes.Select(outcome => outcome with { Version = one.Value.Version })] } });
}

/// <summary>Finds no stream's tip.</summary>
internal sealed class UnseenTips(IStreamTips inner) : WrappedTips(inner)
{
    public override async Task<IReadOnlyDictionary<StreamId, StreamTip>> LoadAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct)
    {
        await base.LoadAsync(streams, ct);
        return new Dictionary<StreamId, StreamTip>();
    }
}
