using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore;

namespace ServerlessCqrs.Web;

/// <summary>Accepts only requests with the edge's secret, so that nobody bypasses its cache and its log.</summary>
public static class EdgeOnly
{
    /// <summary>
    /// Setting: <c>EDGE_SECRETS</c>, the places of the accepted secrets (see <see cref="Secrets"/>), separated by commas:
    /// the one before, the current one and the next one. Empty accepts every request.
    /// </summary>
    public static IServiceCollection AddEdgeOnly(this IServiceCollection services, IConfiguration configuration, EdgeHeaders headers) => services.AddSingleton(headers).AddSingleton(new EdgeSecrets(
    [
        .. (configuration["EDGE_SECRETS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(place => Secrets.Reader(place, configuration)!),
    ]));

    public static IApplicationBuilder UseEdgeOnly(this IApplicationBuilder app)
    {
        var secrets = app.ApplicationServices.GetRequiredService<EdgeSecrets>();
        var headers = app.ApplicationServices.GetRequiredService<EdgeHeaders>();
        var refusal = new Problem(StatusCodes.Status403Forbidden, "edge_only", $"Send requests to the {headers.Prefix.ToLowerInvariant()}'s public address.");
        return secrets.AcceptAll ? app : app.Use(async (http, next) =>
        {
            if (await secrets.CountsAsync(http.Request.Headers[headers.Secret].ToString(), http.RequestAborted)) await next(http);
            else await refusal.ToResult().ExecuteAsync(http);
        });
    }
}

/// <summary>
/// The accepted secrets. Each is read once, at the first request. A new secret has a new place, which comes with a
/// deployment.
/// </summary>
public sealed class EdgeSecrets(IReadOnlyList<Func<CancellationToken, Task<string?>>> readers)
{
    private volatile byte[][]? _known;

    /// <summary>True if no secret is required.</summary>
    public bool AcceptAll => readers.Count == 0;

    /// <summary>Returns true if these headers show a secret that counts, or if none is needed.</summary>
    public ValueTask<bool> CameByEdgeAsync(IReadOnlyDictionary<string, string> headers, string header, CancellationToken ct) =>
        AcceptAll ? new(true) : CountsAsync(headers.GetValueOrDefault(header) ?? "", ct);

    /// <summary>Returns true if a request with this secret may pass.</summary>
    public async ValueTask<bool> CountsAsync(string shown, CancellationToken ct)
    {
        if (shown.Length == 0) return false;
        _known ??= [.. (await Task.WhenAll(readers.Select(read => read(ct)))).Select(secret => Encoding.UTF8.GetBytes(secret!))];
        var bytes = Encoding.UTF8.GetBytes(shown);
        return _known.Any(secret => CryptographicOperations.FixedTimeEquals(secret, bytes));
    }
}
