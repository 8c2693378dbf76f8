using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Lambda;

/// <summary>Aborted when the invocation's time is up. There is no connection that an app could abort itself.</summary>
internal sealed class RequestLifetime : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted { get; set; }

    public void Abort() => throw new NotSupportedException("A Lambda invocation cannot be aborted; throw, or answer an error.");
}
