using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web.Requests;

/// <summary>A write without a body, as any route takes it: who asks, and what the headers say.</summary>
/// <param name="Key">The idempotency key, or null.</param>
/// <param name="WaitSeconds">How long the client prefers to wait for the outcome; null where it does not say.</param>
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

    /// <summary>Called by ASP.NET to make a handler's parameter; what is wrong goes into <see cref="Problem"/>, for <see cref="UnreadableRequests"/> to answer.</summary>
    public static ValueTask<WriteRequest> BindAsync(HttpContext http, ParameterInfo parameter) => ValueTask.FromResult(Read(http, []));

    /// <summary>What is wrong with an id that the client chose, where <see cref="IdOf"/> gives none.</summary>
    public static Problem NoId { get; } = Problem.Of([new Violation("id", "id_invalid", "An id is a UUID that is not all zeros.")]);

    /// <summary>The id of what the request creates: the one that the client chose, or a new one; null where the chosen one is none.</summary>
    public Guid? IdOf(Guid? chosen, TimeProvider time) => chosen == Guid.Empty ? null : chosen ?? NewId(time);

    /// <summary>The id of what the request creates, where the client chose none: the same again under the same key, else a new one.</summary>
    public Guid NewId(TimeProvider time) => Key is null ? Guid.CreateVersion7(time.GetUtcNow()) : CommandIds.OfCreated(Caller.Actor.Id, Key);

    internal static WriteRequest Read(HttpContext http, ReadOnlySpan<byte> body)
    {
        var headers = http.Request.Headers;
        var problem = IdempotencyKey.TryParse(headers[IdempotencyKey.Header], out var key)
            ? null
            : new Problem(StatusCodes.Status400BadRequest, "idempotency_key_invalid", $"An idempotency key must have 1 to {IdempotencyKey.MaxLength} printable ASCII characters, in quotes or not.");
        if (!IfMatch.TryParse(headers.IfMatch, out var ifMatch))
            problem ??= new Problem(StatusCodes.Status400BadRequest, "if_match_invalid", "If-Match must be one version in quotes, as in the ETag, or *.");
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
