using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Aborted when the invocation's time runs out. An app cannot abort it, because there is no connection.
/// </summary>
internal sealed class RequestLifetime : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted { get; set; }

    public void Abort() => throw new NotSupportedException("A Lambda invocation cannot be aborted; throw, or answer an error.");
}
