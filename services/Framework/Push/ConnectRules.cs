using System.Globalization;
using ServerlessCqrs.Lambda;

namespace ServerlessCqrs.Push;

/// <summary>Whose sockets are let in.</summary>
/// <param name="PublicUrl">The page's own origin.</param>
/// <param name="Origins">Other origins of pages that may connect; <c>*</c> for all.</param>
/// <param name="MostPerCaller">The sockets that one address may have open. Many people can share an address.</param>
/// <param name="CameByEdge">Whether a request shows that it came by the edge.</param>
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

    /// <summary>Browsers name the page's origin, and only they do.</summary>
    public bool Allows(IReadOnlyDictionary<string, string> headers)
    {
        if (Header(headers, "Origin") is not { Length: > 0 } origin) return true;
        if (Origins.Contains("*") || Origins.Contains(origin, StringComparer.OrdinalIgnoreCase)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (page.GetLeftPart(UriPartial.Authority) == PublicUrl.GetLeftPart(UriPartial.Authority) || page.Authority == Header(headers, "Host"));
    }

    public string CallerOf(WebSocketEvent e)
    {
        var viewer = Header(e.Headers, ViewerAddress);
        return viewer?.LastIndexOf(':') is > 0 and var colon && int.TryParse(viewer.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? viewer[..colon]
            : e.SourceIp;
    }

    private static string? Header(IReadOnlyDictionary<string, string> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
