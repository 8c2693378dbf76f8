using GraphQL;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Graph;

/// <summary>One request. Its fields tell here what the answer's headers must say.</summary>
public sealed class GraphContext(HttpContext http) : Dictionary<string, object?>
{
    private volatile bool _isForNow;

    public HttpContext Http => http;

    private long? _began;

    /// <summary>Whether the edge may cache the answer.</summary>
    public bool IsCacheable => !_isForNow;

    /// <summary>Returns how many of these seconds a command may wait: the commands of a request share the longest wait.</summary>
    public int TakeWait(int seconds, TimeProvider time)
    {
        _began ??= time.GetTimestamp();
        return (int)Math.Min(seconds, Math.Max(0, Prefer.MaxWaitSeconds - time.GetElapsedTime(_began.Value).TotalSeconds));
    }

    /// <summary>Call this for an answer that came from another source than usual, or waited for a version.</summary>
    public void KeepOutOfCaches() => _isForNow = true;
}

/// <summary>What resolvers need of their request.</summary>
public static class ResolvingExtensions
{
    public static GraphContext Request(this IResolveFieldContext context) => (GraphContext)context.UserContext;

    public static T Service<T>(this IResolveFieldContext context)
        where T : notnull => context.Request().Http.RequestServices.GetRequiredService<T>();
}
