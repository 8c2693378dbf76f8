using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Requests;

/// <summary>A write without a body: its caller and its headers.</summary>
/// <param name="Key">The idempotency key, or null.</param>
/// <param name="WaitSeconds">How long the client prefers to wait for the outcome, or null without a preference.</param>
/// <param name="Hash">SHA-256 of method, path with query, If-Match and body. It distinguishes a repeated request from
/// another one with the same key.</param>
public sealed record WriteRequest(
    Caller Caller,
    string? Key,
    IfMatch? IfMatch,
    int? WaitSeconds,
    byte[] Hash) : IUnreadable
{
    public Problem? Problem { get; private init; }

    /// <summary>
    /// Called by ASP.NET to create a handler's parameter. Errors go to <see cref="Problem"/>, which <see
    /// cref="UnreadableRequests"/> answers.
    /// </summary>
    public static ValueTask<WriteRequest> BindAsync(HttpContext http, ParameterInfo parameter) => ValueTask.FromResult(Read(http, []));

    /// <summary>The problem with the client's id if <see cref="IdOf"/> returns null.</summary>
    public static Problem NoId { get; } = Problem.Of([new Violation("id", "id_invalid", "An id is a UUID that is not all zeros.")]);

    /// <summary>
    /// Returns the id of what the request creates: the client's or a new one. Returns null if the client's is invalid.
    /// </summary>
    public Guid? IdOf(Guid? chosen, TimeProvider time) => chosen == Guid.Empty ? null : chosen ?? NewId(time);

    /// <summary>Returns a new id for what the request creates. The same key gives the same id.</summary>
    public Guid NewId(TimeProvider time) => Key is null ? Guid.CreateVersion7(time.GetUtcNow()) : CommandIds.OfCreated(Caller.Actor.Id, Key);

    internal static WriteRequest Read(HttpContext http, ReadOnlySpan<byte> body)
    {
        var headers = http.Request.Headers;
        var problem = IdempotencyKey.TryParse(headers[IdempotencyKey.Header], out var key)
            ? null
            : IdempotencyKey.Invalid;
        if (!IfMatch.TryParse(headers.IfMatch, out var ifMatch))
            problem ??= IfMatch.Invalid;
        return new WriteRequest(Caller.Of(http), key, ifMatch, Prefer.WaitSeconds(headers["Prefer"]), HashOf(http.Request, body)) { Problem = problem };
    }

    private static byte[] HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.PathBase}{request.Path}{request.QueryString}\n{request.Headers[HeaderNames.IfMatch]}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
