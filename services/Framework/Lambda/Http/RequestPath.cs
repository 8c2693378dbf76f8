using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.Lambda;

/// <summary>A request's path in the form that ASP.NET Core needs.</summary>
/// <param name="Base">The stage if it is a part of the path, e.g. /prod, or empty.</param>
/// <param name="Path">The rest, decoded and without dot segments. %2F stays encoded, as on Kestrel.</param>
/// <param name="Encoded">The whole path, encoded for a request line.</param>
internal readonly record struct RequestPath(string Base, string Path, string Encoded)
{
    /// <summary>
    /// HTTP APIs decode <c>rawPath</c>, and function URLs do not. So this encodes characters that are invalid in an
    /// encoded path, and keeps what looks encoded.
    /// </summary>
    public static RequestPath Of(string rawPath, string? stage)
    {
        var encoded = Encode(rawPath.StartsWith('/') ? rawPath : "/" + rawPath);
        var prefix = stage is null or "$default" ? "" : "/" + stage;
        var hasPrefix = prefix.Length > 0 && encoded.StartsWith(prefix, StringComparison.Ordinal) && (encoded.Length == prefix.Length || encoded[prefix.Length] == '/');
        var rest = hasPrefix ? encoded[prefix.Length..] : encoded;
        var path = rest.Length == 0 ? "" : RemoveDotSegments(PathString.FromUriComponent(rest).Value!);
        return new(hasPrefix ? prefix : "", path, encoded);
    }

    private static string Encode(string path)
    {
        for (var i = 0; i < path.Length; i++)
            if (MustBeEncoded(path, i)) return EncodeFrom(path, i);
        return path;
    }

    private static string EncodeFrom(string path, int first)
    {
        var encoded = new StringBuilder(path, 0, first, path.Length * 2);
        for (var i = first; i < path.Length; i++)
        {
            if (!MustBeEncoded(path, i)) encoded.Append(path[i]);
            else if (i + 1 < path.Length && char.IsSurrogatePair(path[i], path[i + 1])) encoded.Append(Uri.EscapeDataString(path.AsSpan(i++, 2)));
            else encoded.Append(Uri.EscapeDataString(path.AsSpan(i, 1)));
        }

        return encoded.ToString();
    }

    private static bool MustBeEncoded(string path, int i) => path[i] switch
    {
        <= ' ' or >= (char)127 or '?' or '#' => true,
        '%' => !(i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2])),
        _ => false,
    };

    /// <summary>RFC 3986, section 5.2.4.</summary>
    private static string RemoveDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal)) return path;
        var kept = new List<string>();
        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var isDot = segments[i] is "." or "..";
            if (segments[i] == ".." && kept.Count > 0) kept.RemoveAt(kept.Count - 1);
            if (!isDot) kept.Add(segments[i]);
            else if (i == segments.Length - 1) kept.Add("");
        }

        return "/" + string.Join('/', kept);
    }
}
