using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>Which requests need a token, and which reads are private and therefore never cached. The gateway and the edge both ask here.</summary>
public static class ShopRoutes
{
    private static readonly PathString[] PrivateReads = ["/users", "/orders", "/commands"];

    public static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    public static bool IsPublicRead(HttpRequest request) => IsRead(request.Method) && !IsPrivate(request.Path);

    /// <summary>Writes do, but for the unsubscription from a mail, whose path carries its own signature (RFC 8058).</summary>
    public static bool NeedsToken(HttpRequest request) => IsRead(request.Method)
        ? IsPrivate(request.Path)
        : !(HttpMethods.IsPost(request.Method) && request.Path.StartsWithSegments("/unsubscribe", out var rest) && rest.Value is { Length: > 1 });

    // Without regard to case, as the services' own routes are.
    private static bool IsPrivate(PathString path) => PrivateReads.Any(start => path.StartsWithSegments(start)) || IsPrivateOfProduct(path);

    private static bool IsPrivateOfProduct(PathString path) =>
        path.StartsWithSegments("/products", out var rest)
        && rest.Value!.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, "history", ..] or [_, "reviews", "pending", ..];
}
