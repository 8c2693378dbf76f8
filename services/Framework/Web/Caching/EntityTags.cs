using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Caching;

/// <summary>Creates entity tags, and compares them with a client's (RFC 9110, 8.8.3 and 13.1.2).</summary>
public static class EntityTags
{
    /// <summary>
    /// Returns the tag of a stream's version, in the form of <c>If-Match</c>. If other streams add to the document, a
    /// dot and their revision follow. For every version of the read model except the first, another dot and its name
    /// follow.
    /// </summary>
    /// <param name="model">For example <c>v2</c>, or null for the first.</param>
    public static string OfVersion(long version, long revision = 0, string? model = null) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{version}{(revision == 0 ? "" : $".{revision}")}{(model is null ? "" : $".{model}")}\"");

    /// <summary>Returns a tag for content without a version: its hash.</summary>
    public static string OfContent(ReadOnlySpan<byte> content) => $"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16))}\"";

    /// <summary>
    /// Returns true if <c>If-None-Match</c> contains <paramref name="tag"/>. The comparison is weak, because the edge
    /// weakens tags of compressed answers. An unreadable header matches nothing.
    /// </summary>
    public static bool IsKnownTo(HttpRequest request, string tag)
    {
        var header = request.Headers.IfNoneMatch;
        if (header.Count == 0) return false;
        var own = EntityTagHeaderValue.Parse(tag);
        return EntityTagHeaderValue.TryParseList(header, out var known)
            && known.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(own, useStrongComparison: false));
    }
}
