using System.Globalization;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Push;

/// <summary>Which sockets are accepted.</summary>
/// <param name="PublicUrl">The page's own origin.</param>
/// <param name="Origins">Other pages' origins that may connect, or <c>*</c> for all.</param>
/// <param name="MostPerCaller">The most open sockets of one address. Many people can share an address.</param>
/// <param name="CameByEdge">Returns true if the headers prove that a request came through the edge.</param>
public sealed record ConnectRules(
    Uri PublicUrl,
    IReadOnlyList<string> Origins,
    int MostPerCaller,
    Func<IReadOnlyDictionary<string, string>, CancellationToken, ValueTask<bool>> CameByEdge)
{
    /// <summary>
    /// CloudFront writes the viewer's address and port here, and removes what a viewer sends under this name
    /// (CloudFront Developer Guide, "Add CloudFront request headers"). API Gateway itself sees only CloudFront.
    /// </summary>
    public const string ViewerAddress = "CloudFront-Viewer-Address";

    /// <summary>True for the page's own origin, a configured one, or none. Only browsers send an origin.</summary>
    public bool Allows(IReadOnlyDictionary<string, string> headers)
    {
        if (Header(headers, "Origin") is not { Length: > 0 } origin) return true;
        if (Origins.Contains("*") || Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (page.GetLeftPart(UriPartial.Authority) == PublicUrl.GetLeftPart(UriPartial.Authority) || page.Authority == Header(headers, "Host"));
    }

    public static string CallerOf(WebSocketEvent e)
    {
        var viewer = Header(e.Headers, ViewerAddress);
        return viewer?.LastIndexOf(':') is > 0 and var colon && int.TryParse(viewer.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? viewer[..colon]
            : e.SourceIp;
    }

    private static string? Header(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
